"""A column map is kept under a name, for lists that come in and for exports that go out."""

from __future__ import annotations

import pytest

from tests.workers.lists import checked, codes, stage
from zhitong.kernel.errors import Refusal
from zhitong.workers.actions import Reading, save_layout

HEADINGS = ("大名", "证件", "去向", "年龄")
READING = Reading(HEADINGS, ("name", "id_number", "status", ""), {"status": {"打工去了": "local"}})


def test_it_works(world):
    layout = save_layout(by=world.county_officer, org=world.county, name="县局旧表", reading=READING)
    assert layout.columns[0] == ["大名", "name"] and layout.words == {"status": {"打工去了": "local"}}
    rows = [list(HEADINGS), ["陆新人", world.identity(), "打工去了", 36]]
    imported = checked(world.village_officer, world.village, rows, layout=layout)
    assert codes(imported)[0][0] == "new" and imported.layout == layout


def test_a_stranger_cannot(world):
    with pytest.raises(Refusal):
        save_layout(by=world.stranger, org=world.county, name="县局旧表", reading=READING)


def test_a_layout_is_corrected(world, no):
    layout = save_layout(by=world.county_officer, org=world.county, name="县局旧表", reading=READING)
    reading = Reading(("大名", "证件"), ("name", "id_number"))
    given = {
        "by": world.county_officer,
        "org": world.county,
        "name": "新名",
        "reading": reading,
        "layout": layout,
    }
    assert save_layout(**given, seen=1).version == 2
    assert no(save_layout, **given | {"name": "更新的名"}, seen=1) == "someone_was_faster"
    assert no(save_layout, **given | {"by": world.city_officer, "org": world.city}) == "other_org"


def test_what_is_no_layout_is_refused(world, no):
    given = {"by": world.county_officer, "org": world.county}
    assert no(save_layout, name=" ", reading=READING, **given) == "too_short"
    assert no(save_layout, name="甲", reading=Reading(("大名",), ("",)), **given) == "columns_missing"
    assert no(save_layout, name="甲", reading=Reading(("大名",), ("x",)), **given) == "not_a_choice"
    save_layout(name="甲", reading=READING, **given)
    assert no(save_layout, name="甲", reading=READING, **given) == "layout_taken"


def test_headings_that_nobody_knows_are_kept_for_the_person(world):
    imported = stage(world.village_officer, world.village, [["大名", "证件", "去向"], ["陆新人", "x", "y"]])
    assert [name for _heading, name in imported.columns] == ["", "", ""]
