"""give_consent: permission to process personal data for a purpose."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.models import Record
from zhitong.workers.actions import ask_deletion, give_consent, grant_deletion, withdraw_consent
from zhitong.workers.consent import CURRENT, TEXTS
from zhitong.workers.models import Consent


@pytest.fixture
def give(world, worker):
    withdraw_consent(by=world.village_officer, consent=worker.consents.get(purpose="share"))

    def call(**given):
        given = {"by": world.village_officer, "purpose": "share", "through": "telephone", **given}
        return give_consent(worker=worker, **given)

    return call


def test_it_works(give, worker):
    consent = give()
    assert (consent.purpose, consent.text_version, consent.given_through) == ("share", CURRENT, "telephone")
    line = Record.objects.of(consent).get()
    assert line.given == {"purpose": "share", "through": "telephone"} and line.concerns_id == worker.pk


def test_every_purpose_has_its_text():
    assert set(TEXTS[CURRENT]) == set(Consent.Purpose.values)


def test_a_stranger_cannot(world, give):
    with pytest.raises(OutOfReach):
        give(by=world.stranger)


def test_a_person_gives_his_own_word_himself(give, himself, no):
    assert no(give, through="self") == no(give, by=himself) == "source_not_yours"
    assert give(by=himself, through="self").given_through == "self"


def test_not_twice(give, no):
    give()
    assert no(give) == "consent_standing"


def test_only_to_the_text_of_today(give, no):
    assert no(give, text_version="1999-01") == "consent_text_old"
    assert no(give, purpose="sell") == no(give, through="x") == "not_a_choice"


def test_not_for_somebody_whose_data_were_deleted(world, give, worker, no):
    request = ask_deletion(by=world.village_officer, worker=worker)
    grant_deletion(by=world.county_officer, request=request)
    assert no(give) == "erased_already"
    assert not worker.consents.filter(purpose="share", withdrawn_at=None).exists()
