"""pick_slot: a worker takes a place in an interview slot, by himself or through an officer."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhitong.kernel.errors import OutOfReach
from zhitong.matching.actions import (
    accept_worker,
    agree_to_offer,
    cancel_slot,
    decline_offer,
    offer_slot,
    pick_slot,
    recall_offers_of_worker,
)
from zhitong.matching.models import Interview, InterviewSlot, Offer

BY_TELEPHONE = {"through": "telephone"}


def test_it_works(world, slot, agreed):
    made = pick_slot(by=world.village_officer, offer=agreed, slot=slot, **BY_TELEPHONE)
    slot.refresh_from_db()
    agreed.refresh_from_db()
    assert (made.state, made.picked_by, slot.taken) == ("booked", world.village_officer, 1)
    assert agreed.due_on >= timezone.localdate(slot.starts_at) + dt.timedelta(days=1)


def test_a_stranger_cannot(world, slot, agreed):
    with pytest.raises(OutOfReach):
        pick_slot(by=world.stranger, offer=agreed, slot=slot, **BY_TELEPHONE)


def test_he_picks_it_on_his_phone(client, slot, agreed, himself, caplog):
    client.force_login(himself)
    assert "请选一个时间" in client.get("/matching/mine/").content.decode()
    address = f"/matching/offers/{agreed.pk}/pick_slot/"
    assert "还可约2人" in client.get(address).content.decode()
    answer = client.post(address, {"slot": slot.pk})
    assert (answer.status_code, answer.url) == (302, "/matching/mine/")
    page = client.get("/matching/mine/").content.decode()
    assert 'rel="noopener noreferrer external"' in page and "https://meeting.tencent.com/dm/abc" in page
    assert "<iframe" not in page


def test_only_who_is_booked_is_told_the_link(client, world, slot, agreed, himself):
    client.force_login(himself)
    address = f"/matching/slots/{slot.pk}/"
    before = client.get(address)
    assert before.status_code == 200 and slot.link not in before.content.decode()
    pick_slot(by=world.village_officer, offer=agreed, slot=slot, **BY_TELEPHONE)
    assert slot.link in client.get(address).content.decode()
    client.force_login(world.employer_clerk)
    assert slot.link in client.get(address).content.decode()


def test_only_after_a_yes(world, slot, offer, no):
    assert no(pick_slot, by=world.village_officer, offer=offer, slot=slot, **BY_TELEPHONE) == "offer_settled"


def test_nobody_answers_as_if_he_were_the_other(world, slot, agreed, no):
    given = {"by": world.village_officer, "offer": agreed, "slot": slot}
    assert no(pick_slot, through="self", **given) == "not_said_how"


def test_the_last_place_goes_once(world, slot, no):
    offers = [world.agreed_offer() for _one in range(3)]
    given = {"by": world.village_officer, "slot": slot, **BY_TELEPHONE}
    for one in offers[:2]:
        pick_slot(offer=one, **given)
    assert no(pick_slot, offer=offers[2], **given) == "slot_full"
    assert Interview.objects.booked().count() == 2


def test_one_at_a_time(world, slot, interview, slot_facts, no):
    other = offer_slot(by=world.employer_clerk, demand=slot.demand, facts=slot_facts())
    given = {"by": world.village_officer, "offer": interview.offer, **BY_TELEPHONE}
    assert no(pick_slot, slot=other, **given) == "booked_already"
    other.refresh_from_db()
    assert other.taken == 0


def test_not_one_of_another_post_or_person(world, agreed, slot_facts, no):
    given = {"by": world.village_officer, "offer": agreed, **BY_TELEPHONE}
    elsewhere = offer_slot(by=world.employer_clerk, demand=world.demand(title="点焊工"), facts=slot_facts())
    assert no(pick_slot, slot=elsewhere, **given) == "another_post"
    his = slot_facts(only_for=world.agreed_offer())
    kept = offer_slot(by=world.employer_clerk, demand=agreed.demand, facts=his)
    assert no(pick_slot, slot=kept, **given) == "another_post"
    assert kept not in InterviewSlot.objects.for_offer(agreed)


def test_not_one_that_is_gone(world, slot, agreed, no):
    given = {"by": world.village_officer, "offer": agreed, "slot": slot, **BY_TELEPHONE}
    InterviewSlot.objects.filter(pk=slot.pk).update(starts_at=timezone.now())
    assert no(pick_slot, **given) == "slot_gone"
    InterviewSlot.objects.filter(pk=slot.pk).update(starts_at=timezone.now() + dt.timedelta(days=1))
    cancel_slot(by=world.employer_clerk, slot=slot)
    assert no(pick_slot, **{**given, "by": world.system}) == "slot_gone"


@pytest.mark.parametrize("settle", ["accept", "decline", "recall"])
def test_a_place_is_given_up_with_the_offer(world, interview, settle):
    offer = Offer.objects.get(pk=interview.offer_id)
    if settle == "accept":
        accept_worker(by=world.employer_clerk, offer=offer)
    elif settle == "decline":
        decline_offer(by=world.village_officer, offer=offer, reason="family", **BY_TELEPHONE)
    else:
        recall_offers_of_worker(by=world.system, worker=offer.worker)
    interview.refresh_from_db()
    interview.slot.refresh_from_db()
    assert (interview.state, interview.slot.taken) == ("cancelled", 0)


def test_the_employer_sees_who_comes(world, client, interview):
    client.force_login(world.employer_clerk)
    page = client.get(f"/matching/slots/{interview.slot_id}/").content.decode()
    assert interview.worker.name in page
    assert interview.worker.name in client.get("/matching/interviews/").content.decode()
    client.force_login(world.village_officer)
    assert interview.worker.name in client.get(f"/matching/interviews/{interview.pk}/").content.decode()


def test_a_slot_kept_for_somebody_is_absent_to_others(world, agreed, slot_facts, himself):
    other = world.offer(world.seeker(name="别的人"))
    other = agree_to_offer(by=world.village_officer, offer=other, through="telephone")
    kept = [
        offer_slot(by=world.employer_clerk, demand=world.post, facts=slot_facts(only_for=one))
        for one in (agreed, other)
    ]
    read = InterviewSlot.objects.visible_to(himself)
    assert kept[0] in read and kept[1] not in read
