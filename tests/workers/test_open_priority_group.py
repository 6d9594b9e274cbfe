"""open_priority_group: a dated rule of who comes first."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from zhitong.kernel.errors import NotAllowed
from zhitong.workers.actions import GroupFacts, end_priority_group, open_priority_group
from zhitong.workers.models import PriorityGroup

RULE = GroupFacts("relocated", "易地搬迁户", dt.date(2021, 1, 1), 20, "某文件")


def test_it_works(world):
    group = open_priority_group(by=world.city_officer, facts=RULE)
    assert list(PriorityGroup.objects.in_force()) == [group]
    assert not PriorityGroup.objects.in_force(dt.date(2020, 12, 31)).exists()


def test_a_rule_may_follow_another(world):
    first = open_priority_group(by=world.city_officer, facts=RULE)
    end_priority_group(by=world.city_officer, group=first, ends_on=dt.date(2025, 1, 1))
    second = open_priority_group(by=world.city_officer, facts=replace(RULE, begins_on=dt.date(2025, 1, 1)))
    assert list(PriorityGroup.objects.in_force()) == [second]


def test_a_stranger_cannot(world):
    for officer in (world.stranger, world.county_officer):
        with pytest.raises(NotAllowed):
            open_priority_group(by=officer, facts=RULE)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"code": "搬迁"}, "group_code_form"),
        ({"code": ""}, "group_code_form"),
        ({"name": " "}, "too_short"),
        ({"name": "易" * 61}, "too_long"),
        ({"legal_basis": "a\u200bb"}, "unseen_character"),
        ({"weight": 101}, "weight_out_of_range"),
        ({"weight": -1}, "weight_out_of_range"),
    ],
)
def test_bad_facts_are_refused(world, no, wrong, code):
    assert no(open_priority_group, by=world.city_officer, facts=replace(RULE, **wrong)) == code


def test_one_rule_at_a_time(world, no):
    open_priority_group(by=world.city_officer, facts=RULE)
    later = replace(RULE, begins_on=dt.date(2022, 1, 1))
    assert no(open_priority_group, by=world.city_officer, facts=later) == "group_in_force"
    ended = PriorityGroup.objects.update(ends_on=dt.date(2021, 1, 2))
    assert ended and open_priority_group(by=world.city_officer, facts=later)


def test_two_at_once(world, no, monkeypatch):
    """Both asked whether the code is free before either was stored."""
    open_priority_group(by=world.city_officer, facts=RULE)
    nothing = PriorityGroup.objects.none()
    monkeypatch.setattr(type(nothing), "in_force", lambda self, on=None: self.none())
    assert no(open_priority_group, by=world.city_officer, facts=RULE) == "group_in_force"
