"""try_rules: who would gain and who would lose by other rules; nothing is adopted, and pages show it."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from django.test import Client

from zhitong.kernel.errors import NotAllowed, OutOfReach
from zhitong.kernel.jobs import run_job
from zhitong.matching.actions import TrialFacts, drop_trial, open_round, try_rules
from zhitong.matching.frames import DEFAULT_RULES, compared, market_of
from zhitong.matching.models import Offer, Proposal, RuleSet, Trial, TrialChange
from zhitong.matching.stages import Limit

OWN = TrialFacts(**DEFAULT_RULES)  # type: ignore[arg-type]
STRICT = dataclasses.replace(OWN, priority_mode="strict")
NO_PRIORITY = dataclasses.replace(OWN, priority=0)


def tried(world, held, facts):
    trial = try_rules(by=world.city_officer, round=held, facts=facts)
    run_job(trial.job_id)
    trial.refresh_from_db()
    return trial


def page(account, address):
    client = Client()
    client.force_login(account)
    answer = client.get(address)
    return answer.status_code, answer.content.decode()


def test_it_works(world, contested):
    held, poor, better = contested
    taken = Proposal.objects.get(round=held).worker
    other = better if taken == poor else poor
    facts = NO_PRIORITY if taken == poor else STRICT
    trial = tried(world, held, facts)
    assert trial.state == "done" and trial.summary["same_frame"]
    assert trial.summary["placed"] == [1, 1] and trial.summary["counts"]["gains"] == 1
    changes = {one.worker: one for one in trial.changes.all()}
    assert (changes[other].kind, changes[taken].kind) == ("gains", "loses")
    gained = changes[other]
    assert gained.before is None and gained.before_by_old == gained.before_by_new == 0
    assert gained.after_by_old > 0 and gained.after_by_new > 0
    own = Proposal.objects.get(round=held)
    assert changes[taken].before_by_old == own.fit and trial.summary["by_old"][0] == own.fit
    assert trial.summary["places"] == [[world.town.pk, 2, 1, 1, 1, 1, 0, 0]]


def test_nothing_is_adopted_by_it(world, contested):
    held = contested[0]
    before = list(Proposal.objects.values_list("worker", "demand", "state"))
    tried(world, held, NO_PRIORITY)
    held.refresh_from_db()
    assert list(Proposal.objects.values_list("worker", "demand", "state")) == before
    assert held.state == "proposed" and not Offer.objects.exists() and not RuleSet.objects.exists()


def test_both_weightings_measure_both_plans(world, contested):
    """Points of a plan by its own rules are what the engine says of it."""
    held = contested[0]
    market = market_of(held)
    rules = RuleSet(**dataclasses.asdict(NO_PRIORITY))
    outcome = compared(market, seed=1, rules=None, tried=rules, digest="other", limit=lambda: Limit(60))
    assert not outcome.same_frame
    assert np.array_equal(outcome.by_old[0], outcome.old.score)
    assert np.array_equal(outcome.by_new[1], outcome.new.score)


def test_a_computation_that_was_cut_short_proves_nothing(world, contested):
    trial = tried(world, contested[0], NO_PRIORITY)
    address = f"/matching/trials/{trial.pk}/"
    assert "离各自最好的可能，" in page(world.county_officer, address)[1]
    Trial.objects.filter(pk=trial.pk).update(summary={**trial.summary, "stopped": True})
    text = page(world.county_officer, address)[1]
    assert "计算没有做完" in text and "离各自最好的可能，" not in text


def test_it_goes_with_its_round(world, contested):
    held = contested[0]
    tried(world, held, NO_PRIORITY)
    held.delete()
    assert not Trial.objects.exists() and not TrialChange.objects.exists()


def test_a_stranger_cannot(world, contested):
    for account in (world.stranger, world.other_county_officer, world.auditor):
        with pytest.raises((OutOfReach, NotAllowed)):
            try_rules(by=account, round=contested[0], facts=STRICT)


def test_each_refusal(world, contested, no):
    held = contested[0]
    ask = {"by": world.county_officer, "round": held}
    assert no(try_rules, **ask, facts=OWN) == "rules_unchanged"
    assert no(try_rules, **ask, facts=dataclasses.replace(OWN, wish=1001)) == "points_out_of_bounds"
    assert no(try_rules, **ask, facts=dataclasses.replace(OWN, priority_mode="first")) == "not_a_mode"
    try_rules(**ask, facts=STRICT)
    assert no(try_rules, **ask, facts=NO_PRIORITY) == "trial_unfinished"
    assert no(drop_trial, by=world.county_officer, trial=Trial.objects.get()) == "trial_unfinished"


def test_not_before_there_is_a_result(world, seeker, no):
    held = open_round(by=world.county_officer, org=world.county)
    assert no(try_rules, by=world.county_officer, round=held, facts=STRICT) == "round_not_solved"


def test_not_more_than_ten(world, contested, no):
    held = contested[0]
    one = tried(world, held, STRICT)
    for _more in range(9):
        Trial.objects.create(round=held, rules=one.rules, asked_by=one.asked_by, state="done", city=one.city)
    assert no(try_rules, by=world.county_officer, round=held, facts=NO_PRIORITY) == "too_many_trials"


def test_pages_show_what_would_change_within_reach(world, contested):
    held, poor, better = contested
    trial = tried(world, held, NO_PRIORITY)
    address = f"/matching/trials/{trial.pk}/"
    status, text = page(world.city_officer, address)
    assert (
        status == 200 and "用这些规则" in text and "priority=0" in text and "用的就是这一轮的人和岗位" in text
    )
    status, text = page(world.county_officer, address)
    assert status == 200 and "用这些规则" not in text and world.town.place_name in text
    named = page(world.county_officer, f"{address}changes/")[1]
    counts = trial.summary["counts"]
    assert sum(counts.values()) == sum(one.name in named for one in (poor, better))
    assert page(world.stranger, address)[0] == 404
    assert "试算过的规则" in page(world.county_officer, f"/matching/rounds/{held.pk}/")[1]
    chosen = "/matching/rules/new/set_matching_rules/?priority=0&wish=400"
    assert 'name="priority" value="0"' in page(world.city_officer, chosen)[1]
    assert page(world.county_officer, f"/matching/rounds/{held.pk}/try_rules/")[0] == 200


def test_a_trial_that_waits_looks_again(world, contested):
    trial = try_rules(by=world.county_officer, round=contested[0], facts=STRICT)
    client = Client()
    client.force_login(world.county_officer)
    answer = client.get(f"/matching/trials/{trial.pk}/")
    assert answer["Refresh"] == "3" and "正在试算" in answer.content.decode()
