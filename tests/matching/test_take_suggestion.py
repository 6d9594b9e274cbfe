"""take_suggestion: a suggestion was followed; the wish for a dormitory is written down at once."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import OutOfReach
from zhitong.matching.actions import refuse_worker, take_suggestion
from zhitong.matching.models import Consequence
from zhitong.workers.models import Intention

BY_VISIT = {"through": "visit"}


def test_it_works(world, followed):
    row = followed("dormitory", "dormitory")
    assert take_suggestion(by=world.village_officer, consequence=row, **BY_VISIT).state == "taken"
    assert Intention.objects.get(worker=row.worker).needs_dormitory


def test_a_stranger_cannot(world, followed):
    with pytest.raises(OutOfReach):
        take_suggestion(by=world.stranger, consequence=followed("dormitory", "dormitory"), **BY_VISIT)


def test_training_after_a_missing_certificate(world, agreed):
    refuse_worker(by=world.employer_clerk, offer=agreed, reason="certificate")
    row = Consequence.objects.get(offer=agreed, kind="training")
    before = Intention.objects.get(worker=row.worker)
    assert take_suggestion(by=world.village_officer, consequence=row, **BY_VISIT).state == "taken"
    assert Intention.objects.get(worker=row.worker).version == before.version


def test_figures_and_days_have_their_own_verb(world, followed, no):
    given = {"by": world.village_officer, **BY_VISIT}
    assert no(take_suggestion, consequence=followed("wage", "wage"), **given) == "asks_for_more"
    assert no(take_suggestion, consequence=followed("post", "other"), **given) == "no_suggestion"
