"""The tables that the generators index into: villages, destinations, trades, certificates, skills.

Arrays of the demo hold positions in these tables. Loaded once, never changed.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from zhitong.site.data import read_rows
from zhitong.site.demo import assumptions

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SECTORS = tuple(assumptions.SECTOR)
_SECTOR_LETTERS = "CEFGHOXYA"
_CENSUS_NAMES = {
    "4-02": "交通运输、仓储和邮政业服务人员",
    "4-13": "文化、体育和娱乐服务人员",
    "4-14": "健康服务人员",
}
_VILLAGE_SIZES_SEED = 20_230_630


@dataclass(frozen=True)
class Villages:
    """The 2,093 villages of Zunyi in the order of the file `zunyi_villages`.

    `unit` is the position of the county-level organisation among `unit_keys` (15, keys of `zunyi_orgs`),
    `county` the six-digit code under which the village is coded, `weight` its expected share of the
    workers.
    """

    code: list[str]
    county: list[str]
    unit: Ints
    unit_keys: list[str]
    weight: Floats


@dataclass(frozen=True)
class Destinations:
    """Prefectures (a municipality counts as one) that people go to. `band` is East, Central, West or Home."""

    code: list[str]
    name: list[str]
    band: NDArray[np.str_]
    lane: list[str]
    weight: Floats
    manufacturing: Floats


@dataclass(frozen=True)
class Trades:
    """Occupations of 2022 that occur in the demo.

    `weight` (2, k) is the number of men and women; `certificate` a position in `certificates()` or -1;
    `skills` (k, 3) positions in `skill_names`, padded with -1; `titles` how employers call the work.
    """

    code: list[str]
    name: list[str]
    sector: Ints
    weight: Floats
    wage: Floats
    age_from: Ints
    certificate: Ints
    skills: Ints
    skill_names: list[str]
    titles: list[list[str]]


@dataclass(frozen=True)
class Industries:
    """GB/T 4754 classes of employers. `trades` (k, t) weighs the occupations that each class asks for."""

    code: list[str]
    name: list[str]
    sector: Ints
    weight: Floats
    size: Floats
    words: list[list[str]]
    trades: Floats


@cache
def villages() -> Villages:
    rows = list(read_rows("zunyi_villages"))
    orgs = [row for row in read_rows("zunyi_orgs") if row["kind"] == "county_bureau"]
    unit_of = {code: unit for unit, org in enumerate(orgs) for code in org["region_codes"].split(";")}
    return Villages(
        code=[row["code"] for row in rows],
        county=[row["county_code"] for row in rows],
        unit=np.array([unit_of[row["township_code"]] for row in rows]),
        unit_keys=[org["org_key"] for org in orgs],
        weight=_village_weights(rows),
    )


def _village_weights(rows: list[dict[str, str]]) -> Floats:
    """Share each county's weighted census population among its villages, by their kind and a fixed chance."""
    spread = np.random.default_rng(_VILLAGE_SIZES_SEED).lognormal(0, assumptions.VILLAGE_SPREAD, len(rows))
    community = np.array([row["unit_type"] != "村委会" for row in rows])
    size = spread * np.where(community, assumptions.COMMUNITY_WEIGHT, 1.0)
    counties = np.array([row["county_code"] for row in rows])
    weight = np.zeros(len(rows))
    for county in read_rows("zunyi_counties"):
        inside = counties == county["code"]
        weight[inside] = _county_weight(county) * size[inside] / size[inside].sum()
    return weight / weight.sum()


def _county_weight(county: dict[str, str]) -> float:
    rural = assumptions.RURAL_WEIGHT
    return float(county["pop_census_2010"]) * rural.get(county["code"], rural["others"])


@cache
def destinations() -> Destinations:
    rows = _own_rows("destinations")
    names = {row["code"]: row["name"] for row in read_rows("divisions_cn_2024")}
    return Destinations(
        code=[row["code"] for row in rows],
        name=[names[row["code"]] for row in rows],
        band=np.array([row["band"] for row in rows]),
        lane=[row["lane"] for row in rows],
        weight=_scaled_to(rows, assumptions.WITHIN_PROVINCE),
        manufacturing=np.array([float(row["manufacturing"]) for row in rows]),
    )


