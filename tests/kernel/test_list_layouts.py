"""A list leaves as an organisation had it before: its headings are read, matched, kept, and written."""

from __future__ import annotations

import io

import pytest
import python_calamine
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from zhitong.kernel.actions import save_list_layout
from zhitong.kernel.lists import LISTS, list_named
from zhitong.kernel.models import Export, ListLayout, Org
from zhitong.kernel.web import Column
from zhitong.kernel.web.layout import headings_in, headings_of, joined, matched, plain

ORGS = "zhitong.kernel.views.orgs.OrgList"
WORKERS = "zhitong.workers.views.lists.WorkerList"
COLUMNS = (("序号", "number_in_list"), ("单位全称", "name"), ("备注", ""), ("类别", "kind"))
KNOWN = {
    "name": Column("name", "姓名"),
    "sex": Column("sex", "性别"),
    "telephone": Column("telephone", "手机号"),
    "kin": Column("kin", "联系人手机号"),
}


@pytest.fixture
def parties(world) -> list[str]:
    """Names of organisations of one kind, in the order of their list."""
    place = {"city": world.city, "county": world.county, "parent": world.county}
    names = [f"支部{at:03}" for at in range(12)]
    Org.objects.bulk_create(Org(kind="party", name=one, name_key=one, **place) for one in names)
    return names


@pytest.fixture
def layout(world) -> ListLayout:
    """The county bureau's old table of organisations."""
    given = {"listing": ORGS, "name": "旧表", "columns": COLUMNS}
    return save_list_layout(by=world.county_officer, org=world.county, **given)


def sheets_of(content: bytes) -> dict[str, list[list[object]]]:
    with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def table_of(rows: list[list[object]]) -> list[list[object]]:
    at = next(number for number, cells in enumerate(rows) if "单位全称" in cells)
    return rows[at:]


def workbook(*rows: tuple[object, ...], merged: tuple[str, ...] = ()) -> io.BytesIO:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        for one in merged:
            sheet.merge_range(one, "")
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell is not None:
                    sheet.write(at, column, cell)
    target.seek(0)
    return target


def test_headings_order_and_numbers_are_theirs(client, world, parties, layout):
    client.force_login(world.county_officer)
    asked = {"kind": "party", "sort": "name_key", "export": "xlsx", "layout": layout.pk}
    (rows,) = sheets_of(client.get("/orgs/", asked).getvalue()).values()
    head, *lines = table_of(rows)
    assert head == ["序号", "单位全称", "备注", "类别"]
    assert lines == [[at, name, "", "党组织"] for at, name in enumerate(parties, 1)]


