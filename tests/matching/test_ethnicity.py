"""Groups that people stated are counted after a round, from nowhere else, and no round reads what they said."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from zhitong.kernel.jobs import run_job
from zhitong.kernel.models import Job
from zhitong.matching.fairly import names_for
from zhitong.matching.frames import Counting
from zhitong.workers.actions import give_consent, merge_workers, state_ethnicity
from zhitong.workers.models import StatedEthnicity

SAID = ["37"] * 12 + ["06"] * 3 + ["15"] * 3 + ["09"] * 3 + ["97"] * 2 + [""] * 10
TABLE = StatedEthnicity._meta.db_table


def say(world, worker, code):
    by = world.village_officer
    give_consent(by=by, worker=worker, purpose="ethnicity", through="visit")
    state_ethnicity(by=by, worker=worker, code=code, source="visit")


def seekers(world, said):
    """Return people who look for work, each of whom states a group or nothing."""
    people = [world.seeker() for _one in said]
    for worker, code in zip(people, said, strict=True):
        if code:
            say(world, worker, code)
    return people


def cells(counting):
    """Return how many people each group of ethnicity has."""
    return {one.group: one.people for one in counting.cells() if one.dimension == "ethnicity"}


def test_it_works(world, client: Client):
    seekers(world, SAID)
    world.demand(seats=20)
    with CaptureQueriesContext(connection) as solving:
        held = world.solved_round()
    with CaptureQueriesContext(connection) as counting:
        run_job(Job.objects.get(kind="count_fairness", given={"round": held.pk}).pk)
    assert not any(TABLE in one["sql"] for one in solving.captured_queries)
    assert sum(TABLE in one["sql"] for one in counting.captured_queries) == 2
    found = {one.group: (one.people, one.is_withheld) for one in held.fairness.filter(dimension="ethnicity")}
    assert found == {"37": (12, False), "small": (11, False), "unstated": (10, False)}
    placed = held.fairness.filter(dimension="ethnicity").values_list("placed", flat=True)
    assert sum(placed) == held.fairness.get(dimension="everybody").placed
    client.force_login(world.county_officer)
    page = client.get(f"/matching/rounds/{held.pk}/fairness/").content.decode()
    assert "仡佬族" in page and "没有说明" in page and "人数少的各民族" in page
    assert "苗族" not in page and "除本人外谁也看不到" in page
    client.force_login(world.village_officer)
    assert client.get(f"/matching/rounds/{held.pk}/fairness/").status_code == 404


def test_nothing_is_counted_where_nobody_said_anything(world):
    seekers(world, ["", ""])
    assert cells(Counting(world.solved_round())) == {}


def test_of_several_entries_the_last_word_counts(world):
    first, second = seekers(world, ["37", "06"])
    part = world.entry_without_number(name=first.name)
    say(world, part, "15")
    StatedEthnicity.objects.filter(worker=first).update(stated_on=dt.date(2020, 1, 1))
    merge_workers(by=world.village_officer, kept=first, other=part)
    counting = Counting(world.solved_round())
    assert sorted(counting._stated().tolist()) == [6, 15]
    assert second.pk in counting.keys


@pytest.mark.parametrize(
    ("group", "name"), [("37", "仡佬族"), ("unstated", "没有说明"), ("small", "人数少的各民族")]
)
def test_groups_have_names(world, group, name):
    names = names_for(world.county_officer, [("ethnicity", group)])
    assert names.of("ethnicity", group) == name
