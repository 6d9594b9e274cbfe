"""withdraw_ethnicity: what was stated is deleted, and the consent to it ends."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.workers.test_workers_page import browser
from zhitong.kernel.errors import OutOfReach
from zhitong.workers.actions import (
    give_consent,
    merge_workers,
    state_ethnicity,
    withdraw_consent,
    withdraw_ethnicity,
)
from zhitong.workers.models import Consent, StatedEthnicity


def say(world, worker, code="37"):
    """Let somebody state an ethnic group to the village officer."""
    by = world.village_officer
    give_consent(by=by, worker=worker, purpose="ethnicity", through="visit")
    return state_ethnicity(by=by, worker=worker, code=code, source="visit")


def test_it_works(world, worker, himself):
    say(world, worker)
    assert withdraw_ethnicity(by=himself, worker=worker) == worker
    assert not StatedEthnicity.objects.exists()
    assert Consent.objects.get(worker=worker, purpose="ethnicity").withdrawn_at is not None
    worker.refresh_from_db()
    assert worker.state == "active"


def test_it_may_be_said_anew(world, worker):
    say(world, worker)
    withdraw_ethnicity(by=world.village_officer, worker=worker)
    assert say(world, worker, "01").stated_ethnicity.group == "01"


def test_all_his_entries_are_meant(world, worker):
    part = world.entry_without_number(name=worker.name)
    for one, code in ((worker, "37"), (part, "06")):
        say(world, one, code)
    merge_workers(by=world.village_officer, kept=worker, other=part)
    withdraw_ethnicity(by=world.village_officer, worker=worker)
    assert not StatedEthnicity.objects.exists()
    assert not Consent.objects.filter(purpose="ethnicity", withdrawn_at=None).exists()


def test_ending_the_consent_does_the_same(world, worker):
    say(world, worker)
    withdraw_consent(by=world.county_officer, consent=worker.consents.get(purpose="ethnicity"))
    worker.refresh_from_db()
    assert not StatedEthnicity.objects.exists() and worker.state == "active"


def test_ending_the_consent_of_one_entry_ends_it_for_all(world, worker):
    part = world.entry_without_number(name=worker.name)
    for one, code in ((worker, "37"), (part, "06")):
        say(world, one, code)
    merge_workers(by=world.village_officer, kept=worker, other=part)
    withdraw_consent(by=world.county_officer, consent=worker.consents.get(purpose="ethnicity"))
    assert not StatedEthnicity.objects.exists()
    assert not Consent.objects.filter(purpose="ethnicity", withdrawn_at=None).exists()


def test_a_stranger_cannot(world, worker):
    say(world, worker)
    with pytest.raises(OutOfReach):
        withdraw_ethnicity(by=world.stranger, worker=worker)


def test_nothing_to_take_back(world, worker, no):
    assert no(withdraw_ethnicity, by=world.village_officer, worker=worker) == "nothing_stated"


def test_the_pages(world, worker, himself):
    say(world, worker)
    phone = browser(himself)
    consent = worker.consents.get(purpose="ethnicity")
    page = phone.get(reverse("withdraw_consent", args=[consent.pk])).content.decode()
    assert "立即删除" in page and "退出登记" not in page
    url = reverse("withdraw_ethnicity", args=[worker.pk])
    assert "立即删除" in phone.get(url).content.decode()
    assert phone.post(url)["Location"] == "/workers/me/"
    assert "仡佬" not in phone.get("/workers/me/").content.decode()
