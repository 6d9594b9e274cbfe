"""keep_scores: what the entries of a place taught about pairs weighs the rows of lists that come in later."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from zhitong.engines.linkage import Scores, expected
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Record
from zhitong.workers import actions
from zhitong.workers.actions import Learned
from zhitong.workers.frames import Arrival, duplicates_of
from zhitong.workers.models import LinkScores


def learned(entries=1000, add=0.0):
    """Return scores of so many entries; ``add`` bits are taken from every pair."""
    scores = expected(entries, 10)
    return Learned(entries, replace(scores, prior=scores.prior - add).to_bytes())


def asked(known):
    row = Arrival(
        0, known.name, sex="M", birth_on=known.birth_on, telephone=known.telephone.open(),
        places=(known.city_id, known.county_id, known.town_id, known.village_id),
    )  # fmt: skip
    return [one.entry for one in duplicates_of([row]).get(0, ())]


def test_it_works(world):
    kept = actions.keep_scores(by=world.system, org=world.town, learned=learned())
    assert (kept.org, kept.entries) == (world.town, 1000)
    assert np.allclose(
        Scores.from_bytes(bytes(LinkScores.objects.get().scores)).prior, expected(1000, 10).prior
    )
    assert Record.objects.get(verb="keep_scores").actor == world.system


def test_people_do_not(world):
    with pytest.raises(NotAllowed):
        actions.keep_scores(by=world.county_officer, org=world.county, learned=learned())


def test_a_later_search_of_the_place_replaces_them(world):
    actions.keep_scores(by=world.system, org=world.town, learned=learned())
    actions.keep_scores(by=world.system, org=world.town, learned=learned(2000))
    assert LinkScores.objects.get().entries == 2000


def test_rows_that_come_are_weighed_by_them(world):
    known = world.worker(name="陆大江", birth_on=dt.date(1986, 11, 3))
    assert asked(known) == [known.pk]
    actions.keep_scores(by=world.system, org=world.county, learned=learned(known.pk, add=90))
    assert asked(known) == []


def test_those_of_a_register_that_has_grown_since_do_not_count(world):
    for _at in range(8):
        known = world.worker(name="陆大江", birth_on=dt.date(1986, 11, 3))
    actions.keep_scores(by=world.system, org=world.village, learned=learned(3, add=90))
    assert known.pk in asked(known)
