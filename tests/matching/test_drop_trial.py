"""drop_trial: a trial goes with all that it found; its round stays."""

from __future__ import annotations

import pytest

from tests.matching.test_try_rules import STRICT, tried
from zhitong.kernel.errors import OutOfReach
from zhitong.matching.actions import drop_trial, try_rules
from zhitong.matching.models import Proposal, Trial, TrialChange


def test_it_works(world, contested):
    held = contested[0]
    trial = tried(world, held, STRICT)
    assert drop_trial(by=world.county_officer, trial=trial) == held
    assert not Trial.objects.exists() and not TrialChange.objects.exists() and Proposal.objects.count() == 1


def test_a_stranger_cannot(world, contested):
    trial = tried(world, contested[0], STRICT)
    with pytest.raises(OutOfReach):
        drop_trial(by=world.other_county_officer, trial=trial)


def test_not_while_it_is_computed(world, contested, no):
    trial = try_rules(by=world.county_officer, round=contested[0], facts=STRICT)
    assert no(drop_trial, by=world.county_officer, trial=trial) == "trial_unfinished"
