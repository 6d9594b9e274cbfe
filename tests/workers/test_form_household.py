"""form_household: people who live together."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import NotAllowed, OutOfReach
from zhitong.workers.actions import Member, form_household, withdraw_worker


@pytest.fixture
def form(world, worker):
    def call(**given):
        usual = {"village": world.village, "members": (Member(worker, "head"),), "address": "柳树村"}
        return form_household(**{"by": world.village_officer, **usual, **given})

    return call


def test_it_works(world, form, worker):
    mother = world.worker(sex="F")
    household = form(members=(Member(worker, "head"), Member(mother, "parent")))
    roles = {one.pk: one.household_role for one in household.members.all()}
    assert roles == {worker.pk: "head", mother.pk: "parent"} and household.village == world.village
    assert form(members=(Member(mother, "head"),)).members.get() == mother
    assert household.members.get() == worker


def test_a_stranger_cannot(world, form):
    with pytest.raises(NotAllowed):
        form(by=world.stranger, members=())


def test_people_beyond_reach_cannot_be_taken_in(world, form):
    far = world.worker(village=world.other_village)
    with pytest.raises(OutOfReach):
        form(members=(Member(far, "head"),))


def test_people_of_one_village_only(world, form, no):
    other = world.worker(village=world.other_village)
    assert no(form, by=world.township_officer, members=(Member(other, "head"),)) == "other_village"
    assert no(form, by=world.township_officer, village=world.town) == "not_a_village"


def test_exactly_one_head(world, form, worker, no):
    head, other = Member(worker, "head"), Member(world.worker(), "head")
    for members in (
        (),
        (Member(worker, "child"),),
        (head, other),
        (head, head),
        (head, Member(worker, "child")),
    ):
        assert no(form, members=members) == "one_head_needed"


def test_bad_facts_are_refused(world, form, worker, no):
    second = Member(world.worker(), "cousin")
    assert no(form, members=(Member(worker, "head"), second)) == "not_a_choice"
    assert no(form, address="柳" * 201) == "too_long"
    assert no(form, address="柳\u202e树") == "unseen_character"
    withdraw_worker(by=world.village_officer, worker=worker)
    assert no(form) == "not_on_register"
