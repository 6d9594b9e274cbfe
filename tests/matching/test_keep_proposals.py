"""keep_proposals: what the engine proposes is stored with its reasons, and nobody is forgotten."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import NotAllowed, Refusal
from zhitong.kernel.jobs import run_job
from zhitong.kernel.models import Job, Record
from zhitong.matching import tasks
from zhitong.matching.actions import keep_proposals, open_round
from zhitong.matching.frames import Findings, market_of, propose
from zhitong.matching.models import Leftover, Proposal


def test_it_works(world, seeker, solved):
    assert solved.state == "proposed" and solved.job.state == "done"
    proposal = Proposal.objects.get(worker=seeker)
    assert (proposal.county, proposal.village, proposal.state) == (world.county, world.village, "proposed")
    assert proposal.fit == sum(proposal.reasons["parts"]) > 0
    assert proposal.reasons["wish"] == 1 and proposal.reasons["place"] == 1
    assert proposal.reasons["wage"] == 600_000 - 520_000
    couple = Proposal.objects.exclude(group_number=None)
    assert {one.worker for one in couple} == set(world.couple) and len(
        {one.group_number for one in couple}
    ) == 1
    left = Leftover.objects.get()
    assert (left.worker.name, left.reason, left.county) == ("吴意向", "no_intention", world.county)


def test_one_line_counts_the_rows(solved):
    line = Record.objects.of(solved).get(verb="keep_proposals")
    assert line.row_count == 4 and line.actor.kind == "system"


def test_the_summary_adds_up(solved):
    figures = solved.summary
    assert figures["placed"] + figures["left_over"] == 4 and figures["placed"] == 3
    assert figures["total"] <= figures["bound"] and figures["seats"] == 10
    assert figures["reasons_left"] == {"no_intention": 1}
    assert [row[1:] for row in figures["by_county"]] == [[3, 3]]
    assert [row[1:] for row in figures["by_trade"]] == [[10, 3, 1]]


def test_a_stranger_to_the_job_cannot(world, solved):
    with pytest.raises(NotAllowed):
        keep_proposals(by=world.county_officer, round=solved, findings=None)


def test_not_twice(world, seeker):
    world.demand()
    held = open_round(by=world.county_officer, org=world.county)
    market = market_of(held)
    findings = Findings(market, propose(market, seed=1))
    run_job(held.job_id)
    with pytest.raises(Exception, match=r"wrong_state|UNIQUE|unique|duplicate"):
        keep_proposals(by=world.system, round=held, findings=findings)
    assert Proposal.objects.count() == 1


def test_an_interrupted_job_stores_once(world, seeker):
    world.demand()
    held = open_round(by=world.county_officer, org=world.county)
    run_job(held.job_id)
    Job.objects.filter(pk=held.job_id).update(state="waiting")
    run_job(held.job_id)
    held.refresh_from_db()
    assert held.state == "proposed" and Proposal.objects.count() == 1


def test_nobody_to_place_is_an_answer(world):
    held = world.solved_round()
    assert held.state == "adopted" and held.summary["placed"] == 0


def test_a_computation_that_fails_leaves_a_sentence(world, monkeypatch):
    def refuse(held):
        raise Refusal("out_of_memory", "内存不够。")

    monkeypatch.setattr(tasks, "market_of", refuse)
    held = world.solved_round()
    assert held.summary["failed"] == {"code": "out_of_memory", "note": "内存不够。"}
    assert held.state == held.job.state == "failed"


def test_a_round_ends_when_its_time_is_up(world, seeker, settings):
    settings.ROUND_SECONDS = -1
    world.demand()
    held = world.solved_round()
    assert held.summary["stopped"] and held.summary["placed"] + held.summary["left_over"] == 1
