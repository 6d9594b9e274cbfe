"""keep_trial: only who changes is stored, the largest change first, and not twice."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from tests.matching.test_try_rules import NO_PRIORITY, tried
from zhitong.kernel.errors import NotAllowed
from zhitong.matching.actions import keep_trial
from zhitong.matching.frames import compared, market_of
from zhitong.matching.frames import trials as frame
from zhitong.matching.models import RuleSet, Trial
from zhitong.matching.stages import Limit


@pytest.fixture
def outcome(contested):
    held = contested[0]
    rules = RuleSet(
        placed=1, **{name: 0 for name in RuleSet.BOUNDS if name != "placed"}, priority_mode="weight"
    )
    digest = held.summary["problem"]
    return compared(market_of(held), seed=1, rules=None, tried=rules, digest=digest, limit=lambda: Limit(60))


def waiting(world, held):
    return Trial.objects.create(round=held, rules={}, asked_by=world.county_officer, city=held.city)


def test_it_works(world, contested, outcome):
    trial = keep_trial(by=world.system, trial=waiting(world, contested[0]), outcome=outcome)
    assert trial.state == "done" and trial.changes.count() == sum(trial.summary["counts"].values())


def test_many_are_counted_and_few_are_kept(world, contested, outcome, monkeypatch):
    monkeypatch.setattr(frame, "MOST_OF_A_KIND", 0)
    trial = keep_trial(by=world.system, trial=waiting(world, contested[0]), outcome=outcome)
    assert not trial.changes.exists() and set(trial.summary["kept"].values()) == {0}


def test_not_twice(world, contested, outcome):
    trial = tried(world, contested[0], NO_PRIORITY)
    before = trial.summary
    assert keep_trial(by=world.system, trial=trial, outcome=outcome).summary == before


def test_a_stranger_cannot(world, contested, outcome):
    with pytest.raises(NotAllowed):
        keep_trial(by=world.county_officer, trial=waiting(world, contested[0]), outcome=outcome)


def test_each_computation_has_its_own_time(contested):
    begun = []

    def limit():
        begun.append(1)
        return Limit(60)

    compared(
        market_of(contested[0]),
        seed=1,
        rules=None,
        tried=RuleSet(**asdict(NO_PRIORITY)),
        digest="",
        limit=limit,
    )
    assert len(begun) == 2


def test_a_computation_whose_time_ran_out_is_told(contested):
    given = {"seed": 1, "rules": None, "tried": RuleSet(**asdict(NO_PRIORITY)), "digest": ""}
    for seconds, stopped in ((-1, True), (60, False)):
        outcome = compared(market_of(contested[0]), limit=lambda seconds=seconds: Limit(seconds), **given)
        assert outcome.summary()["stopped"] is stopped
