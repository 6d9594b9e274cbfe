"""What somebody who checks a post should ask its employer: signs of bait, and conditions that the law forbids.

A doubt is a warning with its reason. It never refuses a post; a person does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .adverts import ASSUMPTIONS, SIGNS, Advert, Finding, Salary, Usual, bait_signs
from .lawful import TEXTS, findings, sentence_of
from .models import Demand, UsualWage

MIDDLE = 4
"""Characters of an occupation's code that name its middle class."""


@dataclass(frozen=True)
class Doubt:
    """One doubt: its code, the words of the post that raise it, and the usual pay where pay was compared."""

    code: str
    matched: str
    usual: str = ""

    @property
    def sentence(self) -> str:
        """Return the sentence for the officer, in the language that is spoken."""
        if self.code in SIGNS:
            return _(SIGNS[self.code]) % {"matched": self.matched, "usual": self.usual}
        return sentence_of(Finding(self.code, self.matched, 0))


def doubts_about(demand: Demand, usual: Usual | None = None) -> list[Doubt]:
    """Return the doubts about a post; ``usual`` is what its work usually pays, where enough employers say so."""
    return list(dict.fromkeys([*_unlawful(demand), *_bait(demand, usual)]))


def usual_for(demand: Demand) -> Usual | None:
    """Return what the post's occupation usually pays, or its middle class where few employers offer it."""
    code = demand.occupation.code
    rows = UsualWage.objects.filter(occupation__code__in=(code, code[:MIDDLE]))
    row = rows.order_by("-occupation__level").first()
    return None if row is None else as_usual(row)


def as_usual(row: UsualWage) -> Usual:
    """Return a stored row as the arithmetic takes it."""
    return Usual(row.low_fen, row.middle_fen, row.high_fen, row.employers)


def as_kept(doubts: list[Doubt]) -> dict[str, Any]:
    """Return the columns of a post that keep its doubts."""
    return {"doubts": [vars(one) for one in doubts], "is_doubtful": bool(doubts)}


def kept_doubts(demand: Demand) -> list[Doubt]:
    """Return the doubts as they were kept with the post when it was last looked at."""
    return [Doubt(**one) for one in demand.doubts or ()]


def _unlawful(demand: Demand) -> Iterator[Doubt]:
    for text in (getattr(demand, name) for name in TEXTS):
        yield from (Doubt(one.code, one.matched_text) for one in findings(text, bool(demand.age_basis)))


def _bait(demand: Demand, usual: Usual | None) -> Iterator[Doubt]:
    for sign in bait_signs(_as_advert(demand), usual=usual):
        yield Doubt(sign.code, sign.matched_text, sign.usual)


def _as_advert(demand: Demand) -> Advert:
    """Return the post as if it had been read from a list."""
    low, high = demand.wage_low_fen, demand.wage_high_fen
    given = f"{low // 100}-{high // 100}"
    return Advert(
        advert_id="", source="", employer="", title=demand.title, coding=_Coding(demand.occupation.code),
        place=None, salary=Salary(low, high, "month", ASSUMPTIONS["month"], given), seats=demand.seats,
        education=demand.education_min, years=0, published_on=None, industry="", tags=(),
        details=demand.details, findings=(), unknown=(), supposed=(),
    )  # fmt: skip


@dataclass(frozen=True)
class _Coding:
    """An occupation that a person chose."""

    code: str | None
    confidence: float = 1.0
    runner_up: str | None = None
    reason: str = ""
