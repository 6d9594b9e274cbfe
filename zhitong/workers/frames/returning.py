"""Rows that did not enter the register, back in the sender's own layout, with the reason in a last column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, Any

from django.utils.translation import gettext as _

from zhitong.kernel.sheets import Line, Problem, write_errors
from zhitong.kernel.sheets.read import Sheet as Written

from ..importing import Weight
from ..models import Import, RowFinding
from .lists import Sheet, sheets_of


def write_returned(target: IO[bytes], imported: Import, rows: Iterable[RowFinding]) -> int:
    """Write the rows of these findings with what was said about each; return how many there are."""
    sheets = sheets_of(imported)
    places = {key: (at, row + 1) for at, one in enumerate(sheets) for row, key in one.keys.items()}
    problems = {places[one.row_id]: list(problems_of(one)) for one in rows}
    return write_errors(target, [_as_sent(one) for one in sheets], problems)


def problems_of(finding: RowFinding) -> Iterator[Problem]:
    """Yield why a row did not enter: refusals first, then what waits for a decision."""
    told = finding.read["told"]
    missed = getattr(getattr(finding.row, "effect", None), "reasons", [])
    if missed:
        yield Problem(_("检查之后登记册有了变动，这一行没有办理，请核对后重报。"))
    weights = [str(Weight.NO)] if any(one[2] == Weight.NO for one in told) else [str(Weight.ASK)]
    for _code, column, weight, sentence in told:
        if weight in weights:
            yield Problem(sentence, column)
    if finding.asks and finding.decision == RowFinding.Decision.LEAVE:
        yield Problem(_("经办人决定这一行不办。"))


def _as_sent(one: Sheet) -> Written:
    """Return a staged sheet as the writer takes it; what was merged above the rows stays merged."""
    rows = one.table.rows
    below = one.head.below if one.head is not None else 1
    width = max((len(row) for row in rows), default=0)
    headings: list[Any] = [*rows[below - 1], *[""] * width][:width] if len(rows) >= below else [""] * width
    lines = [Line(row + 1, rows[row]) for row in sorted(one.keys) if row >= below]
    merged = tuple(cells for cells in one.table.merged if cells[1][0] < below)
    texts = tuple("" if cell is None else str(cell) for cell in headings)
    return Written(one.name, [list(row) for row in rows[: below - 1]], texts, lines, merged)
