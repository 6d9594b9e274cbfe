"""One row of a list as facts: each cell read strictly, and for each that cannot be read a sentence."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from zhitong.kernel import values
from zhitong.kernel.errors import Refusal
from zhitong.kernel.sheets import cell_text
from zhitong.kernel.sheets.read import EXACT_INTEGERS

from ..rules import refused_for_age, shown_by
from .fields import NO, WORDS, YES, YES_MEANS, word_key
from .heads import Head

EXCEL_BEGAN = dt.date(1899, 12, 30)
MISTYPED = frozenset(("id_number_check", "id_number_birth", "id_number_shape"))
"""What is said of an identity number with a slip; one that a spreadsheet has rounded has lost its end and is none."""
SEPARATORS = re.compile(r"[、，,;；/\s]+")
Words = Mapping[str, Mapping[str, Any]]


class Weight(StrEnum):
    """What a sentence about a row means for it."""

    NO = "no"
    ASK = "ask"
    NOTE = "note"


class Told(NamedTuple):
    """A sentence about a row: its code, the column at fault (from 0), what it means for the row, the sentence."""

    code: str
    column: int | None
    weight: str
    sentence: str


class Raw(NamedTuple):
    """A row as it was staged: its key, where it stood, its cells."""

    key: int
    sheet: int
    number: int
    cells: Sequence[Any]


@dataclass(slots=True)
class Entry:
    """A row as facts. ``facts`` hold only what was filled in and could be read; ``doubtful_number`` an identity
    number that cannot be right as it is written, by which somebody may still be recognised.
    """

    key: int
    sheet: int
    number: int
    facts: dict[str, Any] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)
    doubtful_number: str = ""

    @property
    def is_refused(self) -> bool:
        """Whether something about it can be no fact at all."""
        return any(one.weight == Weight.NO for one in self.told)

    @property
    def asks(self) -> bool:
        """Whether a person has to decide something about it."""
        return any(one.weight == Weight.ASK for one in self.told)

    @property
    def is_mistyped(self) -> bool:
        """Whether nothing is wrong with it but an identity number with a slip."""
        return {one.code for one in self.told if one.weight == Weight.NO} <= MISTYPED and self.is_refused

    def forgive_number(self) -> None:
        """Let the row pass without its identity number; the sentence about it stays."""
        self.told = [
            one._replace(weight=str(Weight.NOTE)) if one.code in MISTYPED else one for one in self.told
        ]

    def tell(self, code: str, weight: Weight, sentence: str, column: int | None = None) -> None:
        """Add a sentence."""
        self.told.append(Told(code, column, str(weight), sentence))


def read_row(raw: Raw, head: Head, words: Words, today: dt.date) -> Entry:
    """Return what a row says. Facts that contradict the identity number become questions, never facts."""
    entry = Entry(raw.key, raw.sheet, raw.number)
    cells = raw.cells
    for at, name in enumerate(head.fields):
        if not name or at >= len(cells):
            continue
        value = cells[at]
        if value is None or value == "":
            continue
        try:
            read = _READERS[name](value, words.get(name) or {}, head.headings[at])
        except Refusal as no:
            entry.tell(no.code, _weight_of(name), str(no.sentence), at)
            if no.code in MISTYPED:
                entry.doubtful_number = cell_text(value)[:40]
            continue
        if read is not None and read != "":
            entry.facts[name] = read
    _settle_identity(entry, head, today)
    return entry


def _weight_of(name: str) -> Weight:
    """Return what a cell that cannot be read means: some facts must be right, others a person can go without."""
    if name in ("name", "id_number", "telephone", "status", "education", "village"):
        return Weight.NO
    return Weight.ASK if name in ("sex", "birth_on") else Weight.NOTE


def _settle_identity(entry: Entry, head: Head, today: dt.date) -> None:
    """Take sex and birth from the identity number; what the list says otherwise becomes a question."""
    facts = entry.facts
    told = {one.column for one in entry.told}
    if "name" not in facts and head.position("name") not in told:
        entry.tell("name_missing", Weight.NO, _("没有写姓名。"), head.position("name"))
    number = facts.get("id_number")
    if number is None:
        return
    shown_sex, shown_day = shown_by(number)
    sex, born = str(shown_sex), shown_day.isoformat()
    if facts.get("sex", sex) != sex:
        sentence = _(
            "身份证号上的性别是%(shown)s，与名单所填不符：请看证件核对；确认身份证号无误才照号码入册。"
        ) % {"shown": shown_sex.label}
        entry.tell("sex_contradicts_id_number", Weight.ASK, sentence, head.position("sex"))
    if facts.get("birth_on", born) != born:
        sentence = _(
            "身份证号上的出生日期是%(shown)s，与名单所填不符：请看证件核对；确认身份证号无误才照号码入册。"
        )
        entry.tell(
            "birth_contradicts_id_number", Weight.ASK, sentence % {"shown": born}, head.position("birth_on")
        )
    facts["sex"], facts["birth_on"] = sex, born
    if no := refused_for_age(shown_day, today):
        entry.tell(no.code, Weight.NO, str(no.sentence), head.position("id_number"))


def _id_number(value: Any, words: Mapping[str, Any], heading: str) -> str:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) >= EXACT_INTEGERS:
        return values.id_number(f"{value:.1E}")  # refused as rounded, by that name
    return values.id_number(cell_text(value))


def _telephone(value: Any, words: Mapping[str, Any], heading: str) -> str:
    text = cell_text(value)
    return "" if text in NO else values.telephone(text, mobile=True)


def _name(value: Any, words: Mapping[str, Any], heading: str) -> str:
    name = values.person_name(values.no_formula(cell_text(value)))
    if len(name) > 50:
        raise Refusal("too_long", _("姓名太长，请核对。"))
    return name


def _birth(value: Any, words: Mapping[str, Any], heading: str) -> str:
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and 5_000 < value < 60_000:
        return (EXCEL_BEGAN + dt.timedelta(days=int(value))).isoformat()
    return values.day(cell_text(value)).isoformat()


def _one_of(name: str) -> Callable[[Any, Mapping[str, Any], str], Any]:
    usual = WORDS[name]

    def read(value: Any, words: Mapping[str, Any], heading: str) -> Any:
        text = word_key(cell_text(value))
        if text in words:
            return words[text]
        if text in usual:
            return usual[text]
        if name == "status" and text in YES | NO:
            return "away" if text in YES else "home"
        if text in NO:
            return None
        sentence = _("“%(text)s”不知道是哪一项，请改用模板里的写法，或在列对照里说明它的意思。")
        raise Refusal(f"{name}_unknown", sentence % {"text": cell_text(value)[:20]})

    return read


def _text(value: Any, words: Mapping[str, Any], heading: str) -> str:
    text = values.no_formula(values.line(cell_text(value)))[:60]
    return str(words.get(word_key(text), text))


def _groups(value: Any, words: Mapping[str, Any], heading: str) -> list[str]:
    text = cell_text(value)
    text = str(words.get(word_key(text), text))
    if word_key(text) in YES:
        text = next((group for word, group in YES_MEANS if word in heading), "")
    if word_key(text) in NO:
        return []
    return [one[:60] for one in SEPARATORS.split(text) if one]


_READERS: Mapping[str, Callable[[Any, Mapping[str, Any], str], Any]] = {
    "name": _name, "id_number": _id_number, "sex": _one_of("sex"), "birth_on": _birth, "telephone": _telephone,
    "education": _one_of("education"), "town": _text, "village": _text, "head": _text, "role": _one_of("role"),
    "status": _one_of("status"), "work_city": _text, "skill": _text, "priority": _groups,
}  # fmt: skip
