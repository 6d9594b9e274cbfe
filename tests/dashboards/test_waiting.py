"""What waits for a reader: only what they may do, and each number leads to the page where it is done."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from zhitong.dashboards.waiting import TASKS, UNCHECKED_DAYS, waiting_for
from zhitong.dispatch.models import Placement
from zhitong.employers.actions import refuse_demand, register_employer
from zhitong.matching.actions import (
    ContractFacts,
    SlotFacts,
    decline_offer,
    enter_contract,
    offer_slot,
    pick_slot,
)
from zhitong.matching.models import InterviewSlot
from zhitong.site.world import World

pytestmark = pytest.mark.django_db


def counts(account, days: int = 0) -> dict[str, int]:  # type: ignore[no-untyped-def]
    """Return what waits for the account so many days from now, by verb."""
    today = timezone.localdate() + dt.timedelta(days=days)
    return {task.verb: count for task, count in waiting_for(account, today)}


def test_it_works(world: World) -> None:
    world.likeness()
    world.submitted_demand()
    assert counts(world.village_officer) == {"accept_likeness": 1}
    assert counts(world.county_officer)["approve_demand"] == 1


def test_a_stranger_waits_for_nothing(world: World) -> None:
    world.likeness()
    world.submitted_demand()
    assert counts(world.stranger) == {}


def test_nobody_is_told_to_do_what_another_office_does(world: World) -> None:
    facts = world.employer_facts("样例家具有限公司", "91580102MA0000003", contact_telephone="15400000088")
    register_employer(by=world.station_staff, org=world.station, facts=facts)
    assert counts(world.county_officer)["approve_employer"] == 1
    assert "approve_employer" not in counts(world.other_county_officer)


def test_a_village_hears_whom_nobody_has_checked(world: World) -> None:
    world.worker()
    later = UNCHECKED_DAYS + 1
    assert "confirm_status" not in counts(world.village_officer)
    assert counts(world.village_officer, later)["confirm_status"] == 1
    assert "confirm_status" not in counts(world.county_officer, later)


def test_an_employer_hears_which_posts_came_back_and_which_end(world: World) -> None:
    refuse_demand(by=world.county_officer, demand=world.submitted_demand(), reason="工资请写明")
    ending = world.demand()
    days = (ending.valid_until - timezone.localdate()).days
    assert counts(world.employer_clerk) == {"resubmit_demand": 1}
    assert counts(world.employer_clerk, days) == {"resubmit_demand": 1, "refresh_demand": 1}
    assert "resubmit_demand" not in counts(world.county_officer)


def test_a_no_for_the_wage_leaves_a_suggestion_to_ask_about(world: World) -> None:
    decline_offer(by=world.village_officer, offer=world.offer(), reason="wage", through="visit")
    assert counts(world.village_officer)["take_suggestion"] == 1
    assert "take_suggestion" not in counts(world.employer_clerk)


def test_whoever_talked_with_people_says_how_it_went(world: World) -> None:
    offer = world.agreed_offer()
    facts = SlotFacts(timezone.now() + dt.timedelta(days=1), "telephone", telephone="057186001234")
    slot = offer_slot(by=world.employer_clerk, demand=offer.demand, facts=facts)
    pick_slot(by=world.village_officer, offer=offer, slot=slot, through="visit")
    assert "record_interview" not in counts(world.employer_clerk)
    InterviewSlot.objects.update(starts_at=timezone.now() - dt.timedelta(hours=1))
    assert counts(world.employer_clerk)["record_interview"] == 1


def test_a_month_without_a_contract_waits_for_who_enters_it(world: World) -> None:
    placement = world.arrived()
    assert "enter_contract" not in counts(world.employer_clerk)
    Placement.objects.update(arrived_on=timezone.localdate() - dt.timedelta(days=40))
    assert counts(world.employer_clerk)["enter_contract"] == 1
    facts = ContractFacts(timezone.localdate(), timezone.localdate(), "open", 650_000, "full")
    enter_contract(by=world.employer_clerk, offer=placement.offer, facts=facts)
    assert "enter_contract" not in counts(world.employer_clerk)


def test_each_number_leads_to_a_page_that_shows_it(world: World) -> None:
    world.submitted_demand()
    client = Client()
    client.force_login(world.county_officer)
    assert reverse("demand_desk") in client.get("/dashboards/").content.decode()
    assert "电焊工" in client.get(reverse("demand_desk")).content.decode()


def test_every_task_has_a_page() -> None:
    assert all(reverse(task.url_name) for task in TASKS)


def test_whoever_has_no_place_finds_their_pages_on_the_desk(world: World) -> None:
    client = Client()
    client.force_login(world.employer_clerk)
    main = client.get("/dashboards/").content.decode().split("<main")[1]
    assert "您可以办" in main and reverse("candidates") in main
    client.force_login(world.county_officer)
    assert "您可以办" not in client.get("/dashboards/").content.decode()
