"""correct_worker: what was wrong of a person's facts."""

from __future__ import annotations

import datetime as dt

import pytest

from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.models import Record
from zhitong.workers.actions import Correction, ask_deletion, correct_worker, grant_deletion
from zhitong.workers.models import Worker


@pytest.fixture
def correct(world, worker):
    def call(**facts):
        how = {name: facts.pop(name) for name in ("by", "seen") if name in facts}
        return correct_worker(
            **{"by": world.village_officer, "worker": worker, "facts": Correction(**facts), **how}
        )

    return call


def test_it_works(correct, worker):
    correct(name="陆大河", telephone="15411112222", education=4)
    worker.refresh_from_db()
    assert (worker.name, worker.name_key, worker.telephone.open()) == ("陆大河", "lu da he", "15411112222")
    assert worker.education == 4 and worker.version == 2
    assert list(Worker.objects.with_telephone("15411112222")) == [worker]


def test_identity_is_corrected_as_a_whole(world, correct, worker, no):
    number = world.identity(dt.date(1988, 2, 3), "F")
    assert no(correct, id_number=number) == "sex_contradicts_id_number"
    assert no(correct, id_number=number, sex="F") == "birth_contradicts_id_number"
    correct(id_number=number, sex="F", birth_on=dt.date(1988, 2, 3))
    worker.refresh_from_db()
    assert list(Worker.objects.with_id_number(number)) == [worker] and worker.sex == "F"


def test_a_blank_telephone_removes_it(correct, worker):
    correct(telephone="")
    worker.refresh_from_db()
    assert worker.telephone is None and worker.telephone_index is None


def test_nothing_changed_changes_nothing(correct, worker):
    correct(name=worker.name, id_number=worker.id_number.open(), telephone=worker.telephone.open())
    worker.refresh_from_db()
    assert worker.version == 1


def test_the_record_says_that_not_what(correct, worker):
    correct(name="陆大河")
    line = Record.objects.of(worker).get(verb="correct_worker")
    assert {move["field"]: move["to"] for move in line.moves} == dict.fromkeys(
        ("name", "name_key", "stated"), "•"
    )
    assert "陆大河" not in str(line.given)


def test_a_stranger_cannot(world, correct):
    with pytest.raises(OutOfReach):
        correct(by=world.stranger, name="陆大河")


def test_two_at_once(correct, worker, no):
    correct(name="陆大河", seen=1)
    assert no(correct, name="陆大海", seen=1) == "someone_was_faster"
    worker.refresh_from_db()
    assert worker.name == "陆大河"


def test_a_person_corrects_himself_but_for_what_the_card_says(world, correct, worker, himself, no):
    correct(by=himself, name="陆大河", education=5)
    worker.refresh_from_db()
    assert worker.education == 5
    assert no(correct, by=himself, id_number=world.identity()) == "card_needed"


def test_a_number_of_somebody_else(world, correct, no):
    other = world.worker()
    assert no(correct, id_number=other.id_number.open()) == "id_number_registered"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"name": ""}, "name_shape"),
        ({"name": "张\u2066三"}, "unseen_character"),
        ({"telephone": "=2+3"}, "telephone_shape"),
        ({"id_number": "x"}, "id_number_shape"),
        ({"sex": "F"}, "sex_contradicts_id_number"),
        ({"sex": "女"}, "not_a_choice"),
        ({"birth_on": dt.date(2999, 1, 1)}, "too_young"),
        ({"birth_on": dt.date(1990, 5, 2)}, "birth_contradicts_id_number"),
        ({"education": -1}, "not_a_choice"),
    ],
)
def test_bad_facts_are_refused(correct, no, facts, code):
    assert no(correct, **facts) == code


def test_nothing_is_said_of_somebody_whose_data_were_deleted(world, client, correct, worker, no):
    request = ask_deletion(by=world.village_officer, worker=worker)
    grant_deletion(by=world.county_officer, request=request)
    worker.refresh_from_db()
    assert no(correct, name="陆大河", telephone="15411112222") == "erased_already"
    client.force_login(world.village_officer)
    page = client.get(f"/workers/{worker.pk}/").content.decode()
    for verb in ("correct_worker", "reveal_telephone", "reveal_id_number", "give_consent"):
        assert f"/workers/{worker.pk}/{verb}/" not in page
