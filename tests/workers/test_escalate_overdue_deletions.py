"""escalate_overdue_deletions: what a county leaves unanswered comes onto the city's list."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from tests.workers.test_workers_page import browser
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Record
from zhitong.site.clock import escalate_deletions
from zhitong.workers.actions import ask_deletion, escalate_overdue_deletions, refuse_deletion
from zhitong.workers.models import DeletionRequest

URL = "/workers/deletions/"


@pytest.fixture
def requests(world):
    found = [
        ask_deletion(by=world.village_officer, worker=world.worker(name=name))
        for name in ("陆一", "陈二", "白三")
    ]
    today = timezone.localdate()
    for request, days in zip(found, (-3, 0, 5), strict=True):
        DeletionRequest.objects.filter(pk=request.pk).update(due_on=today + dt.timedelta(days=days))
        request.refresh_from_db()
    return found


def shown(account, **asked):
    return [str(line.row.worker) for line in browser(account).get(URL, asked).context["lines"]]


def test_it_works(world, requests):
    assert escalate_overdue_deletions(by=world.system) == 1
    late, *others = requests
    late.refresh_from_db()
    assert late.is_overdue and late.escalated_at is not None
    assert Record.objects.told_to(late.worker).first().verb == "escalate_overdue_deletions"
    assert not any(one.is_overdue or one.escalated_at for one in others)
    assert escalate_deletions() == 0 and Record.objects.filter(verb="escalate_overdue_deletions").count() == 1


def test_a_stranger_cannot(world):
    with pytest.raises(NotAllowed):
        escalate_overdue_deletions(by=world.county_officer)


def test_the_lists_are_by_due_date_and_the_city_s_holds_what_is_late(world, requests):
    assert shown(world.city_officer) == []
    escalate_overdue_deletions(by=world.system)
    assert shown(world.county_officer) == ["陆一", "陈二", "白三"]
    assert shown(world.city_officer) == shown(world.county_officer, shown="overdue") == ["陆一"]
    assert shown(world.city_officer, shown="open") == ["陆一", "陈二", "白三"]
    page = browser(world.county_officer).get(URL).content.decode()
    assert "已超期3天，已转市级督办" in page and "还有5天" in page
    refuse_deletion(
        by=world.city_officer, request=DeletionRequest.objects.get(pk=requests[0].pk), reason="law"
    )
    assert shown(world.city_officer) == [] and "陆一" in shown(world.city_officer, shown="all")


def test_the_list_is_the_county_s_own(world, requests):
    assert shown(world.other_county_officer) == []
    assert browser(world.village_officer).get(URL).status_code == 403
    exported = browser(world.county_officer).get(f"{URL}?export=xlsx")
    assert exported.status_code == 200 and exported.getvalue()[:2] == b"PK"
