"""What a field shows when several devices stated it without a network: the same whoever comes back first.

A field has an origin, which is what stood before anybody's claim, and a set of claims. Each claim names the version
that its device saw: the origin's, or the key of another claim. What ``merge`` returns depends on the set alone, so
that the order of arrival and sending twice make no difference. The method is that of a multi-value register (Shapiro
et al., A comprehensive study of convergent and commutative replicated data types, 2011, section 3.2.2): a claim
gives way only to one that has seen it, and claims that have not seen each other stand side by side.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """What stood before the claims, under the version that devices saw; ``checked_on`` is that of a status."""

    value: str
    version: str
    checked_on: dt.date | None = None


@dataclass(frozen=True)
class Claim:
    """What one device says of a field: a key of its own, the version it saw, the value, and when it was stated."""

    key: str
    seen: str
    value: str
    stated_at: dt.datetime
    checked_on: dt.date | None = None


@dataclass(frozen=True)
class Merged:
    """``shown`` is the claim that stands (``None``: the origin), ``contested`` one claim for each other value."""

    shown: Claim | None
    contested: tuple[Claim, ...]


def merge(origin: Origin, claims: Iterable[Claim]) -> Merged:
    """Return what stands and what a person has to decide.

    A claim stands when what it saw leads back to the origin. Of several that stand, the one stated first is shown
    until a person decides; of checks of a status, the one of the latest day. A claim that saw something older than
    the origin is never shown by itself, unless it says what the origin says.
    """
    by_key = {one.key: one for one in claims}
    seen = {one.seen for one in by_key.values()}
    heads = sorted(
        (one for one in by_key.values() if one.key not in seen), key=lambda one: _rank(one, by_key)
    )
    shown = next((one for one in heads if _leads_to(origin, one, by_key)), None)
    held = origin.value if shown is None else shown.value
    others: dict[str, Claim] = {}
    for one in heads:
        if one.value != held:
            others.setdefault(one.value, one)
    return Merged(shown, tuple(others[value] for value in sorted(others)))


def _root(claim: Claim, by_key: dict[str, Claim]) -> Claim:
    """Return the first claim of the chain in which each saw the one before; no chain is a ring."""
    passed = {claim.key}
    while claim.seen in by_key and claim.seen not in passed:
        claim = by_key[claim.seen]
        passed.add(claim.key)
    return claim


def _leads_to(origin: Origin, claim: Claim, by_key: dict[str, Claim]) -> bool:
    return claim.value == origin.value or _root(claim, by_key).seen == origin.version


def _rank(claim: Claim, by_key: dict[str, Claim]) -> tuple[int, dt.datetime, dt.datetime, str, str]:
    day = 0 if claim.checked_on is None else -claim.checked_on.toordinal()
    return day, _root(claim, by_key).stated_at, claim.stated_at, claim.value, claim.key
