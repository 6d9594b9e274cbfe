"""The figures of a place: counted from records, for the reader's own scope only."""

from __future__ import annotations

import pytest
from django.test import Client

from zhitong.dashboards.counts import flows_of, funnel_of, lines_of, people_of, totals_of
from zhitong.dashboards.reach import place_at
from zhitong.kernel.errors import OutOfReach
from zhitong.site.world import World

pytestmark = pytest.mark.django_db


def page(account: object, address: str = "/dashboards/"):  # type: ignore[no-untyped-def]
    client = Client()
    client.force_login(account)  # type: ignore[arg-type]
    return client.get(address)


def test_it_works(world: World) -> None:
    worker = world.worker()
    answer = page(world.county_officer)
    assert answer.status_code == 200
    lines = lines_of(world.county_officer, world.county)
    assert totals_of(lines)["people"] == 1
    assert [line.people for line in lines if line.org == world.town] == [1]
    assert people_of(world.county_officer, world.county)[world.town.pk][worker.status] == 1


def test_a_stranger_counts_nobody(world: World) -> None:
    world.worker()
    assert totals_of(lines_of(world.stranger, world.far_village))["people"] == 0
    with pytest.raises(OutOfReach):
        place_at(world.stranger, world.county.pk)
    assert page(world.stranger, f"/dashboards/{world.county.pk}/").status_code == 404


def test_an_officer_drills_down_to_the_village(world: World) -> None:
    world.worker()
    for place in (world.county, world.town, world.village):
        answer = page(world.city_officer, f"/dashboards/{place.pk}/")
        assert answer.status_code == 200
        assert "1" in answer.content.decode()


def test_ends_see_what_waits_and_no_figures_of_places(world: World) -> None:
    for account in (world.station_staff, world.employer_clerk, world.department_clerk):
        answer = page(account)
        assert answer.status_code == 200
        assert "figures-title" not in answer.content.decode()


def test_the_funnel_counts_nothing_twice(world: World) -> None:
    world.worker()
    steps = {step.name: step.count for step in funnel_of(world.county_officer, world.county, {})}
    assert steps["offered"] == steps["agreed"] == steps["arrived"] == 0


def test_flows_are_empty_without_destinations_and_the_page_says_what_to_do(world: World) -> None:
    assert flows_of(world.county_officer, world.county) == []
    assert "务工城市" in page(world.county_officer, "/dashboards/flows/").content.decode()


def test_a_worker_away_is_a_flow(world: World) -> None:
    from zhitong.workers.actions import confirm_status

    worker = world.worker()
    where = {"status": "away", "work_region": world.host_city}
    confirm_status(by=world.village_officer, worker=worker, source="telephone", **where)
    flows = flows_of(world.county_officer, world.county)
    assert [(flow.city, flow.count) for flow in flows] == [("海州市", 1)]
    assert flows_of(world.stranger, world.far_village) == []
