"""What the law says of the conditions of a post: refusals with its article."""

from __future__ import annotations

from django.utils.translation import gettext as _

from zhitong.kernel.errors import Refusal

from .adverts import AGE_SET_BY_LAW, CONDITIONS, Finding, unlawful_conditions

TEXTS = ("title", "details", "address")
AGE = "age_limit"


def refuse_unlawful(name: str, text: str, *, has_age_basis: bool) -> None:
    """Refuse the text of a field that discriminates unlawfully, with a sentence for each condition in it.

    An age in the text needs the same lawful basis as an age in its own field.
    """
    found = [one for one in findings(text, has_age_basis) if not one.is_question or one.code == AGE]
    if found:
        sentences = dict.fromkeys(sentence_of(one) for one in found)
        raise Refusal(f"unlawful_{found[0].code}", "".join(sentences), field=name)


def findings(text: str, has_age_basis: bool) -> list[Finding]:
    """Return what the law says of a text; an age in it stands where its basis is named."""
    return unlawful_conditions(text, lawful={AGE_SET_BY_LAW} if has_age_basis else frozenset())


def sentence_of(one: Finding) -> str:
    """Return the sentence with the legal basis."""
    if one.code == AGE:
        return _(
            "“%(matched)s”限制了年龄，请在“年龄要求的依据”里写明法律法规名称和条款，没有依据就请删去。"
        ) % {"matched": one.matched_text}
    return _(CONDITIONS[one.code]) % {"matched": one.matched_text}
