"""Text as people type it, made plain: half-width, no invisible characters, one hyphen, digits for numerals."""

import re
import unicodedata
from typing import Final

LONGEST: Final = 4000
"""Characters of one text that are read; an advertisement says nothing new after that."""

_HYPHENS = re.compile(r"[‐‑‒–—―−─－﹣﹘~～〜∼]+|-{2,}")
_DIGITS = dict(zip("零〇一二两三四五六七八九", "001223456789", strict=True))
_TENS = re.compile(r"([一二两三四五六七八九]?)十([一二三四五六七八九]?)")


def make_plain(text: str) -> str:
    """NFKC, lower case, hyphens alike, no control or invisible characters, whitespace as single blanks."""
    folded = unicodedata.normalize("NFKC", text[:LONGEST]).lower()
    kept = (" " if c.isspace() else c for c in folded if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join(_HYPHENS.sub("-", "".join(kept)).split())


def make_solid(text: str) -> str:
    """As `make_plain`, and without any blank: for what people space out to be overlooked."""
    return make_plain(text).replace(" ", "")


def numerals_to_digits(text: str) -> str:
    """Chinese numerals to digits, leaving 百, 千 and 万 as units: 一万二 → 1万2, 十三薪 → 13薪."""
    tens = _TENS.sub(lambda found: f"{_DIGITS.get(found[1], '1')}{_DIGITS.get(found[2], '0')}", text)
    return "".join(_DIGITS.get(character, character) for character in tens)


def cut(text: str, length: int = 60) -> str:
    """The beginning of a text for a sentence, with a mark where it was cut."""
    return text if len(text) <= length else text[: length - 1] + "…"
