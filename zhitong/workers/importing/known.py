"""What an installation knows that a list refers to by name: villages, cities, occupations, groups, and its people."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from zhitong.kernel.privacy import Sealed
from zhitong.kernel.values import half_width

COMMITTEE = re.compile(r"(村民委员会|居民委员会|村委会|居委会)$")
SUFFIXES = re.compile(r"(社区|村)$")
OF_TOWN = re.compile(r"(人民政府|街道办事处|劳务办|街道|镇|乡)$")
OF_CITY = re.compile(r"(市|地区|自治州|盟)$")
LONGEST_CITY = 14


@dataclass(frozen=True, slots=True)
class Village:
    """A village within reach: its key, its name, the name of its township, and its place columns."""

    pk: int
    name: str
    town: str
    places: tuple[int | None, int | None, int | None, int]
    is_sample: bool = False
    short: str = ""

    @property
    def names(self) -> frozenset[str]:
        """The names under which lists know it, with its kind and without its committee."""
        return frozenset(without_committee(one) for one in (self.name, self.short) if one)


@dataclass(frozen=True, slots=True)
class Person:
    """An entry of the register as a row is compared with it. ``in_reach``: the sender may see and change it;
    ``several``: it stands for a person with several entries, whose facts are derived from all.
    """

    pk: int
    version: int
    state: str
    name: str
    sex: str
    birth_on: dt.date
    has_number: bool
    telephone: Sealed | None
    telephone_index: int | None
    education: int
    status: str
    checked_on: dt.date
    city: int | None
    village: int
    household: int | None
    in_reach: bool
    own_telephone: bool = False
    several: bool = False
    skills: frozenset[int] = frozenset()
    groups: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Maybe:
    """Somebody who may be the person of a row, and the codes of what speaks for it."""

    person: Person
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Known:
    """Look-ups by the names that lists use; ``coder`` knows occupations by words that are no official names."""

    villages: Mapping[str, Sequence[Village]]
    cities: Mapping[str, int]
    occupations: Mapping[str, int]
    groups: Mapping[str, int]
    listed_on: dt.date
    own: Village | None = None
    coder: Callable[[str], int | None] = lambda text: None
    names: Mapping[str, Mapping[int, str]] = field(default_factory=dict)

    def villages_named(self, text: str, town: str = "") -> Sequence[Village]:
        """Return the villages that a text may mean.

        The township's name tells those of one name apart, and the kind a village from a community of its name.
        """
        key = village_key(text)
        found = self.villages.get(key, ()) or self._behind_town(key)
        if town and len(found) > 1:
            wanted = town_key(town)
            found = [one for one in found if town_key(one.town) == wanted] or found
        if len(found) > 1:
            whole = without_committee(text)
            found = [one for one in found if whole in one.names] or found
        return found

    def _behind_town(self, key: str) -> Sequence[Village]:
        """Read ``河口镇柳树村``: a village's name behind that of its township, or of more above it."""
        for cut in range(len(key) - 1, 0, -1):
            found = [one for one in self.villages.get(key[cut:], ()) if town_key(one.town) in key[:cut]]
            if found:
                return found
        return ()

    def city_named(self, text: str) -> int | None:
        """Return the city that a text means: its name with or without its kind, also behind its province.

        Of several names in a text the longest counts, of equally long ones the last: ``吉林长春`` is Changchun.
        """
        plain = half_width(text)
        found = [
            (end - begin, begin, self.cities[plain[begin:end]])
            for begin in range(len(plain) - 1)
            for end in range(begin + 2, min(begin + LONGEST_CITY, len(plain)) + 1)
            if plain[begin:end] in self.cities
        ]
        return max(found)[2] if found else None

    def occupation_named(self, text: str) -> int | None:
        """Return the occupation that a text means, by official name or by usual words."""
        return self.occupations.get(half_width(text)) or self.coder(text)

    def label(self, noun: str, key: int | None) -> str:
        """Return the name of a city, an occupation, a group or a village."""
        return "" if key is None else self.names.get(noun, {}).get(key, str(key))


def village_key(text: str) -> str:
    """Return a village's name without its committee and its kind: that of ``柳树村村民委员会`` is ``柳树``."""
    plain = without_committee(text)
    return SUFFIXES.sub("", plain) or plain


def without_committee(text: str) -> str:
    """Return a village's name with its kind: ``柳树村`` of ``柳树村村民委员会``."""
    plain = half_width(text)
    return COMMITTEE.sub("", plain) or plain


def town_key(text: str) -> str:
    """Return a township's name without its kind and office."""
    plain = OF_TOWN.sub("", half_width(text))
    return OF_TOWN.sub("", plain) or plain


def city_key(text: str) -> str:
    """Return a city's name without its kind."""
    plain = half_width(text)
    return OF_CITY.sub("", plain) or plain
