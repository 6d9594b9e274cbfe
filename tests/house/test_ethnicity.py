"""What a person states of his ethnic group has two readers: the register, for himself, and the counting of rounds."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from zhitong.kernel.roles import EVERYTHING, Role
from zhitong.kernel.web.listing import Listing
from zhitong.site.api import APPS, nouns_of
from zhitong.site.roles import ROLES
from zhitong.workers.models import StatedEthnicity

from .source import PACKAGE, ROOT, Module, modules

NOUN = StatedEthnicity._meta.label
SPOKEN = re.compile(r"stated_?ethnicity", re.IGNORECASE)
"""The model, its table and the way to it from a person, however they are written."""
MAY: Mapping[str, str] = {
    "zhitong/workers/": "holds it, and shows it to the person himself",
    "zhitong/matching/frames/fairness.py": "counts a round when it is over",
    "zhitong/site/demo/register.py": "writes it for the sample city",
    "zhitong/site/roles.py": "says who may read it",
}
SHOWN = ("zhitong/workers/models/", "zhitong/workers/actions/", "zhitong/workers/views/ethnicity.py")
"""Where in the register it is spoken of: no list, import, export, filter or interface of others."""


def readers(sources: Iterable[Module]) -> list[str]:
    """Return a sentence for each module that speaks of what people stated and is not on the list."""
    return [
        f"{one.path} speaks of the ethnic group that people stated. It is sensitive and serves the counting of "
        f"rounds alone; with a lawful reason name the module in {__name__}."
        for one in sources
        if SPOKEN.search(one.text) and not one.path.startswith(tuple(MAY))
    ]


def shown(sources: Iterable[Module]) -> list[str]:
    """Return the modules of the register that name it outside the rooms in which it belongs."""
    return [
        f"{one.path} speaks of the ethnic group that a person stated: that is shown to nobody but himself."
        for one in sources
        if one.path.startswith("zhitong/workers/")
        and SPOKEN.search(one.text)
        and not one.path.startswith(SHOWN)
    ]


def feeders(sources: Iterable[Module]) -> list[str]:
    """Return a sentence for each module that an engine is fed by and that brings in the counting of rounds."""
    found = []
    for one in sources:
        if "fairness" not in one.text or "engines" not in one.text:
            continue
        names = {name for node in ast.walk(one.tree) for name in _brought(node)}
        feeds = any(name.startswith("zhitong.engines.matching") for name in names)
        if feeds and any("frames.fairness" in name for name in names):
            found.append(f"{one.path} brings people's groups to the matching engine.")
    return found


def _brought(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [one.name for one in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or "", *(f"{node.module}.{one.name}" for one in node.names)]
    return []


def seeing(roles: Iterable[Role]) -> list[str]:
    """Return the roles that may read the noun."""
    return [role.name for role in roles if NOUN in role.reads and EVERYTHING not in role.reads]


def pages() -> list[Path]:
    """Return the templates and scripts that people are shown."""
    return [
        one
        for folder in ("templates", "static")
        for one in PACKAGE.rglob(f"{folder}/**/*")
        if one.suffix in (".html", ".js")
    ]


def test_nothing_but_the_register_and_the_counting_reads_it() -> None:
    assert readers(modules()) == []
    assert shown(one for one in modules() if one.path != "zhitong/workers/models/__init__.py") == []


def test_what_feeds_the_engine_does_not_bring_it() -> None:
    assert feeders(modules()) == []


def test_no_page_no_list_and_no_interface_names_it() -> None:
    spoken = [one.relative_to(ROOT) for one in pages() if "stated_ethnicity" in one.read_text("utf-8")]
    assert spoken == []
    assert all(noun.model is not StatedEthnicity for app in APPS for noun in nouns_of(app))
    assert all(getattr(one, "model", None) is not StatedEthnicity for one in _below(Listing))


def _below(kind: type) -> list[type]:
    return [other for one in kind.__subclasses__() for other in (one, *_below(one))]


def test_only_people_themselves_may_read_it() -> None:
    assert seeing(ROLES) == ["worker"]
    assert not hasattr(StatedEthnicity.Reach, "places") and StatedEthnicity.Reach.own == "worker__account"


def test_breaches_are_found() -> None:
    reading = Module("zhitong/matching/frames/people.py", "rows = worker__stated_ethnicity\n")
    assert "counting of rounds" in readers([reading])[0]
    assert shown([Module("zhitong/workers/views/lists.py", "from ..models import StatedEthnicity\n")])
    both = "from zhitong.engines.matching import Workers\nfrom zhitong.matching.frames.fairness import Counting\n"
    assert "engine" in feeders([Module("zhitong/matching/frames/people.py", both)])[0]
