"""Sets of people: small, exact, and asked in the database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhitong.dispatch.models import Placement, RetentionCheck
from zhitong.employers.models import Demand
from zhitong.kernel.actions import export_list
from zhitong.kernel.models import Account, Record, RecordPeople
from zhitong.kernel.people import (
    BLOCK,
    People,
    number_of_person,
    people_of,
    people_with_account,
    place_in_block,
    way_to_person,
)
from zhitong.matching.models import Leftover, Offer, Proposal
from zhitong.workers.models import Worker


def held(people: People, number: int) -> bool:
    block, byte, values = place_in_block(number)
    members = dict(people.blocks()).get(block, b"")
    return members[byte - 1 : byte] in values


@given(numbers=st.sets(st.integers(1, 3 * BLOCK), max_size=60), other=st.integers(1, 3 * BLOCK))
def test_it_holds_who_was_put_in_and_nobody_else(numbers, other):
    people = People("workers.Worker")
    for number in [*numbers, *numbers]:
        people.add(number)
    assert len(people) == len(numbers) and all(held(people, one) for one in numbers)
    assert held(people, other) == (other in numbers)


def test_a_million_take_little():
    people = People("workers.Worker")
    for number in range(1, 1_050_001):
        people.add(number)
    blocks = list(people.blocks())
    assert len(people) == 1_050_000 and len(blocks) == 257
    assert sum(len(members) for _block, members in blocks) < 132_000


def test_a_set_differs_from_every_other_by_its_digest():
    digests = set()
    for label, numbers in (("a.A", ()), ("a.A", (1,)), ("b.B", (1,)), ("a.A", (1, 2)), ("a.A", (BLOCK + 1,))):
        people = People(label)
        for one in numbers:
            people.add(one)
        digests.add(people.digest())
    assert len(digests) == 5


@pytest.mark.parametrize("model", [Worker, Offer, Proposal, Leftover, Placement, RetentionCheck])
def test_rows_about_people_lead_to_them(model):
    assert way_to_person(model)[0] is Worker and people_of(model).label == "workers.Worker"


def test_rows_about_nobody_lead_nowhere(world):
    assert way_to_person(Demand) is None and people_of(Account) is None
    placement = world.arrived()
    assert number_of_person(placement) == placement.worker_id == number_of_person(placement.worker)
    assert number_of_person(placement.checks.first()) == placement.worker_id
    assert people_with_account(world.county_officer) == []


def test_the_database_tells_neighbours_apart(world):
    """Each bit of a byte, the first and the last number of a block, and numbers beyond the last byte kept."""
    numbers = [1, 7, 8, 9, 255, 256, BLOCK - 1, BLOCK, BLOCK + 1, 9 * BLOCK + 100]
    people = People("workers.Worker")
    for one in numbers:
        people.add(one)
    export_list(
        by=world.county_officer, org=world.county, list_name="workers.Worker", narrowed_by="", row_count=10,
        people=people,
    )  # fmt: skip
    line = Record.objects.get(verb="export_list")
    for number in {*numbers, *(one + 1 for one in numbers), 2, 3, 4, 5, 6, 2 * BLOCK, 9 * BLOCK + 4000}:
        expected = [line.pk] if number in numbers else []
        assert RecordPeople.objects.lines_with(Worker(pk=number)) == expected, number
    assert RecordPeople.objects.lines_with(Account(pk=1)) == []
