"""What the law says of the conditions of a post: refusals with its article, and doubts for who checks it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from zhitong.kernel.errors import Refusal

from .adverts import (
    AGE_SET_BY_LAW,
    ASSUMPTIONS,
    CONDITIONS,
    SIGNS,
    Advert,
    Finding,
    Salary,
    bait_signs,
    unlawful_conditions,
)
from .models import Demand

TEXTS = ("title", "details", "address")
AGE = "age_limit"


def refuse_unlawful(name: str, text: str, *, has_age_basis: bool) -> None:
    """Refuse the text of a field that discriminates unlawfully, with a sentence for each condition in it.

    An age in the text needs the same lawful basis as an age in its own field.
    """
    found = [one for one in _findings(text, has_age_basis) if not one.is_question or one.code == AGE]
    if found:
        sentences = dict.fromkeys(_sentence(one) for one in found)
        raise Refusal(f"unlawful_{found[0].code}", "".join(sentences), field=name)


def doubts_about(demand: Demand) -> list[str]:
    """Return what somebody who checks the post should ask its employer: doubtful conditions, signs of bait."""
    texts = (getattr(demand, name) for name in TEXTS)
    questions = (one for text in texts for one in _findings(text, bool(demand.age_basis)) if one.is_question)
    signs = (_(SIGNS[one.code]) % {"matched": one.matched_text} for one in bait_signs(_as_advert(demand)))
    return list(dict.fromkeys([*map(_sentence, questions), *signs]))


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


def _findings(text: str, has_age_basis: bool) -> list[Finding]:
    return unlawful_conditions(text, lawful={AGE_SET_BY_LAW} if has_age_basis else frozenset())


def _sentence(one: Finding) -> str:
    if one.code == AGE:
        return _(
            "“%(matched)s”限制了年龄，请在“年龄要求的依据”里写明法律法规名称和条款，没有依据就请删去。"
        ) % {"matched": one.matched_text}
    return _(CONDITIONS[one.code]) % {"matched": one.matched_text}
