"""Days of birth as they are written, and how two of them differ."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from enum import IntEnum

import numpy as np

from zhitong.engines.linkage.mixing import Flags, Ints

_PARTED = re.compile(r"(\d{4})\D+(\d{1,2})\D+(\d{1,2})(?!\d)")
_SOLID = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:\.0+)?(?:\d{6})?$")
_SERIAL = re.compile(r"^(\d{4,5})(?:\.0+)?$")
_ORIGIN = dt.date(1899, 12, 30)
_FIGURES = str.maketrans("〇零一二三四五六七八九正冬", "00123456789" + "1B")
LEAST_SHIFT, MOST_SHIFT = 15, 55
"""A day of the lunar calendar, read as one of the civil calendar, lies so many days before the true one."""


class Birth(IntEnum):
    """How the births of two rows compare."""

    UNKNOWN = 0
    SAME = 1
    LUNAR = 2
    """One is earlier by what parts the two calendars."""
    NEW_YEAR = 3
    """One is 1 January of the other's year, as is written when only the year is known; or both are the same one."""
    SLIP = 4
    """One digit differs, or month and day are exchanged."""
    YEAR = 5
    """The years are at most one apart."""
    OTHER = 6


def day_of(text: str) -> int:
    """A day as 19900102; 0 where nothing can be read. A lunar day is read as written.

    Read are 1990-01-02, 1990/1/2, 1990.1.2, 1990年1月2日, 19900102, 农历1990年正月初二 and the day numbers of
    spreadsheets.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _PARTED.search(plain) or _SOLID.match(plain)
    if found is None and re.search("[一二三四五六七八九十正初腊冬廿]", plain):
        found = _PARTED.search(_in_figures(plain))
    if found is not None:
        year, month, day = (int(part) for part in found.groups())
        right = 1900 <= year <= 2099 and 1 <= month <= 12 and 1 <= day <= 31
        return year * 10_000 + month * 100 + day if right else 0
    serial = _SERIAL.match(plain)
    if serial and 7_000 < int(serial[1]) < 47_000:
        return int((_ORIGIN + dt.timedelta(int(serial[1]))).strftime("%Y%m%d"))
    return 0


def _in_figures(text: str) -> str:
    """A date in Chinese figures with Arabic ones: 一九九〇年正月初二 becomes 1990年1月02."""
    text = text.replace("腊月", "12月").replace("冬月", "11月").replace("初", "").replace("廿", "二十")
    text = re.sub("([一二三])十([一二三四五六七八九])", r"\1\2", text)
    text = re.sub("([一二三])十", r"\g<1>〇", text).replace("十", "1_")
    text = re.sub("1_([一二三四五六七八九])", r"1\1", text).replace("1_", "10")
    return text.translate(_FIGURES)


def compared(first: tuple[Ints, Ints], second: tuple[Ints, Ints]) -> Ints:
    """(pairs,) The `Birth` that comes nearest of what is said of either row; 0 says nothing."""
    levels = [_level(one, other) for one in first for other in second]
    best = np.full(len(levels[0]), len(Birth), np.int8)
    for level in levels:
        best = np.where((level > 0) & (level < best), level, best)
    return np.where(best == len(Birth), 0, best).astype(np.int8)


def _level(one: Ints, other: Ints) -> Ints:
    known = (one > 0) & (other > 0)
    apart = np.abs(_ordinal(one) - _ordinal(other))
    years = np.abs(one // 10_000 - other // 10_000)
    cases = [
        ~known,
        (one == other) & (one % 10_000 != 101),
        (years == 0) & ((one % 10_000 == 101) | (other % 10_000 == 101)),
        (apart >= LEAST_SHIFT) & (apart <= MOST_SHIFT),
        _slip(one, other),
        years <= 1,
    ]
    levels = [Birth.UNKNOWN, Birth.SAME, Birth.NEW_YEAR, Birth.LUNAR, Birth.SLIP, Birth.YEAR]
    return np.select(cases, levels, Birth.OTHER).astype(np.int8)


def _ordinal(days: Ints) -> Ints:
    """Days since 1970, also for a 30 February of the lunar calendar."""
    months = (days // 10_000 - 1970) * 12 + np.maximum(days // 100 % 100, 1) - 1
    first = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return np.asarray(first + days % 100, np.int64)


def _slip(one: Ints, other: Ints) -> Flags:
    digits = sum(((one // 10**place % 10) != (other // 10**place % 10)).astype(np.int8) for place in range(8))
    swapped = (one // 100 % 100 == other % 100) & (one % 100 == other // 100 % 100)
    return np.asarray((digits == 1) | swapped & (one // 10_000 == other // 10_000), np.bool_)
