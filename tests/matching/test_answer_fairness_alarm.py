"""answer_fairness_alarm: a named officer says once why a group fared otherwise; pages for the office alone."""

from __future__ import annotations

import pytest
from django.test import Client

from zhitong.kernel.errors import NotAllowed, OutOfReach
from zhitong.kernel.models import Record, in_place
from zhitong.matching.actions import answer_fairness_alarm
from zhitong.matching.models import FairnessAlarm, FairnessCell


@pytest.fixture
def alarm(world):
    """An alarm about the women of a round of the county."""
    held = world.solved_round()
    for dimension, group, people, placed in (
        ("everybody", "", 200, 110), ("sex", "M", 100, 80), ("sex", "F", 100, 30), ("age", "25-34", 0, 0)
    ):  # fmt: skip
        squares = {"fit_sum": placed * 1000, "fit_square_sum": placed * 1_000_100}
        FairnessCell.objects.create(
            round=held, dimension=dimension, group=group, people=people, placed=placed, is_withheld=not people,
            **squares, **in_place(held),
        )  # fmt: skip
    return FairnessAlarm.objects.create(
        round=held, dimension="sex", group="F", now_share=-0.5, before_share=0.012, chance=0.00001, compared=3,
        **in_place(held),
    )  # fmt: skip


def page(account, address):
    client = Client()
    client.force_login(account)
    answer = client.get(address)
    return answer.status_code, answer.content.decode()


def test_it_works(world, alarm):
    told = "这一轮多是造船岗位，已联系纺织企业。"
    answered = answer_fairness_alarm(by=world.county_officer, alarm=alarm, answer=told)
    assert (answered.state, answered.answer, answered.answered_by) == ("answered", told, world.county_officer)
    assert answered.answered_at is not None
    assert Record.objects.of(alarm).get().verb == "answer_fairness_alarm"


def test_a_stranger_cannot(world, alarm):
    for account in (world.other_county_officer, world.stranger, world.township_officer):
        with pytest.raises((OutOfReach, NotAllowed)):
            answer_fairness_alarm(by=account, alarm=alarm, answer="与我无关的说明")


def test_not_twice(world, alarm, no):
    answer_fairness_alarm(by=world.county_officer, alarm=alarm, answer="已经查清原因了")
    again = {"by": world.county_officer, "alarm": alarm, "answer": "再说一遍同样的话"}
    assert no(answer_fairness_alarm, **again) == "alarm_answered"


def test_not_without_a_reason(world, alarm, no):
    assert no(answer_fairness_alarm, by=world.county_officer, alarm=alarm, answer="好") == "too_short"
    assert no(answer_fairness_alarm, by=world.county_officer, alarm=alarm, answer="长" * 301) == "too_long"


def test_the_report_says_who_fared_how_and_hides_the_small(world, alarm):
    status, text = page(world.county_officer, f"/matching/rounds/{alarm.round_id}/fairness/")
    assert status == 200 and "30.0 %" in text and "比其他人低 50.0 个百分点，不像是偶然" in text
    assert "不公开的组：25–34 岁" in text and "请查清原因并说明" in text and "民族由本人自愿说明" in text


def test_only_the_office_sees_it(world, alarm):
    address = f"/matching/rounds/{alarm.round_id}/fairness/"
    for account in (world.township_officer, world.village_officer, world.other_county_officer):
        assert page(account, address)[0] == 404
    assert page(world.township_officer, f"/matching/rounds/{alarm.round_id}/")[1].count("公平") == 0
    assert page(world.auditor, address)[0] == 200


def test_it_waits_on_the_desk_and_on_the_round(world, alarm):
    assert "待说明的公平性警示" in page(world.county_officer, "/dashboards/")[1]
    assert "待说明的公平性警示" not in page(world.auditor, "/dashboards/")[1]
    assert "以前 3 轮" in page(world.county_officer, f"/matching/rounds/{alarm.round_id}/")[1]
    status, text = page(world.county_officer, "/matching/alarms/?state=open")
    assert status == 200 and "平均比其他人高 1.2 个百分点" in text
    status, text = page(world.county_officer, f"/matching/alarms/{alarm.pk}/answer_fairness_alarm/")
    assert status == 200 and "不到万分之一" in text
