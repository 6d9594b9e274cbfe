"""zhitong import: a foreign list is tried first, and stored only when asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.site.installation import Installation

pytestmark = [pytest.mark.slow, pytest.mark.sqlite]

HEAD = "ad_id,title,company_id,city_raw,salary_raw,headcount\n"
GOOD = "a1,电焊工,c1,宁波市,6000-8500元,10\n"
FACELESS = "a2,电焊工,c1,宁波市,面议,10\n"
DEMANDS = """
from zhitong.employers.models import Demand
print(Demand.objects.exclude(external_code="").count())
"""


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    path = tmp_path / "岗位 表.csv"
    path.write_text(HEAD + GOOD + FACELESS, encoding="gb18030")
    return path


def test_a_dry_run_stores_nothing(sample: Installation, posts: Path, tmp_path: Path) -> None:
    printed = sample.zhitong("import", "posts", posts, "--refused", tmp_path / "退回.xlsx")
    assert "读取 2 行" in printed and "没有存入任何一行" in printed
    assert sample.ask(DEMANDS) == "0"
    rows = CalamineWorkbook.from_path(tmp_path / "退回.xlsx").get_sheet_by_index(0).to_python()
    assert rows[0][:6] == HEAD.strip().split(",") and rows[1][0] == "a2" and rows[1][-1]


def test_what_is_good_is_stored_once(copy: Installation, posts: Path) -> None:
    assert "已入库 1 行" in copy.zhitong("import", "posts", posts, "--apply")
    assert "已入库 0 行" in copy.zhitong("import", "posts", posts, "--apply")
    assert copy.ask(DEMANDS) == "1"


def test_a_file_that_is_missing_or_no_table(sample: Installation, tmp_path: Path) -> None:
    assert "没有找到文件" in sample.zhitong("import", "posts", tmp_path / "none.csv", expect=1)
    (tmp_path / "odd.csv").write_bytes(b"\x00\xff\xfe\x01")
    printed = sample.zhitong("import", "posts", tmp_path / "odd.csv", expect=1)
    assert "Traceback" not in printed and "。" in printed


def test_an_organisation_that_does_not_exist(sample: Installation, posts: Path) -> None:
    assert "没有找到采集单位" in sample.zhitong("import", "posts", posts, "--org", "天上局", expect=1)