def test_a_long_list_is_written_so_by_a_job_and_split_by_county(
    client, world, parties, layout, settings, tmp_path, monkeypatch, django_capture_on_commit_callbacks
):
    settings.EXPORT_AT_ONCE = 5
    kept = settings.STORAGES["default"]
    store = {**kept, "OPTIONS": {**kept["OPTIONS"], "location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": store}
    monkeypatch.setattr("zhitong.kernel.web.export.MOST_ROWS", 8)
    monkeypatch.setattr("zhitong.kernel.sheets.write.MOST_ROWS", 8)
    other = Org.objects.create(kind="county_bureau", name="外县人社局", city=world.city, parent=world.city)
    Org.objects.filter(pk=other.pk).update(county=other)
    Org.objects.create(
        kind="party", name="外县支部", name_key="外县", city=world.city, county=other, parent=other
    )
    client.force_login(world.city_officer)
    with django_capture_on_commit_callbacks(execute=True):
        asked = {"kind": "party", "sort": "name_key", "export": "xlsx", "layout": _citys(world).pk}
        assert client.get("/orgs/", asked).status_code == 302
    with Export.objects.get().file.open("rb") as file:
        sheets = sheets_of(file.read())
    written = [table_of(rows) for rows in sheets.values()]
    outside, first, second = sorted(written, key=lambda rows: (rows[1][1][0] == "支", rows[1][0]))
    assert len(sheets) == 3 and first[0] == second[0] == outside[0] == ["序号", "单位全称"]
    assert [row[0] for row in (*first[1:], *second[1:])] == list(range(1, 13)), "they run on within a county"
    assert outside[1:] == [[1, "外县支部"]]


def _citys(world) -> ListLayout:
    given = {
        "listing": ORGS,
        "name": "市里的表",
        "columns": (("序号", "number_in_list"), ("单位全称", "name")),
    }
    return save_list_layout(by=world.city_officer, org=world.city, **given)


def test_layouts_are_picked_on_a_page_of_the_list(client, world, layout):
    client.force_login(world.county_officer)
    page = client.get("/orgs/?kind=village").content.decode()
    assert "export=layout" in page and " download" not in page, "a long list leads to the page of its job"
    page = client.get("/orgs/?kind=village&export=layout").content.decode()
    assert "旧表" in page and f"kind=village&amp;export=xlsx&amp;layout={layout.pk}" in page
    client.force_login(world.village_officer)
    assert "旧表" in client.get("/orgs/?export=layout").content.decode(), "whoever is below has it too"
    client.force_login(world.city_officer)
    page = client.get("/orgs/?export=layout").content.decode()
    assert "旧表" not in page and "还没有这个名单的版式" in page


def test_a_page_without_layouts_asks_no_question_about_them(client, world, django_assert_max_num_queries):
    client.force_login(world.county_officer)
    client.get("/orgs/")
    with django_assert_max_num_queries(40) as asked:
        client.get("/orgs/")
    assert not [one["sql"] for one in asked.captured_queries if "kernel_listlayout" in one["sql"]]


def test_what_cannot_be_written_is_refused_before_a_job(client, world, layout, settings, parties):
    settings.EXPORT_AT_ONCE = 5
    client.force_login(world.county_officer)
    ListLayout.objects.filter(pk=layout.pk).update(
        columns=[["单位全称", "name"], ["旧列", "a_column_of_the_past"]]
    )
    for number, sentence in ((layout.pk, "“旧列”对着的那一列已经没有了"), (0, "没有这个名单的这个版式")):
        answer = client.get("/orgs/", {"export": "xlsx", "layout": number})
        assert answer.status_code == 400 and sentence in answer.content.decode()
    assert client.get("/layouts/", {"export": "xlsx", "layout": layout.pk}).status_code == 400, (
        "of another list"
    )
    page = client.get(f"/layouts/{layout.pk}/").content.decode()
    assert "已经没有这一列" in page


def test_an_old_workbook_becomes_a_layout(client, world, parties):
    client.force_login(world.county_officer)
    table = workbook(
        ("全县单位名册", None, None, None), ("填报单位：", "某县", None, None), ("序号", "单位", None, "备注"),
        (None, "名称", "种类", None), (1, "甲", "村", None), merged=("A1:D1", "A3:A4", "B3:C3", "D3:D4"),
    )  # fmt: skip
    back = "/orgs/?kind=party&export=layout"
    given = {"listing": ORGS, "back": back, "file": SimpleUploadedFile("旧.xlsx", table.getvalue())}
    page = client.post("/layouts/headings/", given)
    assert page.status_code == 200 and f'action="{reverse("save_list_layout")}"' in page.content.decode()
    form = page.context["form"]
    assert form.written == ["序号", "名称", "种类", "备注"]
    chosen = {f"column_{at}": form.initial[f"column_{at}"] for at in range(4)}
    assert list(chosen.values()) == ["number_in_list", "name", "kind", ""]
    sent = {**chosen, "name": "旧表", "listing": ORGS, "back": back, "headings": form.initial["headings"]}
    answer = client.post(reverse("save_list_layout"), sent)
    assert answer["Location"] == back
    kept = ListLayout.objects.get()
    assert kept.columns == [["序号", "number_in_list"], ["名称", "name"], ["种类", "kind"], ["备注", ""]]
    assert kept.org == world.county


def test_a_kept_layout_is_corrected_under_its_name(client, world, layout):
    client.force_login(world.county_officer)
    assert f"layout={layout.pk}" in client.get(f"/layouts/{layout.pk}/").content.decode()
    form = client.get(reverse("save_list_layout"), {"listing": ORGS, "layout": layout.pk}).context["form"]
    assert form.initial["name"] == "旧表" and form.initial["column_1"] == "name"
    sent = {"name": "旧表", "listing": ORGS, "headings": form.initial["headings"], "column_1": "name"}
    client.post(reverse("save_list_layout"), sent)
    again = ListLayout.objects.get()
    assert (again.pk, again.version, again.columns[0]) == (layout.pk, 2, ["序号", ""])


def test_who_corrects_a_layout_that_somebody_corrected_meanwhile_is_told(client, world, layout):
    client.force_login(world.county_officer)
    address = reverse("save_list_layout")
    form = client.get(address, {"listing": ORGS, "layout": layout.pk}).context["form"]
    hidden = {name: form.initial[name] for name in ("listing", "headings", "layout", "seen")}
    assert client.post(address, {**hidden, "name": "旧表", "column_1": "name"}).status_code == 302
    late = {**hidden, "name": "旧表", "column_1": "kind"}
    assert client.post(address, late).status_code == 409
    assert client.post(address, {**late, "name": "另一份"}).status_code == 302
    kept = dict(ListLayout.objects.values_list("name", "version"))
    assert kept == {"旧表": 2, "另一份": 1}


@pytest.mark.parametrize("carried", ["[" * 50_000, r'["\ud800"]', "null", '{"a": 1}', "[1]", "9" * 5000])
def test_headings_that_nobody_can_read_are_none(client, world, carried):
    client.force_login(world.county_officer)
    address = reverse("save_list_layout")
    assert client.get(address, {"listing": ORGS, "headings": carried[:2000]}).status_code == 200
    sent = {"listing": ORGS, "name": "旧表", "headings": carried}
    assert client.post(address, sent).status_code == 422


def test_a_table_without_headings_and_a_picture_are_told_about(client, world):
    client.force_login(world.county_officer)

    def told(**given):
        answer = client.post("/layouts/headings/", {"listing": ORGS, **given})
        assert answer.status_code == 422
        return answer.content.decode()

    assert "没有读到表头" in told(pasted=" \n")
    assert "没有读到表头" in told()
    picture = SimpleUploadedFile("表.xlsx", b"\x89PNG\r\n" + b"0" * 40)
    assert "不是电子表格" in told(file=picture)
    assert told(listing="zhitong.kernel.views.nothing.List", pasted="单位")


def test_a_program_keeps_and_reads_them_too(client, world):
    client.force_login(world.county_officer)
    given = {"listing": ORGS, "name": "旧表", "columns": [["单位", "name"], ["备注", ""]]}
    address = f"/api/kernel/org/{world.county.pk}/save_list_layout"
    assert client.post(address, given, content_type="application/json").status_code == 200
    (row,) = client.get("/api/kernel/listlayout", {"listing": ORGS}).json()["rows"]
    assert (row["name"], row["columns"], row["state"]) == ("旧表", given["columns"], "kept")


def test_nobody_is_led_to_an_address_of_others(client, world, layout):
    client.force_login(world.county_officer)
    for wrong in ("//elsewhere.cn/", "https://elsewhere.cn/", "javascript:alert(1)"):
        page = client.get("/layouts/headings/", {"listing": ORGS, "back": wrong}).content.decode()
        assert f'href="{wrong}"' not in page
        sent = {"name": "旧表", "listing": ORGS, "back": wrong, "column_1": "name"}
        assert client.post(reverse("save_list_layout"), sent)["Location"] == f"/layouts/{layout.pk}/"


def test_who_keeps_no_layouts_reads_no_headings(client, world):
    client.force_login(world.account("worker2", "甲", "partner", world.county, "partner"))
    assert client.get("/layouts/headings/").status_code in (302, 403)


def test_a_map_for_people_is_made_from_an_old_table_too(client, world):
    """The same way leads to the layout by which lists of people come in and go out."""
    client.force_login(world.county_officer)
    world.worker()
    assert "export=layout" in client.get("/workers/").content.decode()
    back = "/workers/?export=layout"
    page = client.post(
        "/layouts/headings/", {"listing": WORKERS, "back": back, "pasted": "序号\t姓名\t就业状态"}
    )
    form = page.context["form"]
    assert form.written == ["序号", "姓名", "就业状态"]
    assert [form.initial[f"column_{at}"] for at in range(3)] == ["", "name", "status"]
    sent = {"name": "旧表", "org": world.county.pk, "back": back, "column_1": "name", "column_2": "status"}
    sent["headings"] = form.initial["headings"]
    assert client.post(reverse("save_layout"), sent)["Location"] == back
    page = client.get(back).content.decode()
    assert "旧表" in page and "export=xlsx&amp;layout=" in page


def test_headings_are_read_from_what_was_copied():
    assert plain(headings_in("姓名\t性别\t手机号\n张某\t男\t\n", KNOWN)) == ["姓名", "性别", "手机号"]
    assert plain(headings_in("姓名\n性别\n\n手机号", KNOWN)) == ["姓名", "性别", "手机号"]
    two_rows = "序号\t基本情况\t\t备注\n\t姓名\t性别\t"
    assert plain(headings_in(two_rows, KNOWN)) == ["序号", "姓名", "性别", "备注"]
    assert headings_in("", KNOWN) == []


def test_what_stands_above_is_kept_where_two_would_be_the_same():
    table = workbook(
        ("本人", None, "联系人", None), ("姓名", "手机号", "姓名", "手机号"), merged=("A1:B1", "C1:D1")
    )
    parts = headings_of(table, KNOWN)
    assert plain(parts) == joined(parts) == ["本人/姓名", "本人/手机号", "联系人/姓名", "联系人/手机号"]


def test_equal_names_go_before_parts_and_none_is_given_twice():
    assert matched(["联系人手机号", "手机号", "姓  名", "姓名"], KNOWN) == ["kin", "telephone", "name", ""]
    assert matched(["姓名（汉字）", "民族"], KNOWN) == ["name", ""]
    assert matched(["手机"], KNOWN) == [""], "which of the two is for a person to say"


def test_every_column_of_a_list_has_a_key_of_its_own():
    assert list_named(ORGS) is not None and len(LISTS) > 30
    twice = []
    for name, kind in LISTS.items():
        for columns in (kind.columns, kind.export_columns):
            keys = [one.kept_as for one in columns]
            twice += [
                f"{name}: give one column {key} ``known_as``" for key in set(keys) if keys.count(key) > 1
            ]
    assert twice == []
