"""ask_deletion: a person asks that his data be deleted, and the county has so many working days to answer."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.workers.test_workers_page import browser
from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.models import Record
from zhitong.kernel.workdays import after_working_days
from zhitong.workers.actions import ask_deletion, grant_deletion, merge_workers
from zhitong.workers.models import DeletionRequest


@pytest.fixture
def ask(himself, worker):
    return lambda **given: ask_deletion(**{"by": himself, "worker": worker, **given})


def test_it_works(world, ask, worker, settings):
    request = ask()
    assert (request.state, request.county, request.town) == ("open", world.county, None)
    assert request.due_on == after_working_days(timezone.localdate(), settings.DELETION_ANSWER_DAYS)
    line = Record.objects.told_to(worker).first()
    assert (line.verb, line.subject_id, line.county) == ("ask_deletion", request.pk, world.county)
    assert request in DeletionRequest.objects.visible_to(world.county_officer)
    assert request not in DeletionRequest.objects.visible_to(world.village_officer)


def test_a_stranger_cannot(world, ask):
    for account in (world.stranger, world.worker_account(world.worker(name="别人"))):
        with pytest.raises(OutOfReach):
            ask(by=account)


def test_an_officer_asks_for_whoever_cannot(world, ask):
    assert ask(by=world.village_officer).state == "open"


def test_not_twice(ask, no):
    ask()
    assert no(ask) == "deletion_asked_already"


def test_not_for_an_entry_that_is_another_s_or_gone(world, ask, worker, no):
    other = world.entry_without_number(name=worker.name)
    merge_workers(by=world.village_officer, kept=worker, other=other)
    assert no(ask, by=world.village_officer, worker=other) == "merged_entry"
    grant_deletion(by=world.county_officer, request=ask())
    assert no(ask, by=world.village_officer) == "erased_already"


def test_the_database_keeps_it_in_the_county(world, ask):
    request = ask()
    for wrong in ({"town": world.village.town}, {"state": "refused"}, {"reason": "law"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            DeletionRequest.objects.filter(pk=request.pk).update(**wrong)


def test_working_days_pass_over_weekends_and_holidays(settings):
    friday = dt.date(2026, 11, 20)
    assert after_working_days(friday, 1) == dt.date(2026, 11, 23)
    assert after_working_days(friday, 15) == dt.date(2026, 12, 11)
    settings.HOLIDAYS = frozenset({"2026-11-23"})
    assert after_working_days(friday, 1) == dt.date(2026, 11, 24)


def test_the_own_page_leads_there_and_shows_the_clock(himself, worker):
    client, url = browser(himself), f"/workers/{worker.pk}/ask_deletion/"
    assert url in client.get("/workers/me/").content.decode()
    assert "不能恢复" in client.get(url).content.decode()
    assert client.post(url, {"nonce": "n"})["Location"] == "/workers/me/"
    page = client.get("/workers/me/").content.decode()
    request = DeletionRequest.objects.get()
    assert "待答复" in page and str(request.due_on) in page and url not in page
    assert f"/workers/deletions/{request.pk}/withdraw_deletion_request/" in page


def test_a_last_day_in_a_year_without_a_notice_is_said_to_be_supposed(himself, ask):
    request = ask()
    DeletionRequest.objects.filter(pk=request.pk).update(due_on=dt.date(2099, 1, 8))
    assert "尚未录入" in browser(himself).get("/workers/me/").content.decode()
