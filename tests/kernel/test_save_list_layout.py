"""save_list_layout: the headings under which an organisation had a list are kept with our columns."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from zhitong.kernel.actions import save_list_layout, withdraw_list_layout
from zhitong.kernel.actions.layouts import MOST_COLUMNS
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import ListLayout, Record

ORGS = "zhitong.kernel.views.orgs.OrgList"
COLUMNS = (("序号", "number_in_list"), ("单位", "name"), ("备注", ""), ("类别", "kind"))


@pytest.fixture
def given(world):
    """What the county bureau says about its old table of organisations."""
    return {
        "by": world.county_officer,
        "org": world.county,
        "listing": ORGS,
        "name": "旧表",
        "columns": COLUMNS,
    }


def test_it_works(world, given):
    layout = save_list_layout(**given)
    assert layout.columns == [list(one) for one in COLUMNS] and layout.version == 1
    assert (layout.org, layout.county, layout.saved_by) == (world.county, world.county, world.county_officer)
    line = Record.objects.get(verb="save_list_layout")
    assert line.given["listing"] == ORGS and line.actor == world.county_officer


def test_a_stranger_cannot(world, given):
    for somebody in (world.stranger, world.village_officer):
        with pytest.raises(NotAllowed):
            save_list_layout(**given | {"by": somebody})


def test_an_earlier_one_is_corrected(world, given, no):
    layout = save_list_layout(**given)
    changed = given | {"columns": (("单位名称", "name"),), "layout": layout}
    again = save_list_layout(**changed, seen=1)
    assert (again.pk, again.version, again.columns) == (layout.pk, 2, [["单位名称", "name"]])
    assert no(save_list_layout, **changed, seen=1) == "someone_was_faster"
    theirs = changed | {"by": world.city_officer, "org": world.city}
    assert no(save_list_layout, **theirs) == "other_layout"
    withdraw_list_layout(by=world.county_officer, layout=again)
    again.refresh_from_db()
    assert no(save_list_layout, **changed | {"layout": again}) == "layout_withdrawn"


def test_a_name_stands_once(given, no):
    layout = save_list_layout(**given)
    assert no(save_list_layout, **given) == "layout_taken"
    other = save_list_layout(**given | {"name": "新表"})
    assert no(save_list_layout, **given, layout=other) == "layout_taken"
    with pytest.raises(IntegrityError), transaction.atomic():
        ListLayout.objects.bulk_create([ListLayout(**_facts(layout))])
    withdraw_list_layout(by=given["by"], layout=layout)
    assert save_list_layout(**given).pk != layout.pk


def _facts(layout: ListLayout) -> dict[str, object]:
    return {name: getattr(layout, name) for name in ("org", "listing", "name", "columns", "saved_by")}


def test_what_is_no_layout_is_refused(given, no):
    def refused(**changes):
        return no(save_list_layout, **given | changes)

    assert refused(name=" ") == "too_short"
    assert refused(listing="zhitong.nothing.List") == "no_list"
    assert refused(columns=(("单位", ""),)) == "columns_missing"
    assert refused(columns=(("单位", "salary"),)) == "unknown_column"
    assert refused(columns=(("单位",),)) == "column_shape"
    assert refused(columns=(("单位", "name"),) * (MOST_COLUMNS + 1)) == "too_many_columns"
    assert not ListLayout.objects.exists()


def test_a_list_with_layouts_of_its_own_is_refused(given, no):
    workers = {"listing": "zhitong.workers.views.lists.WorkerList"}
    assert no(save_list_layout, **given | workers) == "no_list"


def test_a_row_about_somebody_is_no_heading(world, given, no):
    for text in (world.identity(), "１３８００１３８０００", "电话13800138000"):
        wrong = given | {"columns": (("单位", "name"), (text, ""))}
        assert no(save_list_layout, **wrong) == "heading_personal"
    assert save_list_layout(**given | {"columns": (("2024年12月31日前的单位", "name"),)})
