"""Whoever is at work for more than a month without a contract on record is shown, with who sees to it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhitong.dispatch.models import Placement
from zhitong.kernel.workdays import months_after
from zhitong.matching.actions import ContractFacts, dispute_contract, enter_contract

TODAY = timezone.localdate()


@pytest.fixture
def at_work(world):
    """Let somebody have arrived on a day."""

    def since(day):
        placement = world.arrived()
        Placement.objects.filter(pk=placement.pk).update(arrived_on=day)
        return Placement.objects.get(pk=placement.pk)

    return since


def entered(world, placement):
    facts = ContractFacts(TODAY, TODAY, "open", 650_000, "full")
    return enter_contract(by=world.employer_clerk, offer=placement.offer, facts=facts)


def test_it_is_late_after_a_month(at_work):
    month_ago = months_after(TODAY, -1)
    late, in_time = at_work(month_ago - dt.timedelta(days=1)), at_work(month_ago)
    assert set(Placement.objects.late_contract()) == {late} and in_time in Placement.objects.unwritten()
    assert in_time.contract_due_on == months_after(in_time.arrived_on, 1)


def test_a_contract_ends_it_until_he_says_he_never_signed(world, at_work):
    placement = at_work(months_after(TODAY, -2))
    contract = entered(world, placement)
    assert not Placement.objects.late_contract().exists()
    dispute_contract(by=world.village_officer, contract=contract, point="not_signed", through="visit")
    assert placement in Placement.objects.late_contract()


def test_the_pages(world, client, at_work):
    placement = at_work(months_after(TODAY, -2))
    client.force_login(world.county_officer)
    page = client.get("/dispatch/unwritten/").content.decode()
    assert placement.worker.name in page and str(placement.contract_owner) in page
    page = client.get(f"/dispatch/{placement.pk}/").content.decode()
    assert "还没有登记" in page and "enter_contract" in page
    entered(world, placement)
    assert placement.worker.name not in client.get("/dispatch/unwritten/").content.decode()
    client.force_login(world.station_staff)
    assert "已经登记了合同" in client.get(f"/dispatch/{placement.pk}/").content.decode()


@pytest.mark.parametrize(
    ("arrived_on", "late_from"),
    [("2026-02-28", "2026-03-29"), ("2026-04-30", "2026-05-31"), ("2026-01-31", "2026-03-01")],
)
def test_the_list_and_the_last_day_agree_at_the_end_of_months(at_work, arrived_on, late_from):
    first = dt.date.fromisoformat(late_from)
    placement = at_work(dt.date.fromisoformat(arrived_on))
    assert placement.contract_due_on == first - dt.timedelta(days=1)
    assert placement in Placement.objects.late_contract(first)
    assert placement not in Placement.objects.late_contract(placement.contract_due_on)
