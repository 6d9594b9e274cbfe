"""The demo city as it is stored: every row says 样例, and life goes on from where a visitor looks."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.site.installation import Installation

pytestmark = [pytest.mark.slow, pytest.mark.sqlite]

LOOK = """
import json
from django.db.models import Count, F, Sum
from zhitong.dispatch.models import Placement
from zhitong.employers.models import Demand, Employer, Target
from zhitong.kernel.models import Account, Job, Org, Record
from django.utils import timezone
from zhitong.matching.models import (
    Booth, Contract, Interest, Interview, InterviewSlot, JobFair, Offer, Proposal, Round, SavedSearch,
    Trial, Visit,
)
from zhitong.site.demo.city import City
from zhitong.site.demo_accounts import describe, sample_telephone
from zhitong.workers.models import Worker
worker = Worker.objects.exclude(account=None).get()
print(json.dumps({
    "unmarked": {one._meta.label: one._base_manager.filter(is_sample=False).count()
                 for one in (Org, Worker, Employer, Demand, Offer, Placement, Round)},
    "names": list(Employer.objects.values_list("org__name", flat=True)),
    "rounds": [list(one) for one in Round.objects.order_by("pk").values_list(
        "org__kind", "state", "asked_by__username")],
    "roles": sorted(Account.objects.exclude(grants=None).values_list("grants__role", flat=True)),
    "offers": Offer.objects.count(),
    "actors": sorted(set(Record.objects.filter(verb__in=("agree_to_offer", "decline_offer"))
                     .values_list("actor__kind", flat=True))),
    "waiting": worker.offers.filter(state="sent").count(),
    "village": worker.village_id == Account.objects.get(username="village").org_id,
    "telephone": sample_telephone(), "described": describe(),
    "targets": Target.objects.count(),
    "departments": Org.objects.filter(kind="department").count(),
    "demand": dict(Demand.objects.order_by().values_list("state").annotate(Count("pk"))),
    "unapproved": Demand.objects.filter(state="approved").exclude(employer__state="approved").count(),
    "astray": Demand.objects.exclude(city=F("collected_by__city")).count(),
    "doubles": sum(one["count"] - 1 for one in Demand.objects.order_by().values(
        "employer", "title", "region", "wage_low_fen", "wage_high_fen").annotate(count=Count("pk"))),
    "certificates": Demand.certificates.through.objects.count(),
    "around": {one._meta.label: one._base_manager.count() for one in (
        Booth, Contract, Interest, Interview, InterviewSlot, SavedSearch, Trial, Visit)},
    "fairs": [one.ends_on < timezone.localdate() for one in JobFair.objects.order_by("begins_on")],
    "came_later": Visit.objects.exclude(came_at__date=F("fair__begins_on")).count(),
    "trials": list(Trial.objects.values_list("state", flat=True)),
    "doubtful": Demand.objects.filter(is_doubtful=True, state="submitted").count(),
    "undone": [one.title for one in City(workers=1050, posts=66, seed=1).steps() if not one.is_done()],
    "unfinished": Job.objects.unfinished().count(),
}))
"""


@pytest.fixture(scope="module")
def city(sample: Installation) -> Any:
    return json.loads(sample.ask(LOOK))


def test_every_row_is_marked(city: Any) -> None:
    assert set(city["unmarked"].values()) == {0}
    assert city["names"] and all(name.endswith("（样例）") for name in city["names"])


def test_a_county_has_answered_and_the_city_waits(city: Any) -> None:
    assert [org for org, _state, _by in city["rounds"]] == ["county_bureau", "city_bureau"]
    assert city["rounds"][1][1:] == ["proposed", "city"]
    assert city["offers"] > 0 and city["actors"] == ["staff"]
    assert city["unfinished"] == 0


def test_each_role_has_an_account(city: Any) -> None:
    assert city["roles"] == [
        "administrator", "auditor", "city_officer", "county_officer", "department_clerk", "employer_clerk",
        "station_staff", "township_officer", "village_officer",
    ]  # fmt: skip


def test_a_worker_has_an_offer_to_answer(city: Any) -> None:
    assert city["waiting"] == 1 and city["village"]
    assert city["telephone"].startswith("154") and city["telephone"] in city["described"]


def test_the_market_is_coherent(city: Any) -> None:
    assert city["targets"] == city["departments"] == 15
    assert city["unapproved"] == city["astray"] == city["doubles"] == 0
    assert set(city["demand"]) == {"approved", "submitted"} and city["certificates"] > 0


def test_nothing_around_the_round_is_empty(city: Any) -> None:
    assert all(city["around"].values()), city["around"]
    assert city["fairs"] == [True, False] and city["came_later"] == 0
    assert city["trials"] == ["done"] and city["doubtful"] >= 5


def test_every_step_finds_itself_done(city: Any) -> None:
    assert city["undone"] == []


def test_a_second_start_builds_nothing(sample: Installation) -> None:
    printed = sample.zhitong("run", "--prepare-only")
    assert "样例城市" not in printed and "基础数据" not in printed and "村级劳务员" in printed
