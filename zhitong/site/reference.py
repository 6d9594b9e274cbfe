"""From the shipped tables to rows of divisions, classifications and Zunyi's tree of organisations."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from zhitong.kernel.actions import load_orgs, load_reference
from zhitong.kernel.bulk import count_values
from zhitong.kernel.models import (
    Account,
    CertificateKind,
    Industry,
    Occupation,
    Org,
    Region,
    RegionChange,
    RegionCode,
)
from zhitong.kernel.pinyin import name_key
from zhitong.site.data import read_rows

LEVEL = {"province": 1, "prefecture": 2, "county": 3}
OVER = ("abolished", "superseded")
"""How the status of a certificate begins that is no longer issued."""
HEIR = re.compile(r"(\d{6})(?:\[(\d{4})\])?")
REGION_COLUMNS = (
    "id", "code", "name", "short_name", "level", "parent_id", "prefecture_id", "latitude", "longitude",
    "point_source", "began_on", "ended_on",
)  # fmt: skip
ORG_COLUMNS = (
    "id", "name", "short_name", "name_key", "kind", "parent_id", "city_id", "county_id", "town_id",
    "village_id", "is_sample",
)  # fmt: skip


def load_everything(system: Account, *, is_sample: bool = False) -> int:
    """Load divisions, classifications and Zunyi's organisations into an empty installation; returns the rows.

    In a sample installation the organisations are marked, and with them whatever is entered below them later.
    """
    divisions = Divisions().read()
    count = load_reference(
        by=system,
        tables=(
            (Region, REGION_COLUMNS, divisions.rows),
            (RegionCode, ("region_id", "code", "valid_from", "valid_until"), divisions.codes),
            (RegionChange, ("old_id", "new_id", "kind", "changed_on", "old_name"), divisions.changes),
            (Occupation, ("id", "code", "name", "level", "parent_id"), list(_tree("occupations_cn_2022"))),
            (
                Industry,
                ("id", "code", "name", "level", "parent_id"),
                list(_tree("industries_gbt4754_2017")),
            ),
            (CertificateKind, ("family", "code", "name", "is_current"), list(_certificates())),
        ),
    )
    rows, manages = Organisations(divisions.standing, is_sample).read()
    count += load_orgs(by=system, columns=ORG_COLUMNS, rows=rows, manages=manages)
    count_values(Region, RegionCode, RegionChange, Occupation, Industry, CertificateKind, Org)
    return count


def _tree(name: str) -> Iterator[tuple[Any, ...]]:
    numbers: dict[str, int] = {}
    for number, row in enumerate(read_rows(name), start=1):
        numbers[row["code"]] = number
        yield number, row["code"], row["name"], int(row["level"]), numbers.get(row["parent"])


def _certificates() -> Iterator[tuple[Any, ...]]:
    seen = set()
    for row in read_rows("certificates_cn"):
        key = (row["family"], row["code"])
        if key not in seen:
            seen.add(key)
            yield row["family"], row["code"], row["name"], not row["status"].startswith(OVER)


@dataclass
class Divisions:
    """Divisions of the country to the county, of Guizhou to the village, with what each code became."""

    rows: list[tuple[Any, ...]] = field(default_factory=list)
    codes: list[tuple[Any, ...]] = field(default_factory=list)
    changes: list[tuple[Any, ...]] = field(default_factory=list)
    standing: dict[str, int] = field(default_factory=dict)
    ended: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def read(self) -> Divisions:
        """Read the shipped tables."""
        history = list(read_rows("division_code_history_cn"))
        began = {row["code"]: _new_year(row["start_year"]) for row in history if row["status"] == "in_use"}
        for row in read_rows("divisions_cn_2024"):
            self._county_or_above(row, began.get(row["code"]))
        for row in read_rows("guizhou_townships"):
            self._below(row, 4, row["county_code"])
        for row in read_rows("guizhou_villages"):
            self._below(row, 5, row["township_code"])
        for row in history:
            if row["status"] == "retired":
                self._retired(row)
        for row in history:
            self._heirs(row)
        return self

    def _add(self, code: str, name: str, short: str, level: int, **more: Any) -> int:
        number = len(self.rows) + 1
        began, ended = more.get("began"), more.get("ended")
        prefecture = number if level == 2 else more.get("prefecture")
        self.rows.append(
            (
                number, code.ljust(12, "0"), name, short, level, more.get("parent"), prefecture,
                more.get("latitude"), more.get("longitude"), more.get("source", ""), began, ended,
            )
        )  # fmt: skip
        self.codes.append((number, code.ljust(12, "0"), began, ended))
        return number

    def _county_or_above(self, row: dict[str, str], began: dt.date | None) -> None:
        above = self.standing.get(row["prefecture_code"]) or self.standing.get(row["province_code"])
        self.standing[row["code"]] = self._add(
            row["code"], row["name"], row["short_name"], LEVEL[row["level"]],
            parent=None if row["level"] == "province" else above, prefecture=above, began=began, **_point(row),
        )  # fmt: skip

    def _below(self, row: dict[str, str], level: int, parent: str) -> None:
        short = row.get("short_name") or row["name"]
        self.standing[row["code"]] = self._add(
            row["code"], row["name"], short, level,
            parent=self.standing[parent], prefecture=self.standing[row["prefecture_code"]], **_point(row),
        )  # fmt: skip

    def _retired(self, row: dict[str, str]) -> None:
        province = self.standing.get(row["code"][:2] + "0000")
        number = self._add(
            row["code"], row["name"], row["name"], LEVEL[row["level"]],
            parent=province, began=_new_year(row["start_year"]), ended=_new_year(row["end_year"]),
        )  # fmt: skip
        self.ended[row["code"]].append(number)

    def _heirs(self, row: dict[str, str]) -> None:
        """Write down what a division became; a renamed one keeps its code and its row."""
        standing = self.standing.get(row["code"])
        olds = self.ended.get(row["code"], []) if row["status"] == "retired" else [standing]
        if row["status"] == "renamed":
            holder = standing or next(iter(self.ended.get(row["code"], [])), None)
            self._change(holder, holder, "rename", row["end_year"], row["name"])
            return
        for code, year in HEIR.findall(row["new_codes"]):
            news = [self.standing[code]] if code in self.standing else self.ended.get(code, [])
            kind = "split" if ";" in row["new_codes"] or row["status"] == "in_use" else "recode"
            for old in olds:
                for new in news:
                    self._change(old, new, kind, year or row["end_year"], "")

    def _change(self, old: int | None, new: int | None, kind: str, year: str, old_name: str) -> None:
        if old is not None and new is not None and year:
            self.changes.append((old, new, kind, _new_year(year), old_name))


def _new_year(year: str) -> dt.date | None:
    return dt.date(int(year), 1, 1) if year else None


def _point(row: dict[str, str]) -> dict[str, Any]:
    if not row.get("lat"):
        return {}
    return {"latitude": float(row["lat"]), "longitude": float(row["lon"]), "source": row["coord_source"]}


class Organisations:
    """Zunyi's organisations: the city, 15 county-level units, every township and village, and their companies."""

    def __init__(self, regions: dict[str, int], is_sample: bool = False) -> None:
        self.regions = regions
        self.is_sample = is_sample
        self.rows: list[tuple[Any, ...]] = []
        self.manages: dict[int, list[int]] = defaultdict(list)

    def read(self) -> tuple[list[tuple[Any, ...]], dict[int, list[int]]]:
        """Return the rows and, by organisation, the divisions that it manages."""
        self.first = (Org.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
        self.city = self.county = self.town = 0
        county_of: dict[str, int] = {}
        for row in read_rows("zunyi_orgs"):
            codes = row["region_codes"].split(";")
            if row["kind"] == "city_bureau":
                self.city = self._add(row["name"], "遵义市", "city_bureau", None, "city", codes)
                self._add("遵义市劳务有限公司", "", "city_company", self.city, None, codes, (self.city,))
                continue
            number = self._add(row["name"], "", "county_bureau", self.city, "county", codes, (self.city,))
            short = row["name"].removesuffix("人力资源和社会保障局")
            self._add(f"{short}劳务有限公司", "", "county_company", number, None, codes, (self.city, number))
            county_of |= dict.fromkeys(codes, number)
        towns = self._townships(county_of)
        self._villages(towns)
        return self.rows, dict(self.manages)

    def _townships(self, county_of: dict[str, int]) -> dict[str, tuple[int, int]]:
        towns: dict[str, tuple[int, int]] = {}
        for row in read_rows("zunyi_townships"):
            county = county_of[row["code"]]
            above = (self.city, county)
            number = self._add(
                f"{row['name']}劳务办", row["name"], "township_office", county, "town", [row["code"]], above
            )
            towns[row["code"]] = (county, number)
            name = f"{row['name']}劳务分公司"
            self._add(name, "", "township_branch", number, None, [row["code"]], (*above, number))
        return towns

    def _villages(self, towns: dict[str, tuple[int, int]]) -> None:
        for row in read_rows("zunyi_villages"):
            above = (self.city, *towns[row["township_code"]])
            code = [row["code"]]
            number = self._add(row["name"], row["short_name"], "village", above[2], "village", code, above)
            if row["unit_type"] == "村委会":
                name = f"{row['short_name']}劳务合作社"
                self._add(name, "", "cooperative", number, None, code, (*above, number))

    def _add(
        self,
        name: str,
        short: str,
        kind: str,
        parent: int | None,
        level: str | None,
        codes: list[str],
        above: tuple[int, ...] = (),
    ) -> int:
        number = self.first + len(self.rows)
        place = (*above, number) if level is not None else above
        place = (*place, None, None, None, None)[:4]
        self.rows.append((number, name, short, name_key(name), kind, parent, *place, self.is_sample))
        self.manages[number] = [self.regions[code] for code in codes if code in self.regions]
        return number
