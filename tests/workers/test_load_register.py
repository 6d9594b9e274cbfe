"""load_register: a whole register at once, with one line in the record."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Record, in_place
from zhitong.kernel.privacy import blind_index, seal
from zhitong.workers.actions import RegisterBatch, load_register
from zhitong.workers.models import Consent, Household, Intention, Skill, StatedEthnicity, Worker

PLACE = ("city_id", "county_id", "town_id", "village_id")
COLUMNS = (
    "id", *PLACE, "version", "state", "name", "name_key", "sex", "birth_on", "id_number", "id_number_index",
    "telephone", "telephone_index", "education", "household_id", "household_role", "spouse_id", "status",
    "status_checked_on", "status_source", "source", "registered_at", "is_sample",
)  # fmt: skip
NOW = timezone.now()


def row(number: int, id_number: str, place: tuple, spouse: int | None = None) -> tuple:
    return (
        number, *place, 1, "active", "样例", "yang li", "M", dt.date(1990, 5, 1), seal(id_number, "id_number"),
        blind_index(id_number, "id_number"), None, None, 2, 1, "head", spouse, "seeking", NOW.date(), "list",
        "list", NOW, True,
    )  # fmt: skip


@pytest.fixture
def batch(world):
    place = tuple(in_place(world.village).values())
    rows = (row(one, world.identity(), place, {1: 2, 2: 1}.get(one)) for one in (1, 2, 3))
    wish = (
        "worker_id",
        "version",
        "anywhere",
        "earliest_on",
        "wage_floor_fen",
        "goes_with",
        "needs_dormitory",
        "stated_on",
    )
    return (
        RegisterBatch()
        .add(Intention, wish, [(1, 1, True, NOW.date(), 400_000, "alone", False, NOW.date())])
        .add(Worker, COLUMNS, rows)
        .add(Household, ("id", *PLACE, "address", "is_sample"), [(1, *place, "柳树村", True)])
        .add(Skill, ("worker_id", "occupation_id", "years"), [(1, world.welder.pk, 3)])
        .add(Consent, ("worker_id", "purpose", "text_version", "given_at", "given_through"),
             ((one, "register", "2026-01", NOW, "list") for one in (1, 2, 3)))
        .add(StatedEthnicity, ("worker_id", "code", "source", "stated_on"),
             [(2, seal("37", "ethnicity"), "visit", NOW.date())])
    )  # fmt: skip


def test_it_works(world, batch):
    assert load_register(by=world.system, city=world.city, batch=batch) == 10
    first = Worker.objects.visible_to(world.village_officer).get(pk=1)
    assert first.spouse.spouse == first and first.household.address == "柳树村"
    assert first.id_number.open().startswith("529901") and first.birth_on == dt.date(1990, 5, 1)
    assert first.intention.wage_floor_fen == 400_000 and first.skills.get().years == 3
    assert first in Worker.objects.with_id_number(first.id_number.open())
    assert StatedEthnicity.objects.get().group.label == "仡佬族"
    line = Record.objects.get(verb="load_register")
    assert line.row_count == 10 and line.subject_id == world.city.pk


def test_later_rows_get_free_keys(world, batch):
    load_register(by=world.system, city=world.city, batch=batch)
    assert world.worker().pk > 3


def test_a_stranger_cannot(world, batch):
    for officer in (world.stranger, world.city_officer):
        with pytest.raises(NotAllowed):
            load_register(by=officer, city=world.city, batch=batch)


def test_people_of_another_city_are_refused_as_a_whole(world, batch, no):
    from zhitong.kernel.actions import open_org
    from zhitong.kernel.models import Org

    other = Org.objects.create(name="邻市", kind="city_bureau")
    Org.objects.filter(pk=other.pk).update(city=other)
    other.refresh_from_db()
    village = other
    for kind, name in (("county_bureau", "邻县"), ("township_office", "邻镇"), ("village", "邻村")):
        village = open_org(by=world.system, parent=village, kind=kind, name=name)
    batch.add(Worker, COLUMNS, [row(4, world.identity(), tuple(in_place(village).values()))])
    assert no(load_register, by=world.system, city=world.city, batch=batch) == "other_city"
    assert Worker.objects.count() == 0


def test_a_batch_holds_the_register_only(world):
    with pytest.raises(ValueError, match="no part of the register"):
        RegisterBatch().add(type(world.city), ("id",), [])
    with pytest.raises(ValueError, match="needs the columns"):
        RegisterBatch().add(Worker, ("id", "name"), [])
