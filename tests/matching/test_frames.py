"""Rows to arrays: who takes part, what is free, and that nothing forbidden is read."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhitong.kernel.models import Region
from zhitong.matching.actions import decline_offer, recall_offer
from zhitong.matching.frames import market_of
from zhitong.matching.frames.codes import read_codes
from zhitong.matching.frames.people import ages_on
from zhitong.matching.frames.reading import DayNumber, first_of_each, places_of, read
from zhitong.matching.models import Round
from zhitong.workers.actions import Wish, join_priority_group, state_intention
from zhitong.workers.models import Consent, Worker

TODAY = timezone.localdate()


@pytest.fixture
def market(world):
    def of(org=None):
        return market_of(Round(org=org or world.county, city=world.city, county=world.county, held_on=TODAY))

    return of


def test_days_are_read_as_their_ordinals(world):
    days = [dt.date(1969, 12, 31), dt.date(1984, 2, 29), dt.date(2000, 1, 1)]
    for day in days:
        world.worker(birth_on=day)
    found = read(Worker.objects.order_by("birth_on"), DayNumber(F("birth_on")))[:, 0]
    assert found.tolist() == [day.toordinal() for day in days]


def test_ages_are_completed_years():
    born = np.array([dt.date(2008, 2, 29).toordinal(), dt.date(1990, 5, 1).toordinal()])
    assert ages_on(born, dt.date(2026, 2, 28)).tolist() == [17, 35]
    assert ages_on(born, dt.date(2026, 3, 1)).tolist() == [18, 35]
    assert ages_on(born, dt.date(2026, 5, 1)).tolist() == [18, 36]


def test_keys_are_found_or_said_to_be_absent():
    keys = np.array([3, 5, 9])
    assert places_of(keys, np.array([9, 4, 3, 10, -1])).tolist() == [2, -1, 0, -1, -1]
    assert places_of(keys[:0], np.array([1])).tolist() == [-1]


def test_the_first_of_each_are_kept_in_order():
    row, order = np.array([1, 0, 1, 1, 0]), np.array([5, 2, 1, 3, 4])
    kept, rank = first_of_each(row, order, 2)
    assert [(row[one], order[one], place) for one, place in zip(kept, rank, strict=True)] == [
        (0, 2, 0), (0, 4, 1), (1, 1, 0), (1, 3, 1)
    ]  # fmt: skip


def test_only_those_who_look_agree_and_are_free_take_part(world, market):
    seeker = world.seeker()
    unwilling, busy = world.seeker(), world.offer().worker
    Consent.objects.filter(worker=unwilling, purpose="register").update(withdrawn_at=timezone.now())
    told_nothing = world.worker()
    world.worker(status="home")
    world.seeker(village=world.far_village)
    people = market().people
    assert people.keys.tolist() == [seeker.pk] and busy.pk not in people.keys
    assert people.without_consent == 1
    assert people.held_back["no_intention"][:, 0].tolist() == [told_nothing.pk]


def test_a_couple_goes_together_or_waits(world, market):
    husband, wife = world.couple
    people = market().people
    assert people.keys.tolist() == [husband.pk, wife.pk] and people.workers.group.tolist() == [0, 0]
    Worker.objects.filter(pk=wife.pk).update(status="home")
    people = market().people
    assert len(people.keys) == 0 and people.held_back["companion_absent"][:, 0].tolist() == [husband.pk]


def test_a_seat_on_offer_is_not_given_twice(world, market):
    offer = world.offer(demand=world.demand(seats=3))
    world.agreed_offer(demand=offer.demand)
    assert market().openings.posts.seats.tolist() == [1]
    recall_offer(by=world.county_officer, offer=offer)
    assert market().openings.posts.seats.tolist() == [2]
    world.offer(demand=offer.demand)
    world.offer(demand=offer.demand)
    assert len(market().openings.keys) == 0


def test_a_place_turned_down_is_ruled_out(world, market):
    offer = world.offer()
    decline_offer(by=world.village_officer, offer=offer, reason="place", through="visit")
    found = market()
    city = found.codes.city(np.array([world.host_city.pk]))[0]
    assert city in found.people.workers.excluded_places[0].tolist()


def test_nobody_is_offered_again_what_was_declined(world):
    offer = world.offer()
    decline_offer(by=world.village_officer, offer=offer, reason="wage", through="visit")
    held = world.solved_round()
    assert not held.proposals.exists() and held.leftovers.get().reason == "said_no_before"


def test_whoever_said_no_finds_another_post_and_another_the_seat(world):
    offer = world.offer(demand=world.demand(seats=1, wage_high_fen=900_000))
    first, better = offer.worker, offer.demand
    decline_offer(by=world.village_officer, offer=offer, reason="wage", through="visit")
    other, second = world.demand(title="点焊工", seats=1), world.seeker()
    given = dict(world.solved_round().proposals.values_list("worker", "demand"))
    assert given == {first.pk: other.pk, second.pk: better.pk}


def test_priority_comes_in_steps_of_ten(world, market):
    seeker = world.seeker()
    join_priority_group(by=world.county_officer, worker=seeker, group=world.priority_group)
    assert market().people.workers.priority.tolist() == [3]


def test_wishes_become_positions(world, market):
    seeker = world.seeker()
    wish = Wish(occupations=(world.sewer, world.welder), cities=(world.home_city,), anywhere=False)
    state_intention(by=world.village_officer, worker=seeker, wish=wish)
    found = market()
    workers, codes = found.people.workers, found.codes
    assert (
        workers.wished[0, :2].tolist()
        == codes.occupation(np.array([world.sewer.pk, world.welder.pk])).tolist()
    )
    assert workers.wished_places[0, 0] == codes.city(np.array([world.home_city.pk]))[0]
    assert not workers.anywhere[0]


def test_a_district_of_a_municipality_is_the_municipality(world):
    city = Region.objects.create(code="310000000000", name="上海市", level=1)
    part = Region.objects.create(code="310100000000", name="市辖区", level=2, parent=city)
    district = Region.objects.create(
        code="310115000000", name="浦东新区", level=3, parent=part, prefecture=part
    )
    places = read_codes().city(np.array([city.pk, part.pk, district.pk]))
    assert len(set(places.tolist())) == 1 and places[0] >= 0


def test_the_tree_of_places_holds_cities_and_provinces_alone(world):
    codes = read_codes()
    assert len(codes.places) == len(codes.trees.place_parent) == len(codes.points) == len(set(codes.place))
    village = world.village.regions.get()
    city = Region.objects.get(pk=codes.places[codes.city(np.array([village.pk]))[0]])
    assert city == world.home_city and city.pk not in codes.places[codes.trees.place_parent]
    province = codes.trees.place_parent[codes.city(np.array([city.pk]))[0]]
    assert codes.places[province] == city.parent_id and codes.trees.place_parent[province] == -1


def test_nothing_forbidden_is_read(world, market):
    world.seeker()
    assert world.post
    with CaptureQueriesContext(
        connection,
    ) as queries:
        market()
    asked = " ".join(query["sql"].split(" FROM ")[0] for query in queries)
    for column in ("sex", "household", "id_number", "telephone", '"name"'):
        assert column not in asked
