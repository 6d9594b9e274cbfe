"""Lines go with their rows: what a caught refusal rolled back, and what the clock did not find."""

from __future__ import annotations

import pytest

from zhitong.kernel.action import VERBS, action, note_rows
from zhitong.kernel.actions import open_org, rename_org
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account, Org, Record
from zhitong.site.world import World

pytestmark = pytest.mark.django_db


def test_lines_of_a_refused_inner_verb_go_with_its_rows(world: World) -> None:
    @action(at="org", title="试")
    def try_inner(*, by: Account, org: Org) -> Org:
        rename_org(by=by, org=org, name="半途而废")
        raise Refusal("no", "不")

    @action(at="org", title="试")
    def try_outer(*, by: Account, org: Org) -> Org:
        try:
            try_inner(by=by, org=org)
        except Refusal:
            pass
        return org

    before = Record.objects.count()
    try:
        try_outer(by=world.system, org=world.station)
    finally:
        del VERBS["try_inner"], VERBS["try_outer"]
    world.station.refresh_from_db()
    assert world.station.name != "半途而废"
    assert list(Record.objects.order_by("position").values_list("verb", flat=True)[before:]) == ["try_outer"]


def test_the_clock_leaves_no_line_where_it_found_nothing(world: World) -> None:
    @action(at=None, title="试")
    def sweep_nothing(*, by: Account) -> int:
        note_rows(0)
        return 0

    before = Record.objects.count()
    try:
        sweep_nothing(by=world.system)
    finally:
        del VERBS["sweep_nothing"]
    assert Record.objects.count() == before
    open_org(by=world.system, parent=world.city, kind="department", name="样例市商务局")
    assert Record.objects.count() == before + 1
