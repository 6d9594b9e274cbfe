"""How people say the official names: 评茶师 also as 评茶员, 船舶机械装配工 also as 船舶机械装配."""

import re
from collections.abc import Iterable

from zhitong.engines.coding.model import Occupation
from zhitong.engines.coding.words import VAGUE, WEAK

_ENDING = re.compile(r"(?:人员|工|员|师|司机|驾驶员)$")
_ENDINGS = ("", "工", "员", "师")
_SHORTEST = 3
"""Characters of a spoken name: a stem of two, such as 装配, says too little by itself."""
_PLAIN = 5
"""Characters from which a name without any ending is plain enough to decide."""


def spoken_names(occupations: Iterable[Occupation]) -> dict[str, tuple[str, float]]:
    """Other endings of the official names with code and weight; none that two occupations could claim.

    A short name without any ending (风险管理) says what is done and not by whom: it is weak.
    """
    official = {occupation.name.lower(): occupation.code for occupation in occupations}
    claims: dict[str, set[tuple[str, float]]] = {}
    for name, code in official.items():
        for said, weight in _said(name).items():
            claims.setdefault(said, set()).add((code, weight))
    taken = VAGUE | official.keys()
    return {
        said: claimed.pop() for said, claimed in claims.items() if len(claimed) == 1 and said not in taken
    }


def _said(name: str) -> dict[str, float]:
    stem = _ENDING.sub("", name)
    if stem == name or len(stem) < 2:
        return {}
    said = {stem + ending: 1.0 if ending or len(stem) >= _PLAIN else WEAK for ending in _ENDINGS}
    return {word: weight for word, weight in said.items() if len(word) >= _SHORTEST and word != name}
