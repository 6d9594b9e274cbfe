"""A staged list is compared with the register: a report, and nothing written."""

from __future__ import annotations

import pytest

from tests.workers.lists import HEAD, check, checked, codes, findings, person, stage, workbook
from tests.workers.test_workers_page import browser
from zhitong.kernel.actions import open_org
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Org
from zhitong.workers.actions import Reading, check_import, withdraw_worker
from zhitong.workers.importing import guess_field
from zhitong.workers.models import Worker


def row_of(worker, **more):
    given = {
        "phone": worker.telephone.open(),
        "school": "初中",
        "status": "想外出",
        "city": "",
        "skill": "",
        **more,
    }
    return [worker.name, given.get("number", worker.id_number.open()), given["phone"], given["school"],
            given["status"], given["city"], given["skill"]]  # fmt: skip


def test_it_works(world):
    known, moved = world.worker(name="陆大江"), world.worker(name="何小溪", sex="F")
    before = Worker.objects.count()
    rows = [
        HEAD,
        person(world),
        row_of(known),
        row_of(moved, status="外出务工", city="海州"),
        ["陆错号", "529901199005010099", "", "", "", "", ""],
        ["合计", 4],
    ]
    imported = checked(world.village_officer, world.village, rows)
    assert codes(imported) == [
        ("new", []), ("same", []), ("changed", []), ("refused", ["id_number_check"]),
    ]  # fmt: skip
    assert imported.counts == {"new": 1, "changed": 1, "same": 1, "duplicate": 0, "refused": 1, "asks": 0}
    changed = findings(imported)[2]
    assert changed.worker == moved and changed.read["differences"] == [
        ["status", "在家，想外出务工", "在外务工（海州市）"]
    ]  # fmt: skip
    assert Worker.objects.count() == before


def test_a_stranger_cannot(world):
    imported = stage(world.village_officer, world.village, [HEAD, person(world)])
    with pytest.raises(Refusal) as caught:
        check_import(by=world.stranger, imported=imported)
    assert caught.value.code == "out_of_reach"


def test_identity_numbers_as_offices_write_them(world):
    number = world.identity()
    old = "529901" + "900501" + "001"
    full = "".join(chr(ord(one) + 0xFEE0) for one in world.identity())
    rows = [
        ["姓名", "身份证号"],
        ["甲一", f" {number[:6]} {number[6:14]} {number[14:]} "],
        ["甲二", full],
        ["甲三", old],
        ["甲四", float(number[:17] + "0")],
        ["甲五", "5.2E+17"],
        ["甲六", number[:15] + "000"],
        ["甲七", number],
        ["甲八", "12345"],
    ]
    imported = checked(world.village_officer, world.village, rows)
    found = [(verdict, some[:1]) for verdict, some in codes(imported)]
    assert [verdict for verdict, _codes in found[:3]] == ["new", "new", "new"]
    assert found[3:] == [
        ("refused", ["id_number_rounded"]), ("refused", ["id_number_rounded"]), ("refused", ["id_number_rounded"]),
        ("refused", ["id_number_repeated"]), ("refused", ["id_number_shape"]),
    ]  # fmt: skip


def test_a_number_repeated_on_another_sheet_names_the_sheet(world):
    row = person(world)
    data = workbook([HEAD, row], [HEAD, row], names=("一组", "二组"))
    imported = checked(world.village_officer, world.village, data)
    assert codes(imported)[1] == ("refused", ["id_number_repeated"])
    [told] = findings(imported)[1].read["told"]
    assert "“一组”第2行" in told[3]


def test_what_contradicts_the_number_is_a_question(world):
    head = ["姓名", "身份证号", "性别", "出生日期"]
    rows = [
        head,
        ["甲一", world.identity(), "女", "1990-05-01"],
        ["甲二", world.identity(), "男", "1991.5.1"],
    ]
    imported = checked(world.village_officer, world.village, rows)
    first, second = findings(imported)
    assert (first.verdict, first.asks, first.codes[0]) == ("new", True, "sex_contradicts_id_number")
    assert (second.asks, second.codes[0]) == (True, "birth_contradicts_id_number")
    assert first.read["facts"]["sex"] == "M" and imported.counts["asks"] == 2


def test_somebody_elses_number_is_a_question(world):
    known = world.worker(name="陆大江")
    imported = checked(
        world.village_officer, world.village, [HEAD, row_of(known), ["何小溪", *row_of(known)[1:]]]
    )
    assert codes(imported)[1] == ("refused", ["id_number_repeated"])
    imported = checked(world.village_officer, world.village, [HEAD, ["何小溪", *row_of(known)[1:]]])
    [one] = findings(imported)
    assert (one.verdict, one.asks, one.codes) == ("changed", True, ["name_differs"])


