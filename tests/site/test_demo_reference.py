"""The shipped reference data, and that the demo's own tables fit it."""

import pytest

from zhitong.site.data import FOLDER, read_rows
from zhitong.site.demo import assumptions
from zhitong.site.demo.collectors import collectors
from zhitong.site.demo.reference import certificates, destinations, industries, trades, villages

ROWS = {
    "divisions_cn_2024": 3213,
    "division_code_history_cn": 6823,
    "zunyi_counties": 14,
    "zunyi_townships": 254,
    "zunyi_villages": 2093,
    "guizhou_townships": 1510,
    "guizhou_villages": 17964,
    "occupations_cn_2022": 2176,
    "industries_gbt4754_2017": 1971,
    "certificates_cn": 139,
    "construction_trades": 27,
    "migrant_worker_survey_national": 308,
    "guizhou_zunyi_figures": 69,
    "chartered_return_transport_events": 12,
    "shortage_occupations_top": 35,
    "shortage_occupations_balance": 4,
    "census2020_employed_by_occupation_province": 7776,
    "zunyi_orgs": 16,
}


@pytest.mark.parametrize(("name", "count"), ROWS.items())
def test_every_table_is_whole(name: str, count: int) -> None:
    assert sum(1 for _ in read_rows(name)) == count


def test_every_table_is_listed_here_and_in_the_readme() -> None:
    files = {path.name for path in FOLDER.glob("*.csv*")}
    readme = (FOLDER / "README.md").read_text("utf-8")
    assert {name.split(".")[0] for name in files} == set(ROWS)
    assert [name for name in files if f"`{name}`" not in readme] == []


@pytest.mark.parametrize(
    "credit", ["GeoNames", "OpenStreetMap contributors", "Open Database License", "areacodes"]
)
def test_the_notice_gives_the_credits_that_are_owed(credit: str) -> None:
    assert credit in (FOLDER.parents[2] / "NOTICE").read_text("utf-8")


def test_a_table_that_is_not_shipped_is_refused() -> None:
    with pytest.raises(FileNotFoundError):
        list(read_rows("job_ads"))


def test_every_township_has_exactly_one_of_fifteen_county_organisations() -> None:
    counties = [row for row in read_rows("zunyi_orgs") if row["kind"] == "county_bureau"]
    managed = [code for row in counties for code in row["region_codes"].split(";")]
    assert len(counties) == 15
    assert sorted(managed) == sorted(row["code"] for row in read_rows("zunyi_townships"))


def test_the_new_district_manages_towns_coded_under_another_county() -> None:
    new = next(row for row in read_rows("zunyi_orgs") if row["org_key"] == "county-new-district")
    names = {row["code"]: row["name"] for row in read_rows("zunyi_townships")}
    managed = new["region_codes"].split(";")
    assert {"新舟镇", "虾子镇", "三渡镇", "永乐镇", "喇叭镇"} <= {names[code] for code in managed}
    assert {code[:6] for code in managed} == {"520302"}


def test_every_village_has_a_county_organisation_and_a_weight() -> None:
    known = villages()
    assert len(known.code) == len(set(known.code)) == 2093
    assert set(known.unit.tolist()) == set(range(15))
    assert (known.weight > 0).all()
    assert known.weight.sum() == pytest.approx(1)


def test_occupations_are_of_the_classification_and_most_are_in_demand() -> None:
    known = trades()
    assert len(set(known.code)) == len(known.code)
    assert known.name[known.code.index("6-18-02-04")] == "焊工"
    assert (known.weight.sum(axis=0) > 0).all()
    wanted = industries().trades.sum(axis=0) > 0
    unwanted = {code for code, asked in zip(known.code, wanted, strict=True) if not asked}
    assert unwanted == {
        "2-08-03-00", "4-01-02-05", "4-04-02-02", "4-10-04-02",
        "4-12-03-01", "4-13-01-05", "5-04-02-01", "6-28-01-10",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("occupation", "certificate"),
    {
        "焊工": "熔化焊接与热切割作业",
        "架子工": "建筑架子工",
        "起重工": "起重机指挥",
        "起重装卸机械操作工": "起重机司机",
        "专用车辆驾驶员": "叉车司机",
        "电工": "低压电工作业",
    }.items(),
)
def test_trades_demand_the_certificate_that_belongs_to_them(occupation: str, certificate: str) -> None:
    position = trades().certificate[trades().name.index(occupation)]
    family, code, name = certificates()[position]
    first = next(row for row in certificates() if row[:2] == (family, code))
    assert name == certificate == first[2], (
        "a register keyed by family and code would store another certificate"
    )


def test_thirty_two_stations_stand_in_known_cities() -> None:
    stations = [one for one in collectors() if one.kind == "station"]
    assert len(stations) == assumptions.STATIONS["all"] == 32
    assert sum(one.line == "上海线" for one in stations) == assumptions.STATIONS["shanghai_line"] == 18
    assert sum(one.owner == "county-520324" for one in stations) == assumptions.STATIONS["one_county"] == 10
    assert {one.host for one in stations} <= set(destinations().code)
    assert {one.owner for one in collectors()} <= {row["org_key"] for row in read_rows("zunyi_orgs")}


def test_departments_owe_the_target() -> None:
    assert sum(one.target for one in collectors()) == assumptions.DEPARTMENT_TARGET == 35_000
