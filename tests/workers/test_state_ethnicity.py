"""state_ethnicity: a person's own word, by a consent of its own, sealed and shown to nobody else."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.urls import reverse

from tests.workers.test_workers_page import browser
from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.models import Record
from zhitong.kernel.privacy import seal
from zhitong.workers.actions import (
    ask_deletion,
    give_consent,
    grant_deletion,
    merge_workers,
    state_ethnicity,
    withdraw_consent,
    withdraw_worker,
)
from zhitong.workers.invariants import deleted_people_left_nothing
from zhitong.workers.models import EthnicGroup, StatedEthnicity


@pytest.fixture
def agreed(world, worker):
    """The worker has agreed to that alone."""
    return give_consent(by=world.village_officer, worker=worker, purpose="ethnicity", through="visit")


@pytest.fixture
def state(world, worker):
    def call(**given):
        given = {"by": world.village_officer, "code": "37", "source": "visit", **given}
        return state_ethnicity(worker=worker, **given)

    return call


def test_it_works(state, worker, agreed):
    assert state() == worker
    stated = worker.stated_ethnicity
    assert (stated.group, stated.group.label, stated.source) == (EthnicGroup.GELAO, "仡佬族", "visit")
    state(code="06", source="telephone")
    stated.refresh_from_db()
    assert (stated.group, stated.source) == (EthnicGroup.MIAO, "telephone")
    assert StatedEthnicity.objects.count() == 1


def test_the_record_says_how_and_never_what(world, state, worker, agreed):
    state()
    line = Record.objects.of(worker).get(verb="state_ethnicity")
    assert line.given == {"code": "•", "source": "visit"} and line.moves == []
    page = browser(world.village_officer).get(f"/workers/{worker.pk}/").content.decode()
    assert "登记民族" in page and "仡佬" not in page


def test_it_is_sealed(state, worker, agreed):
    state()
    with connection.cursor() as cursor:
        cursor.execute("SELECT code FROM workers_statedethnicity")
        [[held]] = cursor.fetchall()
    assert len(bytes(held)) == len(seal("37", "ethnicity")) > 20
    assert str(worker.stated_ethnicity.code) == "••••" and "37" not in str(worker.stated_ethnicity)


def test_a_stranger_cannot(world, state, agreed):
    with pytest.raises(OutOfReach):
        state(by=world.stranger)


def test_there_are_fifty_six_groups_and_two_more():
    assert EthnicGroup.values == [*(f"{one:02d}" for one in range(1, 57)), "97", "98"]


def test_not_without_a_consent_of_its_own(world, state, no, agreed):
    withdraw_consent(by=world.village_officer, consent=agreed)
    assert no(state) == "consent_missing"
    assert not StatedEthnicity.objects.exists()


def test_only_in_the_persons_own_words(world, state, himself, agreed, no):
    assert no(state, source="list") == no(state, source="employer") == "not_own_word"
    assert no(state, source="self") == no(state, by=himself) == "source_not_yours"
    assert state(by=himself, source="self").stated_ethnicity.source == "self"


def test_the_consent_is_given_in_his_own_words_too(world, worker, no):
    given = {"by": world.village_officer, "worker": worker, "purpose": "ethnicity"}
    assert no(give_consent, through="list", **given) == "not_own_word"


def test_only_groups_of_the_standard(state, agreed, no):
    assert no(state, code="57") == no(state, code="汉") == no(state, source="x") == "not_a_choice"


def test_not_off_the_register(world, state, worker, agreed, no):
    withdraw_worker(by=world.village_officer, worker=worker)
    assert no(state) == "not_on_register"


def test_not_on_an_entry_that_rests_in_another(world, state, worker, agreed, no):
    kept = world.entry_without_number(name=worker.name)
    merge_workers(by=world.village_officer, kept=kept, other=worker)
    assert no(state) == "merged_entry"


def test_leaving_the_register_ends_it(world, state, worker, agreed):
    state()
    withdraw_worker(by=world.village_officer, worker=worker)
    agreed.refresh_from_db()
    assert not StatedEthnicity.objects.exists() and agreed.withdrawn_at is not None


def test_deleting_a_person_deletes_it(world, state, worker, agreed):
    state()
    request = ask_deletion(by=world.village_officer, worker=worker)
    grant_deletion(by=world.county_officer, request=request)
    assert not StatedEthnicity.objects.exists() and not list(deleted_people_left_nothing())


def test_who_may_read_it(world, state, worker, himself, agreed):
    state()
    seen = {
        name: StatedEthnicity.objects.visible_to(account).count()
        for name, account in (
            ("himself", himself), ("village", world.village_officer), ("county", world.county_officer),
            ("city", world.city_officer), ("station", world.station_staff), ("employer", world.employer_clerk),
            ("auditor", world.auditor), ("administrator", world.administrator),
        )
    }  # fmt: skip
    assert seen == {**dict.fromkeys(seen, 0), "himself": 1}


def test_on_his_own_page_and_in_his_copy(world, worker, himself):
    phone = browser(himself)
    url = reverse("state_ethnicity", args=[worker.pk])
    asked = phone.get(url).content.decode()
    assert "我单独同意加密保存我自愿说明的民族" in asked and 'name="source"' not in asked
    assert phone.post(url, {"code": "37"}).status_code == 422
    assert phone.post(url, {"code": "37", "agrees": "on"})["Location"] == "/workers/me/"
    page = phone.get("/workers/me/").content.decode()
    assert "仡佬族" in page and reverse("withdraw_ethnicity", args=[worker.pk]) in page
    taken = phone.post("/workers/me/take_own_record/", {"kind": "json"})
    body = b"".join(taken.streaming_content) if taken.streaming else taken.content
    [told] = json.loads(body)["本人说明的民族"]
    assert told["民族"] == "仡佬族" and told["登记方式"] == "本人自助"
    assert 'name="agrees"' not in phone.get(url).content.decode()


def test_a_village_officer_writes_it_down_and_does_not_see_it(world, worker):
    client, url = browser(world.village_officer), reverse("state_ethnicity", args=[worker.pk])
    assert 'name="source"' in client.get(url).content.decode()
    typed = {"code": "37", "source": "visit", "agrees": "on"}
    assert client.post(url, {**typed, "source": "list"}).status_code == 422
    assert client.post(url, typed)["Location"] == f"/workers/{worker.pk}/"
    assert worker.stated_ethnicity.group == "37"
    page = client.get(f"/workers/{worker.pk}/").content.decode()
    assert "只有本人看得到" in page and "仡佬" not in page
    assert 'value="37" selected' not in client.get(url).content.decode()
    assert browser(world.county_officer).get(url).status_code == 403


def test_his_entries_speak_together_on_his_page(world, worker, himself):
    part = world.entry_without_number(name="陆大讲")
    give_consent(by=world.system, worker=part, purpose="ethnicity", through="visit")
    state_ethnicity(by=world.village_officer, worker=part, code="15", source="visit")
    merge_workers(by=world.village_officer, kept=worker, other=part)
    page = browser(himself).get("/workers/me/").content.decode()
    assert "土家族" in page and reverse("withdraw_ethnicity", args=[worker.pk]) in page
