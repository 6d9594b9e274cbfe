"""Two ends at once, on two connections of PostgreSQL: one outcome, and a sentence for the other."""

from __future__ import annotations

import pytest

from tests.matching.test_two_at_once import again, at_once
from zhitong.dispatch.actions import confirm_arrival, end_placement, place_worker
from zhitong.dispatch.models import Placement
from zhitong.site.world import World, build

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> World:
    """The imaginary county, stored so that other connections see it."""
    return build()


def test_station_and_employer_sign_the_same_arrival(world: World) -> None:
    placement = world.placement()
    ends = [again(world.station_staff), again(world.employer_clerk)]
    said = at_once(*(lambda by=by: confirm_arrival(by=by, placement=placement) for by in ends))
    assert said == ["done", "placement_settled"] and placement.checks.count() == 3


def test_two_clocks_place_the_same_worker(world: World) -> None:
    offer = world.accepted_offer()
    clocks = [again(world.system), again(world.system)]
    said = at_once(*(lambda by=by: place_worker(by=by, offer=offer) for by in clocks))
    assert said == ["done", "done"] and Placement.objects.count() == 1


def test_both_ends_report_the_same_departure(world: World) -> None:
    placement = world.arrived()
    ends = [again(world.station_staff), again(world.employer_clerk)]
    said = at_once(
        *(lambda by=by: end_placement(by=by, placement=placement, reason="returned") for by in ends)
    )
    assert said == ["done", "placement_settled"]
