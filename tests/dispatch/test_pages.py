"""Pages of placements: each end reads its own fields, desks list what waits."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.house.specimens import own_account
from zhitong.dispatch.models import Placement, RetentionCheck
from zhitong.kernel.models import Account
from zhitong.site.world import World
from zhitong.workers.actions import withdraw_consent

pytestmark = pytest.mark.django_db


def page(account: Account, address: str) -> tuple[int, str]:
    client = Client()
    client.force_login(account)
    answer = client.get(address)
    return answer.status_code, answer.content.decode()


def test_it_works(world: World) -> None:
    placement = world.placement()
    for account in (world.county_officer, world.station_staff, world.employer_clerk, world.auditor):
        status, text = page(account, "/dispatch/")
        assert status == 200 and placement.worker.name in text
        assert page(account, f"/dispatch/{placement.pk}/")[0] == 200


def test_a_stranger_finds_nothing(world: World) -> None:
    placement = world.placement()
    for account in (world.stranger, world.other_station_staff, world.other_employer_clerk):
        assert page(account, f"/dispatch/{placement.pk}/")[0] == 404
        assert placement.worker.name not in page(account, "/dispatch/")[1]


def test_the_receiving_end_reads_no_village_and_no_full_telephone(world: World) -> None:
    placement = world.placement()
    assert placement.worker.telephone is not None
    for account in (world.station_staff, world.employer_clerk):
        text = page(account, f"/dispatch/{placement.pk}/")[1]
        assert world.county.place_name in text
        assert world.village.name not in text
        assert placement.worker.telephone.open() not in text


def test_without_consent_the_receiving_end_reads_whom_it_received_and_who_sent_him(world: World) -> None:
    placement = world.placement()
    worker = placement.worker
    addresses = (f"/dispatch/{placement.pk}/", "/dispatch/arrivals/")
    masked = str(worker.telephone)
    assert all(masked in page(world.station_staff, one)[1] for one in addresses)
    withdraw_consent(by=world.village_officer, consent=worker.consents.get(purpose="share"))
    for account in (world.station_staff, world.employer_clerk):
        for address in addresses:
            text = page(account, address)[1]
            assert worker.name in text and world.county.place_name in text
            assert masked not in text and worker.get_sex_display() not in text
    assert masked in page(world.county_officer, f"/dispatch/{placement.pk}/")[1]


@pytest.mark.parametrize("address", ["/dispatch/", "/dispatch/arrivals/"])
def test_a_longer_list_asks_the_database_no_more(world: World, address: str) -> None:
    asked = []
    for _one in range(2):
        world.placement(demand=world.demand(title=f"电焊工{len(asked)}"))
        page(world.station_staff, address)
        with CaptureQueriesContext(connection) as found:
            page(world.station_staff, address)
        asked.append(len(found))
    assert asked[0] == asked[1]


def test_the_arrival_desk_lists_who_is_awaited(world: World) -> None:
    placement = world.placement()
    assert placement.worker.name in page(world.station_staff, "/dispatch/arrivals/")[1]
    client = Client()
    client.force_login(world.station_staff)
    answer = client.post(
        f"/dispatch/{placement.pk}/confirm_arrival/",
        {"arrived_on": timezone.localdate().isoformat(), "nonce": "n1"},
    )
    assert answer.status_code == 302
    assert Placement.objects.get(pk=placement.pk).state == "arrived"
    assert placement.worker.name not in page(world.station_staff, "/dispatch/arrivals/")[1]


@pytest.mark.parametrize("day", ["", "2999-01-01", "yesterday", "=1+1", "1900-01-01"])
def test_a_wrong_day_of_arrival_is_a_sentence(world: World, day: str) -> None:
    placement = world.placement()
    client = Client()
    client.force_login(world.station_staff)
    answer = client.post(f"/dispatch/{placement.pk}/confirm_arrival/", {"arrived_on": day, "nonce": "n1"})
    assert answer.status_code == 422
    assert Placement.objects.get(pk=placement.pk).state == "awaited"


def test_due_checks_are_listed_and_a_wrong_filter_is_an_error(world: World) -> None:
    placement = world.arrived()
    RetentionCheck.objects.filter(placement=placement, months=1).update(
        due_on=timezone.localdate() - dt.timedelta(days=1)
    )
    assert placement.worker.name in page(world.station_staff, "/dispatch/checks/")[1]
    assert page(world.station_staff, "/dispatch/checks/?months=four")[0] == 400


def test_the_worker_answers_for_himself(world: World) -> None:
    placement = world.arrived()
    RetentionCheck.objects.filter(placement=placement, months=1).update(due_on=timezone.localdate())
    account = own_account(world, placement.worker)
    status, text = page(account, "/dispatch/mine/")
    assert status == 200 and "满 1 个月" in text
    check = placement.checks.get(months=1)
    client = Client()
    client.force_login(account)
    assert client.post(f"/dispatch/checks/{check.pk}/confirm_still_there/", {"nonce": "n"}).status_code == 302
    assert RetentionCheck.objects.get(pk=check.pk).source == "self"
