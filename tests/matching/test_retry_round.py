"""retry_round: a round that did not succeed is computed again."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.jobs import run_job
from zhitong.matching.actions import give_up_round, open_round, retry_round, take_up_round


@pytest.fixture
def failed(world):
    held = open_round(by=world.county_officer, org=world.county)
    take_up_round(by=world.system, round=held)
    return give_up_round(by=world.system, round=held, code="interrupted")


def test_it_works(world, failed):
    world.seeker()
    world.demand()
    held = retry_round(by=world.county_officer, round=failed)
    assert held.state == "waiting" and held.summary == {}
    run_job(held.job_id)
    held.refresh_from_db()
    assert held.state == "proposed" and held.proposals.count() == 1


def test_a_stranger_cannot(world, failed):
    with pytest.raises(OutOfReach):
        retry_round(by=world.stranger, round=failed)


def test_only_what_failed(world, no):
    held = open_round(by=world.county_officer, org=world.county)
    assert no(retry_round, by=world.county_officer, round=held) == "wrong_state"


def test_not_beside_another_unfinished_one(world, failed, no):
    open_round(by=world.county_officer, org=world.county)
    assert no(retry_round, by=world.county_officer, round=failed) == "round_unfinished"
