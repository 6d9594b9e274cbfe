"""bar_employer: an employer may hand in nothing more, and its posts are closed."""

from __future__ import annotations

from zhitong.employers.actions import bar_employer, submit_demand
from zhitong.employers.events import DemandClosed
from zhitong.kernel import news
from zhitong.kernel.models import Record


def test_it_works(world, monkeypatch, django_capture_on_commit_callbacks):
    opened, waits = world.demand(), world.submitted_demand(title="油漆工")
    heard = []
    monkeypatch.setitem(news._listeners, DemandClosed, [heard.append])
    with django_capture_on_commit_callbacks(execute=True):
        bar_employer(by=world.county_officer, employer=world.employer, reason="向求职者收取押金")
    opened.refresh_from_db(), waits.refresh_from_db()
    assert world.employer.state == "barred" and world.employer.refusal == "向求职者收取押金"
    assert {(one.state, one.close_reason) for one in (opened, waits)} == {("closed", "barred")}
    assert [sorted(one.demands) for one in heard] == [[opened.pk, waits.pk]]
    assert Record.objects.of(world.employer).get(verb="bar_employer").row_count == 3


def test_it_hands_in_nothing_more(world, no):
    bar_employer(by=world.county_officer, employer=world.employer, reason="向求职者收取押金")
    given = {"by": world.employer_clerk, "org": world.employer_org, "employer": world.employer}
    assert no(submit_demand, **given, facts=world.demand_facts()).code == "employer_out"


def test_a_stranger_cannot(world, no):
    assert no(bar_employer, by=world.stranger, employer=world.employer, reason="不想").code == "not_allowed"


def test_a_reason_is_needed(world, no):
    assert no(bar_employer, by=world.county_officer, employer=world.employer, reason=" ").code == "too_short"


def test_a_waiting_one_is_refused_instead(world, waiting, no):
    assert no(bar_employer, by=world.county_officer, employer=waiting, reason="先核验").code == "wrong_state"
