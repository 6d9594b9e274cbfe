"""set_matching_rules: what the rounds of a city go by, from a day on."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import fields, replace

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from zhitong.engines.matching import Weights
from zhitong.kernel.actions import open_org
from zhitong.kernel.errors import Faster, NotAllowed, OutOfReach
from zhitong.kernel.jobs import run_job
from zhitong.kernel.models import Record
from zhitong.matching.actions import RuleFacts, open_round, set_matching_rules
from zhitong.matching.frames import DEFAULT_RULES, params_of
from zhitong.matching.models import Round, RuleSet
from zhitong.workers.actions import add_skill, join_priority_group

TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)
FACTS = RuleFacts(begins_on=TODAY, reason="市就业工作会议第3号纪要", **DEFAULT_RULES)
NEW = "/matching/rules/new/set_matching_rules/"


def decide(world, **more):
    return set_matching_rules(by=world.city_officer, org=world.city, facts=replace(FACTS, **more))


def test_it_works(world):
    first = decide(world)
    second = decide(world, wage=500, priority_mode="strict", begins_on=TODAY + DAY)
    assert (first.number, first.replaces, first.city) == (1, None, world.city)
    assert (second.number, second.replaces, second.decided_by) == (2, first, world.city_officer)
    assert RuleSet.objects.holding(world.city.pk, TODAY) == first
    assert RuleSet.objects.holding(world.city.pk, TODAY + DAY) == second
    assert RuleSet.objects.holding(world.city.pk, TODAY - DAY) is None
    assert Record.objects.of(first).get().moves == []
    line = Record.objects.of(second).get()
    assert line.verb == "set_matching_rules" and line.given["facts"]["reason"] == FACTS.reason
    assert [(one["field"], one["from"], one["to"]) for one in line.moves] == [
        ("wage", 300, 500),
        ("priority_mode", "weight", "strict"),
    ]


def test_a_stranger_cannot(world):
    for stranger in (world.stranger, world.county_officer, world.station_staff, world.auditor):
        with pytest.raises((NotAllowed, OutOfReach)):
            set_matching_rules(by=stranger, org=world.city, facts=FACTS)


def test_the_first_rules_are_held_against_the_defaults(world):
    line = Record.objects.of(decide(world, wage=500)).get()
    assert [(one["field"], one["from"], one["to"]) for one in line.moves] == [("wage", 300, 500)]


def test_of_one_day_the_rules_decided_last_hold(world):
    decide(world, wage=500)
    second = decide(world, wage=600)
    assert RuleSet.objects.holding(world.city.pk, TODAY) == second
    assert [one.is_over for one in RuleSet.objects.with_standing().order_by("number")] == [True, False]


def test_rules_to_come_hold_from_their_day(world):
    later = decide(world, wage=500, begins_on=TODAY + 10 * DAY)
    sooner = decide(world, wage=600, begins_on=TODAY + 5 * DAY)
    assert RuleSet.objects.holding(world.city.pk, TODAY + 9 * DAY) == sooner
    assert RuleSet.objects.holding(world.city.pk, TODAY + 10 * DAY) == later


def test_the_company_of_the_city_decides_for_its_bureau(world):
    company = open_org(by=world.system, parent=world.city, kind="city_company", name="样例市劳务公司")
    decide(world)
    made = set_matching_rules(by=world.city_officer, org=company, facts=replace(FACTS, wage=500))
    assert (made.city, made.number) == (world.city, 2)
    client = Client()
    client.force_login(world.account("company_officer", "公司经办人", "city_officer", company))
    form = asked(client.get(NEW)) | {"wage": "600", "begins_on": TODAY.isoformat(), "reason": FACTS.reason}
    assert form["seen"] == "2" and client.post(NEW, form).status_code == 302
    assert RuleSet.objects.holding(world.city.pk, TODAY).wage == 600


def test_only_for_the_city(world, no):
    given = {"by": world.city_officer, "facts": FACTS}
    assert no(set_matching_rules, org=world.county, **given) == "not_the_city"
    assert no(set_matching_rules, org=world.department, **given) == "not_the_city"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"begins_on": TODAY - DAY}, "day_past"),
        ({"begins_on": TODAY + 367 * DAY}, "day_too_far"),
        ({"priority_mode": "first"}, "not_a_mode"),
        ({"reason": "会议"}, "too_short"),
        ({"reason": "因" * 201}, "too_long"),
        ({"placed": 0}, "points_out_of_bounds"),
        ({"placed": 4001}, "points_out_of_bounds"),
    ],
)
def test_each_way_of_being_out_of_order_is_refused(world, no, more, code):
    facts = replace(FACTS, **more)
    assert no(set_matching_rules, by=world.city_officer, org=world.city, facts=facts) == code


@pytest.mark.parametrize("part", [name for name in RuleSet.BOUNDS if name != "placed"])
def test_points_stay_within_bounds_in_the_verb_and_in_the_database(world, no, part):
    given = {"by": world.city_officer, "org": world.city}
    assert no(set_matching_rules, facts=replace(FACTS, **{part: -1}), **given) == "points_out_of_bounds"
    assert no(set_matching_rules, facts=replace(FACTS, **{part: 1001}), **given) == "points_out_of_bounds"
    made = decide(world, **{part: 1000})
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleSet.objects.filter(pk=made.pk).update(**{part: 1001})


def test_the_same_once_more_is_refused(world, no):
    decide(world)
    given = {"by": world.city_officer, "org": world.city}
    assert no(set_matching_rules, facts=FACTS, **given) == "rules_unchanged"
    later = replace(FACTS, begins_on=TODAY + DAY, reason="换一个理由再定一次")
    assert no(set_matching_rules, facts=later, **given) == "rules_unchanged"


def test_of_two_at_once_the_second_is_told(world):
    decide(world, wage=500)
    with pytest.raises(Faster) as told:
        set_matching_rules(by=world.city_officer, org=world.city, facts=replace(FACTS, wage=600), seen=0)
    assert world.city_officer.name in str(told.value.sentence) and "第1版" in str(told.value.sentence)
    facts = replace(FACTS, wage=600)
    assert set_matching_rules(by=world.city_officer, org=world.city, facts=facts, seen=1).number == 2


def test_the_bounds_are_those_of_the_engine():
    assert tuple(RuleSet.BOUNDS) == tuple(one.name for one in fields(Weights))
    for name, (least, most) in RuleSet.BOUNDS.items():
        for within in (least, most):
            assert getattr(Weights(**{name: within}), name) == within
        for beyond in (least - 1, most + 1):
            with pytest.raises(ValueError, match=name):
                Weights(**{name: beyond})


def test_the_engine_gets_what_was_decided(world, settings):
    settings.ROUND_THREADS = 2
    points = {name: 100 + place for place, name in enumerate(RuleSet.BOUNDS)}
    params = params_of(decide(world, priority_mode="strict", **points))
    assert (params.priority_mode, params.threads) == ("strict", 2)
    assert {name: getattr(params.weights, name) for name in points} == points


def test_a_round_keeps_the_rules_of_its_day(world, seeker):
    assert world.post and seeker
    before = world.solved_round(world.town)
    rules = decide(world, wage=0, wish=777)
    held = world.solved_round()
    assert before.rules is None and held.rules == rules
    points = held.proposals.get(worker=seeker).reasons["parts"]
    assert (points[1], points[3]) == (777, 0)
    assert before.proposals.get(worker=seeker).reasons["parts"][1] == 400
    decide(world, wage=1)
    assert Round.objects.get(pk=held.pk).rules == rules


def test_strictly_first_outweighs_a_better_fit(world):
    """One seat, and somebody who fits it better than the one who belongs to a priority group."""
    better, first = world.seeker(name="更合适的人"), world.seeker(name="优先的人")
    add_skill(by=world.village_officer, worker=better, occupation=world.welder, years=5)
    join_priority_group(by=world.county_officer, worker=first, group=world.priority_group)
    world.demand(seats=1)
    decide(world, priority=0)
    assert world.solved_round().proposals.get().worker == better
    decide(world, priority=0, priority_mode="strict")
    assert world.solved_round(world.town).proposals.get().worker == first


def test_a_round_of_a_later_day_takes_the_rules_of_that_day(world):
    today, later = decide(world), decide(world, wage=1, begins_on=TODAY + 5 * DAY)
    held = open_round(by=world.city_officer, org=world.county, held_on=TODAY + 5 * DAY)
    run_job(held.job_id)
    assert Round.objects.get(pk=held.pk).rules == later
    assert world.solved_round(world.town).rules == today


@pytest.fixture
def officer(world):
    client = Client()
    client.force_login(world.city_officer)
    return client


def asked(page):
    """Return what the form of a page holds."""
    text = page.content.decode()
    found = dict(re.findall(r'name="(\w+)" value="([^"]*)"', text))
    return {**found, "priority_mode": re.search(r'value="(\w+)"[^>]* checked', text)[1]}


def test_the_pages(world, officer):
    text = officer.get("/matching/rules/").content.decode()
    assert (
        "市里还没有定过匹配规则" in text and "用的是平台的缺省分值" in text and "第一意向城市得全部" in text
    )
    form = asked(officer.get(NEW))
    assert form["wage"] == "300" and form["seen"] == "0" and form["priority_mode"] == "weight"
    form |= {"wage": "450", "priority_mode": "strict", "begins_on": TODAY.isoformat(), "reason": FACTS.reason}
    sent = officer.post(NEW, form)
    rules = RuleSet.objects.get()
    assert sent.status_code == 302 and sent["Location"] == f"/matching/rules/{rules.pk}/"
    text = officer.get(sent["Location"]).content.decode()
    assert "（原 300）" in text and "优先群体先选" in text and FACTS.reason in text
    text = officer.get("/matching/rules/").content.decode()
    assert "工资 300→450；优先方式 按分值优先→绝对优先" in text and "现行" in text
    assert asked(officer.get(NEW))["wage"] == "450"


def test_the_page_tells_the_second_and_lets_him_send_again(world, officer):
    form = asked(officer.get(NEW)) | {"wage": "450", "reason": FACTS.reason}
    decide(world, wage=500)
    told = officer.post(NEW, form)
    assert told.status_code == 409 and "第1版匹配规则" in told.content.decode()
    again = asked(told)
    assert again["wage"] == "450" and again["seen"] == "1"
    assert officer.post(NEW, again).status_code == 302 and RuleSet.objects.count() == 2


def test_the_page_says_no_beside_the_field(officer):
    form = asked(officer.get(NEW)) | {"wage": "1001", "reason": FACTS.reason}
    answer = officer.post(NEW, form)
    assert answer.status_code == 422 and "1000" in answer.content.decode() and not RuleSet.objects.exists()


def test_the_api_decides_and_reads(world, officer):
    facts = {**DEFAULT_RULES, "begins_on": TODAY.isoformat(), "reason": FACTS.reason, "meals": 30}
    address = f"/api/matching/org/{world.city.pk}/set_matching_rules"
    sent = officer.post(address, json.dumps({"facts": facts, "seen": 0}), content_type="application/json")
    assert sent.status_code == 200, sent.content
    row = officer.get(f"/api/matching/ruleset/{sent.json()['id']}").json()
    assert (row["number"], row["meals"], row["priority_mode"]) == (1, 30, "weight")
    again = officer.post(
        address, json.dumps({"facts": {**facts, "meals": 40}, "seen": 0}), content_type="application/json"
    )
    assert again.status_code == 409 and again.json()["code"] == "someone_was_faster"


def test_a_round_s_page_says_by_what_rules(world, officer, seeker):
    assert world.post and seeker
    before = world.solved_round()
    assert "用的是平台的缺省分值" in officer.get(f"/matching/rounds/{before.pk}/").content.decode()
    rules = decide(world, priority_mode="strict")
    held = world.solved_round(world.town)
    text = officer.get(f"/matching/rounds/{held.pk}/").content.decode()
    assert "这一轮优先群体先选" not in officer.get(f"/matching/rounds/{before.pk}/").content.decode()
    assert "这一轮优先群体先选" in text
    assert f"/matching/rules/{rules.pk}/" in text and "第1版匹配规则" in text and "绝对优先" in text


def test_the_county_reads_but_does_not_decide(world):
    rules = decide(world)
    client = Client()
    client.force_login(world.county_officer)
    page = client.get("/matching/rules/").content.decode()
    assert "第1版匹配规则" in page and "set_matching_rules" not in page
    assert client.get(f"/matching/rules/{rules.pk}/").status_code == 200
    assert client.get(NEW).status_code == 403
    client.force_login(world.station_staff)
    assert client.get(f"/matching/rules/{rules.pk}/").status_code in (403, 404)
