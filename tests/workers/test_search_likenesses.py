"""search_likenesses: all entries of a place are compared; the sure are merged, the doubtful wait for a person."""

from __future__ import annotations

import datetime as dt

import pytest

from zhitong.kernel.actions import cancel_job
from zhitong.kernel.errors import NotAllowed, Refusal
from zhitong.kernel.jobs import run_job
from zhitong.kernel.models import Job, Record
from zhitong.workers import actions
from zhitong.workers.actions import Alike
from zhitong.workers.frames.alike import Entries
from zhitong.workers.models import Likeness, LinkDecision, LinkScores, Worker
from zhitong.workers.tasks import keep_all


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


def test_it_leaves_what_it_learned(world, register):
    _searched(world)
    [kept] = LinkScores.objects.all()
    assert (kept.org, kept.entries) == (world.town, 30)


def test_it_shows_how_far_it_is(world, register, monkeypatch):
    shown = []
    monkeypatch.setattr("zhitong.workers.frames.alike.PORTION", 10)
    monkeypatch.setattr(
        "zhitong.kernel.jobs.beat", lambda job, permille, *_said, **_values: shown.append(permille)
    )
    _searched(world)
    assert shown == [100, 200, 300, 300, 350]


def test_likenesses_are_kept_in_short_transactions(world, register, monkeypatch):
    shown = []
    monkeypatch.setattr("zhitong.workers.tasks.KEPT_AT_ONCE", 2)
    pairs = [Alike(register[0].pk, one.pk, 100) for one in register[1:6]]
    assert keep_all(pairs, lambda permille, *_said, **_values: shown.append(permille)) == 5
    assert Likeness.objects.count() == 5 and Record.objects.filter(verb="keep_likenesses").count() == 3
    assert shown == [900, 940, 980] and keep_all(pairs, lambda *_said, **_values: None) == 0


def test_it_ends_at_the_next_sign_of_life_once_it_is_cancelled(world, register, monkeypatch):
    monkeypatch.setattr("zhitong.workers.frames.alike.PORTION", 10)
    job = actions.search_likenesses(by=world.township_officer, org=world.town)
    read, portions = Entries.__init__, []

    def cancel_while_reading(self, place, tell=None):
        def told(count):
            portions.append(count)
            if len(portions) == 2:
                cancel_job(by=world.township_officer, job=Job.objects.get(pk=job.pk))
            tell(count)

        read(self, place, told)

    monkeypatch.setattr(Entries, "__init__", cancel_while_reading)
    run_job(job.pk)
    assert portions == [10, 20] and Job.objects.get(pk=job.pk).state == "cancelled"
    assert not LinkScores.objects.exists()
    monkeypatch.setattr(Entries, "__init__", read)
    assert _searched(world).state == "done"
