"""zhitong import people: a list is tried first, taken up again, and enters only when asked for."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tests.workers.lists import HEAD, person, workbook
from zhitong.kernel.models import Region
from zhitong.site.commands import import_people
from zhitong.workers.actions import Reading, save_layout
from zhitong.workers.models import Import, Worker

pytestmark = pytest.mark.django_db
Call = Callable[..., tuple[int, str]]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Call the command as the console does; give its exit status and what it printed."""
    parser = argparse.ArgumentParser()
    import_people.arguments(parser)

    def called(*words: object) -> tuple[int, str]:
        status = import_people.perform(parser.parse_args([str(one) for one in words]))
        return status, capsys.readouterr().out

    return called


@pytest.fixture
def code(world: Any) -> str:
    """The code of the village."""
    region: Region = world.village.regions.get()
    return region.code


@pytest.fixture
def file(world: Any, tmp_path: Path) -> Path:
    """A list of one good row and one with a wrong number."""
    wrong = person(world, "陆错号", number="529901199005010099")
    path = tmp_path / "名 单.xlsx"
    path.write_bytes(workbook([HEAD, person(world), wrong], names=("一组",)))
    return path


def test_it_works(call, code, file):
    status, printed = call(file, "--village", code, "--agreed")
    assert status == 0 and "新增 1" in printed and "退回 1" in printed and "没有任何改动" in printed
    assert "一组 第 3 行：" in printed
    assert not Worker.objects.exists()
    status, printed = call(file, "--village", code, "--agreed", "--apply")
    assert status == 0 and "接着办理" in printed and "已入册：新增 1" in printed
    assert Worker.objects.get().name == "陆新人" and Import.objects.get().state == "applied"


def test_rows_that_do_not_enter_are_written_back(call, code, file, tmp_path):
    status, printed = call(
        file, "--village", code, "--agreed", "--apply", "--refused", tmp_path / "退回.xlsx"
    )
    assert status == 0 and "没有入册的 1 行" in printed
    rows = CalamineWorkbook.from_path(tmp_path / "退回.xlsx").get_sheet_by_index(0).to_python()
    assert rows[0][: len(HEAD)] == HEAD and rows[1][0] == "陆错号" and rows[1][-1]


def test_nothing_is_written_back_where_all_is_good(call, world, code, tmp_path):
    path = tmp_path / "好.xlsx"
    path.write_bytes(workbook([HEAD, person(world)]))
    status, printed = call(path, "--village", code, "--agreed", "--refused", tmp_path / "退回.xlsx")
    assert status == 0 and "没有退回的行" in printed and not (tmp_path / "退回.xlsx").exists()


def test_the_whole_list_or_nothing(call, code, file):
    status, printed = call(file, "--village", code, "--agreed", "--apply", "--whole")
    assert status == 1 and "不能全部入册" in printed and not Worker.objects.exists()


def test_without_agreement_nothing_is_kept(call, code, file):
    status, printed = call(file, "--village", code)
    assert status == 1 and "要先同意登记" in printed and not Import.objects.exists()


def test_agreement_to_share_is_kept(call, code, file):
    call(file, "--village", code, "--agreed", "--agreed-to-share", "--listed-on", "2026-03-01", "--apply")
    assert {one.purpose for one in Worker.objects.get().consents.all()} == {"register", "sensitive", "share"}
    assert Import.objects.get().listed_on.isoformat() == "2026-03-01"


def test_a_list_that_entered_does_not_enter_twice(call, code, file):
    call(file, "--village", code, "--agreed", "--apply")
    status, printed = call(file, "--village", code, "--agreed", "--apply")
    assert status == 1 and "没有重复办理" in printed and Worker.objects.count() == 1


def test_a_place_by_name_and_places_that_are_none(call, world, file):
    assert call(file, "--org", world.village.name, "--agreed")[0] == 0
    for words in (("--village", "999999"), ("--org", "天上村")):
        status, printed = call(file, *words, "--agreed")
        assert status == 1 and "没有找到这个村" in printed


def test_a_saved_layout_reads_odd_headings(call, world, code, tmp_path):
    reading = Reading(("甲", "乙"), ("name", "id_number"))
    save_layout(by=world.village_officer, org=world.village, name="旧表", reading=reading)
    path = tmp_path / "旧.csv"
    path.write_bytes(f"甲,乙\n陆新人,{world.identity()}\n".encode("gb18030"))
    status, printed = call(path, "--village", code, "--agreed")
    assert status == 1 and "没有找到表头" in printed
    status, printed = call(path, "--village", code, "--agreed", "--layout", "旧表")
    assert status == 0 and "新增 1" in printed
    assert "没有找到这个版式" in call(path, "--village", code, "--agreed", "--layout", "新表")[1]
