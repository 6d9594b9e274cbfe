"""rename_region: a division takes another name or code on a day and stays the same row."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhitong.kernel.actions import rename_region
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Record, Region, RegionChange

DAY = dt.date(2025, 3, 1)


@pytest.fixture
def town(world) -> Region:
    return world.town.regions.get()


def test_it_works(world, admin, town):
    rename_region(by=admin, region=town, changed_on=DAY, name="河口街道", code="590321001")
    assert (town.name, town.short_name, town.code) == ("河口街道", "河口街道", "590321001000")
    spans = town.codes.order_by("valid_from").values_list("code", "valid_from", "valid_until")
    assert list(spans) == [
        ("590321100000", dt.date(1990, 1, 1), DAY),
        ("590321001000", DAY, None),
    ]
    changes = RegionChange.objects.filter(old=town, new=town).order_by("pk")
    assert [(one.kind, one.old_name) for one in changes] == [("rename", "河口镇"), ("recode", "河口镇")]
    line = Record.objects.of(town).get()
    assert line.town == world.town and line.given["name"] == "河口街道"


def test_the_old_code_still_finds_it(admin, town):
    rename_region(by=admin, region=town, changed_on=DAY, code="590321001")
    assert list(Region.objects.with_code("590321100")) == [town]
    assert list(Region.objects.with_code("590321001")) == [town]


def test_an_old_identity_number_still_leads_to_a_county(world, admin):
    county = world.county.regions.get()
    rename_region(by=admin, region=county, changed_on=DAY, name="青山区", code="590304")
    assert Region.objects.candidates_for("590321199001010011") == [county]


def test_a_stranger_cannot(world, town):
    far = world.account("far", "邻县管", "administrator", world.other_county)
    for somebody in (far, world.stranger, world.county_officer):
        with pytest.raises(NotAllowed):
            rename_region(by=somebody, region=town, changed_on=DAY, name="河口街道")


def test_nothing_new_is_refused(admin, town, no):
    given = {"by": admin, "region": town, "changed_on": DAY}
    assert no(rename_region, **given) == "region_unchanged"
    assert no(rename_region, name="河口镇", code="590321100", **given) == "region_unchanged"


def test_not_after_it_has_ended(admin, town, no):
    Region.objects.filter(pk=town.pk).update(ended_on=DAY)
    assert no(rename_region, by=admin, region=town, changed_on=DAY, name="河口街道") == "region_ended"


def test_days_follow_each_other(admin, town, no):
    rename_region(by=admin, region=town, changed_on=DAY, code="590321001")
    given = {"by": admin, "region": town, "code": "590321002"}
    before, tomorrow = DAY - dt.timedelta(days=1), timezone.localdate() + dt.timedelta(days=1)
    assert no(rename_region, changed_on=before, **given) == "day_before_last_change"
    assert no(rename_region, changed_on=tomorrow, **given) == "day_to_come"


def test_a_code_belongs_to_one(admin, town, no):
    Region.objects.create(code="590321102000", name="河东镇", level=4, parent=town.parent)
    given = {"by": admin, "region": town, "changed_on": DAY}
    assert no(rename_region, code="590321102", **given) == "region_code_taken"
    assert no(rename_region, code="590321102201", **given) == "region_code_shape"
    assert no(rename_region, code="580321102", **given) == "region_code_place"


def test_names_are_names(admin, town, no):
    given = {"by": admin, "region": town, "changed_on": DAY}
    assert no(rename_region, name="河口\u202e街道", **given) == "unseen_character"
    assert no(rename_region, name="镇" * 81, **given) == "too_long"


def test_of_two_at_once_the_second_is_told(admin, town, no, monkeypatch):
    from zhitong.kernel.actions import regions

    seen = regions._standing(town, DAY)
    rename_region(by=admin, region=town, changed_on=DAY, name="河口街道")
    monkeypatch.setattr(regions, "_standing", lambda region, day: seen)
    assert no(rename_region, by=admin, region=town, changed_on=DAY, name="河口乡") == "someone_was_faster"
    assert Region.objects.get(pk=town.pk).name == "河口街道"
