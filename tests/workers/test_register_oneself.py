"""register_oneself: a person enters himself with his own account."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Record
from zhitong.workers.actions import Wish, register_oneself
from zhitong.workers.models import Worker


@pytest.fixture
def enter(world, person):
    def call(**given):
        given = {"by": person, "village": world.village, "consents": ("register", "sensitive"), **given}
        return register_oneself(**{"facts": world.facts(telephone=""), **given})

    return call


def test_it_works(world, enter, person):
    worker = enter(wish=Wish(wage_floor_fen=400_000))
    worker.refresh_from_db()
    assert worker.account == person and worker.telephone == person.telephone and worker.source == "self"
    assert [one.given_through for one in worker.consents.all()] == ["self", "self"]
    assert worker.intention.wage_floor_fen == 400_000
    assert list(Worker.objects.visible_to(person)) == [worker]
    assert worker in Worker.objects.visible_to(world.village_officer)


def test_he_sees_the_lines_about_himself(enter, person):
    enter()
    assert {one.verb for one in Record.objects.visible_to(person)} == {"register_oneself", "give_consent"}


def test_a_stranger_to_the_register_only_in_his_own_name(world, enter):
    with pytest.raises(NotAllowed):
        enter(by=world.stranger)


def test_only_a_persons_own_account(world, no, enter):
    assert no(enter, by=world.system) == "not_a_worker_account"


def test_an_unverified_telephone(no, enter, person):
    person.telephone_verified = False
    assert no(enter) == "telephone_not_verified"


def test_twice(no, enter):
    enter()
    assert no(enter) == "on_register_already"


def test_a_number_on_the_register_is_not_told_where(world, no, enter):
    facts = world.facts()
    world.worker(id_number=facts.id_number)
    assert no(enter, facts=facts) == "id_number_registered"


def test_two_sessions_at_once(world, enter, person, monkeypatch, no):
    """The second has asked whether the account is free before the first is stored."""
    from zhitong.workers.actions import people

    enter()
    monkeypatch.setattr(people, "_own_telephone", lambda by: by.telephone.open())
    assert no(enter) == "on_register_already"
    assert Worker.objects.filter(account=person).count() == 1


def test_consent_comes_first(no, enter):
    assert no(enter, consents=()) == "consent_missing"
