"""Lists of rows and of pairs as CSV files."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from zhitong.engines.linkage.mixing import Flags, Floats, Ints
from zhitong.engines.linkage.plan import Plan, Verdict
from zhitong.engines.linkage.reading import COLUMNS, Reader
from zhitong.engines.linkage.rows import Rows

LIST_HEADER = ("row", *COLUMNS)
PAIRS_HEADER = ("row_a", "row_b", "bits", "verdict")
PIECE = 20_000
Labels = npt.NDArray[Any]


class FileFault(ValueError):
    """A file that makes no sense, with one sentence that says why."""


def load_rows(path: Path) -> tuple[Rows, Labels]:
    """The rows of a list with the columns of `LIST_HEADER` in any order, and their labels; others are passed over.

    UTF-8 or GB 18030. The file is read in pieces. Raises FileFault.
    """
    reader = Reader()
    labels: list[str] = []
    for piece in _pieces(path, LIST_HEADER):
        labels.extend(piece[0])
        reader.add(piece[1:])
    return reader.rows(), _labels(path, labels)


def _labels(path: Path, given: list[str]) -> Labels:
    together = "".join(given)
    plain = together.isascii() and together.isdigit() and all(given) and max(map(len, given)) < 19
    labels = np.array([int(one) for one in given], np.int64) if plain else np.array(given, np.str_)
    values, counts = np.unique(labels, return_counts=True)
    if len(values) < len(labels):
        raise FileFault(f"{path}: row {values[counts > 1][0]} stands in the file more than once.")
    return labels


def _pieces(path: Path, header: tuple[str, ...]) -> Iterator[list[tuple[str, ...]]]:
    """Columns of some lines at a time, in the order of `header`."""
    with path.open(encoding=_encoding(path), newline="") as file:
        lines = csv.reader(file)
        try:
            places = _places(path, next(lines, []), header)
            width = max(places) + 1
            while rows := list(islice(lines, PIECE)):
                yield _columns(path, [row for row in rows if row], places, width)
        except csv.Error as fault:
            raise FileFault(f"{path}, line {lines.line_num}: {fault}.") from fault


def _places(path: Path, given: list[str], header: tuple[str, ...]) -> list[int]:
    names = [name.strip().lower() for name in given]
    missing = [name for name in header if name not in names]
    if missing:
        raise FileFault(f"{path} lacks the column {missing[0]}; its columns must be {','.join(header)}.")
    return [names.index(name) for name in header]


def _columns(path: Path, rows: list[list[str]], places: list[int], width: int) -> list[tuple[str, ...]]:
    if rows and min(map(len, rows)) < width:
        short = min(rows, key=len)
        raise FileFault(f"{path}: a line has {len(short)} of {width} columns: {','.join(short)[:60]!r}.")
    columns = list(zip(*rows, strict=False)) if rows else [()] * width
    return [columns[place] for place in places]


def _encoding(path: Path) -> str:
    """UTF-8 where the whole file can be read so, else GB 18030; FileFault where neither can."""
    for encoding in ("utf-8", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with path.open("rb") as file:
                while part := file.read(1 << 20):
                    decoder.decode(part)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return "utf-8-sig" if encoding == "utf-8" else encoding
    raise FileFault(f"{path} is neither UTF-8 nor GB 18030 text.")


def save_pairs(path: Path, labels: Labels, plan: Plan) -> None:
    """Write the pairs of a plan with the labels of their rows."""
    verdicts = {int(one): one.name.lower() for one in Verdict}
    with path.open("w", encoding="utf-8", newline="") as file:
        written = csv.writer(file, lineterminator="\n")
        written.writerow(PAIRS_HEADER)
        for one, other, bits, verdict in zip(
            labels[plan.row_a].tolist(),
            labels[plan.row_b].tolist(),
            plan.bits.tolist(),
            plan.verdict.tolist(),
            strict=True,
        ):
            written.writerow((one, other, f"{bits:.2f}", verdicts[verdict]))


def load_pairs(path: Path, labels: Labels) -> tuple[Ints, Ints, Floats, Flags]:
    """Pairs as positions among the labels, their bits, and which of them are `same`. Raises FileFault."""
    columns: list[list[str]] = [[], [], [], []]
    for piece in _pieces(path, PAIRS_HEADER):
        for column, more in zip(columns, piece, strict=True):
            column.extend(more)
    order = np.argsort(labels)
    try:
        named = [np.array(column, labels.dtype) for column in columns[:2]]
        bits = np.array(columns[2], np.float64)
    except ValueError as fault:
        raise FileFault(f"{path}: {fault}.") from fault
    if not len(labels) and len(bits):
        raise FileFault(f"{path} names rows that are not known.")
    at = [order[np.searchsorted(labels[order], name).clip(max=len(labels) - 1)] for name in named]
    if any((labels[place] != name).any() for place, name in zip(at, named, strict=True)):
        raise FileFault(f"{path} names rows that are not known.")
    return at[0], at[1], bits, np.array([one == "same" for one in columns[3]], np.bool_)


def load_truth(path: Path) -> tuple[Labels, Ints, Flags]:
    """Labels of rows, who each is about, and whether that is one of twins. Raises FileFault."""
    pieces = list(_pieces(path, ("row", "person", "twin")))
    row, person, twin = ([one for piece in pieces for one in piece[place]] for place in range(3))
    number = np.unique(np.array(person, np.str_), return_inverse=True)[1]
    return _labels(path, row), number, np.array([one == "1" for one in twin], np.bool_)
