"""Which person a row is about, found from the models: so that a line about a million rows can name each of them.

A model is a *person* when its ``Reach`` says ``own = "account"`` and it has ``concerns``; every other model that has
``concerns`` leads to a person by its foreign keys.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

BLOCK_BITS = 12
BLOCK = 1 << BLOCK_BITS
"""Numbers of one block: its set takes 512 bytes at most."""


class People:
    """A set of people of one kind, kept as bits in blocks of their numbers: a million take 128 KiB."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.count = 0
        self._blocks: dict[int, bytearray] = {}

    def __len__(self) -> int:
        return self.count

    def add(self, number: int) -> None:
        """Put the person with this number into the set."""
        bits = self._blocks.setdefault(number >> BLOCK_BITS, bytearray(BLOCK // 8))
        byte, bit = divmod(number % BLOCK, 8)
        self.count += not bits[byte] >> bit & 1
        bits[byte] |= 1 << bit

    def blocks(self) -> Iterator[tuple[int, bytes]]:
        """Yield the number of each block with its bits, lowest first, without the empty bytes at its end."""
        for number in sorted(self._blocks):
            yield number, bytes(self._blocks[number]).rstrip(b"\0")

    def digest(self) -> str:
        """Return the SHA-256 of the set."""
        return digest_of_blocks(self.label, self.blocks())


def digest_of_blocks(label: str, blocks: Any) -> str:
    """Return the SHA-256 of a set of people: their kind, then each block's number and bits."""
    whole = hashlib.sha256(label.encode())
    for number, members in blocks:
        whole.update(f";{number}:".encode())
        whole.update(bytes(members))
    return whole.hexdigest()


def place_in_block(number: int) -> tuple[int, int, list[bytes]]:
    """Return the block of a person, the byte in it (from 1), and all values of that byte that hold the person."""
    byte, bit = divmod(number % BLOCK, 8)
    return number >> BLOCK_BITS, byte + 1, [bytes([one]) for one in range(256) if one >> bit & 1]


def is_person(model: type[models.Model]) -> bool:
    """Tell whether the rows of a model are people, who may have an account of their own."""
    return getattr(getattr(model, "Reach", None), "own", "") == "account" and hasattr(model, "concerns")


def way_to_person(model: type[models.Model]) -> tuple[type[models.Model], tuple[str, ...]] | None:
    """Return the kind of person whom the rows of a model are about, and the keys that lead there."""
    found: tuple[type[models.Model], tuple[str, ...]] | None = _way(model)
    return found


@cache
def _way(model: Any) -> Any:
    if is_person(model):
        return model, ()
    if not hasattr(model, "concerns"):
        return None
    for one in model._meta.concrete_fields:
        if isinstance(one, models.ForeignKey) and not one.null:
            found = _way(one.related_model)
            if found is not None:
                return found[0], (one.name, *found[1])
    return None


def people_of(model: type[models.Model]) -> People | None:
    """Return an empty set for the people whom the rows of a model are about; ``None`` where they are about none."""
    way = way_to_person(model)
    return None if way is None else People(way[0]._meta.label)


def number_of_person(row: models.Model) -> int:
    """Return the number of the person whom a row is about, from its keys alone."""
    way = way_to_person(type(row))
    assert way is not None, f"{row._meta.label} is about nobody"
    names = way[1]
    for name in names[:-1]:
        row = getattr(row, name)
    return int(getattr(row, f"{names[-1]}_id") if names else row.pk)


def path_to_people(model: type[models.Model]) -> str:
    """Return the path from a row to the people whom it names, also by a key that may be empty; or nothing."""
    way = way_to_person(model)
    if way is not None:
        return "__".join(way[1]) or "pk"
    keys = (one for one in model._meta.concrete_fields if isinstance(one, models.ForeignKey))
    return next((one.name for one in keys if is_person(one.related_model)), "")


def people_among(rows: Sequence[models.Model], path: str) -> People:
    """Return the people to whom ``path`` leads from stored rows of one model: one query at most."""
    model: Any = type(rows[0])
    kind = model
    for name in path.split("__") if path != "pk" else ():
        kind = kind._meta.get_field(name).related_model
    people = People(kind._meta.label)
    for number in _numbers_at(model, rows, path):
        if number is not None:
            people.add(number)
    return people


def _numbers_at(model: Any, rows: Sequence[models.Model], path: str) -> Iterable[int | None]:
    if "__" not in path and hasattr(rows[0], f"{path}_id"):
        return [getattr(row, f"{path}_id") for row in rows]
    keys = [row.pk for row in rows]
    if path == "pk":
        return keys
    found: Iterable[int | None] = model._base_manager.filter(pk__in=keys).values_list(path, flat=True)
    return found


def people_with_account(account: Any) -> list[models.Model]:
    """Return the people of the register who sign in with this account, and the rows that rest in theirs."""
    found: list[models.Model] = []
    for model in filter(is_person, apps.get_models()):
        his = models.Q(account=account)
        rests_in = getattr(model.Reach, "rests_in", None)  # type: ignore[attr-defined]
        if rests_in is not None:
            his |= models.Q(**{f"{rests_in}__account": account})
        found += model._base_manager.filter(his)
    return found
