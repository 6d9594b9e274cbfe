"""refuse_employer: credentials are not in order, with the reason."""

from __future__ import annotations

import pytest

from zhitong.employers.actions import refuse_employer


def test_it_works(world, waiting):
    refuse_employer(by=world.county_officer, employer=waiting, reason="营业执照照片模糊，请重拍。")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.refusal) == ("refused", "营业执照照片模糊，请重拍。")


def test_a_stranger_cannot(world, waiting, no):
    assert no(refuse_employer, by=world.stranger, employer=waiting, reason="不想").code == "not_allowed"


@pytest.mark.parametrize(
    ("reason", "code"),
    [("", "too_short"), ("x" * 201, "too_long"), ("=1+1", "formula"), ("坏\u2066的", "unseen_character")],
)
def test_a_reason_is_needed(world, waiting, no, reason, code):
    refusal = no(refuse_employer, by=world.county_officer, employer=waiting, reason=reason)
    assert (refusal.code, refusal.field) == (code, "reason")


def test_an_approved_one_is_not_refused(world, no):
    refusal = no(refuse_employer, by=world.county_officer, employer=world.employer, reason="太晚了")
    assert refusal.code == "wrong_state"
