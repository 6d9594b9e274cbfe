"""search_likenesses: all entries of a place are compared; the sure are merged, the doubtful wait for a person."""

from __future__ import annotations

import datetime as dt

import pytest

from zhitong.kernel.errors import NotAllowed, Refusal
from zhitong.kernel.jobs import run_job
from zhitong.kernel.models import Job
from zhitong.workers import actions
from zhitong.workers.models import Likeness, LinkDecision, Worker


@pytest.fixture
def register(world):
    """Thirty different people, so that chance agreement can be learned."""
    names = "赵大江 钱小河 孙青山 李白水 周远志 吴长春 郑国强 王丽华 冯秀英 陈建军".split()
    return [
        world.worker(name=name, birth_on=dt.date(year, 3, 9)) for year in (1981, 1990, 1999) for name in names
    ]


def _searched(world):
    job = actions.search_likenesses(by=world.township_officer, org=world.town)
    run_job(job.pk)
    return Job.objects.get(pk=job.pk)


def test_it_works(world, register):
    twice = register[0]
    copy = world.entry_without_number(
        name=twice.name, telephone=twice.telephone.open(), birth_on=twice.birth_on, sex=twice.sex
    )
    job = _searched(world)
    assert job.state == "done" and job.result["entries"] == 31
    copy.refresh_from_db()
    found = LinkDecision.objects.merges().filter(kept=twice, other=copy).exists()
    waits = Likeness.objects.open().filter(first=twice, second=copy).exists()
    assert found or waits
    assert Worker.objects.active().count() == (30 if found else 31)


def test_nobody_else_is_touched(world, register):
    job = _searched(world)
    assert job.result == {"entries": 30, "merged": 0, "to_review": Likeness.objects.count()}
    assert Worker.objects.active().count() == 30


def test_what_was_told_apart_is_not_found_again(world, register):
    twice = register[0]
    copy = world.entry_without_number(
        name=twice.name, telephone=twice.telephone.open(), birth_on=twice.birth_on, sex=twice.sex
    )
    likeness = world.likeness(twice, copy)
    actions.reject_likeness(by=world.village_officer, likeness=likeness)
    _searched(world)
    copy.refresh_from_db()
    assert copy.state == "active"


def test_an_empty_place(world):
    job = _searched(world)
    assert job.result == {"entries": 0, "merged": 0, "to_review": 0}


def test_a_stranger(world):
    with pytest.raises(NotAllowed):
        actions.search_likenesses(by=world.stranger, org=world.town)


def test_an_auditor_only_reads(world):
    with pytest.raises(NotAllowed):
        actions.search_likenesses(by=world.auditor, org=world.county)


def test_once_at_a_time(world):
    actions.search_likenesses(by=world.township_officer, org=world.town)
    with pytest.raises(Refusal, match="search_runs"):
        actions.search_likenesses(by=world.township_officer, org=world.town)


def test_an_employer_is_no_place(world):
    with pytest.raises(Refusal, match="no_place"):
        actions.search_likenesses(by=world.system, org=world.employer_org)
