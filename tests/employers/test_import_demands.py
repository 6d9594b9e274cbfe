"""import_demands: posts of a list that somebody else wrote are read, reported, and stored in one go."""

from __future__ import annotations

import csv
import gzip
import os
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from zhitong.employers.actions import PostBatch, close_demand, import_demands
from zhitong.employers.importing import import_posts
from zhitong.employers.models import Demand, Employer
from zhitong.kernel.chain import breaks
from zhitong.kernel.models import Org, Record
from zhitong.kernel.sheets import write_bulk
from zhitong.site.reference import load_everything

COLUMNS = (
    "ad_id",
    "title",
    "company_id",
    "city_raw",
    "salary_raw",
    "headcount",
    "education",
    "description",
    "备注",
)
GOOD = ("A1", "电焊工", "C9", "海州市", "6000-8000元/月", "招3人", "初中", "包食宿", "")


def row(**cells):
    return tuple({**dict(zip(COLUMNS, GOOD, strict=True)), **cells}.values())


@pytest.fixture
def sheet(tmp_path, world):
    """Write rows to a file as a sender would; the world knows the welder's occupation."""
    world.welder, world.sewer  # noqa: B018 - made by being asked for

    def write(*rows, encoding="utf-8-sig", columns=COLUMNS):
        path = tmp_path / "posts.csv"
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows([columns, *rows])
        return path

    return write


def bring_in(world, path, apply=True, **given):
    return import_posts(
        **{"by": world.county_officer, "org": world.county, "path": path, "apply": apply, **given}
    )


def test_it_works(world, sheet):
    report = bring_in(world, sheet(row(), row(ad_id="A2", title="缝制工", salary_raw="5千-7千/月")))
    assert (report.read, report.stored, report.refused) == (2, 2, [])
    demand = Demand.objects.get(external_code="A1")
    assert (demand.state, demand.seats, demand.occupation) == ("submitted", 3, world.welder)
    assert (demand.wage_low_fen, demand.wage_high_fen, demand.region) == (600_000, 800_000, world.host_city)
    assert (demand.education_min, demand.collected_by, demand.county) == (2, world.county, world.county)
    employer = Employer.objects.get(external_code="C9")
    assert demand.employer == employer and demand.employer_org == employer.org
    assert (employer.state, employer.credit_code, employer.org.name) == (
        "waiting",
        None,
        "（广告）用人单位 C9",
    )
    line = Record.objects.get(verb="import_demands")
    assert (line.row_count, line.county, list(breaks())) == (2, world.county, [])


def test_a_dry_run_stores_nothing(world, sheet):
    report = bring_in(world, sheet(row(), row(ad_id="A2", salary_raw="面议")), apply=False)
    assert (report.read, len(report.posts), len(report.refused), report.stored) == (2, 1, 1, 0)
    assert "没有存入" in report.describe() and "salary_negotiable" in report.describe()
    assert Demand.objects.count() == Employer.objects.count() == 0


def test_the_same_file_twice_changes_nothing(world, sheet):
    path = sheet(row(), row(ad_id="A2", title="缝制工"))
    bring_in(world, path)
    before = list(Demand.objects.values()), Org.objects.count(), Record.objects.count()
    report = bring_in(world, path)
    assert (report.known, report.stored, report.posts) == (2, 0, [])
    assert (list(Demand.objects.values()), Org.objects.count(), Record.objects.count()) == before


def test_a_later_file_adds_to_the_same_employer(world, sheet):
    bring_in(world, sheet(row()))
    assert bring_in(world, sheet(row(), row(ad_id="A2", title="缝制工"))).stored == 1
    assert Employer.objects.count() == 1 and Demand.objects.count() == 2


def test_of_two_who_store_the_same_at_once_nothing_is_double(world, sheet):
    batch = PostBatch(bring_in(world, sheet(row()), apply=False).posts)
    given = {"by": world.county_officer, "org": world.county, "batch": batch}
    assert (import_demands(**given), import_demands(**given)) == (1, 0)
    assert Demand.objects.count() == 1


def test_refused_rows_go_back_in_their_own_layout(world, sheet, tmp_path):
    report = bring_in(
        world, sheet(row(备注="=1+1"), row(ad_id="A2", salary_raw="面议", 备注="=cmd|' /C calc'!A0"))
    )
    assert report.write_refused(tmp_path / "bad.xlsx") == 1
    lines = CalamineWorkbook.from_path(tmp_path / "bad.xlsx").get_sheet_by_index(0).to_python()
    assert lines[0] == [*COLUMNS, "退回原因"]
    assert lines[1][:2] == ["A2", "电焊工"] and lines[1][8] == "=cmd|' /C calc'!A0"
    assert "面议" in lines[1][9]


