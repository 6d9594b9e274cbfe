"""offer_slot: an employer, or the office for it, says when it talks with people about a post."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from zhitong.employers.actions import close_demand
from zhitong.kernel.errors import OutOfReach
from zhitong.matching.actions import offer_slot
from zhitong.matching.actions.interviews import is_allowed_link
from zhitong.matching.models import InterviewSlot


def test_it_works(world, slot_facts):
    slot = offer_slot(by=world.employer_clerk, demand=world.post, facts=slot_facts(places=3))
    assert (slot.places, slot.taken, slot.employer_org, slot.telephone) == (3, 0, world.employer_org, None)
    facts = slot_facts(mode="telephone", telephone="0571-86001234", link="https://elsewhere.example/")
    called = offer_slot(by=world.county_officer, demand=world.post, facts=facts)
    assert called.link == "" and called.telephone.open().endswith("86001234")


def test_a_stranger_cannot(world, slot_facts):
    world.post  # noqa: B018
    with pytest.raises(OutOfReach):
        offer_slot(by=world.other_employer_clerk, demand=world.post, facts=slot_facts())


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"starts_at": timezone.now() - dt.timedelta(minutes=1)}, "time_implausible"),
        ({"starts_at": timezone.now() + dt.timedelta(days=90)}, "time_implausible"),
        ({"places": 0}, "places_implausible"),
        ({"places": 201}, "places_implausible"),
        ({"minutes": 4}, "minutes_implausible"),
        ({"mode": "pigeon"}, "not_a_choice"),
        ({"mode": "telephone"}, "telephone_missing"),
        ({"link": "https://evil.example/meeting.tencent.com"}, "link_not_allowed"),
        ({"link": ""}, "link_not_allowed"),
    ],
)
def test_what_is_refused(world, slot_facts, no, wrong, code):
    given = {"by": world.employer_clerk, "demand": world.post}
    assert no(offer_slot, facts=slot_facts(**wrong), **given) == code


def test_only_for_somebody_of_the_same_post(world, agreed, slot_facts, no):
    other = world.demand(title="点焊工")
    given = {"by": world.employer_clerk, "facts": slot_facts(only_for=agreed)}
    assert no(offer_slot, demand=other, **given) == "another_post"
    assert offer_slot(demand=agreed.demand, **given).only_for == agreed


def test_not_for_a_closed_post(world, slot_facts, no):
    close_demand(by=world.employer_clerk, demand=world.post, reason="filled")
    assert no(offer_slot, by=world.employer_clerk, demand=world.post, facts=slot_facts()) == "demand_closed"


@pytest.mark.parametrize(
    ("link", "allowed"),
    [
        ("https://meeting.tencent.com/dm/x", True),
        ("http://w1.meeting.tencent.com/x?a=1", True),
        ("https://meeting.tencent.com.evil.example/", False),
        ("https://meeting.tencent.com@evil.example/", False),
        ("https://notmeeting.tencent.com/", False),
        ("https://meeting.tencent.com:8443/", False),
        ("javascript:alert(1)//meeting.tencent.com", False),
        ("ftp://meeting.tencent.com/", False),
        ("https://[meeting.tencent.com/", False),
        ("https://meeting.tencent.com:port/", False),
    ],
)
def test_a_link_leads_to_an_allowed_site(link, allowed):
    assert is_allowed_link(link) is allowed


def test_the_database_counts_places(slot):
    with pytest.raises(IntegrityError), transaction.atomic():
        InterviewSlot.objects.filter(pk=slot.pk).update(taken=3)


def test_the_page(world, client, agreed):
    client.force_login(world.employer_clerk)
    address = f"/matching/slots/new/offer_slot/?demand={agreed.demand_id}&only_for={agreed.pk}"
    assert agreed.demand.title in client.get(address).content.decode()
    day = timezone.localdate() + dt.timedelta(days=2)
    sent = {
        "demand": str(agreed.demand_id), "only_for": agreed.pk, "starts_on": day.isoformat(), "time": "09:30",
        "minutes": 20, "places": 1, "mode": "video", "link": "https://evil.example/x",
    }  # fmt: skip
    refused = client.post(address, sent)
    assert refused.status_code == 422 and "meeting.tencent.com" in refused.content.decode()
    assert client.post(address, {**sent, "link": "https://meeting.tencent.com/x"}).status_code == 302
    slot = InterviewSlot.objects.get()
    assert (
        slot.only_for == agreed
        and timezone.localtime(slot.starts_at).strftime("%d %H:%M") == f"{day:%d} 09:30"
    )
    assert agreed.demand.title in client.get("/matching/slots/").content.decode()
    page = client.get(f"/matching/slots/{slot.pk}/").content.decode()
    assert "还没有人约" in page and "<iframe" not in page
