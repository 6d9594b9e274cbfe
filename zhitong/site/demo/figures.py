"""Entering figures with their source, and printing them as docs/reference/demo-assumptions.md.

A figure is published (then it is read from a row of zhitong/site/data, and cannot drift from it), derived
from published ones, or assumed (then the reason stands beside it).
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from zhitong.site.data import read_rows

SURVEY = "migrant_worker_survey_national"
GUIZHOU = "guizhou_zunyi_figures"


@dataclass(frozen=True)
class Figure:
    """One assumption: its name, its value (a number, or a table of numbers by label), its unit, where it is from."""

    name: str
    value: float | dict[str, float]
    unit: str
    source: str


Value = TypeVar("Value", float, dict[str, float])

FIGURES: dict[str, Figure] = {}


@cache
def _table(name: str) -> tuple[dict[str, str], ...]:
    return tuple(read_rows(name))


def published(name: str, table: str, unit: str = "share", scale: float = 0.01, **where: str) -> float:
    """Enter the value of the only row of `table` that fits `where`; raise LookupError if not exactly one fits."""
    row, value = _only_value(table, where)
    FIGURES[name] = Figure(name, round(value * scale, 6), unit, f"{table}, row {row}: " + _words(where))
    return value * scale


def published_group(
    name: str, unit: str, scale: float, groups: dict[str, str], **where: str
) -> dict[str, float]:
    """Enter one value for each label, read from the rows of the survey whose group is given."""
    found = {label: _only_value(SURVEY, where | {"group": group}) for label, group in groups.items()}
    rows = ", ".join(str(row) for row, _ in found.values())
    values = {label: round(value * scale, 6) for label, (_, value) in found.items()}
    FIGURES[name] = Figure(name, values, unit, f"{SURVEY}, rows {rows}: " + _words(where))
    return values


def _only_value(table: str, where: dict[str, str]) -> tuple[int, float]:
    fitting = [
        (number, float(row["value"]))
        for number, row in enumerate(_table(table), start=1)
        if all(row[column] == text for column, text in where.items())
    ]
    if len(fitting) != 1:
        raise LookupError(f"{len(fitting)} rows of {table} fit {where}")
    return fitting[0]


def _words(where: dict[str, str]) -> str:
    return ", ".join(f"{column} {text}" for column, text in where.items())


def assumed(name: str, value: Value, unit: str, why: str) -> Value:
    """Enter and return a value that no source gives, with the reason for it."""
    FIGURES[name] = Figure(name, value, unit, "assumed: " + why)
    return value


def derived(name: str, value: Value, unit: str, how: str) -> Value:
    """Enter and return a value computed from others, with the way it was."""
    FIGURES[name] = Figure(name, value, unit, "derived: " + how)
    return value


def rows_of(name: str) -> float:
    """Return the number of rows of a table beside this module."""
    return float((Path(__file__).parent / name).read_text("utf-8").count("\n") - 1)


def reference_page() -> str:
    """Return docs/reference/demo-assumptions.md."""
    from zhitong.site.demo import answers  # noqa: F401 - the last of the figures to be entered

    rows = [
        f"| `{figure.name}` | {_shown(figure.value)} | {figure.unit} | {figure.source} |"
        for figure in FIGURES.values()
    ]
    return "\n".join([_HEAD, *rows, "", _TAIL])


def _shown(value: float | dict[str, float]) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{label} {number:,g}" for label, number in value.items())
    return f"{value:,g}"


_HEAD = """# What the demo city assumes

Made by `python -m zhitong.site.demo`; do not edit. The demo city is synthetic (样例). It is drawn
so that published shares are met; what no source gives is assumed, and says so. `table, row n` is a row of
`zhitong/site/data/table.csv`, counted without the header.

| figure | value | unit | source |
|---|---|---|---|"""

_TAIL = """## Numbers that can belong to nobody

- **Identity numbers** begin with `5299` and 01 to 15 for the county-level unit. Digits three and four of a
  number name a prefecture, and no code of `division_code_history_cn` has 99 there. That table covers 1981 to
  2024; codes later than that were not seen. The check character (GB 11643) is right.
- **Telephones** begin with `154`, of 150 to 159 the one range that is not in use. Witnesses: libphonenumber's
  metadata (9.0.43) accepts 150-153 and 155-159 as mobile and refuses 154, and public lists of ranges call it
  unassigned. The ministry's own numbering plan was not read, and the range could be opened one day: no demo
  should ever be connected to a real sender of messages. Ranges such as 10, 11 and 12 are never a person's
  either, but dialling them reaches services and emergency calls, so they are not used.
- **Credit codes** of employers carry 9901 behind the province's two digits, which is not in the table of
  1981 to 2024 either. Both check characters (GB 11714, GB 32100) are right. Every employer's name ends in
  （样例）.
- Nobody under 16 is on the register. People of 16 and 17 hold no certificate, and no post asks for a sex,
  an origin or an upper age.

## Known simplifications

- Members of a household who are not workers (young children, the old) are not drawn.
- Published means are national (2023 or 2024) where no figure for Guizhou or Zunyi was found.
- Incomes by sector keep the published proportions; their level is set by the published means of those away
  and those working near home, because more of this register is away than of the national survey.
"""
