"""Rows made in a second process while earlier ones are stored."""

from __future__ import annotations

import os

import pytest

from zhitong.kernel.ahead import Apart, made_ahead
from zhitong.kernel.bulk import bulk_load
from zhitong.kernel.models import Occupation


def numbered(count: int):
    return ([(number, os.getpid())] for number in range(count))


def test_it_works():
    rows = [row for chunk in made_ahead(numbered(500)) for row in chunk]
    assert [number for number, _maker in rows] == list(range(500))
    assert {maker for _number, maker in rows}.isdisjoint({os.getpid()})


def test_nothing_to_make():
    assert list(made_ahead(iter([]))) == []


def test_what_goes_wrong_there_is_raised_here():
    def breaking():
        yield [(1,)]
        raise ValueError("the second row is missing")

    made = made_ahead(breaking())
    assert next(made) == [(1,)]
    with pytest.raises(ValueError, match="the second row is missing"):
        next(made)


def test_a_maker_that_is_ended_from_outside():
    def ending():
        yield [(1,)]
        os._exit(9)

    with pytest.raises(EOFError):
        list(made_ahead(ending()))


def test_whoever_stops_listening_ends_the_maker():
    endless = iter(lambda: [(1,) * 1000], None)
    made = made_ahead(endless)
    assert next(made)
    made.close()  # returns only when the maker has ended


def test_rows_apart_are_stored_as_others_are(db, monkeypatch):
    monkeypatch.setattr("zhitong.kernel.bulk.can_go_ahead", lambda: True)
    rows = Apart((f"a{number}", "名", 4) for number in range(25_000))
    assert bulk_load(Occupation, ("code", "name", "level"), rows) == 25_000
    assert Occupation.objects.get(code="a24999").name == "名"
