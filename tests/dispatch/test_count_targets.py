"""count_targets: what became of the posts that somebody owes, counted for all of them; pages within reach."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from zhitong.dispatch.actions import count_targets
from zhitong.dispatch.counting import progress_of_all
from zhitong.dispatch.models import TargetProgress
from zhitong.employers.actions import close_demand, set_target
from zhitong.employers.models import Demand
from zhitong.kernel.errors import NotAllowed
from zhitong.matching.actions import expire_offers
from zhitong.matching.models import Offer


@pytest.fixture
def owed(world):
    """Targets of the county's station, which collected all posts here, and of the county itself."""
    day = timezone.localdate()
    period = {"begins_on": day, "ends_on": day + dt.timedelta(days=90)}
    return [
        set_target(by=world.city_officer, org=org, seats=200, **period)
        for org in (world.station, world.department)
    ]


def progress(world, target):
    count_targets(by=world.system, found=progress_of_all())
    return TargetProgress.objects.get(target=target)


def page(account, address):
    client = Client()
    client.force_login(account)
    answer = client.get(address)
    return answer.status_code, answer.content.decode()


def test_a_yes_that_no_employer_answered_was_a_yes(world, owed):
    for one in (world.agreed_offer(), world.offer(world.seeker(name="还没答"))):
        Offer.objects.filter(pk=one.pk).update(due_on=timezone.localdate() - dt.timedelta(days=30))
    assert expire_offers(by=world.system) == 2
    found = progress(world, owed[0])
    assert (found.offered, found.agreed, found.employed) == (2, 1, 0)


def test_it_works(world, owed, arrived):
    world.submitted_demand(title="待审核的岗位", seats=7)
    world.placement(world.seeker(name="还没到"))
    world.offer(world.seeker(name="还没答"))
    found = progress(world, owed[0])
    assert (found.org, found.seats, found.entered, found.approved) == (world.station, 200, 17, 10)
    assert (found.offered, found.agreed, found.employed, found.still_there) == (3, 2, 2, 1)
    assert (found.stale, found.doubtful, found.proposed) == (0, 0, 0)
    nothing = TargetProgress.objects.get(target=owed[1])
    assert nothing.entered == nothing.offered == nothing.employed == 0 and nothing.seats == 200


def test_rounds_feed_it(world, owed):
    assert world.post and world.seeker()
    world.solved_round()
    assert progress(world, owed[0]).proposed == 1


def test_what_cannot_be_counted_on_stands_beside(world, owed):
    untrue, old = world.demand(title="不实的岗位", seats=3), world.demand(title="过期的岗位", seats=5)
    close_demand(by=world.county_officer, demand=untrue, reason="untrue")
    Demand.objects.filter(pk=old.pk).update(valid_until=timezone.localdate() - dt.timedelta(days=1))
    found = progress(world, owed[0])
    assert (found.entered, found.stale, found.doubtful) == (8, 5, 3)
    text = page(world.city_officer, f"/dispatch/targets/{found.pk}/")[1]
    assert "长期未更新 5；存疑 3" in text


def test_posts_of_another_time_do_not_count(world, owed):
    post = world.demand()
    Demand.objects.filter(pk=post.pk).update(collected_on=timezone.localdate() - dt.timedelta(days=1))
    assert progress(world, owed[0]).entered == 0


def test_counted_again_it_is_the_same_row(world, owed):
    before = progress(world, owed[0])
    world.demand(seats=4)
    again = progress(world, owed[0])
    assert (again.pk, before.entered, again.entered) == (before.pk, 0, 4)


def test_a_place_counts_whatever_stands_in_its_care(world):
    day = timezone.localdate()
    target = set_target(
        by=world.city_officer, org=world.county, begins_on=day, ends_on=day + dt.timedelta(days=9), seats=1
    )
    post = world.demand(seats=6)
    assert post.county == world.county and progress(world, target).entered == 6


def test_a_stranger_to_the_clock_cannot(world):
    with pytest.raises(NotAllowed):
        count_targets(by=world.city_officer, found={})


def test_pages_open_to_those_who_owe_and_above(world, owed):
    found = progress(world, owed[0])
    for account in (world.station_staff, world.county_officer, world.city_officer, world.auditor):
        status, text = page(account, "/dispatch/targets/?running=on")
        assert status == 200 and world.station.name in text
        assert page(account, f"/dispatch/targets/{found.pk}/")[0] == 200
    assert page(world.department_clerk, f"/dispatch/targets/{found.pk}/")[0] == 404
    assert world.station.name not in page(world.other_county_officer, "/dispatch/targets/")[1]
    assert page(world.employer_clerk, "/dispatch/targets/")[0] == 403
