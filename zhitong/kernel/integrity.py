"""What must always be true of an installation, and what of it is not.

A rule is a function in an app's ``invariants`` module that yields the places where it does not hold::

    @invariant(_("夫妻关系应当是相互的"))
    def spouses_are_mutual() -> Iterator[str]: ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext as _

from .action import label_of

MOST_PLACES = 20
"""Places shown of one rule."""

Rule = Callable[[], Iterator[models.Model | str]]


@dataclass(frozen=True)
class Problem:
    """A place where a rule does not hold; ``code`` is the rule's name."""

    code: str
    sentence: str


@dataclass(frozen=True)
class Invariant:
    """A rule and the sentence that it states."""

    code: str
    sentence: str | Promise
    rule: Rule

    def problems(self) -> Iterator[Problem]:
        """Yield the first places where the rule does not hold, and one more if there are others."""
        places = iter(self.rule())
        for place in islice(places, MOST_PLACES):
            where = label_of(place) if isinstance(place, models.Model) else place
            yield Problem(self.code, f"{self.sentence}：{where}")
        if next(places, None) is not None:
            yield Problem(self.code, f"{self.sentence}：{_('以及更多')}")


INVARIANTS: dict[str, Invariant] = {}


def invariant(sentence: str | Promise) -> Callable[[Rule], Rule]:
    """Register a rule; its name is the problem's code, the sentence says what should be true."""

    def register(rule: Rule) -> Rule:
        INVARIANTS[rule.__name__] = Invariant(rule.__name__, sentence, rule)
        return rule

    return register


def problems() -> Iterator[Problem]:
    """Yield every problem; of a database that lacks migrations only that, since no rule can be read there."""
    lacking = list(lacking_migrations())
    yield from lacking
    if not lacking:
        autodiscover_modules("invariants")
        for one in INVARIANTS.values():
            yield from one.problems()


def lacking_migrations() -> Iterator[Problem]:
    """Yield the migrations that this database has not seen yet."""
    executor = MigrationExecutor(connection)
    for migration, _backwards in executor.migration_plan(executor.loader.graph.leaf_nodes()):
        sentence = _("数据库结构不是最新的，请先升级：%(name)s") % {
            "name": f"{migration.app_label}.{migration.name}"
        }
        yield Problem("migrations_lacking", sentence)
