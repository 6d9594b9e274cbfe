"""Households as a list tells them: a head and those below it; existing households are never broken up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ..importing import Judgement
from ..models import PLACES, Household, Worker

Role = Worker.HouseholdRole


@dataclass
class Homes:
    """For rows (by key) the household and the role that the list gives; ``made`` are the new households."""

    places: dict[int, tuple[int, str]] = field(default_factory=dict)
    made: list[int] = field(default_factory=list)

    def of(self, one: Judgement) -> tuple[int | None, str]:
        """Return household and role of a row; none where the list tells none."""
        return self.places.get(one.entry.key, (None, str(Role.OTHER)))


@dataclass
class _Home:
    """A head with those who follow it in the list."""

    head: Judgement
    members: list[Judgement] = field(default_factory=list)
    household: int | None = None


def settle_homes(new: Sequence[Judgement], changed: Sequence[Judgement]) -> Homes:
    """Put people of a list into households: heads who have none open one, members without one join their head's."""
    found = Homes()
    homes = list(_homes((*new, *changed)))
    opened = [one for one in homes if one.household is None]
    rows = Household.objects.bulk_create([_household(one.head) for one in opened], batch_size=500)
    for home, row in zip(opened, rows, strict=True):
        home.household = row.pk
        found.made.append(row.pk)
        found.places[home.head.entry.key] = (row.pk, str(Role.HEAD))
    for home in homes:
        for member in home.members:
            assert home.household is not None
            found.places[member.entry.key] = (home.household, member.entry.facts.get("role", str(Role.OTHER)))
    return found


def _homes(rows: Iterable[Judgement]) -> Iterator[_Home]:
    """Gather heads and members in the order of the file: by the head's name where it is written, else by what stands
    above."""
    homes: dict[tuple[int, int | None, str], _Home] = {}
    last: _Home | None = None
    for one in sorted(rows, key=lambda row: (row.entry.sheet, row.entry.number)):
        facts, village = one.entry.facts, None if one.village is None else one.village.pk
        role, named = facts.get("role"), facts.get("head", "")
        if role == Role.HEAD or (named and named == facts["name"]):
            last = _Home(one, household=None if one.person is None else one.person.household)
            homes[one.entry.sheet, village, facts["name"]] = last
        elif named or role:
            home = homes.get((one.entry.sheet, village, named)) if named else last
            if home is not None and _may_join(one, home):
                home.members.append(one)
    yield from homes.values()


def _may_join(one: Judgement, home: _Home) -> bool:
    same = (
        one.village is not None and home.head.village is not None and one.village.pk == home.head.village.pk
    )
    return same and (one.person is None or one.person.household is None)


def _household(head: Judgement) -> Household:
    assert head.village is not None
    columns = dict(zip(PLACES, head.village.places, strict=True))
    return Household(is_sample=head.village.is_sample, **columns)
