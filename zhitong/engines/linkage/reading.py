"""From the columns of a list, as people write them, to `Rows`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from zhitong.engines.linkage.days import day_of
from zhitong.engines.linkage.identity import Numbers, numbers_of
from zhitong.engines.linkage.mixing import Ints, of_text
from zhitong.engines.linkage.nametable import Names
from zhitong.engines.linkage.rows import FEMALE, MALE, Rows

COLUMNS = ("id_number", "name", "sex", "birth_on", "phone", "village")
_MEN = frozenset("男 男性 m male 1".split())
_WOMEN = frozenset("女 女性 f female 2".split())
_TOWNSHIP = re.compile(r"^(.*?(?:街道办事处|街道|[镇乡]))(?=.)")
_NO_NAME = frozenset("无 不详 未知 空 暂无 不知 none null nan".split())


class _Seen(dict[str, Any]):
    """What a function makes of texts, each asked for once."""

    def __init__(self, read: Callable[[str], Any]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> Any:
        found = self[text] = self._read(text)
        return found


class Reader:
    """Takes lists in pieces, so that a long file need not stand in memory as text."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._seen = _Seen(self._new_name)
        self._days, self._sexes, self._places = _Seen(day_of), _Seen(sex_of), _Seen(place_of)
        self._pieces: list[tuple[Numbers, dict[str, Any]]] = []

    def add(self, columns: Sequence[Sequence[str]]) -> None:
        """Take some rows, given as columns in the order of `COLUMNS`."""
        id_number, name, sex, birth_on, phone, village = columns
        places = np.array(list(map(self._places.__getitem__, village)), np.uint64).reshape(-1, 2)
        piece = {
            "name": np.array(list(map(self._seen.__getitem__, name)), np.int32),
            "sex": np.array(list(map(self._sexes.__getitem__, sex)), np.int8),
            "born_on": np.array(list(map(self._days.__getitem__, birth_on)), np.int32),
            "telephone": telephones_of(phone),
            "village": places[:, 0],
            "township": places[:, 1],
        }
        self._pieces.append((numbers_of(list(id_number)), piece))

    def rows(self) -> Rows:
        """Everything that was taken, in order."""
        if not self._pieces:
            self.add([[]] * len(COLUMNS))
        numbers, pieces = [one for one, _ in self._pieces], [piece for _, piece in self._pieces]
        return Rows(
            names=Names.of(self._names),
            id_text=np.concatenate([one.text for one in numbers]),
            id_writing=np.concatenate([one.writing for one in numbers]),
            id_born_on=np.concatenate([one.born_on for one in numbers]),
            id_sex=np.concatenate([one.sex for one in numbers]),
            **{name: np.concatenate([piece[name] for piece in pieces]) for name in pieces[0]},
        )

    def _new_name(self, text: str) -> int:
        if not text.strip() or text.strip().lower() in _NO_NAME:
            return -1
        self._names.append(text)
        return len(self._names) - 1


def rows_of(columns: dict[str, Sequence[str]]) -> Rows:
    """Rows from whole columns by name; a column that is left out is empty. ValueError on columns of other lengths."""
    unknown = sorted(set(columns) - set(COLUMNS))
    if unknown:
        raise ValueError(f"There is no column {unknown[0]!r}; columns are {', '.join(COLUMNS)}.")
    lengths = {len(column) for column in columns.values()} or {0}
    if len(lengths) > 1:
        raise ValueError("The columns have different numbers of rows.")
    empty = [""] * lengths.pop()
    reader = Reader()
    reader.add([columns.get(name, empty) for name in COLUMNS])
    return reader.rows()


def sex_of(text: str) -> int:
    """1 male, 2 female, 0 unknown."""
    if text in ("男", "女"):
        return MALE if text == "男" else FEMALE
    plain = unicodedata.normalize("NFKC", text).strip().lower().removesuffix(".0")
    return MALE if plain in _MEN else FEMALE if plain in _WOMEN else 0


def telephones_of(texts: Sequence[str]) -> Ints:
    """(rows,) `telephone_of` many texts; plain mobile numbers are read at once."""
    codes = np.array(list(texts) or [""], "U12").view(np.uint32).reshape(-1, 12)[: len(texts)]
    digits = codes[:, :11].astype(np.int64) - 48
    plain = ((digits >= 0) & (digits <= 9)).all(axis=1) & (codes[:, 11] == 0) & (digits[:, 0] == 1)
    plain &= (digits[:, 1:] != digits[:, 1:2]).any(axis=1)
    found = np.where(plain, digits @ 10 ** np.arange(10, -1, -1), 0)
    for row in np.flatnonzero(~plain & (codes[:, 0] != 0)).tolist():
        found[row] = telephone_of(texts[row])
    return found


def telephone_of(text: str) -> int:
    """A telephone number as a whole number, without the code of the country; 0 where there is none.

    Of several numbers the first is taken. Numbers of one digit repeated stand for none.
    """
    plain = re.sub(r"\.0+$", "", unicodedata.normalize("NFKC", text).strip())
    first = re.split(r"[,，;；/、]|(?<=\d{11})\s+(?=1\d{10})", plain)[0]
    digits = re.sub(r"[^0-9]", "", first)
    digits = re.sub(r"^(0086|86)(?=1\d{10}$)", "", digits)
    if not 7 <= len(digits) <= 15 or len(set(digits[1:])) == 1:
        return 0
    return int("9" + digits) if digits.startswith("0") else int(digits)


def place_of(text: str) -> tuple[int, int]:
    """Numbers of a village and of its township, each 0 where unknown.

    Of a code of twelve digits the first nine are the township; of a name, what ends in 镇, 乡 or 街道.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split()).removesuffix(".0")
    if plain.isdecimal() and len(plain) == 12:
        return of_text(plain), of_text(plain[:9])
    town = _TOWNSHIP.match(plain)
    return of_text(plain), of_text(town[1]) if town else 0


__all__ = ["COLUMNS", "Reader", "place_of", "rows_of", "sex_of", "telephone_of", "telephones_of"]
