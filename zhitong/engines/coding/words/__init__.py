"""Our own words for occupations: a table from what advertisements say to the codes of 2022.

A collection of our own; no advertisement is quoted.
"""

from zhitong.engines.coding.words.makers import MAKERS
from zhitong.engines.coding.words.offices import OFFICES
from zhitong.engines.coding.words.servers import SERVERS
from zhitong.engines.coding.words.steps import STEPS
from zhitong.engines.coding.words.vague import IN_CONTEXT, PROFESSIONS, REALMS, VAGUE

WEAK = 0.55


def spoken_words() -> dict[str, tuple[str, float]]:
    """Each word with its code and its weight (1, or `WEAK` where the table marks it ``~``).

    A word stands under one code only; a second mention is a mistake in the table and raises ValueError.
    """
    found: dict[str, tuple[str, float]] = {}
    code = ""
    for line in (MAKERS + SERVERS + STEPS + OFFICES).splitlines():
        if line[:1].isdigit():
            code, _, line = line.partition(" ")
        for word in line.split():
            plain = word.rstrip("~")
            if found.get(plain, (code, 0.0))[0] != code:
                raise ValueError(f"the word {plain} stands under {found[plain][0]} and under {code}")
            found[plain] = (code, WEAK if word.endswith("~") else 1.0)
    return found


__all__ = ["IN_CONTEXT", "PROFESSIONS", "REALMS", "VAGUE", "WEAK", "spoken_words"]
