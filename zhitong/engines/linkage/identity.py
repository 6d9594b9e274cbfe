"""Identity numbers as columns: what is written, how far it can be believed, and what it says of its owner.

GB 11643: six digits of a division, eight of the birth, three of an order whose last is odd for men, and a check
character (ISO 7064, MOD 11-2) that finds every single wrong digit and every exchange of neighbours.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from zhitong.engines.linkage.mixing import Flags, Ints

WIDTH = 18
_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
_CHECK = np.frombuffer(b"10X98765432", np.uint8)
_PLAIN = re.compile(r"^[0-9]{17}[0-9X]$")
_ROUNDED = re.compile(r"^([0-9])[.,]([0-9]+)E\+?1[47]$")


class Writing(IntEnum):
    """How an identity number is written in a row."""

    ABSENT = 0
    CHECKED = 1
    """Eighteen characters, a possible day of birth, the right check character."""
    FIFTEEN = 2
    """Fifteen digits, completed; nothing checks them."""
    WRONG = 3
    """Eighteen characters that fail."""
    ROUNDED = 4
    """Ends in 000 or stands as 5.2E+17: a spreadsheet has lost its last digits."""
    PIECE = 5
    """Any other length."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """(rows,) The numbers as text of 18 bytes, a `Writing`, the birth as 19900102 (0: none), sex 1 male 2 female."""

    text: npt.NDArray[np.bytes_]
    writing: Ints
    born_on: Ints
    sex: Ints


def numbers_of(texts: list[str]) -> Numbers:
    """Read identity numbers as people and spreadsheets write them; nothing is refused."""
    codes = np.array(texts or [""], "U20").view(np.uint32).reshape(-1, 20)[: len(texts)].copy()
    codes[codes == ord("x")] = ord("X")
    odd = np.flatnonzero(~_plain(codes) & (codes[:, 0] != 0))
    mended = [_mended(texts[row]) for row in odd.tolist()]
    writing = np.where(codes[:, 0] == 0, int(Writing.ABSENT), int(Writing.CHECKED)).astype(np.int8)
    for row, (text, kind) in zip(odd.tolist(), mended, strict=True):
        codes[row] = 0
        codes[row, : len(text)] = [ord(one) for one in text]
        writing[row] = kind
    return _judged(codes[:, :WIDTH].astype(np.uint8), writing)


def _plain(codes: npt.NDArray[Any]) -> Flags:
    digits = ((codes[:, :17] >= 48) & (codes[:, :17] <= 57)).all(axis=1)
    last = (codes[:, 17] >= 48) & (codes[:, 17] <= 57) | (codes[:, 17] == ord("X"))
    return np.asarray(digits & last & (codes[:, 18] == 0), np.bool_)


def _mended(text: str) -> tuple[str, Writing]:
    """The characters of an odd writing, at most 18, and what it is."""
    plain = re.sub(r"[\s'’`‘\-_]", "", unicodedata.normalize("NFKC", text)).upper()
    plain = re.sub(r"\.0+$", "", plain).replace("×", "X").replace("*", "")
    rounded = _ROUNDED.match(plain)
    if rounded:
        return (rounded[1] + rounded[2])[:15], Writing.ROUNDED
    plain = re.sub(r"[^0-9X]", "", plain)
    if _PLAIN.match(plain):
        return plain, Writing.CHECKED
    if re.fullmatch(r"[0-9]{15}", plain):
        return _completed(plain[:6] + "19" + plain[6:]), Writing.FIFTEEN
    return plain[:WIDTH], Writing.PIECE if len(plain) >= 6 else Writing.ABSENT


def _completed(seventeen: str) -> str:
    return seventeen + chr(
        _CHECK[sum(int(a) * int(b) for a, b in zip(seventeen, _WEIGHTS, strict=True)) % 11]
    )


def _judged(codes: npt.NDArray[np.uint8], writing: Ints) -> Numbers:
    whole = np.isin(writing, (Writing.CHECKED, Writing.FIFTEEN))
    digits = codes[:, :17].astype(np.int64) - 48
    born = np.where(whole, (digits[:, 6:14] * 10 ** np.arange(7, -1, -1)).sum(axis=1), 0)
    born = np.where(is_day(born), born, 0)
    right = _CHECK[(digits * whole[:, None]) @ _WEIGHTS % 11] == codes[:, 17]
    zeros = (codes[:, 15:] == 48).all(axis=1)
    writing = np.where(whole & (~right | (born == 0)), int(Writing.WRONG), writing)
    writing = np.where(whole & zeros & (writing != Writing.FIFTEEN), int(Writing.ROUNDED), writing)
    codes[writing == Writing.ABSENT] = 0
    sex = np.where(np.isin(writing, (Writing.CHECKED, Writing.FIFTEEN)), 2 - digits[:, 16] % 2, 0)
    text = np.ascontiguousarray(codes).view(f"S{WIDTH}").ravel()
    return Numbers(text, writing.astype(np.int8), born.astype(np.int32), sex.astype(np.int8))


def is_day(days: Ints) -> Flags:
    """(rows,) Whether a number such as 19900102 can be a day of birth; the 30th stands in every lunar month."""
    year, month, day = days // 10_000, days // 100 % 100, days % 100
    return (year >= 1900) & (year <= 2099) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
