"""The register leaves in the layout in which it used to be sent."""

from __future__ import annotations

import io

from python_calamine import CalamineWorkbook

from tests.workers.lists import HEAD, checked, person
from zhitong.workers.actions import Reading, apply_import, save_layout

HEADINGS = ("序号", "大名", "证件", "去向", "户主", "工种")
READING = Reading(
    HEADINGS, ("", "name", "id_number", "status", "head", "skill"), {"status": {"打工去了": "away"}}
)


def exported(client, layout):
    answer = client.get("/workers/", {"export": "xlsx", "layout": layout.pk})
    assert answer.status_code == 200
    content = io.BytesIO(b"".join(answer.streaming_content))
    return [
        row for row in CalamineWorkbook.from_filelike(content).get_sheet_by_index(0).to_python() if any(row)
    ]


def test_headings_order_and_words_are_theirs(world, client):
    world.welder  # noqa: B018 - made by being asked for
    layout = save_layout(by=world.county_officer, org=world.county, name="县局旧表", reading=READING)
    row = person(world, status="外出", city="海州市", skill="焊工")
    head = [*HEAD, "与户主关系"]
    imported = checked(world.village_officer, world.village, [head, [*row, "户主"]])
    apply_import(by=world.village_officer, imported=imported)
    client.force_login(world.village_officer)
    rows = exported(client, layout)
    at = next(number for number, cells in enumerate(rows) if "大名" in cells)
    assert tuple(rows[at]) == HEADINGS
    masked = "•" * 14 + row[1][-4:]
    assert rows[at + 1] == [1, "陆新人", masked, "打工去了", "陆新人", "焊工"]


def test_an_unknown_layout_is_an_error(world, client):
    client.force_login(world.village_officer)
    assert client.get("/workers/", {"export": "xlsx", "layout": 999}).status_code == 400
