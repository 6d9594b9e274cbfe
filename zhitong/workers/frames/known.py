"""From rows to what reading a list needs: the names that an organisation's lists use, and a coder of trades."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from django.db.models import Count, Max

from zhitong.engines.coding import Coder, Params, read_occupations, spoken_words
from zhitong.kernel.models import Occupation, Org, Region
from zhitong.kernel.values import half_width

from ..importing.fields import SAID
from ..importing.known import Known, Person, Village, city_key, village_key
from ..models import PLACES, EntryFacts, PriorityGroup, PriorityMembership, Skill, Source, Worker
from .duplicates import portions


def known_to(org: Org, listed_on: dt.date) -> Known:
    """Return what lists of an organisation may name: villages in its reach, cities, occupations, groups in force."""
    villages = list(_villages(org))
    cities = _cities()
    occupations = dict(Occupation.objects.at_level(4).values_list("name", "pk"))
    groups = dict(PriorityGroup.objects.in_force().values_list("name", "pk"))
    codes = dict(PriorityGroup.objects.in_force().values_list("code", "pk"))
    by_name = defaultdict(list)
    for one in villages:
        for key in {village_key(name) for name in one.names}:
            by_name[key].append(one)
    return Known(
        villages=by_name,
        cities={key: pk for pk, name, short in cities for key in _city_names(name, short)},
        occupations={half_width(name): pk for name, pk in occupations.items()},
        groups=codes | groups,
        listed_on=listed_on,
        own=next((one for one in villages if one.pk == org.village_id), None)
        if org.level == "village"
        else None,
        coder=trade_coder(),
        names={
            "village": {one.pk: one.name for one in villages},
            "city": {pk: name for pk, name, _short in cities},
            "skills": {pk: name for name, pk in occupations.items()},
            "groups": {pk: name for name, pk in groups.items()},
        },
    )


def _villages(org: Org) -> Iterable[Village]:
    columns = ("pk", "name", "short_name", "town__name", "town__short_name", "is_sample", *PLACES)
    standing = Org.objects.standing().filter(kind=Org.Kind.VILLAGE, **reach_of(org))
    for pk, name, short, town, town_short, sample, *places in standing.values_list(*columns):
        yield Village(pk, name, town_short or town or "", tuple(places), sample, short)


def reach_of(org: Org) -> dict[str, Any]:
    """Return the condition under which a row stands in the care of an organisation."""
    return {f"{org.level}_id": getattr(org, f"{org.level}_id")} if org.level else {"pk__in": ()}


def _cities() -> list[tuple[int, str, str]]:
    return list(Region.objects.standing().cities().order_by("-code").values_list("pk", "name", "short_name"))


def _city_names(name: str, short: str) -> set[str]:
    """Return how people write a city: whole, without its kind, and short with the kind of a prefecture behind."""
    ending = SAID["prefecture_ending"]
    names = {name, city_key(name), short, short + ending if short and name.endswith(ending) else ""}
    return {one for one in names if len(one) > 1}


def trade_coder() -> Callable[[str], int | None]:
    """Return what finds the occupation of a trade as people call it; the same words are looked up once."""
    stand = Occupation.objects.at_level(4).aggregate(rows=Count("pk"), last=Max("pk"))
    return _trade_coder(stand["rows"], stand["last"])


@lru_cache(maxsize=2)
def _trade_coder(rows: int, last: int | None) -> Callable[[str], int | None]:
    """Build it once for one state of the classification, of which ``rows`` and ``last`` are the marks."""
    keys = {
        code: (pk, name)
        for code, pk, name in Occupation.objects.at_level(4).values_list("code", "pk", "name")
    }
    made: list[Coder] = []

    @lru_cache(maxsize=4096)
    def code(text: str) -> int | None:
        if not made:
            occupations = read_occupations(
                {"code": code, "level": "4", "name": name} for code, (_pk, name) in keys.items()
            )
            known = {one.code for one in occupations}
            words = {word: found for word, found in spoken_words().items() if found[0] in known}
            made.append(Coder(Params(occupations, words)))
        found = made[0].code(text).code
        return keys[found][0] if found in keys else None

    return code


def people(keys: Iterable[int], org: Org, *, lock: bool = False) -> dict[int, Person]:
    """Return entries of the register by key as lists are compared with them; with ``lock`` held until the end."""
    found: dict[int, Person] = {}
    level = f"{org.level}_id"
    place = getattr(org, level, None)
    for some in portions(sorted(set(keys))):
        rows = Worker.objects.filter(pk__in=some).order_by("pk")
        if lock:
            rows = rows.select_for_update(of=("self",))
        skills, groups = _beside(Skill, "occupation_id", some), _beside(PriorityMembership, "group_id", some)
        several = set(EntryFacts.objects.filter(worker__in=some).values_list("worker_id", flat=True))
        for one in rows:
            found[one.pk] = _person(
                one, getattr(one, level, None) == place, one.pk in several, skills[one.pk], groups[one.pk]
            )
    return found


def _beside(model: Any, column: str, keys: list[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for worker, key in model.objects.filter(worker__in=keys).values_list("worker_id", column):
        found[worker].add(key)
    return found


def _person(one: Worker, in_reach: bool, several: bool, skills: set[int], groups: set[int]) -> Person:
    stamp = (one.stated or {}).get("telephone", {})
    own = stamp.get("source", one.source) == Source.SELF
    assert one.village_id is not None
    return Person(
        pk=one.pk, version=one.version, state=one.state, name=one.name, sex=one.sex, birth_on=one.birth_on,
        has_number=one.id_number is not None, telephone=one.telephone, telephone_index=one.telephone_index,
        education=one.education, status=one.status, checked_on=one.status_checked_on, city=one.work_region_id,
        village=one.village_id, household=one.household_id, in_reach=in_reach,
        own_telephone=own and one.telephone is not None, several=several, skills=frozenset(skills),
        groups=frozenset(groups),
    )  # fmt: skip
