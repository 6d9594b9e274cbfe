"""count_usual_wages: quartiles of what employers pay, by occupation and middle class."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhitong.employers.actions import close_demand, count_usual_wages
from zhitong.employers.models import Demand, Employer, UsualWage
from zhitong.kernel.actions import open_orgs
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Occupation, Org, in_place

pytestmark = pytest.mark.unwatched


def paid(world, wages, **facts):
    """Store an open post of an employer of its own for each wage in yuan."""
    like = world.demand(**facts)
    names = [f"样例厂{like.pk}之{number}" for number in range(len(wages))]
    orgs = open_orgs(by=world.system, parent=world.county, kind=Org.Kind.EMPLOYER, names=names)
    for number, (org, yuan) in enumerate(zip(orgs, wages, strict=True)):
        employer = Employer.objects.create(
            org=org,
            state="approved",
            credit_code=f"{like.pk:06d}{number:012d}",
            region=like.region,
            **in_place(world.county),
        )
        fields = {one.attname: getattr(like, one.attname) for one in Demand._meta.concrete_fields[1:]}
        fen = {"wage_low_fen": yuan * 100, "wage_high_fen": yuan * 100}
        Demand.objects.create(**{**fields, **fen, "employer_id": employer.pk, "employer_org_id": org.pk})
    Demand.objects.filter(pk=like.pk).delete()


def test_it_works(world):
    Occupation.objects.get_or_create(code="6-18", defaults={"name": "机械制造基础加工人员", "level": 2})
    paid(world, range(5000, 6200, 100))
    assert count_usual_wages(by=world.system) == 2
    row = UsualWage.objects.get(occupation=world.welder)
    assert (row.employers, row.low_fen, row.middle_fen, row.high_fen) == (12, 530_000, 560_000, 590_000)
    assert row.counted_on == timezone.localdate()
    assert UsualWage.objects.get(occupation__code="6-18").middle_fen == 560_000


def test_a_second_count_replaces_the_first(world):
    paid(world, [5000] * 12)
    assert (
        count_usual_wages(by=world.system) == count_usual_wages(by=world.system) == UsualWage.objects.count()
    )


def test_one_employer_counts_once_and_few_not_at_all(world):
    for wage in range(5_000, 5_012):
        world.demand(wage_low_fen=wage * 100, wage_high_fen=900_000)
    assert count_usual_wages(by=world.system) == 0


def test_old_and_untrue_posts_do_not_count(world):
    paid(world, [5000] * 12)
    old = timezone.localdate() - dt.timedelta(days=400)
    first, second, *_others = Demand.objects.order_by("pk")
    Demand.objects.filter(pk=first.pk).update(collected_on=old)
    close_demand(by=world.system, demand=second, reason="untrue")
    count_usual_wages(by=world.system)
    assert UsualWage.objects.get(occupation=world.welder).employers == 10


def test_posts_that_wait_are_to_be_looked_at_again(world):
    waits = world.submitted_demand()
    assert waits.doubts == []
    count_usual_wages(by=world.system)
    waits.refresh_from_db()
    assert waits.doubts is None


def test_a_stranger_cannot(world):
    for somebody in (world.stranger, world.city_officer):
        with pytest.raises(NotAllowed):
            count_usual_wages(by=somebody)
