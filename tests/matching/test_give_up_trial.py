"""give_up_trial: a computation that came to nothing leaves its sentence, and another may be asked for."""

from __future__ import annotations

import pytest
from django.test import Client

from zhitong.kernel.errors import NotAllowed, Refusal
from zhitong.kernel.jobs import run_job
from zhitong.matching import tasks
from zhitong.matching.actions import TrialFacts, give_up_trial, try_rules
from zhitong.matching.frames import DEFAULT_RULES

FACTS = TrialFacts(**{**DEFAULT_RULES, "wish": 7})  # type: ignore[arg-type]


def test_it_works(world, solved, monkeypatch):
    def refuse(held):
        raise Refusal("out_of_memory", "内存不够。")

    monkeypatch.setattr(tasks, "market_of", refuse)
    trial = try_rules(by=world.county_officer, round=solved, facts=FACTS)
    run_job(trial.job_id)
    trial.refresh_from_db()
    assert (trial.state, trial.summary["failed"]["code"]) == ("failed", "out_of_memory")
    client = Client()
    client.force_login(world.county_officer)
    assert "内存不够。" in client.get(f"/matching/trials/{trial.pk}/").content.decode()
    assert try_rules(by=world.county_officer, round=solved, facts=FACTS).state == "waiting"


def test_one_whose_job_was_cancelled_does_not_stand_in_the_way(world, solved):
    trial = try_rules(by=world.county_officer, round=solved, facts=FACTS)
    trial.job.state = "cancelled"
    trial.job.save()
    again = try_rules(by=world.county_officer, round=solved, facts=FACTS)
    trial.refresh_from_db()
    assert (trial.state, again.state) == ("failed", "waiting")


def test_a_stranger_cannot(world, solved):
    trial = try_rules(by=world.county_officer, round=solved, facts=FACTS)
    with pytest.raises(NotAllowed):
        give_up_trial(by=world.county_officer, trial=trial, code="x")


def test_not_when_it_is_over(world, solved, no):
    trial = try_rules(by=world.county_officer, round=solved, facts=FACTS)
    give_up_trial(by=world.system, trial=trial, code="x")
    assert no(give_up_trial, by=world.system, trial=trial, code="x") == "wrong_state"
