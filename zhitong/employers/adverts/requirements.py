"""How many are asked for, and what they must have: head-count, education, experience."""

import re
from dataclasses import dataclass
from typing import Final

from zhitong.employers.adverts.plain import make_solid, numerals_to_digits
from zhitong.employers.adverts.refused import Refused, refuse

MOST_SEATS: Final = 10_000
MOST_YEARS: Final = 40

_NOTHING = re.compile(r"[-/.、,]*|无|暂无|nan|none|null|n/a")


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many are asked for: between `low` and `high`, both None where the text only says "several"."""

    low: int | None
    high: int | None
    several: bool = False


_SEVERAL = re.compile(r"若干|数[名人位]|多[名人位]|不限|大量|长期招|批量|几[名人个位]")
_PUBLISHED = re.compile(r"(?:\d{4}-)?\d{1,2}-\d{1,2}(?:发布|更新)?$|(?:发布|更新)于?.*$")
_SEATS = re.compile(
    r"(?<!\d)(\d{1,9})(?:[人名个位])?(?:[-至到](\d{1,9}))?(?=人|名|个|位|$|[^\d.%岁千万元kw天年月])"
)


def read_headcount(text: str) -> Headcount | Refused:
    """Read 招3人, 2-5名, 若干, 十人; a publishing date behind it (as one job board writes) is left out."""
    solid = numerals_to_digits(make_solid(text))
    if _NOTHING.fullmatch(solid):
        return refuse("headcount_missing")
    counted = solid if re.fullmatch(r"\d{1,9}-\d{1,9}", solid) else _PUBLISHED.sub("", solid) or solid
    if not (found := _SEATS.search(counted)):
        return Headcount(None, None, True) if _SEVERAL.search(solid) else refuse("headcount_unreadable", text)
    low, high = int(found[1]), int(found[2] or found[1])
    if high == 0:
        return refuse("headcount_zero")
    if max(low, high) > MOST_SEATS:
        return refuse("headcount_too_many", text, limit=str(MOST_SEATS))
    return Headcount(low or 1, high) if low <= high else refuse("headcount_reversed", text)


@dataclass(frozen=True, slots=True)
class EducationAsked:
    """The least education: 0 none, 1 primary, 2 junior, 3 senior or technical, 4 college, 5 bachelor, 6 master."""

    level: int


_EDUCATION = (
    (6, re.compile(r"硕士|研究生|博士|mba|master|phd")),
    (5, re.compile(r"本科|学士|bachelor|统招全日制$")),
    (4, re.compile(r"大专|专科|高职|大学专科|高技|技师学院|college")),
    (3, re.compile(r"高中|中专|中技|中职|职高|技校|技工|职业高中|中等专业|高级中学")),
    (2, re.compile(r"初中|初级中学|九年(?:制|义务)|9年义务|初等")),
    (1, re.compile(r"小学|识字|会写(?:自己)?名字|能读写")),
)
_ANY_EDUCATION = re.compile(r"不限|无(?:学历)?要求|不作?要求|均可|不要求|文盲")


def read_education(text: str) -> EducationAsked | Refused:
    """Read 大专及以上, 本科, 学历不限; the lowest that is named is the least. 初中及以下 asks for nothing."""
    solid = make_solid(text)
    if _NOTHING.fullmatch(solid):
        return refuse("education_missing")
    named = [level for level, pattern in _EDUCATION if pattern.search(solid)]
    if not named:
        return EducationAsked(0) if _ANY_EDUCATION.search(solid) else refuse("education_unreadable", text)
    return EducationAsked(0 if re.search(r"以下|学历不限", solid) else min(named))


@dataclass(frozen=True, slots=True)
class ExperienceAsked:
    """Years of experience: at least `low`, at most `high` where the text says so."""

    low: int
    high: int | None = None


_NO_EXPERIENCE = re.compile(
    r"无需|不限|无(?:工作)?经验|不需|不要求|无要求|零经验|0经验|在校|应届|毕业生|实习|可培训|小白|经验不拘"
)
_YEARS = re.compile(
    r"(?<![\d.])(\d{1,3})(?:\.\d)?年?(?:[-至到](\d{1,3})(?:\.\d)?)?年?(?![\d.个岁人名元千万])"
)
_UNDER_A_YEAR = re.compile(r"半年|\d{1,2}个月|1年以[下内]")


def read_experience(text: str) -> ExperienceAsked | Refused:
    """Read 3-5年, 2年以上, 无需经验, 应届生; a bare number is years. Less than a year asks for none."""
    solid = numerals_to_digits(make_solid(text))
    if _NOTHING.fullmatch(solid):
        return refuse("experience_missing")
    if _UNDER_A_YEAR.search(solid) or _NO_EXPERIENCE.search(solid):
        return ExperienceAsked(0)
    if not (found := _YEARS.search(solid)) or not re.search(r"年|经验|^\d+$", solid):
        return refuse("experience_unreadable", text)
    low, high = int(found[1]), int(found[2]) if found[2] else None
    if max(low, high or 0) > MOST_YEARS:
        return refuse("experience_too_long", text, limit=str(MOST_YEARS))
    if high is not None and high < low:
        return refuse("experience_reversed", text)
    if high is None and "以下" in solid:
        return ExperienceAsked(0, low)
    return ExperienceAsked(low, high)
