"""The unified social credit code of a legal person: 18 characters with a check character, GB 32100-2015."""

from __future__ import annotations

import re
import unicodedata

CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 characters in the order of their values; I, O, S, V and Z are not used."""

_SHAPE = re.compile(rf"[{CHARACTERS}]{{2}}\d{{6}}[{CHARACTERS}]{{10}}")


def normal_credit_code(text: str) -> str:
    """Return the code in half width and capitals without blanks and dashes."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper()


def check_character(first: str) -> str:
    """Return the 18th character that belongs to the first 17: weights are powers of 3 modulo 31."""
    total = sum(CHARACTERS.index(one) * pow(3, place, 31) for place, one in enumerate(first))
    return CHARACTERS[-total % 31]


def completed_credit_code(first: str) -> str:
    """Return the code that begins with these 17 characters."""
    return first + check_character(first)


def fault_of(code: str) -> str:
    """Return why a code in normal form is none: ``shape``, ``check``, or nothing."""
    if not _SHAPE.fullmatch(code):
        return "shape"
    return "" if check_character(code[:17]) == code[17] else "check"
