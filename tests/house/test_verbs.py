"""Every verb belongs to a role, reads aloud, and has its test."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from django.urls import URLPattern, URLResolver, get_resolver

from zhitong.kernel.action import VERBS, Verb
from zhitong.kernel.roles import EVERYTHING, Role
from zhitong.site.roles import CLOCK, ROLES

from .source import ROOT

CHINESE = re.compile(r"[一-鿿]")


def homeless(verbs: Iterable[Verb], roles: Iterable[Role], clock: Iterable[str]) -> list[str]:
    """Return a sentence for each verb that no role holds by name and that the clock does not do."""
    held = {name for role in roles for name in role.verbs} | set(clock)
    return [
        f"{verb.name} belongs to no role: name it in zhitong/site/roles.py, or in CLOCK if nobody does it by hand."
        for verb in verbs
        if verb.name not in held
    ]


def unknown(verbs: Mapping[str, Verb], roles: Iterable[Role], clock: Iterable[str]) -> list[str]:
    """Return a sentence for each name in the roles table that is no verb."""
    named = {name: role.name for role in roles for name in role.verbs if name != EVERYTHING}
    named |= dict.fromkeys(clock, "the clock")
    return [
        f"{role} holds {name}, but there is no such verb."
        for name, role in named.items()
        if name not in verbs
    ]


def untested(verbs: Iterable[Verb]) -> list[str]:
    """Return a sentence for each verb without a test file, a ``test_it_works``, or a stranger."""
    found = []
    for verb in verbs:
        path = ROOT / "tests" / verb.app / f"test_{verb.name}.py"
        if not path.exists():
            found.append(f"{verb.name} has no test: write tests/{verb.app}/test_{verb.name}.py.")
            continue
        text = path.read_text("utf-8")
        if "def test_it_works" not in text:
            found.append(f"tests/{verb.app}/test_{verb.name}.py begins with test_it_works.")
        if verb.name not in CLOCK and "stranger" not in text:
            found.append(f"tests/{verb.app}/test_{verb.name}.py lets no stranger try.")
    return found


def misnamed(patterns: Iterable[URLPattern | URLResolver]) -> list[str]:
    """Return a sentence for each page of a verb whose address does not end in the verb or is named otherwise."""
    found = []
    for one in patterns:
        if isinstance(one, URLResolver):
            found += misnamed(one.url_patterns)
            continue
        verb = getattr(one.callback, "verb", None)
        if verb is not None and (one.name != verb.name or not str(one.pattern).endswith(f"{verb.name}/")):
            found.append(
                f"{one.pattern} is the page of {verb.name}: name the route and end the address with it."
            )
    return found


def test_every_verb_belongs_to_a_role() -> None:
    assert homeless(VERBS.values(), ROLES, CLOCK) == []


def test_roles_hold_only_verbs_that_exist() -> None:
    assert unknown(VERBS, ROLES, CLOCK) == []


def test_every_verb_has_its_test() -> None:
    assert untested(VERBS.values()) == []


def test_verbs_and_roles_read_aloud() -> None:
    for verb in VERBS.values():
        assert CHINESE.search(str(verb.title)), f"{verb.name} needs a title that a worker understands"
        assert verb.function.__doc__, f"{verb.name} promises nothing: write its docstring"
    for role in ROLES:
        assert CHINESE.search(str(role.title)) and str(role.duty).endswith("。"), role.name


def test_routes_are_named_after_verbs() -> None:
    assert misnamed(get_resolver().url_patterns) == []


def test_breaches_are_found() -> None:
    verb = next(iter(VERBS.values()))
    assert "belongs to no role" in homeless([verb], [], ())[0]
    assert "no such verb" in unknown({}, ROLES, ())[0]
    absent = Verb("fly_away", "飞", "kernel", "zhitong.kernel.actions", None, frozenset(), None, print)
    assert "has no test" in untested([absent])[0]

    from django.urls import path

    def page(request: object) -> None: ...

    page.verb = verb  # type: ignore[attr-defined]
    assert "is the page of" in misnamed([path("elsewhere/", page, name="x")])[0]
