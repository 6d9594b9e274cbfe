"""reveal_candidate_telephone: the employer may call someone who said yes, and the worker sees that he looked."""

from __future__ import annotations

import pytest
from django.utils import timezone

from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.models import Record
from zhitong.matching.actions import accept_worker, refuse_worker, reveal_candidate_telephone
from zhitong.matching.models import Offer
from zhitong.matching.shown import shown_to_employer
from zhitong.workers.models import Consent, Worker


def test_it_works(world, agreed):
    number = reveal_candidate_telephone(by=world.employer_clerk, offer=agreed)
    assert number == agreed.worker.telephone.open()
    line = Record.objects.concerning(agreed.worker)[0]
    assert line.verb == "reveal_candidate_telephone" and line.actor == world.employer_clerk
    assert number not in str(line.given)


def test_a_stranger_cannot(world, agreed):
    with pytest.raises(OutOfReach):
        reveal_candidate_telephone(by=world.other_employer_clerk, offer=agreed)


def test_not_before_he_has_said_yes_nor_after_a_no(world, offer, no):
    assert no(reveal_candidate_telephone, by=world.employer_clerk, offer=offer) == "not_shown"
    agreed = world.agreed_offer(demand=offer.demand)
    refuse_worker(by=world.employer_clerk, offer=agreed, reason="skill")
    assert no(reveal_candidate_telephone, by=world.employer_clerk, offer=agreed) == "not_shown"


def test_not_after_consent_was_withdrawn(world, agreed, no):
    Consent.objects.filter(worker=agreed.worker, purpose="share").update(withdrawn_at=timezone.now())
    assert no(reveal_candidate_telephone, by=world.employer_clerk, offer=agreed) == "not_shown"


def test_who_has_none(world, agreed, no):
    Worker.objects.filter(pk=agreed.worker_id).update(telephone=None)
    assert no(reveal_candidate_telephone, by=world.employer_clerk, offer=agreed) == "nothing_held"


def test_of_whom_consent_has_ended_the_name_alone_stays(world, agreed):
    accepted = accept_worker(by=world.employer_clerk, offer=agreed)
    assert set(shown_to_employer(accepted)) == set(Offer.SHOWN_TO_EMPLOYER)
    Consent.objects.filter(worker=agreed.worker, purpose="share").update(withdrawn_at=timezone.now())
    assert shown_to_employer(Offer.objects.get(pk=agreed.pk)) == {"name": agreed.worker.name}
