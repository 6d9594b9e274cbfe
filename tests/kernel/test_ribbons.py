"""Bands between two columns: everybody is drawn once, as wide as many, and labels have room."""

from __future__ import annotations

from itertools import pairwise

import pytest

from zhitong.kernel.web.ribbons import GAP, PITCH, ribbons

HOW = {"width": 400.0, "margin": 80.0, "tall": 300.0}


def test_it_works() -> None:
    drawn = ribbons([("a", "x", 60), ("a", "y", 30), ("b", "x", 10)], **HOW)
    assert [(end.key, end.many, end.height) for end in drawn.left] == [("a", 90, 270.0), ("b", 10, 30.0)]
    assert [(end.key, end.many) for end in drawn.right] == [("x", 70), ("y", 30)]
    assert [(band.left, band.right, band.many) for band in drawn.bands] == [
        ("a", "x", 60), ("a", "y", 30), ("b", "x", 10),
    ]  # fmt: skip
    first, top = drawn.bands[0].path, drawn.left[0].top
    assert first.startswith(f"M88.0,{top:.1f} ") and "v180.0 " in first and "312.0," in first


def test_labels_have_room_however_few_people_there_are() -> None:
    drawn = ribbons([("many", "x", 10_000), *((f"few{one}", "x", 1) for one in range(20))], **HOW)
    middles = [end.middle for end in drawn.left]
    assert all(after - before >= PITCH for before, after in pairwise(middles[1:]))
    assert drawn.height >= drawn.left[-1].top + GAP


def test_one_pair_given_twice_is_one_band() -> None:
    assert [band.many for band in ribbons([("a", "x", 1), ("a", "x", 2)], **HOW).bands] == [3]


def test_nobody_is_an_empty_drawing() -> None:
    drawn = ribbons([("a", "x", 0)], **HOW)
    assert not drawn.left and not drawn.bands


def test_less_than_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="no sense"):
        ribbons([("a", "x", -1)], **HOW)
