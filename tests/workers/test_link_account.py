"""link_account: a person takes over the entry that an officer made for him."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Account, Record
from zhitong.workers.actions import link_account
from zhitong.workers.models import Worker


@pytest.fixture
def entry(world):
    return world.worker(name="陆大江", telephone="154 0000 0001")


def given(entry, **more):
    return {"name": entry.name, "id_number": entry.id_number.open(), **more}


def test_it_works(person, entry):
    assert link_account(by=person, **given(entry)) == entry
    assert list(Worker.objects.visible_to(person)) == [entry]


def test_lines_from_before_are_his_to_read(person, entry):
    assert Record.objects.visible_to(person).count() == 0
    link_account(by=person, **given(entry))
    assert "register_worker" in {one.verb for one in Record.objects.visible_to(person)}


def test_a_stranger_cannot(world, entry):
    with pytest.raises(NotAllowed):
        link_account(by=world.stranger, **given(entry))


def test_name_number_and_telephone_must_agree(world, person, entry, no):
    other = world.worker(name="陆大江")
    wrong = [given(entry, name="陆大河"), given(other), given(entry, id_number=world.identity())]
    assert [no(link_account, by=person, **one) for one in wrong] == ["no_such_registration"] * 3
    assert no(link_account, by=person, **given(entry, id_number="1")) == "id_number_shape"


def test_an_entry_that_is_taken(world, person, entry, no):
    former = Account.objects.create(username="former", name="前", kind="worker")
    Worker.objects.filter(pk=entry.pk).update(account=former)
    assert no(link_account, by=person, **given(entry)) == "linked_already"


def test_an_account_that_has_an_entry(person, entry, no):
    link_account(by=person, **given(entry))
    assert no(link_account, by=person, **given(entry)) == "on_register_already"


def test_an_account_without_a_verified_telephone(world, person, entry, no):
    person.telephone_verified = False
    assert no(link_account, by=person, **given(entry)) == "telephone_not_verified"
    assert no(link_account, by=world.system, **given(entry)) == "not_a_worker_account"
