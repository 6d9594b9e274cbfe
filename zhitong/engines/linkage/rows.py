"""Rows of lists as arrays: row 17, never a key of the register."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from zhitong.engines.linkage.identity import WIDTH, Writing, is_day
from zhitong.engines.linkage.mixing import Flags, Ints, Words, mixed
from zhitong.engines.linkage.nametable import Names

MALE, FEMALE = 1, 2


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """What is known of each row, one entry each; 0 stands for what is not known. Read-only.

    Telephone, village and township are only ever asked whether they are equal, so a keyed hash serves as well. The
    identity number is clear text inside a job.
    """

    names: Names
    name: Ints
    """Position in `names`, -1 none."""
    sex: Ints
    """1 male, 2 female, as stated."""
    born_on: Ints
    """Day of birth as stated, 19900102."""
    telephone: Ints
    village: Words
    township: Words
    id_text: npt.NDArray[np.bytes_]
    """(rows,) 18 bytes."""
    id_writing: Ints
    """A `Writing`."""
    id_born_on: Ints
    id_sex: Ints

    def __post_init__(self) -> None:
        _check(self)
        for name, dtype in _DTYPES.items():
            values = np.ascontiguousarray(getattr(self, name), dtype).view()
            values.setflags(write=False)
            object.__setattr__(self, name, values)

    def __len__(self) -> int:
        return len(self.name)

    def joined(self, other: Rows) -> Rows:
        """These rows and behind them the others."""
        columns = {
            name: np.concatenate([getattr(self, name), getattr(other, name)])
            for name in _DTYPES
            if name != "name"
        }
        moved = np.where(other.name >= 0, other.name + len(self.names), -1)
        return Rows(self.names.joined(other.names), np.concatenate([self.name, moved]), **columns)

    def taken(self, positions: Ints) -> Rows:
        """The rows at these positions, in this order."""
        columns = {name: getattr(self, name)[positions] for name in _DTYPES}
        if 4 * len(positions) < len(self.names):
            used = np.unique(columns["name"][columns["name"] >= 0])
            columns["name"] = np.where(columns["name"] >= 0, np.searchsorted(used, columns["name"]), -1)
            return Rows(self.names.taken(used), **columns)
        return replace(self, **columns)

    @property
    def whole(self) -> Flags:
        """(rows,) Whether the identity number is whole: its check character right, or of fifteen digits."""
        return np.isin(self.id_writing, (Writing.CHECKED, Writing.FIFTEEN))

    @property
    def suspicious(self) -> Flags:
        """(rows,) Whether a right identity number contradicts its row.

        Another sex, or a year of birth more than one away from the stated one: usually the number of a family
        member, dragged down a column.
        """
        sex = (self.sex > 0) & (self.id_sex > 0) & (self.sex != self.id_sex)
        years = np.abs(self.born_on // 10_000 - self.id_born_on // 10_000)
        return np.asarray(
            self.whole & (sex | (self.born_on > 0) & (self.id_born_on > 0) & (years > 1)), np.bool_
        )

    def id_part(self, start: int, stop: int) -> Words:
        """(rows,) A number for some characters of the identity number."""
        codes = np.zeros((len(self), 24), np.uint8)
        codes[:, : stop - start] = self.id_text.view(np.uint8).reshape(-1, WIDTH)[:, start:stop]
        words = codes.view("<u8").astype(np.int64)
        return mixed(np.full(len(self), start * WIDTH + stop), *(words[:, place] for place in range(3)))

    def name_hash(self, kind: str) -> Words:
        """(rows,) `same`, `sound` or `surname` of the name; 0 without a name."""
        if not len(self.names):
            return np.zeros(len(self), np.uint64)
        return np.where(self.name >= 0, getattr(self.names, kind)[self.name], np.uint64(0))


_DTYPES: dict[str, Any] = {
    "name": np.int32,
    "sex": np.int8,
    "born_on": np.int32,
    "telephone": np.int64,
    "village": np.uint64,
    "township": np.uint64,
    "id_text": f"S{WIDTH}",
    "id_writing": np.int8,
    "id_born_on": np.int32,
    "id_sex": np.int8,
}


def _check(rows: Rows) -> None:
    for name in _DTYPES:
        values = np.asarray(getattr(rows, name))
        if values.ndim != 1 or len(values) != len(rows.name):
            raise ValueError(f"rows.{name} must have one entry for each of {len(rows.name)} rows.")
    if len(rows.name) and (np.max(rows.name) >= len(rows.names) or np.min(rows.name) < -1):
        raise ValueError(f"rows.name must be a position among {len(rows.names)} names, or -1.")
    for name in ("sex", "id_sex"):
        if not np.isin(getattr(rows, name), (0, MALE, FEMALE)).all():
            raise ValueError(f"rows.{name} must hold 0, {MALE} or {FEMALE}.")
    for name in ("born_on", "id_born_on"):
        days = np.asarray(getattr(rows, name))
        if not (is_day(days) | (days == 0)).all():
            raise ValueError(f"rows.{name} must hold days such as 19900102, or 0.")
    if not np.isin(rows.id_writing, list(Writing)).all():
        raise ValueError("rows.id_writing holds an unknown way of writing.")
    assert {field.name for field in fields(rows)} == {"names", *_DTYPES}


__all__ = ["FEMALE", "MALE", "Rows"]