def _scaled_to(rows: list[dict[str, str]], within: float) -> Floats:
    weight = np.array([float(row["weight"]) for row in rows])
    home = np.array([row["band"] == "Home" for row in rows])
    return np.where(home, weight / weight[home].sum() * within, weight / weight[~home].sum() * (1 - within))


@cache
def trades() -> Trades:
    rows = _own_rows("trades")
    names = {row["code"]: row["name"] for row in read_rows("occupations_cn_2022") if row["level"] == "4"}
    skill_names = sorted({skill for row in rows for skill in row["skills"].split(";")})
    return Trades(
        code=[row["code"] for row in rows],
        name=[names[row["code"]] for row in rows],
        sector=np.array([_SECTOR_LETTERS.index(row["sector"]) for row in rows]),
        weight=_census_weights(rows),
        wage=np.array([float(row["wage"]) for row in rows]),
        age_from=np.array([int(row["age_from"]) for row in rows]),
        certificate=np.array([_certificate_position(row["certificate"]) for row in rows]),
        skills=np.array([_padded(row["skills"].split(";"), skill_names) for row in rows]),
        skill_names=skill_names,
        titles=[row["titles"].split(";") for row in rows],
    )


def _padded(words: list[str], table: list[str]) -> list[int]:
    found = [table.index(word) for word in words[:3]]
    return found + [-1] * (3 - len(found))


def _census_weights(rows: list[dict[str, str]]) -> Floats:
    """Men and women employed in each trade's middle group in the provinces people go to, times the trade's share."""
    middle = {row["code"]: row["name"] for row in read_rows("occupations_cn_2022") if row["level"] == "2"}
    employed = _employed()
    return np.array(
        [
            [
                employed[sex][_CENSUS_NAMES.get(row["code"][:4], middle[row["code"][:4]])]
                * float(row["share"])
                for row in rows
            ]
            for sex in ("男", "女")
        ]
    )


@cache
def _employed() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {"男": {}, "女": {}}
    for row in read_rows("census2020_employed_by_occupation_province"):
        if row["region"] in assumptions.OCCUPATION_PROVINCES and row["sex"] in found:
            group = found[row["sex"]]
            group[row["middle_category"]] = group.get(row["middle_category"], 0) + float(
                row["employed_10pct_sample"]
            )
    return found


@cache
def certificates() -> tuple[tuple[str, str, str], ...]:
    """Family, code and name of each row of `certificates_cn`, in its order."""
    return tuple((row["family"], row["code"], row["name"]) for row in read_rows("certificates_cn"))


def skill_level(code: str) -> int:
    """Return the position in `certificates()` of a skill level, "5" (lowest) to "1"."""
    return next(i for i, row in enumerate(certificates()) if row[:2] == ("skill_level", code))


def _certificate_position(text: str) -> int:
    if not text:
        return -1
    family, code = text.split(":")
    return next(i for i, row in enumerate(certificates()) if row[:2] == (family, code))


@cache
def industries() -> Industries:
    rows = _own_rows("industries")
    names = {row["code"]: row["name"] for row in read_rows("industries_gbt4754_2017")}
    return Industries(
        code=[row["code"] for row in rows],
        name=[names[row["code"]] for row in rows],
        sector=np.array([_SECTOR_LETTERS.index(row["sector"]) for row in rows]),
        weight=np.array([float(row["weight"]) for row in rows]),
        size=np.array([float(row["size"]) for row in rows]),
        words=[row["words"].split(";") for row in rows],
        trades=np.array([_trade_weights(row["trades"]) for row in rows]),
    )


def _trade_weights(text: str) -> list[float]:
    asked = dict(part.split(":") for part in text.split(";"))
    return [float(asked.get(code, 0)) for code in trades().code]


def _own_rows(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
