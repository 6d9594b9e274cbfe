"""Two hand in the same post at once, on two connections of PostgreSQL: one post, and a sentence for the other."""

from __future__ import annotations

import pytest

from tests.matching.test_two_at_once import again, at_once
from zhitong.employers.actions import submit_demand
from zhitong.employers.models import Demand
from zhitong.site.world import World, build

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> World:
    """The imaginary county, stored so that other connections see it."""
    return build()


def test_station_and_employer_hand_in_the_same_post(world: World) -> None:
    facts, employer = world.demand_facts(), world.employer
    ends = [(again(world.station_staff), world.station), (again(world.employer_clerk), world.employer_org)]
    said = at_once(
        *(
            lambda by=by, org=org: submit_demand(by=by, org=org, employer=employer, facts=facts)
            for by, org in ends
        )
    )
    assert said == ["demand_stands_already", "done"] and Demand.objects.count() == 1
