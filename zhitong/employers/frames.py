"""From rows to what reading advertisements needs: the only module of this app that feeds an engine."""

from __future__ import annotations

from collections.abc import Iterator

from zhitong.engines.coding import Coder, Params, read_occupations, spoken_words
from zhitong.kernel.models import Occupation, Region

from .adverts import Places, Tables

LEVELS = {1: "province", 2: "prefecture", 3: "county"}


def reading_tables() -> Tables:
    """Return the installation's divisions, and a coder that knows its occupations."""
    return Tables(Places(_divisions()), title_coder())


def title_coder() -> Coder:
    """Return a coder of titles; words for occupations that the installation does not have are left out."""
    rows = Occupation.objects.at_level(4).values_list("code", "name")
    occupations = read_occupations({"code": code, "level": "4", "name": name} for code, name in rows)
    known = {one.code for one in occupations}
    words = {word: found for word, found in spoken_words().items() if found[0] in known}
    return Coder(Params(occupations, words))


def _divisions() -> Iterator[dict[str, str]]:
    columns = ("code", "name", "short_name", "level", "prefecture__code", "prefecture__level")
    for code, name, short, level, prefecture, above in (
        Region.objects.standing().filter(level__in=LEVELS).order_by("code").values_list(*columns)
    ):
        yield {
            "code": code[:6],
            "name": name,
            "short_name": short or name,
            "level": LEVELS[level],
            "province_code": code[:2].ljust(6, "0"),
            "prefecture_code": prefecture[:6] if level == 3 and above == 2 else "",
        }
