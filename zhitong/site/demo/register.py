"""From drawn people to rows of the register, chunk by chunk, so that the whole city fits into memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import models
from django.utils import timezone

from zhitong.kernel.ahead import Apart
from zhitong.kernel.bulk import ByColumn
from zhitong.kernel.models import CertificateKind, Occupation, Org, Region
from zhitong.kernel.pinyin import name_key
from zhitong.kernel.privacy import blind_indexes, seal_many
from zhitong.site.demo.population import CHECK_SOURCES, PRIORITY_GROUPS, PRIORITY_SINCE, Population
from zhitong.site.demo.reference import certificates, destinations, trades, villages
from zhitong.site.demo.work import STATUSES
from zhitong.workers.actions import RegisterBatch
from zhitong.workers.models import (
    Certificate,
    Consent,
    Household,
    Intention,
    PriorityGroup,
    PriorityMembership,
    Skill,
    StatedEthnicity,
    Worker,
)

CHUNK = 50_000
TEXT_VERSION = "2026-01"
STATUS = {
    "away_working": "away", "local_working": "local", "wanting_work": "seeking", "not_looking": "home",
    "in_training": "training", "returned": "returned",
}  # fmt: skip
SOURCE = {
    "village_officer_visit": "visit", "telephone": "telephone", "self_registration": "self",
    "labour_station": "station", "imported_list": "list",
}  # fmt: skip
HOUSEHOLD_ROLES = ("head", "spouse", "child", "parent")
PURPOSES = ("register", "sensitive", "share")
PLACE = ("city_id", "county_id", "town_id", "village_id")
HOUSEHOLD_COLUMNS = ("id", *PLACE, "address", "is_sample")
WORKER_COLUMNS = (
    "id", *PLACE, "version", "state", "name", "name_key", "sex", "birth_on", "id_number", "id_number_index",
    "telephone", "telephone_index", "education", "household_id", "household_role", "spouse_id", "status",
    "status_checked_on", "status_source", "work_region_id", "source", "registered_at", "is_sample",
)  # fmt: skip
INTENTION_COLUMNS = (
    "worker_id", "version", "first_occupation_id", "second_occupation_id", "third_occupation_id",
    "first_region_id", "second_region_id", "third_region_id", "anywhere", "earliest_on", "wage_floor_fen",
    "goes_with", "needs_dormitory", "stated_on",
)  # fmt: skip
SKILL_COLUMNS = ("worker_id", "occupation_id", "years")
CERTIFICATE_COLUMNS = ("worker_id", "kind_id", "issued_on", "valid_until", "was_seen")
STATED_COLUMNS = ("worker_id", "code", "source", "stated_on")
CONSENT_COLUMNS = ("worker_id", "purpose", "text_version", "given_at", "given_through")


@dataclass(frozen=True)
class Keys:
    """Numbers of the rows to which the drawn positions point; ``first`` worker and household come next."""

    places: list[tuple[int, int, int, int]]
    regions: list[int]
    occupations: list[int]
    certificates: list[int]
    groups: list[int]
    worker: int
    household: int


def find_keys() -> Keys:
    """Look up villages, cities, occupations, certificates and priority groups of this installation."""
    by_code = {code: row for code, *row in _village_rows()}
    region = dict(Region.objects.standing().filter(level__lte=2).values_list("code", "pk"))
    occupation = dict(Occupation.objects.filter(level=4).values_list("code", "pk"))
    kinds = {
        (family, code): pk for pk, family, code in CertificateKind.objects.values_list("pk", "family", "code")
    }
    groups = dict(PriorityGroup.objects.in_force().values_list("code", "pk"))
    return Keys(
        places=[tuple(by_code[code]) for code in villages().code],
        regions=[region[code.ljust(12, "0")] for code in destinations().code],
        occupations=[occupation[code] for code in trades().code],
        certificates=[kinds[family, code] for family, code, _name in certificates()],
        groups=[groups[code] for code in PRIORITY_GROUPS],
        worker=_next(Worker),
        household=_next(Household),
    )


def _village_rows() -> Any:
    return Org.objects.filter(kind=Org.Kind.VILLAGE).values_list("org_regions__region__code", *PLACE)


def _next(model: Any) -> int:
    return (model._base_manager.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1


def make_batch(people: Population, keys: Keys) -> RegisterBatch:
    """Return the rows of the whole population; they are drawn from the arrays as they are stored."""
    tables: tuple[tuple[type[models.Model], Sequence[str], Iterable[tuple[Any, ...]]], ...] = (
        (Household, HOUSEHOLD_COLUMNS, household_rows(people, keys)),
        (Worker, WORKER_COLUMNS, worker_rows(people, keys)),
        (Skill, SKILL_COLUMNS, _skills(people, keys)),
        (Certificate, CERTIFICATE_COLUMNS, _papers(people, keys)),
        (PriorityMembership, ("worker_id", "group_id", "since_on"), _priorities(people, keys)),
        (Intention, INTENTION_COLUMNS, _intentions(people, keys)),
        (Consent, CONSENT_COLUMNS, _consents(people, keys)),
        (StatedEthnicity, STATED_COLUMNS, _stated(people, keys)),
    )
    batch = RegisterBatch()
    for model, columns, rows in tables:
        batch.add(model, columns, Apart(rows))
    return batch


def chunks(count: int) -> Iterator[slice]:
    """Cut so many people into slices of CHUNK."""
    return (slice(at, min(at + CHUNK, count)) for at in range(0, count, CHUNK))


def household_rows(people: Population, keys: Keys) -> Iterator[tuple[Any, ...]]:
    """Return the rows of HOUSEHOLD_COLUMNS."""
    for number, village in enumerate(people.households.village.tolist(), start=keys.household):
        yield number, *keys.places[village], "", True


def worker_rows(people: Population, keys: Keys) -> ByColumn:
    """Return the rows of WORKER_COLUMNS."""
    registered = timezone.now() - dt.timedelta(days=30)
    return ByColumn(
        sealed_columns(clear_columns(people, keys, rows, registered)) for rows in chunks(len(people))
    )


def clear_columns(
    people: Population, keys: Keys, rows: slice, registered: dt.datetime
) -> dict[str, list[Any]]:
    """Return some workers as a sender of a list has them, by column: nothing sealed, no index, no pinyin."""
    home, who, work = people.households, people.person, people.work
    count = rows.stop - rows.start
    places = [keys.places[village] for village in home.home[rows].tolist()]
    status = work.status[rows]
    away = status == STATUSES.index("away_working")
    regions = np.where(away, np.array(keys.regions)[work.place[rows]], 0).tolist()
    source = [SOURCE[CHECK_SOURCES[by]] for by in who.checked_by[rows].tolist()]
    return {
        "id": list(range(keys.worker + rows.start, keys.worker + rows.stop)),
        **dict(zip(PLACE, map(list, zip(*places, strict=True)), strict=True)),
        "version": [1] * count,
        "state": ["active"] * count,
        "name": people.names(rows),
        "sex": ["F" if female else "M" for female in home.female[rows].tolist()],
        "birth_on": who.born_on[rows].tolist(),
        "id_number": people.id_numbers(rows),
        "telephone": people.telephones(rows),
        "education": work.education[rows].tolist(),
        "household_id": (home.household[rows] + keys.household).tolist(),
        "household_role": [HOUSEHOLD_ROLES[role] for role in home.role[rows].tolist()],
        "spouse_id": [keys.worker + spouse if spouse >= 0 else None for spouse in home.spouse[rows].tolist()],
        "status": [STATUS[STATUSES[one]] for one in status.tolist()],
        "status_checked_on": who.checked_on[rows].tolist(),
        "status_source": source,
        "work_region_id": [region or None for region in regions],
        "source": source,
        "registered_at": [registered] * count,
        "is_sample": [True] * count,
    }


def sealed_columns(columns: dict[str, list[Any]]) -> list[list[Any]]:
    """Return WORKER_COLUMNS, with what a register adds to a list: seals, indexes and pinyin."""
    added: dict[str, list[Any]] = {
        "name_key": list(map(name_key, columns["name"])),
        "id_number_index": blind_indexes(columns["id_number"], "id_number"),
        "telephone_index": blind_indexes(columns["telephone"], "telephone"),
        "id_number": seal_many(columns["id_number"], "id_number"),
        "telephone": seal_many(columns["telephone"], "telephone"),
    }
    return [(columns | added)[name] for name in WORKER_COLUMNS]


def _skills(people: Population, keys: Keys) -> Iterator[tuple[Any, ...]]:
    experience, years = people.skills.experience, people.skills.years
    for rows in chunks(len(people)):
        worker, column = np.nonzero(experience[rows] >= 0)
        for at, trade, held in zip(
            (worker + rows.start).tolist(),
            experience[rows][worker, column].tolist(),
            years[rows][worker, column].tolist(),
            strict=True,
        ):
            yield keys.worker + at, keys.occupations[trade], held


def _papers(people: Population, keys: Keys) -> Iterator[tuple[Any, ...]]:
    skills = people.skills
    seen: set[tuple[int, int]] = set()
    for worker, kind, issued, until in zip(
        skills.certificate_worker.tolist(),
        skills.certificate_kind.tolist(),
        skills.issued_on.tolist(),
        skills.valid_until.tolist(),
        strict=True,
    ):
        if (worker, kind) not in seen:
            seen.add((worker, kind))
            yield keys.worker + worker, keys.certificates[kind], issued, until, False


def _priorities(people: Population, keys: Keys) -> Iterator[tuple[Any, ...]]:
    for bit, since in enumerate(PRIORITY_SINCE):
        day = dt.date.fromisoformat(since)
        for worker in np.flatnonzero(people.person.priority & (1 << bit)).tolist():
            yield keys.worker + worker, keys.groups[bit], day


def _intentions(people: Population, keys: Keys) -> Iterator[tuple[Any, ...]]:
    wishes = people.intentions
    stated = people.on - dt.timedelta(days=10)
    occupations = [*keys.occupations, None]
    regions = [*keys.regions, None]
    looking = np.flatnonzero(wishes.looking)
    for at in range(0, len(looking), CHUNK):
        rows = looking[at : at + CHUNK]
        columns = zip(
            rows.tolist(), wishes.occupation[rows].tolist(), wishes.destination[rows, :3].tolist(),
            wishes.anywhere[rows].tolist(), wishes.from_on[rows].tolist(), wishes.wage_floor_fen[rows].tolist(),
            wishes.with_spouse[rows].tolist(), wishes.needs_dormitory[rows].tolist(), strict=True,
        )  # fmt: skip
        for worker, trade, place, anywhere, earliest, floor, couple, dormitory in columns:
            yield (
                keys.worker + worker, 1, *(occupations[one] for one in trade), *(regions[one] for one in place),
                anywhere, earliest, floor, "spouse" if couple else "alone", dormitory, stated,
            )  # fmt: skip


def _consents(people: Population, keys: Keys) -> Iterator[tuple[Any, ...]]:
    given = timezone.now() - dt.timedelta(days=30)
    agreed = [people.person.consent & (1 << bit) for bit in range(len(PURPOSES))]
    for purpose, some in zip((*PURPOSES, "ethnicity"), (*agreed, people.person.stated), strict=True):
        for worker in np.flatnonzero(some).tolist():
            yield keys.worker + worker, purpose, TEXT_VERSION, given, "visit"


def _stated(people: Population, keys: Keys) -> Iterator[tuple[Any, ...]]:
    day = people.on - dt.timedelta(days=30)
    for rows in chunks(len(people)):
        codes = people.person.stated[rows]
        workers = np.flatnonzero(codes)
        sealed = seal_many([f"{code:02d}" for code in codes[workers].tolist()], "ethnicity")
        for worker, code in zip((workers + rows.start + keys.worker).tolist(), sealed, strict=True):
            yield worker, code, "visit", day
