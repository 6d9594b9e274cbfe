"""Why an entry of a person cannot rest behind another one yet, said by the apps further along the journey.

What hangs on an entry stays with it when it is merged into another. Whoever still waits for something under that
entry would be lost from sight, so it is kept, or what hangs on it is brought to an end first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import models
from django.utils.functional import Promise

Objection = Callable[[Any], Iterable[str | Promise]]
_objections: list[Objection] = []


def objects_to_merging(function: Objection) -> Objection:
    """Register a function that yields, for an entry, the name of each thing that waits under it."""
    if function not in _objections:
        _objections.append(function)
    return function


def in_the_way_of_merging(entry: models.Model) -> Iterator[str | Promise]:
    """Yield the name of everything that waits under an entry, such as the titles of posts."""
    for one in _objections:
        yield from one(entry)
