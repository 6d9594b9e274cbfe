"""keep_fairness: groups are counted once after a round, too small ones hold nothing, and a drift is an alarm."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from django.utils import timezone

from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.jobs import run_job
from zhitong.kernel.models import Job, in_place
from zhitong.matching.actions import keep_fairness
from zhitong.matching.frames import Counting
from zhitong.matching.frames.fairness import Cell, age_bands, withholding
from zhitong.matching.models import FairnessAlarm, FairnessCell, Round
from zhitong.workers.actions import join_priority_group, merge_workers


@pytest.fixture
def counted(world):
    """Return a round of 12 men who found posts and 11 women who wanted too much, with its groups counted."""
    for _one in range(12):
        world.seeker()
    world.demand(seats=20)
    for _one in range(11):
        world.seeker(sex="F", birth_on=dt.date(1999, 1, 1))
    join_priority_group(by=world.county_officer, worker=world.seeker(), group=world.priority_group)
    held = world.solved_round()
    run_job(Job.objects.get(kind="count_fairness", given={"round": held.pk}).pk)
    return held


def cells_of(held):
    return {(one.dimension, one.group): one for one in held.fairness.all()}


def test_it_works(world, counted):
    cells = cells_of(counted)
    everybody = cells["everybody", ""]
    assert (everybody.people, everybody.placed) == (24, 20)
    assert (cells["sex", "M"].people, cells["sex", "F"].people) == (13, 11)
    assert cells["sex", "M"].placed + cells["sex", "F"].placed == 20
    assert everybody.fit_sum == counted.summary["total"]
    assert cells["place", str(world.town.pk)].people == 24
    assert everybody.county == world.county and not counted.alarms.exists()


def test_small_groups_hold_nothing_and_cannot_be_had_by_subtraction(counted):
    cells = cells_of(counted)
    assert [one.is_withheld for one in (cells["priority", "none"], cells["sex", "F"])] == [True, False]
    hidden = FairnessCell.objects.filter(round=counted, is_withheld=True)
    assert {(one.people, one.placed, one.fit_sum) for one in hidden} == {(0, 0, 0)}
    assert hidden.filter(dimension="priority").count() == 2


def test_one_small_group_takes_the_next_smallest_with_it():
    cells = [Cell("age", name, people, 0, 0, 0) for name, people in (("a", 4), ("b", 50), ("c", 20))]
    assert [withheld for _cell, withheld in withholding(cells)] == [True, False, True]
    both = [Cell("age", name, people, 0, 0, 0) for name, people in (("a", 4), ("b", 50), ("c", 9))]
    assert [withheld for _cell, withheld in withholding(both)] == [True, False, True]


def test_what_is_withheld_is_not_too_small_together():
    few = [Cell("age", name, people, 0, 0, 0) for name, people in (("a", 1), ("b", 2), ("c", 50), ("d", 30))]
    assert [withheld for _cell, withheld in withholding(few)] == [True, True, False, True]
    all_of_them = [Cell("age", name, 3, 0, 0, 0) for name in "ab"]
    assert [withheld for _cell, withheld in withholding(all_of_them)] == [True, True]
    large = [Cell("age", name, 30, 0, 0, 0) for name in "ab"]
    assert [withheld for _cell, withheld in withholding(large)] == [False, False]


def test_age_bands_leave_no_gap():
    ends = [band.split("-") for band in age_bands()]
    assert ends[0][0] == ends[-1][1] == ""
    assert all(int(one[1]) + 1 == int(other[0]) for one, other in pairwise(ends))


def test_counted_again_nothing_changes(world, counted):
    before = list(counted.fairness.values_list("pk", flat=True))
    assert keep_fairness(by=world.system, round=counted, counting=Counting(counted)) == 0
    assert list(counted.fairness.values_list("pk", flat=True)) == before


def earlier(world, held, days, men, women):
    """Return an earlier round of the place in which so many of a hundred men and women found posts."""
    asked_at = timezone.now() - dt.timedelta(days=days)
    past = Round.objects.create(
        org=held.org, state="adopted", asked_by=world.county_officer, asked_at=asked_at, **in_place(held)
    )
    for dimension, group, people, placed in (
        ("everybody", "", 200, men + women), ("sex", "M", 100, men), ("sex", "F", 100, women)
    ):  # fmt: skip
        FairnessCell.objects.create(
            round=past, dimension=dimension, group=group, people=people, placed=placed, **in_place(held)
        )
    return past


def test_a_group_that_falls_behind_raises_an_alarm(world):
    held = world.solved_round()
    for days in (30, 20, 10):
        earlier(world, held, days, 80, 80)

    class Fallen:
        """What was counted of a round in which women fell behind."""

        def rows(self):
            places = (held.city_id, held.county_id, held.town_id, held.village_id)
            for dimension, group, people, placed in (
                ("everybody", "", 200, 110), ("sex", "M", 100, 80), ("sex", "F", 100, 30)
            ):  # fmt: skip
                yield (held.pk, *places, dimension, group, False, people, placed, 0, 0)

    assert keep_fairness(by=world.system, round=held, counting=Fallen()) == 2
    alarm = FairnessAlarm.objects.get(group="F")
    assert alarm.state == "open" and alarm.compared == 3 and alarm.before_share == 0
    assert alarm.now_share == pytest.approx(-0.5) and alarm.chance < 0.001


def test_a_stranger_cannot(world, counted):
    with pytest.raises(NotAllowed):
        keep_fairness(by=world.county_officer, round=counted, counting=Counting(counted))


def test_nothing_is_counted_while_the_round_is_held(solved, django_assert_num_queries):
    counting = Counting(solved)
    with django_assert_num_queries(0):
        assert list(counting.rows())


def test_a_group_is_found_by_any_entry_of_a_person(world):
    people = [world.seeker(name="陆大江") for _one in range(3)]
    part = world.entry_without_number(name="陆大江", village=people[0].village)
    join_priority_group(by=world.county_officer, worker=part, group=world.priority_group)
    merge_workers(by=world.system, kept=people[0], other=part)
    cells = Counting(world.solved_round()).cells()
    assert sorted(one.people for one in cells if one.dimension == "priority") == [1, 2]
