"""People are found by the beginning of their name."""

from __future__ import annotations

import pytest

from zhitong.workers.models import Worker
from zhitong.workers.names import readings_of, syllables


@pytest.fixture
def people(world):
    return {
        name: world.worker(name=name) for name in ("陆大江", "陆达", "路安", "单小峰", "阿依·古丽", "Jean")
    }


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("陆", {"陆大江", "陆达"}),
        ("陆大", {"陆大江"}),
        ("lu da", {"陆大江", "陆达"}),
        ("luda", {"陆大江", "陆达"}),
        ("LUDAJ", {"陆大江"}),
        ("lu", {"陆大江", "陆达", "路安"}),
        ("luan", {"路安"}),
        ("shanx", {"单小峰"}),
        ("阿依", {"阿依·古丽"}),
        ("ayi", {"阿依·古丽"}),
        ("jean", {"Jean"}),
        ("大江", set()),
        ("%", set()),
    ],
)
def test_by_characters_and_by_pinyin(world, people, typed, found):
    seen = Worker.objects.visible_to(world.village_officer).named(typed)
    assert set(seen.values_list("name", flat=True)) == found


def test_only_within_reach(world, people):
    assert not Worker.objects.visible_to(world.stranger).named("lu").exists()


def test_letters_are_read_as_syllables():
    assert {"xian", "xi an"} <= set(readings_of("xian"))
    assert {"lv", "zhuang", "er"} <= syllables() and "zh" not in syllables()
    assert len(readings_of("fangdashanxianxianxian")) <= 12
