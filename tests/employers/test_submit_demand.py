"""submit_demand: a post is handed in and waits for its check."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import timezone

from zhitong.employers.actions import bar_employer, refuse_employer, submit_demand
from zhitong.employers.models import Demand, Employer
from zhitong.kernel.actions import open_org
from zhitong.kernel.errors import AlreadyDone
from zhitong.kernel.models import Org, Record

TODAY = timezone.localdate


def given(world, **facts):
    return {
        "by": world.station_staff,
        "org": world.station,
        "employer": world.employer,
        "facts": world.demand_facts(**facts),
    }


def test_it_works(world):
    demand = submit_demand(
        **given(world, certificates=(world.welding_certificate,), title=" 电焊工  二保焊 ")
    )
    demand.refresh_from_db()
    assert (demand.state, demand.title, demand.seats) == ("submitted", "电焊工 二保焊", 10)
    assert (demand.collected_by, demand.county, demand.city) == (world.station, world.county, world.city)
    assert demand.employer_org == world.employer_org and demand.collected_on == TODAY()
    assert list(demand.certificates.all()) == [world.welding_certificate]
    line = Record.objects.of(demand).get()
    assert line.given["facts"]["wage_low_fen"] == 600_000 and line.county == world.county


def test_an_employer_hands_in_its_own(world):
    call = {**given(world), "by": world.employer_clerk, "org": world.employer_org}
    demand = submit_demand(**call)
    assert demand.collected_by is None
    assert demand in Demand.objects.visible_to(world.employer_clerk)
    assert demand not in Demand.objects.visible_to(world.other_employer_clerk)


def test_an_employer_may_still_wait_for_its_check(world, waiting):
    assert submit_demand(**{**given(world), "employer": waiting}).state == "submitted"


def test_who_may_read_it_before_its_check(world):
    demand = submit_demand(**given(world))
    for reader in (world.station_staff, world.county_officer, world.city_officer, world.auditor):
        assert demand in Demand.objects.visible_to(reader)
    for reader in (world.other_station_staff, world.other_county_officer, world.stranger):
        assert demand not in Demand.objects.visible_to(reader)


def test_a_stranger_cannot(world, no):
    assert no(submit_demand, **{**given(world), "by": world.stranger}).code == "not_allowed"
    assert no(submit_demand, **{**given(world), "by": world.other_station_staff}).code == "not_allowed"


def test_an_employer_hands_in_nobody_elses(world, no):
    call = {
        **given(world),
        "by": world.county_officer,
        "org": world.employer_org,
        "employer": world.other_employer,
    }
    assert no(submit_demand, **call).code == "another_employer"
    call = {**given(world), "by": world.other_employer_clerk, "org": world.other_employer_org}
    assert no(submit_demand, **call).code == "out_of_reach"


def test_a_refused_employer_hands_in_nothing(world, waiting, no):
    refuse_employer(by=world.county_officer, employer=waiting, reason="执照是别家的")
    call = {**given(world), "by": world.county_officer, "org": world.county, "employer": waiting}
    assert no(submit_demand, **call).code == "employer_out"


def test_nor_one_that_was_barred_meanwhile(world, no):
    stale = Employer.objects.get(pk=world.employer.pk)
    bar_employer(by=world.county_officer, employer=world.employer, reason="虚假招聘")
    assert no(submit_demand, **{**given(world), "employer": stale}).code == "employer_out"


def test_who_collects_nothing_hands_nothing_in(world, no):
    party = open_org(by=world.system, parent=world.county, kind=Org.Kind.PARTY, name="样例县人社局党支部")
    assert (
        no(submit_demand, **{**given(world), "by": world.system, "org": party}).code == "org_does_not_collect"
    )


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"title": ""}, "too_short", "title"),
        ({"title": "工" * 81}, "too_long", "title"),
        ({"title": "=cmd|' /C calc'!A0"}, "formula", "title"),
        ({"title": "电\u202e焊工"}, "unseen_character", "title"),
        ({"title": "电焊\x00工"}, "unseen_character", "title"),
        ({"details": "x" * 2001}, "too_long", "details"),
        ({"details": "\u2066包吃"}, "unseen_character", "details"),
        ({"address": "@SUM(1)"}, "formula", "address"),
        ({"seats": 0}, "seats", "seats"),
        ({"seats": 100_001}, "seats", "seats"),
        ({"wage_low_fen": 900_000}, "wage_order", "wage_high_fen"),
        ({"wage_low_fen": 6000}, "wage_too_low", "wage_low_fen"),
        ({"wage_high_fen": 85_000_000}, "wage_too_high", "wage_high_fen"),
        ({"education_min": 7}, "education", "education_min"),
        ({"age_min": 15, "age_basis": "《劳动法》第十五条"}, "under_16", "age_min"),
        ({"age_min": 18}, "age_without_basis", "age_basis"),
        ({"age_max": 45}, "age_without_basis", "age_basis"),
        ({"age_max": 45, "age_basis": "老板要求"}, "age_without_basis", "age_basis"),
        ({"age_min": 18, "age_max": 17, "age_basis": "《样例法》"}, "age_order", "age_max"),
        ({"age_max": 99, "age_basis": "《样例法》"}, "age_order", "age_max"),
    ],
)
def test_bad_facts_are_refused(world, no, changes, code, field):
    call = given(world)
    refusal = no(submit_demand, **{**call, "facts": replace(call["facts"], **changes)})
    assert (refusal.code, refusal.field) == (code, field)
    assert Demand.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "days", "code"),
    [
        ("valid_until", -1, "validity_past"),
        ("valid_until", 181, "validity_too_long"),
        ("begins_on", 367, "begins_on"),
        ("begins_on", -367, "begins_on"),
    ],
)
def test_days_must_make_sense(world, no, name, days, code):
    call = given(world, **{name: TODAY() + dt.timedelta(days=days)})
    assert no(submit_demand, **call).code == code


def test_an_occupation_and_a_city_must_be_named_exactly(world, no):
    assert no(submit_demand, **given(world, occupation=world.welder.parent)).code == "occupation_too_wide"
    assert no(submit_demand, **given(world, region=world.host_city.parent)).code == "region_not_a_city"


@pytest.mark.parametrize(
    ("field", "text", "code", "law"),
    [
        ("title", "招女工", "unlawful_sex_women", "《就业促进法》"),
        ("details", "限男性，能吃苦", "unlawful_sex_men", "《妇女权益保障法》第四十三条"),
        ("details", "已婚已育优先", "unlawful_marriage_or_children", "《妇女权益保障法》第四十三条"),
        ("details", "只招汉族", "unlawful_ethnicity", "《就业促进法》第二十八条"),
        ("details", "限本地户口", "unlawful_region", "《就业促进法》"),
        ("details", "无乙肝", "unlawful_disease", "《就业促进法》第三十条"),
        ("address", "样例路1号（不招女）", "unlawful_sex_men", "《劳动法》"),
        ("details", "招15周岁以上", "unlawful_under_sixteen", "《劳动法》第十五条"),
        ("details", "18-35周岁", "unlawful_age_limit", "依据"),
    ],
)
def test_unlawful_conditions_are_refused_with_the_article(world, no, field, text, code, law):
    refusal = no(submit_demand, **given(world, **{field: text}))
    assert (refusal.code, refusal.field) == (code, field)
    assert law in str(refusal.sentence)


def test_a_lawful_age_is_taken(world):
    basis = "《未成年工特殊保护规定》第三条"
    facts = {"age_min": 18, "age_basis": basis, "details": "须年满18周岁，年龄18-60周岁"}
    assert submit_demand(**given(world, **facts)).age_min == 18


def test_both_sexes_named_are_no_discrimination(world):
    assert submit_demand(**given(world, details="男女不限，少数民族优先，包食宿")).pk


def test_the_same_post_twice_is_refused_and_named(world, no):
    first = submit_demand(**given(world))
    refusal = no(submit_demand, **{**given(world), "by": world.department_clerk, "org": world.department})
    assert refusal.code == "demand_stands_already" and str(first.pk) in str(refusal.sentence)


def test_the_same_submission_changes_nothing(world):
    submit_demand(**given(world), nonce="n1")
    with pytest.raises(AlreadyDone):
        submit_demand(**given(world, title="油漆工"), nonce="n1")
    assert Demand.objects.count() == 1
