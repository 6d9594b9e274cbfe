"""Where the work is: the text of a place to the code of its prefecture, by the table of divisions."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from zhitong.employers.adverts.plain import make_solid
from zhitong.employers.adverts.refused import Refused, refuse

AREAS: Final[Mapping[str, str]] = {
    "燕郊": "131082", "新蒲新区": "520300", "南白": "520304", "浦东": "310115", "两江新区": "500000",
    "天府新区": "510100", "西咸新区": "610100", "贵安新区": "520100", "雄安新区": "130600", "雄安": "130600",
    "横琴": "440400", "苏州工业园": "320500", "滨海新区": "120116", "前海": "440300", "松山湖": "441900",
    "张江": "310115", "光谷": "420100", "中关村": "110108",
}  # fmt: skip
"""Areas that people name and the table of divisions does not: functional districts and well-known towns."""

_NOTHING = re.compile(r"[\W_]*|无|暂无|nan|none|null")
_REMOTE = re.compile(r"远程|居家|在家办公|线上办公")
_ABROAD = re.compile(
    r"国外|海外|境外|出国|^(?:日本|韩国|新加坡|马来西亚|越南|柬埔寨|缅甸|泰国|老挝|印度|印尼|印度尼西亚|菲律宾|迪拜|阿联酋"
    r"|沙特|俄罗斯|德国|美国|英国|法国|加拿大|澳大利亚|新西兰|墨西哥|巴西|非洲|欧洲|东南亚|中东|尼日利亚|埃塞俄比亚)"
)
_NATIONWIDE = re.compile(r"^(?:全国|各地|多地|不限|地点不限|全国各地|就近分配|异地|外地|项目所在地)")
_LEADING = re.compile(
    r"^(?:[\W_]|工作地点|工作地址|上班地点|地址|地点|位于|在|或|中国(?=[\u4e00-\u9fff]{2})|\(?中国\)?[(-])+"
)
_JOINT = r"[-·/,、.()（）|>:]*"


@dataclass(frozen=True, slots=True)
class Place:
    """A prefecture (a municipality counts as one, a county run by its province too) and the county, where named."""

    prefecture_code: str
    county_code: str | None
    name: str


@dataclass(frozen=True, slots=True)
class _Division:
    code: str
    name: str
    short: str
    level: str
    province: str
    prefecture: str


class Places:
    """The divisions, looked up by name. Rows have code, name, short_name, level, province_code, prefecture_code."""

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        divisions = [_division(row) for row in rows]
        self._by_code = {division.code: division for division in divisions}
        self._provinces = _named([d for d in divisions if d.level == "province"])
        self._prefectures = _named([d for d in divisions if _is_prefecture(d)])
        self._counties: dict[str, list[_Division]] = {}
        for county in (d for d in divisions if d.level == "county"):
            for name in {county.name, county.short}:
                self._counties.setdefault(make_solid(name), []).append(county)
        self._longest = max(map(len, (*self._provinces, *self._prefectures, *self._counties)), default=0)

    def read(self, text: str, *, province: str = "") -> Place | Refused:
        """Read 上海-浦东新区, 遵义, 东莞市, 广东省佛山市南海区…; `province` settles a county name that repeats.

        Answers a `Refused` with a code place_… for what is no single prefecture.
        """
        solid = make_solid(text)
        if _NOTHING.fullmatch(solid):
            return refuse("place_missing")
        for code, pattern in (
            ("place_remote", _REMOTE),
            ("place_abroad", _ABROAD),
            ("place_nationwide", _NATIONWIDE),
        ):
            if pattern.search(solid):
                return refuse(code, text)
        named = _LEADING.sub("", solid)
        return self._read(named, text, make_solid(province))

    def _read(self, named: str, text: str, hint: str) -> Place | Refused:
        if county := self._full_county(named, text, hint):
            return county
        prefecture = _longest_prefix(named, self._prefectures)
        province = _longest_prefix(named, self._provinces)
        if province and not (prefecture and _outranks(prefecture, province)):
            return self._in_province(self._provinces[province], named[len(province) :], text)
        if prefecture:
            return self._in_prefecture(self._prefectures[prefecture], named[len(prefecture) :])
        return self._by_area(named) or self._by_county(named, text, hint) or refuse("place_unknown", text)

    def _full_county(self, named: str, text: str, hint: str) -> Place | Refused | None:
        """A county by its full name at the very beginning, such as 朝阳区, which is not the prefecture 朝阳."""
        for end in range(min(self._longest, len(named)), 2, -1):
            found = [
                county
                for county in self._counties.get(named[:end], [])
                if make_solid(county.name) == named[:end]
            ]
            if found and named[:end] not in self._prefectures:
                return self._one_of(found, text, hint)
        return None

    def _in_province(self, province: _Division, rest: str, text: str) -> Place | Refused:
        rest = re.sub(rf"^{_JOINT}", "", rest)
        if _is_prefecture(province):
            return self._in_prefecture(province, rest)
        if (name := _longest_prefix(rest, self._prefectures)) and self._prefectures[
            name
        ].province == province.code:
            return self._in_prefecture(self._prefectures[name], rest[len(name) :])
        if name:
            return refuse("place_contradictory", text)
        found = [c for c in self._counties_at(rest) if c.province == province.code]
        return self._one_of(found, text, "") if found else refuse("place_only_province", text)

    def _in_prefecture(self, prefecture: _Division, rest: str) -> Place:
        if prefecture.level == "county":
            return self._place_of(prefecture)
        rests = (re.sub(rf"^{_JOINT}", "", rest), re.sub(rf"^(?:市|州|地区|盟){_JOINT}", "", rest))
        near = next((found for found in map(self._counties_at, rests) if found), [])
        inside = [county for county in near if county.prefecture == prefecture.code]
        county = inside[0] if len(inside) == 1 else None
        return Place(prefecture.code, county.code if county else None, prefecture.name)

    def _by_county(self, named: str, text: str, hint: str) -> Place | Refused | None:
        """A county by its short name, or by a kind that it no longer has (仁怀县), alone or before a separator."""
        token = re.split(r"[-·/,、.()（）|>:]", named, maxsplit=1)[0]
        found = self._counties.get(token) or (
            self._counties.get(token[:-1], []) if token[-1:] in "县市区" else []
        )
        return self._one_of(found, text, hint) if found else None

    def _by_area(self, named: str) -> Place | None:
        area = _longest_prefix(named, AREAS)
        division = self._by_code.get(AREAS[area]) if area else None
        return self._place_of(division) if division else None

    def _counties_at(self, rest: str) -> list[_Division]:
        for end in range(min(self._longest, len(rest)), 1, -1):
            if found := self._counties.get(rest[:end]):
                return found
        return []

    def _one_of(self, found: list[_Division], text: str, hint: str) -> Place | Refused:
        if hint and len(found) > 1:
            found = [c for c in found if hint.startswith(self._by_code[c.province].short)] or found
        if len(found) > 1:
            names = "、".join(self._by_code[county.prefecture].name for county in found[:4])
            return refuse("place_ambiguous", text, candidates=names)
        return self._place_of(found[0])

    def _place_of(self, division: _Division) -> Place:
        county = division.code if division.level == "county" else None
        prefecture = self._by_code[division.prefecture]
        return Place(prefecture.code, county, prefecture.name)


def _division(row: Mapping[str, str]) -> _Division:
    code, level, province = row["code"], row["level"], row["province_code"]
    prefecture = row["prefecture_code"]
    if not prefecture:
        prefecture = code if level == "province" or code[2:4] == "90" else province
    return _Division(code, row["name"], row["short_name"], level, province, prefecture)


def _is_prefecture(division: _Division) -> bool:
    """A prefecture, or what stands in its place: a municipality, a special region, a county run by its province."""
    if division.level == "prefecture" or division.code in (
        "110000",
        "120000",
        "310000",
        "500000",
        "810000",
        "820000",
    ):
        return True
    return division.level == "county" and division.prefecture == division.code


def _named(divisions: Iterable[_Division]) -> dict[str, _Division]:
    return {make_solid(name): division for division in divisions for name in (division.short, division.name)}


def _longest_prefix(text: str, names: Mapping[str, object]) -> str:
    return next((text[:end] for end in range(min(len(text), 15), 1, -1) if text[:end] in names), "")


def _outranks(prefecture: str, province: str) -> bool:
    """Of a name that both bear: 吉林 is the city, 海南 the province."""
    return len(prefecture) > len(province) or prefecture == province == "吉林"
