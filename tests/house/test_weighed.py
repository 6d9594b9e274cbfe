"""What a round may know of a person is a closed list: sex, ethnicity, religion and household have no column in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields

from zhitong.engines.matching import Fellows, Posts, Problem, Weights, Workers
from zhitong.matching.models import RuleSet

KNOWN_OF_A_PERSON = {
    "age", "education", "wished", "experienced", "experience_years", "certificates", "earliest_day",
    "wage_floor_fen", "wished_places", "anywhere", "excluded_places", "needs_dormitory", "priority", "village",
    "group", "declined_posts", "declined_employers",
}  # fmt: skip
"""Law, ability, a person's own word, who goes together, and between whom a no stands; `group` is a number of those
who want the same place."""
WEIGHED = {
    "placed", "wish", "experience", "wage", "place", "lodging", "meals", "season", "fellows", "distance", "priority",
}  # fmt: skip
TABLES = {"workers", "posts", "trees", "on_day", "group_rule", "fellows"}
FORBIDDEN = {
    "sex", "gender", "female", "male", "ethnicity", "ethnicities", "ethnic", "minority", "race", "stated", "nation",
    "nationality", "religion", "faith",
    "household", "hukou", "marital", "married", "pregnant", "illness", "name", "telephone",
}  # fmt: skip
"""Employment Promotion Law, articles 3 and 25 to 31: not to be held for or against anybody."""


def unlawful(names: Iterable[str], allowed: set[str]) -> list[str]:
    """Return a sentence for each name that is not on the closed list."""
    return [
        f"{name} would be weighed in rounds: may the law have it so? Then name it in {__name__} with a reason."
        for name in names
        if name not in allowed
    ]


def telling(names: Iterable[str]) -> list[str]:
    """Return a sentence for each name that says what the law forbids to weigh."""
    return [
        f"{name} is what the law forbids to weigh."
        for name in names
        if FORBIDDEN & set(re.split(r"[._]", name))
    ]


def names_of(table: type) -> list[str]:
    """Return the columns of an engine's table."""
    return [one.name for one in fields(table)]  # type: ignore[arg-type]


def test_a_round_knows_of_a_person_only_what_is_listed() -> None:
    assert unlawful(names_of(Workers), KNOWN_OF_A_PERSON) == []
    assert unlawful(names_of(Problem), TABLES) == []


def test_an_office_weighs_only_what_is_listed() -> None:
    assert unlawful(names_of(Weights), WEIGHED) == []
    assert unlawful(RuleSet.BOUNDS, WEIGHED) == []


def test_no_table_of_a_round_says_what_the_law_forbids() -> None:
    for table in (Workers, Posts, Fellows, Problem, Weights):
        assert telling(names_of(table)) == []
    assert telling(one.name for one in RuleSet._meta.get_fields()) == []


def test_breaches_are_found() -> None:
    assert "would be weighed" in unlawful(["is_tall"], KNOWN_OF_A_PERSON)[0]
    assert "forbids" in telling(["posts.wanted_sex"])[0]
    assert telling(["workers.stated_ethnicity", "ethnic_group"])[1:]
    assert unlawful(["age"], KNOWN_OF_A_PERSON) == telling(["minutes_from_home"]) == []
