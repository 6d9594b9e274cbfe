"""What the law says of the conditions of a post: refusals with its article, and questions for who checks it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from zhitong.kernel.errors import Refusal

from .adverts.conditions import AGE_SET_BY_LAW, CONDITIONS
from .adverts.unlawful import Finding, unlawful_conditions

TEXTS = ("title", "details", "address")
AGE = "age_limit"


def refuse_unlawful(texts: dict[str, str], *, has_age_basis: bool) -> None:
    """Refuse text that discriminates unlawfully, with a sentence for each condition found in the first such text.

    ``texts`` are by field. An age in the text needs the same lawful basis as an age in its own field.
    """
    for name, text in texts.items():
        found = [one for one in _findings(text, has_age_basis) if not one.is_question or one.code == AGE]
        if found:
            sentences = dict.fromkeys(_sentence(one) for one in found)
            raise Refusal(f"unlawful_{found[0].code}", "".join(sentences), field=name)


def questions_about(texts: dict[str, str], *, has_age_basis: bool) -> list[str]:
    """Return what somebody who checks the post should ask its employer, as sentences."""
    found = [one for text in texts.values() for one in _findings(text, has_age_basis) if one.is_question]
    return list(dict.fromkeys(_sentence(one) for one in found))


def _findings(text: str, has_age_basis: bool) -> list[Finding]:
    return unlawful_conditions(text, lawful={AGE_SET_BY_LAW} if has_age_basis else frozenset())


def _sentence(one: Finding) -> str:
    if one.code == AGE:
        return _(
            "“%(matched)s”限制了年龄，请在“年龄要求的依据”里写明法律法规名称和条款，没有依据就请删去。"
        ) % {"matched": one.matched_text}
    return _(CONDITIONS[one.code]) % {"matched": one.matched_text}