def test_a_corrected_workbook_comes_back(world, sheet, tmp_path):
    report = bring_in(world, sheet(row(), row(ad_id="A2", salary_raw="面议")))
    report.write_refused(tmp_path / "bad.xlsx")
    lines = CalamineWorkbook.from_path(tmp_path / "bad.xlsx").get_sheet_by_index(0).to_python()
    lines[1][4] = "5000-6000元/月"
    with (tmp_path / "again.xlsx").open("wb") as target:
        write_bulk(target, "again", lines[0], lines[1:])
    assert bring_in(world, tmp_path / "again.xlsx").stored == 1
    assert set(Demand.objects.values_list("external_code", flat=True)) == {"A1", "A2"}


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"ad_id": ""}, "number_missing"),
        ({"ad_id": "x" * 81}, "number_too_long"),
        ({"company_id": " "}, "employer_missing"),
        ({"title": ""}, "title_missing"),
        ({"city_raw": "仙境"}, "place_unknown"),
        ({"city_raw": ""}, "place_missing"),
        ({"salary_raw": ""}, "salary_missing"),
        ({"salary_raw": "面议"}, "salary_negotiable"),
        ({"salary_raw": "900元/月"}, "wage_too_low"),
        ({"description": "限男性"}, "unlawful_sex_men"),
        ({"description": "年龄45岁以内"}, "unlawful_age_limit"),
    ],
)
def test_each_row_is_refused_with_its_reason(world, sheet, cells, code):
    report = bring_in(world, sheet(row(**cells)))
    assert report.reasons == {code: 1} and Demand.objects.count() == 0
    assert report.refused[0].sentence.endswith("。")


def test_a_number_that_comes_twice_is_taken_once(world, sheet):
    report = bring_in(world, sheet(row(), row(title="缝制工")))
    assert report.reasons == {"number_repeated": 1} and Demand.objects.get().title == "电焊工"


def test_unseen_characters_and_formulas_do_no_harm(world, sheet):
    bring_in(world, sheet(row(title="=电\u202e焊工\x07", description="包\u200b吃住\r\n=1+1")))
    demand = Demand.objects.get()
    assert (demand.title, demand.details) == ("电焊工", "包吃住\n=1+1")


def test_files_of_other_offices_are_read(world, sheet, tmp_path):
    path = sheet(row(), encoding="gb18030", columns=("AD_ID ", *COLUMNS[1:]))
    packed = tmp_path / "posts.csv.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert bring_in(world, packed).stored == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "sheet_empty"),
        ("岗位,工资\n电焊工,6000\n".encode(), "headings_missing"),
        (b"ad_id,title\nA1,x\n", "columns_missing"),
        (b"\x1f\x8b\x08\x00broken", "file_broken"),
        (b"PK\x03\x04\xff\xfe\x00\x00\x81", "sheet_unreadable"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_whole(world, sheet, tmp_path, no, content, code):
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    assert no(bring_in, world=world, path=path).code == code


def test_a_stranger_cannot(world, sheet, no):
    batch = PostBatch(bring_in(world, sheet(row()), apply=False).posts)
    for somebody in (world.stranger, world.station_staff):
        assert no(import_demands, by=somebody, org=world.county, batch=batch).code == "not_allowed"
    assert (
        no(import_demands, by=world.other_county_officer, org=world.county, batch=batch).code == "not_allowed"
    )


def test_what_was_closed_is_not_brought_back(world, sheet):
    path = sheet(row())
    bring_in(world, path)
    close_demand(by=world.county_officer, demand=Demand.objects.get(), reason="untrue")
    assert bring_in(world, path).stored == 0
    assert Demand.objects.get().state == "closed"


REAL = os.environ.get("ZHITONG_JOB_ADS", "")


@pytest.mark.slow
@pytest.mark.skipif(
    not REAL, reason="ZHITONG_JOB_ADS names no file of real advertisements; they are not shipped"
)
def test_the_real_advertisements(db, tmp_path):
    """Every row is stored or sent back with a sentence, and a second reading changes nothing."""
    from zhitong.kernel.models import Account

    system = Account.objects.system()
    load_everything(system)
    city = Org.objects.get(kind="city_bureau")
    with gzip.open(REAL, "rt", encoding="utf-8", newline="") as file:
        numbers = [one["ad_id"] for one in csv.DictReader(file)]
    report = import_posts(by=system, org=city, path=Path(REAL), apply=True)
    assert report.read == len(numbers) == report.stored + len(report.refused)
    stored = set(Demand.objects.values_list("external_code", flat=True))
    returned = {one.number for one in report.refused}
    assert stored | returned == set(numbers) and not stored & returned
    assert all(one.sentence.endswith("。") for one in report.refused)
    assert report.stored > 0.8 * report.read, report.describe()
    assert not Demand.objects.exclude(wage_low_fen__gte=100_000, wage_high_fen__lte=20_000_000).exists()
    assert Record.objects.get(verb="import_demands").row_count == report.stored
    assert report.write_refused(tmp_path / "bad.xlsx") == len(report.refused)
    again = import_posts(by=system, org=city, path=Path(REAL), apply=True)
    assert (again.known, again.stored) == (report.stored, 0)
