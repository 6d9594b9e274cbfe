"""give_up_round: a computation that came to nothing says why."""

from __future__ import annotations

from zhitong.matching.actions import give_up_round, open_round, take_up_round


def test_it_works(world):
    held = take_up_round(by=world.system, round=open_round(by=world.county_officer, org=world.county))
    give_up_round(by=world.system, round=held, why="计算中断。")
    held.refresh_from_db()
    assert held.state == "failed" and held.summary == {"failed": "计算中断。"}


def test_not_before_it_began(world, no):
    held = open_round(by=world.county_officer, org=world.county)
    assert no(give_up_round, by=world.system, round=held, why="x") == "wrong_state"
