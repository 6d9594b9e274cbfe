"""Two officers ask for the same at once, on two connections of PostgreSQL: it is done once, and the other is told."""

from __future__ import annotations

import time
from collections.abc import Iterable

import pytest

from tests.matching.test_two_at_once import again, at_once
from tests.workers.test_workers_page import unchecked_for
from zhitong.kernel.models import Job
from zhitong.kernel.people import People
from zhitong.site.world import World, build
from zhitong.workers.actions import ask_status_by_sms, asking, search_likenesses
from zhitong.workers.actions.checking import people_of
from zhitong.workers.models import StatusQuestion

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> World:
    """The imaginary county, stored so that other connections see it."""
    return build()


def test_village_and_township_ask_the_same_people_by_sms(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly(keys: Iterable[int]) -> People:
        time.sleep(0.5)  # the questions are written and not yet stored
        return people_of(keys)

    monkeypatch.setattr(asking, "people_of", slowly)
    for name in ("欧阳一", "陈二"):
        unchecked_for(world.worker(name=name), 45)
    ends = [(again(world.village_officer), world.village), (again(world.township_officer), world.town)]
    said = at_once(*(lambda by=by, place=place: ask_status_by_sms(by=by, place=place) for by, place in ends))
    assert said == ["done", "nobody_to_ask"] and StatusQuestion.objects.count() == 2


def test_two_officers_begin_one_search(world: World) -> None:
    officers = [again(world.county_officer), again(world.city_officer)]
    said = at_once(*(lambda by=by: search_likenesses(by=by, org=world.county) for by in officers))
    assert said == ["done", "search_runs"] and Job.objects.filter(kind="search_likenesses").count() == 1
