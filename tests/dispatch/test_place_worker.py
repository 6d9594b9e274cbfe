"""place_worker: what an employer accepted becomes a placement, once."""

from __future__ import annotations

import pytest
from django.utils import timezone

from zhitong.dispatch.actions import place_worker
from zhitong.dispatch.models import Placement
from zhitong.kernel.actions import open_org
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Record
from zhitong.matching.actions import accept_worker, release_offer
from zhitong.site.world.ground import region


def test_it_works(world):
    offer = world.accepted_offer()
    placement = place_worker(by=world.system, offer=offer)
    assert (placement.state, placement.worker, placement.demand) == ("awaited", offer.worker, offer.demand)
    assert (placement.village, placement.employer_org) == (world.village, world.employer_org)
    assert placement.expected_on == max(offer.demand.begins_on, timezone.localdate())
    assert Record.objects.of(placement).get().concerns_id == offer.worker_id


def test_only_the_clock_does_it(world):
    with pytest.raises(NotAllowed):
        place_worker(by=world.county_officer, offer=world.accepted_offer())


def test_twice_is_once(world):
    offer = world.accepted_offer()
    first = place_worker(by=world.system, offer=offer)
    assert place_worker(by=world.system, offer=offer) == first and Placement.objects.count() == 1


def test_hearing_of_an_acceptance_does_it_and_leaves_its_own_line(world, django_capture_on_commit_callbacks):
    offer = world.agreed_offer()
    with django_capture_on_commit_callbacks(execute=True):
        accept_worker(by=world.employer_clerk, offer=offer)
    placement = Placement.objects.get(offer=offer)
    assert Record.objects.of(placement).get().actor == world.system


def test_the_own_county_s_station_receives(world):
    assert world.placement().station == world.station
    far = world.seeker(village=world.far_village)
    assert world.placement(far).station == world.other_station


def test_else_any_of_the_city_s_stations_in_the_place(world):
    world.other_station.closed_on = timezone.localdate()
    world.other_station.save()
    assert world.placement(world.seeker(village=world.far_village)).station == world.station


def test_else_none(world):
    island = region("5802", "岛州市", 2, world.host_city.parent, None)
    open_org(by=world.system, parent=world.city, kind="station", name="样例市驻岛州站", host_city=island)
    world.station.closed_on = world.other_station.closed_on = timezone.localdate()
    world.station.save()
    world.other_station.save()
    assert world.placement(demand=world.demand()).station is None


def test_only_what_was_accepted(world, no):
    assert no(place_worker, by=world.system, offer=world.agreed_offer()) == "not_accepted"
    over = release_offer(by=world.system, offer=world.accepted_offer())
    assert no(place_worker, by=world.system, offer=over) == "not_accepted"


def test_nobody_is_at_two_posts(world, no):
    first = world.placement()
    release_offer(by=world.system, offer=first.offer)
    second = world.accepted_offer(first.worker, world.demand(title="点焊工"))
    assert no(place_worker, by=world.system, offer=second) == "placed_already"