def test_somebody_without_a_number_may_be_on_the_register(world):
    known = world.worker(name="陆大江")
    rows = [
        ["姓名", "身份证号", "手机号"],
        ["陆大江", "", known.telephone.open()],
        ["陆不知", "", "15400009999"],
    ]
    imported = checked(world.village_officer, world.village, rows)
    one, other = findings(imported)
    assert (one.verdict, one.worker, one.codes) == ("duplicate", known, ["maybe_same_person"])
    assert (other.verdict, other.codes) == ("refused", ["id_number_missing"])


def test_somebody_elsewhere_is_not_named(world):
    far = world.worker(name="陆远方", village=world.far_village)
    imported = checked(world.village_officer, world.village, [HEAD, row_of(far)])
    [one] = findings(imported)
    assert (one.verdict, one.codes, one.worker) == ("refused", ["registered_elsewhere"], None)


def test_who_left_the_register_is_not_brought_back(world):
    gone = world.worker(name="陆大江")
    withdraw_worker(by=world.village_officer, worker=gone)
    imported = checked(world.village_officer, world.village, [HEAD, row_of(gone)])
    assert codes(imported) == [("refused", ["not_on_register"])]


def test_a_newer_check_is_not_replaced(world):
    known = world.worker(name="陆大江")
    import datetime as dt

    day = known.status_checked_on - dt.timedelta(days=1)
    imported = checked(
        world.village_officer,
        world.village,
        [HEAD, row_of(known, status="在外", city="海州市")],
        listed_on=day,
    )
    assert codes(imported) == [("same", ["newer_check_exists"])]


def test_whoever_works_away_has_a_city(world):
    rows = [HEAD, person(world, status="外出"), person(world, status="外出", city="没有这个市")]
    imported = checked(world.village_officer, world.village, rows)
    assert codes(imported) == [("refused", ["work_region_missing"]), ("refused", ["work_city_unknown"])]


def test_villages_of_a_township(world):
    head = ["村", *HEAD]
    rows = [
        head,
        ["柳树", *person(world)],
        ["河口镇枫香村", *person(world)],
        ["远坝村", *person(world)],
        ["", *person(world)],
    ]
    imported = checked(world.township_officer, world.town, rows)
    found = findings(imported)
    assert [one.village for one in found[:2]] == [world.village, world.other_village]
    assert [one.codes for one in found[2:]] == [["village_unknown"], ["village_missing"]]


def test_each_sheet_is_a_village(world):
    data = workbook([HEAD, person(world)], [HEAD, person(world)], names=("柳树村", "枫香村"))
    imported = checked(world.township_officer, world.town, data)
    assert [one.village for one in findings(imported)] == [world.village, world.other_village]


def test_a_village_sends_its_own_people_only(world):
    imported = checked(world.village_officer, world.village, [["村", *HEAD], ["枫香村", *person(world)]])
    assert codes(imported) == [("refused", ["village_out_of_reach"])]


def test_headings_of_two_rows_under_notes(world):
    rows = [
        ["附件2", None, None, None, None],
        ["青山县农村劳动力外出务工情况统计表"],
        ["填报单位：柳树村", None, None, "2026年11月"],
        ["序号", "基本信息", None, "户主信息", None, "务工信息", None],
        [None, "姓名", "公民身份号码", "姓名", "与户主关系", "务工状态", "务工地"],
        [1, "陆大树", world.identity(), "陆大树", "户主", "外出", "沿海省海州市某厂"],
        [2, "何小草", world.identity(sex="F"), "陆大树", "妻", "在家", None],
        ["合计", "2人"],
        ["填表人：李某", None, None, None, "负责人："],
    ]
    merged = ("A4:A5", "B4:C4", "D4:E4", "F4:G4")
    imported = checked(world.village_officer, world.village, workbook(rows, merged=merged))
    assert [verdict for verdict, _codes in codes(imported)] == ["new", "new"]
    fields = dict(imported.columns)
    assert fields["户主信息/姓名"] == "head" and fields["基本信息/姓名"] == "name" and fields["序号"] == ""
    assert findings(imported)[0].read["facts"]["city"] == world.host_city.pk


def test_a_title_over_every_column_is_no_heading(world):
    rows = [
        ["青山县农村劳动力名册", None, None],
        ["姓名", "公民身份号码", "务工状态"],
        ["陆大树", world.identity(), "外出"],
    ]
    imported = stage(world.village_officer, world.village, workbook(rows, merged=("A1:C1",)))
    assert imported.columns == [["姓名", "name"], ["公民身份号码", "id_number"], ["务工状态", "status"]]


def test_the_person_corrects_the_column_map(world):
    number = world.identity()
    imported = stage(
        world.village_officer, world.village, [["大名", "证件", "年龄"], ["陆新人", number, "三十"]]
    )
    with pytest.raises(Refusal) as caught:
        check_import(by=world.village_officer, imported=imported)
    assert caught.value.code == "columns_missing"
    reading = Reading(("大名", "证件", "年龄"), ("name", "id_number", ""))
    assert codes(check(world.village_officer, imported, reading=reading))[0][0] == "new"


