"""Roles: named sets of verbs and of nouns that may be read. The table itself stands in ``zhitong.site.roles``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string

EVERYTHING = "*"


@dataclass(frozen=True)
class Role:
    """What someone may do (``verbs``) and read (``reads``, model labels) within the reach of a grant.

    ``at`` lists the kinds of organisation where the role can be granted; empty for roles that nobody grants
    (the worker about themselves, the clock). ``kinds`` lists the kinds of account that can hold it. ``"*"`` in
    verbs or reads stands for all.
    """

    name: str
    title: str | Promise
    duty: str | Promise
    verbs: frozenset[str]
    reads: frozenset[str]
    at: frozenset[str] = field(default_factory=frozenset)
    kinds: frozenset[str] = frozenset({"staff"})

    def may(self, verb: str) -> bool:
        """Tell whether the role holds the verb."""
        return verb in self.verbs or EVERYTHING in self.verbs

    def sees(self, label: str) -> bool:
        """Tell whether the role reads rows of this model label."""
        return label in self.reads or EVERYTHING in self.reads


def role(
    name: str,
    title: str | Promise,
    duty: str | Promise,
    *,
    verbs: Iterable[str] = (),
    reads: Iterable[str] = (),
    at: Iterable[str] = (),
    kinds: Iterable[str] = ("staff",),
) -> Role:
    """Write a role down in the order in which it is read aloud."""
    return Role(name, title, duty, frozenset(verbs), frozenset(reads), frozenset(at), frozenset(kinds))


@cache
def roles() -> Mapping[str, Role]:
    """Return the installation's role table by name."""
    table: tuple[Role, ...] = import_string(settings.ZHITONG_ROLES)
    return {one.name: one for one in table}
