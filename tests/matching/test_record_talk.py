"""record_talk: what came of a talk at a booth; an offer made there goes the way of every offer."""

from __future__ import annotations

import pytest

from zhitong.employers.actions import close_demand
from zhitong.kernel.errors import OutOfReach
from zhitong.matching.actions import (
    accept_worker,
    agree_to_offer,
    decline_offer,
    record_talk,
    release_offer,
)
from zhitong.matching.models import Interest, Offer
from zhitong.matching.views.fairs import counts_of
from zhitong.workers.actions import Wish, state_intention
from zhitong.workers.models import Worker


def test_it_works(world, interest):
    talked = record_talk(by=world.employer_clerk, interest=interest, result="talked")
    offered = record_talk(by=world.employer_clerk, interest=talked, result="offered")
    offer = Offer.objects.get()
    assert (offered.state, offered.offer, offer.state) == ("offered", offer, "sent")
    counts = counts_of(world.county_officer, interest.visit.fair)
    assert counts == {"came": 1, "asked": 1, "offered": 1, "placed": 0, "still": 0}
    agree_to_offer(by=world.village_officer, offer=offer, through="telephone")
    taken = accept_worker(by=world.employer_clerk, offer=offer)
    assert counts_of(world.county_officer, interest.visit.fair)["still"] == 1
    release_offer(by=world.system, offer=taken)
    counts = counts_of(world.county_officer, interest.visit.fair)
    assert (counts["placed"], counts["still"]) == (1, 0)


def test_a_stranger_cannot(world, interest):
    with pytest.raises(OutOfReach):
        record_talk(by=world.other_employer_clerk, interest=interest, result="talked")


def test_an_offer_that_stands_is_the_one(world, interest):
    offer = world.offer(interest.worker, interest.demand)
    assert record_talk(by=world.employer_clerk, interest=interest, result="offered").offer == offer


def test_the_rules_hold_at_a_fair_too(world, interest, no):
    Worker.objects.filter(pk=interest.worker_id).update(status="home")
    given = {"interest": Interest.objects.get(pk=interest.pk), "result": "offered"}
    assert no(record_talk, by=world.county_officer, **given) == "not_seeking"
    assert Interest.objects.get().state == "noted"


@pytest.mark.parametrize("changed", [{"status": "home"}, {"state": "withdrawn"}])
def test_an_employer_does_not_read_what_stands_in_the_way(world, interest, no, changed):
    Worker.objects.filter(pk=interest.worker_id).update(**changed)
    given = {"by": world.employer_clerk, "interest": Interest.objects.get(pk=interest.pk)}
    assert no(record_talk, result="offered", **given) == "not_to_be_offered"


def test_an_employer_reads_neither_wishes_nor_earlier_noes(world, interest, no):
    given = {
        "by": world.employer_clerk,
        "interest": Interest.objects.get(pk=interest.pk),
        "result": "offered",
    }
    state_intention(by=world.village_officer, worker=interest.worker, wish=Wish(wage_floor_fen=900_000))
    assert no(record_talk, **given) == "not_to_be_offered"
    state_intention(by=world.village_officer, worker=interest.worker, wish=Wish())
    offer = world.offer(interest.worker, interest.demand)
    decline_offer(by=world.village_officer, offer=offer, reason="distrust", through="telephone")
    assert no(record_talk, **given) == "not_to_be_offered"


def test_an_employer_reads_that_its_own_post_is_closed(world, interest, no):
    close_demand(by=world.county_officer, demand=interest.demand, reason="filled")
    given = {"by": world.employer_clerk, "interest": Interest.objects.get(pk=interest.pk)}
    assert no(record_talk, result="offered", **given) == "demand_closed"


def test_what_is_refused(world, interest, no):
    given = {"by": world.county_officer, "interest": interest}
    assert no(record_talk, result="noted", **given) == "not_a_choice"
    assert no(record_talk, result="turned_down", **given) == "reason_does_not_fit"
    assert no(record_talk, result="talked", reason="skill", **given) == "reason_does_not_fit"
    assert record_talk(result="turned_down", reason="skill", **given).reason == "skill"
    assert no(record_talk, result="talked", **given) == "wrong_state"
    assert no(record_talk, result="offered", **given) == "someone_was_faster"


def test_the_page(world, client, interest):
    client.force_login(world.employer_clerk)
    address = f"/matching/interests/{interest.pk}/record_talk/"
    assert client.post(address, {"result": "turned_down"}).status_code == 422
    answer = client.post(address, {"result": "offered"})
    assert (answer.status_code, answer.url) == (302, f"/matching/fairs/{interest.visit.fair_id}/interests/")
    client.force_login(world.county_officer)
    assert "人得到推荐" in client.get(f"/matching/fairs/{interest.visit.fair_id}/").content.decode()
