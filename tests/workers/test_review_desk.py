"""The review desk: pair after pair, side by side, with a key for each decision."""

from __future__ import annotations

import pytest

from zhitong.kernel.models import Record
from zhitong.workers import actions
from zhitong.workers.models import Likeness


@pytest.fixture
def desk(client, world):
    client.force_login(world.village_officer)
    return client


def test_it_works(desk, world):
    first, second = world.likeness(), world.likeness()
    page = desk.get("/workers/likenesses/next/", follow=True)
    text = page.content.decode()
    assert page.status_code == 200 and 'data-key="1"' in text and "姓名一致" in text
    shown, left = sorted(
        (first, second), key=lambda one: f"/workers/likenesses/{one.pk}/" not in page.request["PATH_INFO"]
    )
    after = desk.post(f"/workers/likenesses/{shown.pk}/accept_likeness/", {"keep": ""}, follow=True)
    assert after.request["PATH_INFO"] == f"/workers/likenesses/{left.pk}/"
    done = desk.post(f"/workers/likenesses/{left.pk}/reject_likeness/", {}, follow=True)
    assert "都核对完了" in done.content.decode()
    assert sorted(one.state for one in Likeness.objects.all()) == ["different", "same"]


def test_what_differs_is_marked_and_what_is_lacking_is_not(desk, world):
    likeness = world.likeness(world.worker(name="陆甲"), world.entry_without_number(name="陆乙"))
    page = desk.get(f"/workers/likenesses/{likeness.pk}/")
    by_label = {str(one["label"]): one for one in _lines(page)}
    assert by_label["姓名"]["differs"] and not by_label["身份证号"]["differs"]


def _lines(page):
    return next(one for one in page.context if "lines" in one and "heads" in one)["lines"]


def test_a_look_at_a_pair_is_a_look_at_both(desk, world):
    likeness = world.likeness()
    desk.get(f"/workers/likenesses/{likeness.pk}/")
    read = Record.objects.filter(verb="note_reading").values_list("subject_id", flat=True)
    assert len(set(read)) == 2


def test_pairs_beyond_the_village_are_the_county_s(client, world):
    near, far = world.worker(), world.entry_without_number(village=world.other_village)
    likeness = world.likeness(near, far)
    client.force_login(world.village_officer)
    assert client.get(f"/workers/likenesses/{likeness.pk}/").status_code == 404
    client.force_login(world.township_officer)
    assert client.get(f"/workers/likenesses/{likeness.pk}/").status_code == 200


def test_the_person_s_page_names_the_parts(desk, world):
    kept, other = world.worker(name="陆全"), world.entry_without_number(name="陆泉")
    actions.merge_workers(by=world.village_officer, kept=kept, other=other)
    text = desk.get(f"/workers/{kept.pk}/").content.decode()
    assert "并入的登记" in text and "陆泉" in text and "归并决定" in text
    merged = desk.get(f"/workers/{other.pk}/").content.decode()
    assert f"/workers/{kept.pk}/" in merged


def test_an_auditor_reads_and_decides_nothing(client, world):
    likeness = world.likeness()
    client.force_login(world.auditor)
    page = client.get(f"/workers/likenesses/{likeness.pk}/")
    assert page.status_code == 200 and 'data-key="1"' not in page.content.decode()
    assert client.post(f"/workers/likenesses/{likeness.pk}/accept_likeness/").status_code == 403
