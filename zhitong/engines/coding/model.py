"""Problem, parameters and plan of the coding engine."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

LEAF: Final = "4"
"""The `level` of a single occupation in the table of 2022."""


@dataclass(frozen=True, slots=True)
class Occupation:
    """One occupation: its code such as 6-18-02-04, whose first four characters are its middle group."""

    code: str
    name: str


def read_occupations(rows: Iterable[Mapping[str, str]]) -> tuple[Occupation, ...]:
    """The single occupations of a table with the columns code, level and name, in order of code.

    Raises KeyError where a column is missing and ValueError where the table has no row of level 4.
    """
    leaves = [Occupation(row["code"], row["name"]) for row in rows if row["level"] == LEAF]
    found = tuple(sorted(leaves, key=lambda occupation: occupation.code))
    if not found:
        raise ValueError("the table of occupations has no row of level 4")
    return found


@dataclass(frozen=True, slots=True)
class Params:
    """What a coder knows: the occupations, the words for them (word → code, weight) and how sure it must be.

    Below `floor` a likeness is no answer. Words for codes that the table lacks raise ValueError.
    """

    occupations: tuple[Occupation, ...]
    words: Mapping[str, tuple[str, float]]
    floor: float = 0.5

    def __post_init__(self) -> None:
        known = {occupation.code for occupation in self.occupations}
        strange = sorted({code for code, _ in self.words.values()} - known)
        if strange:
            raise ValueError(f"words stand for codes that the table lacks: {', '.join(strange[:5])}")


@dataclass(frozen=True, slots=True)
class Coding:
    """What a title was taken for.

    `code` is an occupation or None, and then `reason` says why: title_empty, title_too_vague, title_unknown.
    `confidence` runs from 0 to 1 and is about the share of such answers that are right. `runner_up` is the
    next occupation considered, if any. `middle` is the middle group, which may be known where the occupation
    is not. `decided_by` is the word or name that decided, as it stands in the title or in our table.
    """

    code: str | None
    confidence: float
    runner_up: str | None = None
    middle: str | None = None
    reason: str = ""
    decided_by: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Titles and, beside each, the text of its advertisement ("" where there is none)."""

    titles: tuple[str, ...]
    texts: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if self.texts and len(self.texts) != len(self.titles):
            raise ValueError(f"{len(self.titles)} titles but {len(self.texts)} texts")


@dataclass(frozen=True, slots=True)
class Plan:
    """One coding for each title, in the order of the problem."""

    codings: tuple[Coding, ...]

    def broken_rules(self, problem: Problem, params: Params) -> list[str]:
        """What is wrong with this plan, in words; empty where nothing is. Written without the coder."""
        if len(self.codings) != len(problem.titles):
            return [f"{len(problem.titles)} titles but {len(self.codings)} codings"]
        known = {occupation.code for occupation in params.occupations}
        return [f"{i}: {fault}" for i, coding in enumerate(self.codings) for fault in _faults(coding, known)]


def _faults(coding: Coding, known: set[str]) -> list[str]:
    faults = []
    if not 0.0 <= coding.confidence <= 1.0:
        faults.append("the confidence is not between 0 and 1")
    if any(code is not None and code not in known for code in (coding.code, coding.runner_up)):
        faults.append("a code is not in the table")
    if coding.code is not None and coding.code == coding.runner_up:
        faults.append("the runner-up is the winner")
    if (coding.code is None) != bool(coding.reason):
        faults.append("a title without a code needs a reason, one with a code has none")
    if coding.code is not None and coding.middle != coding.code[:4]:
        faults.append("the middle group is not that of the code")
    return faults