def test_a_wrong_column_map_is_refused(world, no):
    imported = stage(world.village_officer, world.village, [HEAD, person(world)])
    given = {"by": world.village_officer, "imported": imported}
    assert no(check_import, reading=Reading(("姓名",), ("name", "sex")), **given) == "columns_uneven"
    assert no(check_import, reading=Reading(("姓名", "名"), ("name", "name")), **given) == "field_twice"
    assert no(check_import, reading=Reading(("姓名",), ("wage",)), **given) == "not_a_choice"


def test_headings_of_three_rows_are_no_people(world):
    rows = [
        ["青山镇返乡人员汇总表（第二次上报）"],
        ["名字", "证件号码（18位）", "外出情况", None, None, None],
        [None, None, "去向", None, "联系", None],
        [None, None, "省外/省内", "城市", "本人", "家属"],
        ["陆大树", world.identity(), None, "海州市", None, None],
    ]
    merged = ("A1:F1", "A2:A4", "B2:B4", "C2:F2", "C3:D3", "E3:F3")
    imported = checked(world.village_officer, world.village, workbook(rows, merged=merged))
    assert [verdict for verdict, _codes in codes(imported)] == ["new"]
    assert [heading for heading, _field in imported.columns][2:] == [
        "外出情况/去向/省外/省内", "外出情况/去向/城市", "外出情况/联系/本人", "外出情况/联系/家属",
    ]  # fmt: skip


def test_people_may_follow_at_once_below_a_heading_over_two_columns(world):
    rows = [["姓名", "身份证号", "手机号", None], ["陆大树", world.identity(), "15400001111", None]]
    imported = checked(world.village_officer, world.village, workbook(rows, merged=("C1:D1",)))
    assert [verdict for verdict, _codes in codes(imported)] == ["new"]


def test_a_sheet_without_headings_is_told(world):
    notes = [["本表由各村填写"], ["不清楚的请来电"]]
    imported = checked(
        world.village_officer, world.village, workbook([HEAD, person(world)], notes, names=("一组", "说明"))
    )
    assert imported.unread_sheets == [("说明", 2)]
    page = browser(world.village_officer).get(f"/workers/lists/{imported.pk}/").content.decode()
    assert "工作表“说明”里没有认出表头，它的 2 行没有读。" in page


def test_columns_that_were_not_understood_are_named_first(world):
    rows = [[*HEAD, "序号", "家里几亩地"], [*person(world), "1", "三亩"]]
    imported = checked(world.village_officer, world.village, rows)
    assert imported.passed_columns == ["序号", "家里几亩地"]
    page = browser(world.village_officer).get(f"/workers/lists/{imported.pk}/").content.decode()
    assert "没有认出这几列，没有读：家里几亩地。" in page


@pytest.mark.parametrize(
    ("heading", "name"), [("现在情况", "status"), ("文化", "education"), ("现状", "status")]
)
def test_headings_that_villages_write_are_known(heading, name):
    assert guess_field(heading) == name


@pytest.mark.parametrize("said", ["柳树村", "柳树", "柳树村委会", "柳树村村民委员会", "河口镇柳树村"])
def test_a_village_is_known_by_its_name_whatever_its_committee_is_called(world, said):
    """Organisations bear the names of committees; lists name the village."""
    Org.objects.filter(pk=world.village.pk).update(name="柳树村村民委员会")
    rows = [[*HEAD, "村"], [*person(world), said]]
    imported = checked(world.township_officer, world.town, rows)
    assert [one.village_id for one in findings(imported)] == [world.village.pk]
    assert codes(checked(world.village_officer, world.village, rows)) == [("new", [])]


@pytest.mark.parametrize(
    ("said", "found"), [("柳树社区", "柳树社区居民委员会"), ("柳树村", "柳树村村民委员会"), ("柳树", None)]
)
def test_a_village_and_a_community_of_one_name_are_told_apart(world, said, found):
    Org.objects.filter(pk=world.village.pk).update(name="柳树村村民委员会")
    open_org(by=world.administrator, parent=world.town, kind="village", name="柳树社区居民委员会")
    imported = checked(world.township_officer, world.town, [[*HEAD, "村"], [*person(world), said]])
    [one] = findings(imported)
    assert (one.village and one.village.name) == found
    assert one.codes == ([] if found else ["village_ambiguous"])


def test_words_of_a_bureau_are_translated(world):
    imported = stage(
        world.village_officer, world.village, [HEAD, person(world, status="打工去了", city="海州")]
    )
    assert codes(check(world.village_officer, imported)) == [("refused", ["status_unknown"])]
    reading = Reading(
        tuple(HEAD), tuple(name for _h, name in imported.columns), {"status": {"打工去了": "away"}}
    )
    assert codes(check(world.village_officer, imported, reading=reading))[0][0] == "new"


def test_an_applied_list_is_not_checked_again(world, no):
    from zhitong.workers.actions import apply_import

    imported = checked(world.village_officer, world.village, [HEAD, person(world)])
    imported = apply_import(by=world.village_officer, imported=imported)
    assert no(check_import, by=world.village_officer, imported=imported) == "wrong_state"
