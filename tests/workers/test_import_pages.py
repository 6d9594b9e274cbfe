"""A list in the browser, from the file to its entry and back, without scripts."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from tests.workers.lists import HEAD, checked, file_of, findings, person, workbook
from tests.workers.test_check_import import row_of
from zhitong.kernel.models import Job, Record
from zhitong.workers.models import Import, Layout, Worker

NEW = "/workers/lists/new/stage_import/"


@pytest.fixture
def desk(world, client):
    """The village officer at a desk."""
    client.force_login(world.village_officer)
    return client


def hand_in(client, world, rows, run, **more):
    data = rows if isinstance(rows, bytes) else workbook(rows)
    typed = {
        "file": file_of(data), "org": f"{world.village.pk} {world.village.name}",
        "listed_on": timezone.localdate().isoformat(), "agreed": "on", **more,
    }  # fmt: skip
    with run(execute=True):
        return client.post(NEW, typed)


def text_of(answer):
    page = answer.content.decode()
    return re.sub(r"\s+", " ", page)


def test_from_the_file_to_the_entry_and_back(desk, world, django_capture_on_commit_callbacks):
    known = world.worker(name="陆大江")
    rows = [HEAD, person(world), row_of(known, school="高中"), ["陆错号", "529901199005010099"]]
    answer = hand_in(desk, world, rows, django_capture_on_commit_callbacks)
    imported = Import.objects.get()
    assert answer.url == f"/workers/lists/{imported.pk}/" and imported.state == "checked"
    page = text_of(desk.get(answer.url))
    assert "已检查，未入册" in page and "下载退回的行" in page
    report = text_of(desk.get(f"{answer.url}rows/"))
    assert "校验位不对" in report and "文化程度：初中 → 高中（中专、技校）" in report
    assert known.id_number.open() not in report and known.id_number.open()[-4:] in report
    only = text_of(desk.get(f"{answer.url}rows/?verdict=refused"))
    assert "陆错号" not in only or "陆新人" not in only
    assert desk.post(f"{answer.url}apply_import/", {"part": "good"}).status_code == 302
    assert Worker.objects.filter(name="陆新人").exists()
    page = text_of(desk.get(answer.url))
    assert "办理结果" in page and "撤销" in page
    assert desk.get(f"{answer.url}effects/").status_code == 200
    assert desk.post(f"{answer.url}undo_import/", {}).status_code == 302
    assert not Worker.objects.filter(name="陆新人").exists()


def test_headings_that_nobody_knows_are_asked_about(desk, world, django_capture_on_commit_callbacks):
    rows = [["大名", "证件", "去向"], ["陆新人", world.identity(), "打工去了"]]
    answer = hand_in(desk, world, rows, django_capture_on_commit_callbacks)
    imported = Import.objects.get()
    assert answer.url == f"/workers/lists/{imported.pk}/check_import/"
    assert "大名" in text_of(desk.get(answer.url))
    typed = {
        "column_0": "name",
        "column_1": "id_number",
        "column_2": "status",
        "words": "去向：打工去了=在家",
    }
    assert desk.post(answer.url, {**typed, "words": "瞎写"}).status_code == 422
    assert desk.post(answer.url, {**typed, "column_1": "name"}).status_code == 422
    assert desk.post(answer.url, typed).status_code == 302
    imported.refresh_from_db()
    assert imported.words == {"status": {"打工去了": "home"}}


def test_a_row_is_decided_on_its_page(desk, world):
    rows = [["姓名", "身份证号", "性别"], ["甲一", world.identity(), "女"], ["甲二", world.identity(), "女"]]
    imported = checked(world.village_officer, world.village, rows)
    first, second = findings(imported)
    assert "有 2 行要您决定" in text_of(desk.get(f"/workers/lists/{imported.pk}/"))
    assert "性别是男" in text_of(desk.get(f"/workers/lists/rows/{first.pk}/"))
    answer = desk.post(f"/workers/lists/rows/{first.pk}/decide_row/", {"decision": "take"})
    assert answer.url == f"/workers/lists/rows/{second.pk}/decide_row/"
    answer = desk.post(answer.url, {"decision": "leave"})
    assert answer.url == f"/workers/lists/{imported.pk}/"


def test_opening_a_row_is_a_look_at_whoever_was_recognised(desk, world):
    known = world.worker(name="陆大江")
    rows = [["姓名", "身份证号", "性别"], ["陆大海", known.id_number.open(), "女"]]
    [row] = findings(checked(world.village_officer, world.village, rows))
    looks = Record.objects.concerning(known).filter(verb="note_reading", actor=world.village_officer)
    assert desk.get(f"/workers/lists/rows/{row.pk}/decide_row/").status_code == 200
    assert looks.count() == 1
    assert desk.get(f"/workers/lists/rows/{row.pk}/").status_code == 200
    assert looks.count() == 1
    looks.update(at=timezone.now() - dt.timedelta(days=1))
    desk.get(f"/workers/lists/rows/{row.pk}/")
    assert looks.count() == 2


def test_refused_rows_come_back_in_the_senders_layout(desk, world):
    rows = [
        ["附件2 柳树村务工情况", None, None, None, None],
        ["序号", "基本信息", None, "户主信息", None],
        [None, "姓名", "公民身份号码", "姓名", "与户主关系"],
        [1, "陆大树", world.identity(), "陆大树", "户主"],
        [2, "陆错号", "529901199005010099", "陆大树", "长子"],
        [3, "陆舍入", 529901199005010017, "陆大树", "次子"],
    ]
    data = workbook(rows, merged=("A2:A3", "B2:C2", "D2:E2"))
    imported = checked(world.village_officer, world.village, data)
    answer = desk.get(f"/workers/lists/{imported.pk}/returned/")
    content = b"".join(answer.streaming_content)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    back = sheet.to_python(skip_empty_area=False)
    assert back[0][0] == "附件2 柳树村务工情况" and back[1][1] == "基本信息" and back[2][-1] == "退回原因"
    assert [(row[1], row[-1][:8]) for row in back[3:]] == [
        ("陆错号", "身份证号的校验位"),
        ("陆舍入", "这个身份证号被电"),
    ]
    assert ((1, 1), (1, 2)) in sheet.merged_cell_ranges
    assert Record.objects.get(verb="take_refused_rows").row_count == 2
    again = checked(world.village_officer, world.village, content, name="改过.xlsx")
    assert [one.verdict for one in findings(again)] == ["refused", "refused"]


def test_our_own_template_can_be_filled_in(desk, world):
    content = b"".join(desk.get("/workers/lists/blank/").streaming_content)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    [head] = [row for row in sheet.to_python() if "姓名" in row]
    row = {
        "姓名": "陆新人",
        "身份证号": world.identity(),
        "就业状态": "在家，想外出务工",
        "文化程度": "高中（中专、技校）",
    }
    imported = checked(world.village_officer, world.village, [head, [row.get(one, "") for one in head]])
    [one] = findings(imported)
    assert (one.verdict, one.codes) == ("new", []) and all(field for _heading, field in imported.columns)


def test_a_layout_is_saved_and_corrected(desk, world):
    imported = checked(world.village_officer, world.village, [HEAD, person(world)])
    url = f"/workers/lists/layouts/new/save_layout/?imported={imported.pk}"
    assert desk.get(url).status_code == 200
    typed = {"imported": imported.pk, "name": "村里旧表", "org": str(world.village.pk), "column_0": "name"}
    assert desk.post(url, typed).status_code == 302
    assert desk.post(url, {**typed, "column_1": "id_number"}).status_code == 302
    layout = Layout.objects.get()
    assert (layout.version, layout.columns[1]) == (2, ["身份证号", "id_number"])
    assert desk.get(f"/workers/lists/layouts/{layout.pk}/").status_code == 200
    assert desk.get("/workers/lists/layouts/").status_code == 200


def test_a_long_list_is_worked_on_while_nobody_waits(
    desk, world, monkeypatch, django_capture_on_commit_callbacks
):
    from zhitong.workers.views import imports

    monkeypatch.setattr(imports, "AT_ONCE", 0)
    imported = checked(world.village_officer, world.village, [HEAD, person(world)])
    url = f"/workers/lists/{imported.pk}/"
    assert f"{url}carry/" in text_of(desk.get(url))
    assert "共 2 行" in text_of(desk.get(f"{url}carry/"))
    assert desk.post(f"{url}carry/", {"part": "most"}).status_code == 422
    assert desk.post(f"{url}carry/", {"part": "all"}).url == url
    page = text_of(desk.get(url))
    assert "进度" in page and f"{url}carry/" not in page and f"{url}discard_import/" not in page
    with django_capture_on_commit_callbacks(execute=True):
        Job.objects.filter(pk=Import.objects.get().job_id).delete()
        desk.post(f"{url}carry/", {"part": "all"})
    assert Import.objects.get().job.given["part"] == "all"
    imported.refresh_from_db()
    assert imported.state == "applied" and imported.applied_by == world.village_officer
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(f"{url}carry/")
    imported.refresh_from_db()
    assert imported.state == "undone"
    assert desk.get(f"{url}carry/").status_code == 404


def test_lists_are_linked_from_the_register(desk, world):
    assert "/workers/lists/" in text_of(desk.get("/workers/"))
    assert desk.get("/workers/lists/").status_code == 200


def test_elsewhere_lists_look_absent(world, client):
    imported = checked(world.village_officer, world.village, [HEAD, person(world)])
    client.force_login(world.stranger)
    for part in ("", "rows/", "effects/", "returned/", "carry/", "apply_import/", "check_import/"):
        assert client.get(f"/workers/lists/{imported.pk}/{part}").status_code == 404, part
    client.force_login(world.auditor)
    assert client.get(f"/workers/lists/{imported.pk}/").status_code == 200
    assert client.get("/workers/lists/blank/").status_code == 403
