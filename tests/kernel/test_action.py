"""The verb: declaration, permission, transaction, record."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import errno
from collections.abc import Iterator

import pytest
from django.db import OperationalError

from zhitong.kernel.action import VERBS, action, note_rows
from zhitong.kernel.actions import close_account, issue_token, note_reading, open_org
from zhitong.kernel.chain import breaks
from zhitong.kernel.errors import AlreadyDone, Faster, NotAllowed, OutOfReach, Refusal
from zhitong.kernel.models import Account, Nonce, Org, Record
from zhitong.workers.models import Worker


@pytest.fixture(autouse=True)
def only_ours() -> Iterator[None]:
    """Forget the verbs that a test declares."""
    before = dict(VERBS)
    yield
    VERBS.clear()
    VERBS.update(before)


class TestDeclaration:
    """A verb that is declared wrongly is no verb."""

    def test_arguments_are_keywords(self) -> None:
        with pytest.raises(TypeError, match="keyword-only"):

            @action(at=None, title="x")
            def speak(by: Account) -> None: ...

    def test_somebody_acts(self) -> None:
        with pytest.raises(TypeError, match="by="):

            @action(at=None, title="x")
            def speak(*, word: str) -> None: ...

    def test_the_row_that_decides_is_an_argument(self) -> None:
        with pytest.raises(TypeError, match="none of its arguments"):

            @action(at="org", title="x")
            def speak(*, by: Account) -> None: ...

    def test_at_most_six_arguments_beside_by(self) -> None:
        @action(at=None, title="x")
        def fits(*, by: Account, a: int, b: int, c: int, d: int, e: int, f: int) -> None: ...

        with pytest.raises(TypeError, match="at most 6"):

            @action(at=None, title="x")
            def speak(*, by: Account, a: int, b: int, c: int, d: int, e: int, f: int, g: int) -> None: ...

    def test_a_name_is_one_verb(self) -> None:
        def open_org(*, by: Account) -> None: ...

        with pytest.raises(TypeError, match="has a verb of this name already"):
            action(at=None, title="x")(open_org)

    def test_it_knows_its_app(self) -> None:
        assert (VERBS["open_org"].app, VERBS["register_worker"].app) == ("kernel", "workers")


class TestCall:
    """What is handed to a verb is checked before anything happens."""

    def test_arguments_must_fit(self, world) -> None:
        with pytest.raises(TypeError, match="missing a required"):
            open_org(by=world.administrator, parent=world.county, kind="party")
        with pytest.raises(TypeError, match="unexpected"):
            note_reading(by=world.administrator, row=world.county, purpose="x", colour="red")

    def test_the_row_that_decides_is_a_stored_row(self, world) -> None:
        for nothing in (None, Org(name="新")):
            with pytest.raises(TypeError, match="stored row"):
                open_org(by=world.administrator, parent=nothing, kind="party", name="党组织")

    def test_every_row_handed_in_is_within_reach(self, world) -> None:
        @dataclasses.dataclass(frozen=True)
        class Basket:
            inside: object

        @action(at=None, title="x")
        def gather(*, by: Account, things: object) -> None: ...

        far, near = world.worker(village=world.far_village), world.worker()
        allow(world.county_officer, "gather")
        query = Worker.objects.filter(pk__in=(far.pk, near.pk))
        for hidden in ([near, far], (far,), {far}, {"a": far}, Basket([Basket(far)]), query, far):
            with pytest.raises(OutOfReach):
                gather(by=world.county_officer, things=hidden)
        for plain in ([near], Basket({near}), query.filter(pk=near.pk), world.stranger, "text", 3, None):
            gather(by=world.county_officer, things=plain)

    def test_rows_handed_in_together_are_checked_together(self, world, django_assert_max_num_queries) -> None:
        from zhitong.kernel.access import require_visible

        people = [world.worker() for _number in range(7)]
        assert world.county_officer.held
        with django_assert_max_num_queries(1):
            require_visible(world.county_officer, people)

    def test_a_closed_account_does_nothing(self, world, admin) -> None:
        close_account(by=admin, account=world.county_officer)
        with pytest.raises(OutOfReach):
            note_reading(by=world.county_officer, row=world.county, purpose="look")

    def test_seeing_is_not_doing(self, world) -> None:
        with pytest.raises(NotAllowed):
            open_org(by=world.county_officer, parent=world.county, kind="party", name="党组织")


class TestRecord:
    """One line for each verb, with nothing personal in it."""

    def test_an_inner_verb_leaves_its_own_line_under_the_outer_ones_authority(self, world, admin, partner):
        @action(at="org", title="x")
        def rearrange(*, by: Account, org: Org) -> Org:
            open_org(by=by, parent=org, kind="party", name="甲党组织")
            return open_org(by=by, parent=org, kind="party", name="乙党组织")

        allow(world.county_officer, "rearrange")
        before = Record.objects.count()
        rearrange(by=world.county_officer, org=world.county)
        lines = Record.objects.order_by("position")[before:]
        assert [one.verb for one in lines] == ["open_org", "open_org", "rearrange"]
        assert {one.actor for one in lines} == {world.county_officer}
        assert {one.acting_for for one in lines} == {world.county}
        assert list(breaks()) == []
        with pytest.raises(NotAllowed):
            open_org(by=world.county_officer, parent=world.county, kind="party", name="丙党组织")

    def test_a_refusal_takes_back_rows_and_lines(self, world, admin) -> None:
        @action(at="org", title="x")
        def half_do(*, by: Account, org: Org) -> None:
            open_org(by=by, parent=org, kind="party", name="甲党组织")
            raise Refusal("no", "不行。")

        before = Record.objects.count()
        with pytest.raises(Refusal, match="no"):
            half_do(by=world.system, org=world.county)
        assert not Org.objects.filter(kind="party").exists() and Record.objects.count() == before
        open_org(by=admin, parent=world.county, kind="party", name="乙党组织")
        assert list(breaks()) == []

    def test_a_refusal_that_the_outer_verb_takes_in_undoes_the_inner_one_alone(self, world) -> None:
        @action(at="org", title="x")
        def try_both(*, by: Account, org: Org) -> None:
            for name in ("", "乙党组织"):
                try:
                    open_org(by=by, parent=org, kind="party", name=name)
                except Refusal:
                    continue

        try_both(by=world.system, org=world.county)
        assert Org.objects.get(kind="party").name == "乙党组织"
        assert list(Record.objects.order_by("-position").values_list("verb", flat=True)[:2]) == [
            "try_both", "open_org",
        ]  # fmt: skip

    def test_a_person_with_two_grants_acts_for_the_one_that_reaches(self, world, admin) -> None:
        from zhitong.kernel.actions import give_role

        officer = world.county_officer
        give_role(by=admin, account=officer, role="county_officer", org=world.other_county)
        note_reading(by=officer, row=world.far_village, purpose="look")
        note_reading(by=officer, row=world.village, purpose="look")
        lines = Record.objects.filter(verb="note_reading").order_by("position")
        assert [one.acting_for for one in lines] == [world.other_county, world.county]

    def test_personal_values_are_withheld(self, world) -> None:
        class Colour(enum.Enum):
            RED = "red"

        @dataclasses.dataclass(frozen=True)
        class Facts:
            name: str
            status: str
            birth_on: dt.date
            unknown: str = "x"
            telephone: str | None = None

        @action(at="worker", title="x", keeps=("reason",))
        def describe(*, by: Account, worker: Worker, facts: Facts, birth_on: dt.date, reason: str, note: str):
            return None

        @action(at=None, title="x")
        def count(
            *, by: Account, people: list, colour: Colour, on: dt.date, many: int, thing: object
        ) -> None:
            note_rows(len(people))

        worker = world.worker()
        facts = Facts("陆大江", "seeking", dt.date(1990, 5, 1))
        describe(
            by=world.system,
            worker=worker,
            facts=facts,
            birth_on=dt.date(1990, 5, 1),
            reason="moved",
            note="他病了",
        )
        assert Record.objects.get(verb="describe").given == {
            "facts": {"name": "•", "status": "seeking", "birth_on": "•", "unknown": "•"},
            "birth_on": "•", "reason": "moved", "note": "•",
        }  # fmt: skip
        day = dt.date(2026, 1, 1)
        count(by=world.system, people=[worker], colour=Colour.RED, on=day, many=3, thing=object())
        line = Record.objects.get(verb="count")
        assert line.given == {
            "people": 1, "colour": "red", "on": "2026-01-01", "many": 3, "thing": "•",
        }  # fmt: skip
        assert line.row_count == 1

    def test_what_no_database_can_hold_is_shown_as_such(self, world) -> None:
        note_reading(by=world.system, row=world.county, purpose="a\0b\ud800c")
        assert Record.objects.get(verb="note_reading").given == {"purpose": "a\ufffdb?c"}
        assert list(breaks()) == []

    def test_a_line_stands_where_the_verb_was_done(self, world, admin, partner) -> None:
        issue_token(by=admin, account=partner, label="省平台")
        assert Record.objects.get(verb="issue_token").county == world.county


class TestNonce:
    """The same submission is carried out once."""

    def test_the_second_gets_the_first_result(self, world, admin) -> None:
        given = {"by": admin, "parent": world.county, "kind": "employer", "name": "某公司"}
        made = open_org(nonce="abc", **given)
        with pytest.raises(AlreadyDone) as caught:
            open_org(nonce="abc", **given)
        assert caught.value.result == f"kernel.Org:{made.pk}"
        assert Org.objects.filter(name="某公司").count() == 1
        assert Record.objects.of(made).count() == 1

    def test_each_account_has_its_own(self, world, admin, county_admin) -> None:
        given = {"parent": world.county, "kind": "employer", "name": "某公司"}
        for somebody in (admin, county_admin):
            open_org(by=somebody, nonce="abc", **given)
        assert Org.objects.filter(name="某公司").count() == 2

    def test_what_was_refused_may_be_sent_again(self, world, admin, no) -> None:
        given = {"by": admin, "parent": world.county, "kind": "party", "nonce": "abc"}
        assert no(open_org, name="", **given) == "too_short"
        assert open_org(name="党组织", **given).pk and Nonce.objects.count() == 1

    def test_it_belongs_to_one_verb_and_is_not_cut_short(self, world, admin, no) -> None:
        open_org(by=admin, parent=world.county, kind="employer", name="某公司", nonce="abc")
        given = {"by": admin, "row": world.county, "purpose": "look"}
        assert no(note_reading, nonce="abc", **given) == "nonce_of_another_verb"
        for wrong in ("", "x" * 65):
            assert no(note_reading, nonce=wrong, **given) == "nonce_length"


def allow(account: Account, verb: str) -> None:
    """Let an account hold one more verb in every role of theirs."""
    account.__dict__["held"] = tuple(
        dataclasses.replace(one, role=dataclasses.replace(one.role, verbs=one.role.verbs | {verb}))
        for one in account.held
    )


@pytest.mark.parametrize(
    ("state", "said", "meant"),
    [
        ("40P01", "deadlock detected", True),
        (None, "database is locked", True),
        ("08006", "no connection", False),
    ],
)
def test_who_loses_a_row_to_somebody_else_may_try_again(world, monkeypatch, state, said, meant):
    def stumble(*given):
        error = OperationalError(said)
        error.__cause__ = DriverError(state)
        raise error

    monkeypatch.setattr("zhitong.kernel.action._store", stumble)
    with pytest.raises(Faster if meant else OperationalError):
        note_reading(by=world.county_officer, row=world.village, purpose="look")


@pytest.mark.parametrize(
    ("failure", "code"),
    [
        (OperationalError("database or disk is full"), "no_room"),
        (OSError(errno.ENOSPC, "No space left on device"), "no_room"),
        (OSError(errno.EIO, "Input/output error"), ""),
    ],
)
def test_a_full_disk_is_told_about(world, monkeypatch, failure, code):
    def stumble(*given):
        raise failure

    before = Record.objects.count()
    monkeypatch.setattr("zhitong.kernel.action._store", stumble)
    with pytest.raises(Refusal if code else OSError) as told:
        note_reading(by=world.county_officer, row=world.village, purpose="look")
    assert getattr(told.value, "code", "") == code and Record.objects.count() == before


class DriverError(Exception):
    """What the driver says, with its code."""

    def __init__(self, sqlstate: str | None) -> None:
        super().__init__()
        self.sqlstate = sqlstate
