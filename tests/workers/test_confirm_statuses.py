"""confirm_statuses: a village gone through with one thumb, most of whose people are still where they were."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from tests.workers.test_workers_page import browser, unchecked_for
from zhitong.kernel.errors import AlreadyDone, NotAllowed, OutOfReach
from zhitong.kernel.models import Record
from zhitong.workers.actions import Same, confirm_status, confirm_statuses, merge_workers, withdraw_worker
from zhitong.workers.models import Worker

TODAY = timezone.localdate()


@pytest.fixture
def people(world):
    found = [world.worker(name=name) for name in ("陆一", "陈二", "白三")]
    away = {"status": "away", "work_region": world.host_city}
    confirm_status(by=world.village_officer, worker=found[1], source="visit", **away)
    for one in found:
        unchecked_for(one, 45)
        one.refresh_from_db()
    return found


@pytest.fixture
def check(world, people):
    def call(*rows, **given):
        same = tuple(Same(one, one.version) for one in rows or people)
        asked = {"by": world.village_officer, "village": world.village, "source": "visit", "same": same}
        return confirm_statuses(**{**asked, **given})

    return call


def test_it_works(world, check, people):
    before = Record.objects.count()
    done = check()
    assert set(done.done) == {one.pk for one in people} and done.refused == {}
    for one in people:
        state, city = one.status, one.work_region
        one.refresh_from_db()
        assert (one.status_checked_on, one.status_source) == (TODAY, "visit")
        assert (one.status, one.work_region, one.version) == (state, city, one.version)
    line = Record.objects.order_by("position").last()
    assert Record.objects.count() == before + 1
    assert (line.verb, line.row_count, line.moves) == ("confirm_statuses", 3, [])
    assert line.given["source"] == "visit" and line.village == world.village
    assert all(Record.objects.told_to(one).first() == line for one in people)


def test_a_stranger_cannot(world, check, himself):
    for account in (world.stranger, world.other_county_officer):
        with pytest.raises((OutOfReach, NotAllowed)):
            check(by=account)
    far = world.worker(name="远人", village=world.far_village)
    with pytest.raises(OutOfReach):
        check(far)


def test_whoever_was_changed_meanwhile_is_passed_over_and_told(world, check, people):
    one, _two, three = people
    confirm_status(
        by=world.village_officer, worker=Worker.objects.get(pk=one.pk), status="home", source="telephone"
    )
    withdraw_worker(by=world.village_officer, worker=Worker.objects.get(pk=three.pk))
    done = check()
    assert done.done == (people[1].pk,)
    assert "刚刚被别人改动" in done.refused[one.pk] and "已退出登记" in done.refused[three.pk]
    one.refresh_from_db()
    assert one.status == "home" and one.status_source == "telephone"
    line = Record.objects.filter(verb="confirm_statuses").get()
    assert line.row_count == 1
    assert line not in Record.objects.told_to(one) and line in Record.objects.told_to(people[1])


def test_another_village_and_a_newer_check_are_passed_over(world, check, people):
    neighbour = world.worker(name="邻村人", village=world.other_village)
    newer = world.worker(name="刚核实")
    done = check(
        neighbour, newer, people[0], by=world.township_officer, checked_on=TODAY - dt.timedelta(days=1)
    )
    assert done.done == (people[0].pk,)
    assert "不在这个村" in done.refused[neighbour.pk] and "已有更新的核实" in done.refused[newer.pk]


def test_a_person_with_several_entries_is_checked_as_one(world, check, people):
    kept = people[0]
    merge_workers(by=world.village_officer, kept=kept, other=world.entry_without_number(name=kept.name))
    unchecked_for(kept, 45)
    kept.refresh_from_db()
    assert check(kept).done == (kept.pk,)
    kept.refresh_from_db()
    assert kept.status_checked_on == TODAY


def test_bad_submissions_are_refused(check, no, people):
    assert no(check, same=()) == "nobody_chosen"
    assert no(check, source="self") == "source_not_yours"
    assert no(check, source="x") == "not_a_choice"
    assert no(check, checked_on=TODAY + dt.timedelta(days=1)) == "day_in_future"


def test_sent_twice_it_does_one_thing(check, people):
    check(people[0], nonce="once")
    with pytest.raises(AlreadyDone):
        check(people[0], nonce="once")
    assert Record.objects.filter(verb="confirm_statuses").count() == 1


# --- the page


def page_of(world) -> str:
    return f"/workers/villages/{world.village.pk}/confirm_statuses/"


def test_the_page_lists_who_waits_and_sends_many_at_once(world, people):
    unchecked_for(people[2], 5)
    client = browser(world.village_officer)
    page = client.get(page_of(world))
    assert [one.worker.name for one in page.context["people"]] == ["陈二", "陆一"]
    assert "45天前" in page.content.decode() and page.context["count"] == 2
    ticked = [one.value for one in page.context["people"]]
    asked = {"same": ticked, "source": "telephone", "days": "30", "nonce": "abc"}
    answer = client.post(page_of(world), asked, follow=True)
    assert "2 人已核实。" in answer.content.decode() and answer.context["count"] == 0
    people[0].refresh_from_db()
    assert people[0].status_source == "telephone"


def test_the_page_tells_of_whom_it_was_not_done_and_why(world, people):
    client = browser(world.village_officer)
    ticked = [one.value for one in client.get(page_of(world)).context["people"]]
    confirm_status(by=world.village_officer, worker=people[0], status="home", source="telephone")
    answer = client.post(page_of(world), {"same": ticked, "source": "visit"}, follow=True).content.decode()
    assert "2 人已核实。" in answer and "陆一没有核实：" in answer


def test_nothing_ticked_is_said_and_what_was_shown_stays(world, people):
    answer = browser(world.village_officer).post(page_of(world), {"source": "visit", "days": "30"})
    assert answer.status_code == 422 and len(answer.context["people"]) == 3
    assert "请先勾选" in answer.content.decode()
    spoilt = browser(world.village_officer).post(page_of(world), {"source": "visit", "same": "x"})
    assert spoilt.status_code == 422


def test_the_whole_village_may_be_shown(world, people):
    unchecked_for(people[2], 0)
    assert browser(world.village_officer).get(f"{page_of(world)}?days=").context["count"] == 3
    assert browser(world.village_officer).get(f"{page_of(world)}?days=90").context["count"] == 0


def test_a_change_leads_back_to_the_list(world, people):
    url = browser(world.village_officer).get(page_of(world)).context["people"][0].url
    client = browser(world.village_officer)
    assert page_of(world) in client.get(url).content.decode()
    answer = client.post(
        url, {"status": "home", "source": "visit", "checked_on": TODAY.isoformat(), "seen": ""}
    )
    assert answer["Location"] == page_of(world)


def test_the_page_is_the_village_s_own(world, people, himself):
    assert browser(world.stranger).get(page_of(world)).status_code in (403, 404)
    assert browser(world.auditor).get(page_of(world)).status_code == 403
    assert browser(himself).get(page_of(world)).status_code == 403
    assert Client().get(page_of(world)).status_code == 302
    assert browser(world.village_officer).get("/workers/unchecked/")["Location"] == page_of(world)
    assert page_of(world) in browser(world.township_officer).get("/workers/unchecked/").content.decode()


def test_the_navigation_shows_where_one_is(world, people):
    page = browser(world.village_officer).get(f"/workers/villages/{world.village.pk}/confirm_statuses/")
    assert 'href="/workers/unchecked/" aria-current="page"' in page.content.decode()
