"""separate_worker: an entry is taken out of a person again, and that it is somebody else is remembered."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import OutOfReach, Refusal
from zhitong.workers import actions
from zhitong.workers.models import LinkDecision


@pytest.fixture
def part(world):
    """An entry that was merged into a person."""
    other = world.entry_without_number()
    actions.merge_workers(by=world.village_officer, kept=world.worker(), other=other)
    other.refresh_from_db()
    return other


def test_it_works(world, part):
    worker = actions.separate_worker(
        by=world.village_officer, worker=part, reason="family", remark="是他的弟弟"
    )
    assert worker.state == "active" and worker.telephone is not None
    decision = LinkDecision.objects.standing().get()
    assert (decision.kind, decision.reasons, decision.remark) == ("reject", ["family"], "是他的弟弟")


def test_a_stranger(world, part):
    with pytest.raises(OutOfReach):
        actions.separate_worker(by=world.stranger, worker=part)


def test_only_for_a_listed_reason(world, part, no):
    given = {"by": world.village_officer, "worker": part, "reason": "是他的弟弟"}
    assert no(actions.separate_worker, **given) == "not_a_choice"


def test_whoever_was_not_merged_stays(world):
    with pytest.raises(Refusal, match="not_merged"):
        actions.separate_worker(by=world.village_officer, worker=world.worker())
