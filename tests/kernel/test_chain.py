"""The hash chain: every changed, missing or exchanged line shows."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhitong.kernel.actions import note_reading
from zhitong.kernel.chain import FIRST, SIGNED, breaks, digest_of, holds
from zhitong.kernel.models import Account, Record, RecordHead


@pytest.fixture
def lines(world) -> list[Record]:
    worker = world.worker()
    for _time in range(3):
        note_reading(by=world.village_officer, row=worker, purpose="visit")
    return list(Record.objects.order_by("position"))


def kinds() -> list[tuple[int, str]]:
    return [(one.position, one.kind) for one in breaks()]


def test_an_untouched_chain_holds(lines):
    assert len(lines) > 8 and kinds() == []
    assert [one.position for one in lines] == list(range(1, len(lines) + 1))


OTHERS = {
    "verb": "close_org", "actor_id": None, "acting_for_id": None, "subject_type": "kernel.Account",
    "subject_id": 0, "concerns_type": "kernel.Account", "concerns_id": 0, "given": {"purpose": "audit"},
    "moves": [{"row": "kernel.Org:1"}], "row_count": 9, "city_id": None, "county_id": None, "town_id": None,
    "village_id": None, "at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC), "digest": "0" * 64,
}  # fmt: skip


@pytest.mark.parametrize("field", [name for name in (*SIGNED, "at", "digest") if name != "position"])
def test_each_changed_field_shows(lines, field):
    line = lines[-2]
    assert getattr(line, field) != OTHERS[field]
    Record.objects.filter(pk=line.pk).update(**{field: OTHERS[field]})
    after = [(line.position + 1, "changed")] if field == "digest" else []
    assert kinds() == [(line.position, "changed"), *after]


def test_a_line_that_is_missing_in_the_middle_shows(lines):
    Record.objects.filter(position=4).delete()
    assert kinds() == [(4, "missing")]


def test_lines_that_are_missing_at_the_end_show(lines):
    Record.objects.filter(position__gte=len(lines) - 1).delete()
    assert kinds() == [(len(lines), "head")]


def test_an_emptied_record_shows(lines):
    Record.objects.all().delete()
    assert kinds() == [(len(lines), "head")]


def test_a_missing_head_shows(lines):
    RecordHead.objects.all().delete()
    assert kinds() == [(len(lines), "head")]


def test_an_installation_without_lines_holds(db):
    RecordHead.objects.all().delete()
    assert kinds() == []
    note_reading(by=Account.objects.system(), row=Account.objects.system(), purpose="look")
    assert kinds() == [] and RecordHead.objects.get().position == 1


def test_a_line_that_was_added_by_hand_shows(lines):
    Record.objects.create(position=len(lines) + 1, verb="open_org", digest="f" * 64)
    assert (len(lines) + 1, "changed") in kinds()


def test_lines_that_changed_places_show(lines):
    for before, after in ((3, 0), (4, 3), (0, 4)):
        Record.objects.filter(position=before).update(position=after)
    assert {kind for _position, kind in kinds()} == {"changed"}


def test_a_forger_without_the_key_cannot_mend_it(lines, settings):
    from zhitong.kernel.chain import digest_of

    last = lines[-1]
    last.verb = "close_org"
    settings.ZHITONG_MASTER_KEY = "the forger's"
    forged = digest_of(last, lines[-2].digest)
    settings.ZHITONG_MASTER_KEY = "for tests only, never in an installation"
    Record.objects.filter(pk=last.pk).update(verb="close_org", digest=forged)
    RecordHead.objects.update(digest=forged)
    assert kinds() == [(last.position, "changed")]


def test_signed_is_everything_but_the_link_to_an_account(lines):
    """``concerns_account`` is filled in later, when a person opens an account."""
    unsigned = {one.attname for one in Record._meta.concrete_fields} - {*SIGNED, "at", "digest"}
    assert unsigned == {"id", "concerns_account_id"}


def test_the_head_is_held_while_lines_are_added(world):
    with CaptureQueriesContext(connection) as asked:
        note_reading(by=world.system, row=world.county, purpose="look")
    heads = [one["sql"] for one in asked if "recordhead" in one["sql"] and one["sql"].startswith("SELECT")]
    assert len(heads) == 1
    assert connection.vendor == "sqlite" or "FOR UPDATE" in heads[0]


# --- an end that was noted elsewhere


def rewind(to: int) -> None:
    """Cut lines off at the end and set the head back, as somebody with the whole database in hand would."""
    Record.objects.filter(position__gt=to).delete()
    digest = Record.objects.get(position=to).digest
    RecordHead.objects.filter(pk=1).update(position=to, digest=digest)


@pytest.mark.unwatched
def test_lines_cut_off_together_with_the_head_show_against_a_noted_end(lines):
    noted = (lines[-1].position, lines[-1].digest)
    assert holds(*noted) and holds(lines[2].position, lines[2].digest)
    rewind(len(lines) - 2)
    assert kinds() == [], "by itself the shortened chain holds"
    assert not holds(*noted) and holds(lines[2].position, lines[2].digest)


@pytest.mark.unwatched
def test_a_record_written_anew_shows_against_a_noted_end(lines):
    noted = (lines[-1].position, lines[-1].digest)
    previous = FIRST
    for line in lines:
        line.verb = "another" if line is lines[1] else line.verb
        line.digest = previous = digest_of(line, previous)
        line.save()
    RecordHead.objects.filter(pk=1).update(digest=previous)
    assert kinds() == [] and not holds(*noted)


def test_an_empty_record_has_the_end_before_the_first_line(db):
    assert holds(0, FIRST) and not holds(0, "1" * 64) and not holds(1, FIRST)
