"""load_demands: a whole city's employers, posts and targets at once."""

from __future__ import annotations

import datetime as dt

import pytest

from zhitong.employers.actions import DemandBatch, load_demands
from zhitong.employers.models import Demand, Employer, Target
from zhitong.kernel.actions import open_orgs
from zhitong.kernel.models import Org, Record


def batch(world, city=None):
    city = city or world.city
    first, second = open_orgs(by=world.system, parent=world.city, kind="employer", names=["甲厂", "乙厂"])
    day = dt.date(2026, 11, 1)
    return (
        DemandBatch()
        .add(
            Demand.certificates.through, ("demand_id", "certificatekind_id"), [(501, world.welding_certificate.pk)]
        )
        .add(
            Employer,
            ("id", "org_id", "city_id", "state", "credit_code", "external_code", "region_id", "address",
             "contact_name", "refusal", "is_sample", "version", "contact_telephone"),
            [
                (301, first.pk, city.pk, "approved", "A1", "", world.host_city.pk, "", "", "", True, 1, None),
                (302, second.pk, city.pk, "waiting", None, "", world.host_city.pk, "", "", "", True, 1, None),
            ],
        )
        .add(
            Demand,
            ("id", "employer_id", "employer_org_id", "city_id", "state", "title", "occupation_id", "seats",
             "region_id", "address", "wage_low_fen", "wage_high_fen", "education_min", "age_min", "age_basis",
             "has_dormitory", "has_meals", "has_insurance", "refunds_travel", "details", "begins_on",
             "valid_until", "refreshed_on",
             "close_reason", "refusal", "collected_on", "submitted_at", "external_code", "is_sample", "version"),
            [
                (501, 301, first.pk, city.pk, "approved", "电焊工", world.welder.pk, 5, world.host_city.pk, "",
                 500_000, 600_000, 0, 16, "", True, False, False, False, "", day, day, day, "", "", day,
                 dt.datetime(2026, 11, 1, 8, tzinfo=dt.UTC), "", True, 1)
            ],
        )
    )  # fmt: skip


def test_it_works(world):
    assert load_demands(by=world.system, city=world.city, batch=batch(world)) == 4
    demand = Demand.objects.get()
    assert (demand.employer.org.name, demand.seats, demand.certificates.get()) == (
        "甲厂",
        5,
        world.welding_certificate,
    )
    assert demand in Demand.objects.visible_to(world.stranger)
    assert Record.objects.get(verb="load_demands").row_count == 4


def test_rows_of_another_city_stop_it_all(world, no):
    elsewhere = Org.objects.get(pk=world.county.pk)
    assert (
        no(load_demands, by=world.system, city=world.city, batch=batch(world, elsewhere)).code == "other_city"
    )
    assert Demand.objects.count() == 0


def test_a_stranger_cannot(world, no):
    for somebody in (world.stranger, world.city_officer):
        assert no(load_demands, by=somebody, city=world.city, batch=DemandBatch()).code == "not_allowed"


def test_foreign_rows_are_an_error():
    with pytest.raises(ValueError, match=r"kernel\.Org"):
        DemandBatch().add(Org, ("id",), [])
    assert DemandBatch().add(Target, ("id",), [])
