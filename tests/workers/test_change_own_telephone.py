"""change_own_telephone: a person signs in with another telephone, which a code showed to be his."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache

from zhitong.kernel.confirming import ask_confirmation, proof_of
from zhitong.kernel.errors import NotAllowed, Refusal
from zhitong.kernel.models import Account, Record
from zhitong.workers import actions
from zhitong.workers.actions import change_own_telephone
from zhitong.workers.models import Worker

NEW = "15400007777"


@pytest.fixture(autouse=True)
def no_limits_left_over(db):
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def proof(sent):
    """Let somebody confirm a telephone, and give the proof."""

    def confirm(account, telephone=NEW):
        ask_confirmation(account, telephone)
        return proof_of(account, code_in(sent))

    return confirm


def code_in(sent):
    return re.search(r"\d{6}", sent[-1][1])[0]


def test_it_works(himself, worker, proof):
    change_own_telephone(by=himself, proof=proof(himself))
    himself.refresh_from_db()
    worker.refresh_from_db()
    assert himself.telephone.open() == worker.telephone.open() == NEW and himself.telephone_verified
    assert Account.objects.with_telephone(NEW).get() == himself
    assert NEW not in str(list(Record.objects.values_list("given", "moves")))
    assert Record.objects.concerning(worker).exists()


def test_a_person_who_is_not_on_the_register_may(person, proof):
    change_own_telephone(by=person, proof=proof(person))
    person.refresh_from_db()
    assert person.telephone.open() == NEW


def test_a_stranger_cannot(world):
    with pytest.raises(NotAllowed):
        change_own_telephone(by=world.village_officer, proof="x")


def test_not_without_a_proof(himself, no):
    assert no(change_own_telephone, by=himself, proof="made up") == "telephone_not_confirmed"


def test_not_with_somebody_elses_proof(himself, proof, no):
    other = Account.objects.create(username="w-2", name="别人", kind="worker", telephone="15400000002")
    assert no(change_own_telephone, by=himself, proof=proof(other)) == "telephone_not_confirmed"


def test_a_telephone_of_another_account_is_refused(himself, proof, no):
    Account.objects.create(username="w-2", name="别人", kind="worker", telephone=NEW)
    assert no(change_own_telephone, by=himself, proof=proof(himself)) == "telephone_taken"


def test_the_same_telephone_is_refused(himself, proof, no):
    same = proof(himself, himself.telephone.open())
    assert no(change_own_telephone, by=himself, proof=same) == "telephone_unchanged"


def test_five_wrong_codes_end_it(himself, sent):
    ask_confirmation(himself, NEW)
    code = code_in(sent)
    wrong = "000000" if code != "000000" else "111111"
    codes = []
    for _ in range(6):
        with pytest.raises(Refusal) as caught:
            proof_of(himself, wrong)
        codes.append(caught.value.code)
    assert codes == ["code_wrong"] * 5 + ["code_over"]
    with pytest.raises(Refusal):
        proof_of(himself, code)


def test_the_pages(client, himself, worker, sent):
    client.force_login(himself)
    assert "更换手机号" in client.get("/workers/me/").content.decode()
    assert client.post("/workers/me/telephone/", {"telephone": "12345"}).status_code == 422
    answer = client.post("/workers/me/telephone/", {"telephone": NEW})
    assert answer.url == "/workers/me/new/change_own_telephone/"
    asked = client.get(answer.url).content.decode()
    assert "154••••7777" in asked and NEW not in asked
    assert client.post(answer.url, {"code": "abc"}).status_code == 422
    assert client.post(answer.url, {"code": code_in(sent)}).url == "/workers/me/"
    himself.refresh_from_db()
    assert himself.telephone.open() == NEW


def test_codes_are_not_sent_too_often(client, himself, sent):
    client.force_login(himself)
    client.post("/workers/me/telephone/", {"telephone": NEW})
    answer = client.post("/workers/me/telephone/", {"telephone": NEW})
    assert answer.status_code == 422 and len(sent) == 1


def test_officers_have_no_such_page(client, world):
    client.force_login(world.village_officer)
    assert client.get("/workers/me/telephone/").status_code == 403


def test_the_new_number_outlives_the_next_derivation(world, himself, worker, proof):
    other = world.entry_without_number(telephone="15487654321")
    actions.merge_workers(by=world.village_officer, kept=worker, other=other)
    change_own_telephone(by=himself, proof=proof(himself))
    facts = actions.Correction(education=5)
    actions.correct_worker(by=world.village_officer, worker=Worker.objects.get(pk=other.pk), facts=facts)
    worker.refresh_from_db()
    assert (worker.education, worker.telephone.open()) == (5, NEW)
    assert worker.stated["telephone"]["source"] == "self"
