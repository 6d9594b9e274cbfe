"""give_up_round: a computation that came to nothing says why."""

from __future__ import annotations

from django.utils.translation import override

from zhitong.kernel.models import Job, Record
from zhitong.matching.actions import give_up_round, open_round, take_up_round
from zhitong.matching.tasks import INTERRUPTED


def test_it_works(world):
    held = take_up_round(by=world.system, round=open_round(by=world.county_officer, org=world.county))
    note = Job.noted(INTERRUPTED.sentence, {})
    give_up_round(by=world.system, round=held, code="interrupted", note=note)
    held.refresh_from_db()
    assert held.state == "failed" and held.summary == {"failed": {"code": "interrupted", "note": note}}
    line = Record.objects.of(held).get(verb="give_up_round")
    assert line.given["code"] == "interrupted"


def test_each_reader_has_the_reason_in_his_language(world):
    held = take_up_round(by=world.system, round=open_round(by=world.county_officer, org=world.county))
    with override("en"):
        held = give_up_round(by=world.system, round=held, code="x", note=Job.noted(INTERRUPTED.sentence, {}))
        assert held.why_failed == (
            "The calculation was interrupted and has no result. You can calculate again."
        )
    assert held.why_failed == str(INTERRUPTED.sentence)
    held.summary = {"failed": "内存不够。"}
    assert held.why_failed == "内存不够。"


def test_not_before_it_began(world, no):
    held = open_round(by=world.county_officer, org=world.county)
    assert no(give_up_round, by=world.system, round=held, code="x") == "wrong_state"
