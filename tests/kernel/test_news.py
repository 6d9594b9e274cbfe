"""News: told once the change is stored, to everyone, and never of what did not happen."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.db import transaction

from zhitong.kernel.action import VERBS, action, doing
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account, Org
from zhitong.kernel.news import _listeners, hears, tell


@dataclass(frozen=True)
class OrgVisited:
    """Somebody came by."""

    org: int


@pytest.fixture
def heard():
    """What the listeners of this test heard, in order."""
    heard: list[object] = []
    before = dict(VERBS)

    @hears(OrgVisited)
    def first(event: OrgVisited) -> None:
        heard.append(("first", event.org))

    @hears(OrgVisited)
    def stumbling(event: OrgVisited) -> None:
        raise RuntimeError("a listener's own mistake")

    @hears(OrgVisited)
    def last(event: OrgVisited) -> None:
        heard.append(("last", event.org))

    yield heard
    del _listeners[OrgVisited]
    VERBS.clear()
    VERBS.update(before)


@pytest.fixture
def visit(heard):
    @action(at="org", title="x")
    def visit(*, by: Account, org: Org, welcome: bool = True) -> None:
        tell(OrgVisited(org.pk))
        heard.append("inside")
        if not welcome:
            raise Refusal("no", "不行。")

    return visit


@pytest.fixture(autouse=True)
def quiet(caplog):
    """A failing listener is written to the log."""
    return caplog


def test_it_is_told_after_the_change_is_stored(world, visit, heard, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        visit(by=world.system, org=world.town)
        assert heard == ["inside"]
    assert heard == ["inside", ("first", world.town.pk), ("last", world.town.pk)]


def test_nothing_is_told_of_what_was_taken_back(world, visit, heard, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True) as waiting:
        with pytest.raises(Refusal):
            visit(by=world.system, org=world.town, welcome=False)
        with pytest.raises(ValueError), transaction.atomic():
            visit(by=world.system, org=world.town)
            raise ValueError
    assert waiting == [] and heard == ["inside", "inside"]


def test_a_listener_acts_for_itself(world, visit, heard, django_capture_on_commit_callbacks):
    @hears(OrgVisited)
    def look(event: OrgVisited) -> None:
        heard.append(doing())

    with django_capture_on_commit_callbacks(execute=True):
        visit(by=world.system, org=world.town)
    assert heard[-1] is None


def test_a_listener_hears_once_however_often_it_registers(heard):
    def listen(event: OrgVisited) -> None: ...

    before = len(_listeners[OrgVisited])
    for _time in range(3):
        hears(OrgVisited)(listen)
    assert len(_listeners[OrgVisited]) == before + 1
