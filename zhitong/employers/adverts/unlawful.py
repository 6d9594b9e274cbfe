"""Find the conditions of a post that the law forbids; `conditions` names them and their legal basis."""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass

from zhitong.employers.adverts.conditions import CONDITIONS, EXCEPTIONS, QUESTIONS
from zhitong.employers.adverts.plain import make_solid, numerals_to_digits
from zhitong.employers.adverts.wordings import AGES, NO_CHILD, SAFE, UNDER_SIXTEEN, WORDINGS


@dataclass(frozen=True, slots=True)
class Finding:
    """One condition found: its code, the words that say it, and where they begin in the text without blanks.

    An age in Chinese numerals is matched in digits, so the beginnings of ages are near, not exact.
    """

    code: str
    matched_text: str
    start: int

    @property
    def is_question(self) -> bool:
        """Whether it is only to be asked about."""
        return self.code in QUESTIONS

    @property
    def sentence(self) -> str:
        """The Chinese sentence with its legal basis, for who wrote the words."""
        return CONDITIONS[self.code] % {"matched": self.matched_text}


def unlawful_conditions(text: str, *, lawful: Set[str] = frozenset()) -> list[Finding]:
    """The conditions in a text that the law forbids or that are to be asked about, in their order in the text.

    `lawful` names what the law itself bars from the post (keys of `EXCEPTIONS`); an unknown name raises KeyError.
    Full-width, spaced-out and invisible characters do not hide a condition.
    """
    allowed = frozenset(code for name in lawful for code in EXCEPTIONS[name])
    findings = (finding for finding in _find(_blank(SAFE, make_solid(text))) if finding.code not in allowed)
    return sorted(findings, key=lambda finding: (finding.start, finding.code))


def _find(solid: str) -> Iterator[Finding]:
    for code, triggers, pattern in WORDINGS:
        if any(trigger in solid for trigger in triggers):
            yield from (Finding(code, found[0], found.start()) for found in pattern.finditer(solid))
    if "岁" in solid or "年龄" in solid or "童工" in solid:
        yield from _find_ages(_blank(NO_CHILD, numerals_to_digits(solid)))


def _find_ages(solid: str) -> Iterator[Finding]:
    yield from (Finding("under_sixteen", found[0], found.start()) for found in UNDER_SIXTEEN.finditer(solid))
    for found in AGES.finditer(solid):
        if all(16 <= int(age) <= 70 for age in found.groups() if age):
            yield Finding("age_limit", found[0], found.start())


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """The text with what the pattern finds made blank, so that all else keeps its position."""
    return pattern.sub(lambda found: "　" * len(found[0]), text)
