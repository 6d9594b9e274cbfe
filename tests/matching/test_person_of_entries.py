"""A round sees the person: what belongs to entries that were merged counts for whoever they are."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from django.utils import timezone

from zhitong.matching.actions import adopt_proposals, decline_offer
from zhitong.matching.frames import market_of
from zhitong.matching.models import Offer, Round
from zhitong.workers.actions import (
    CertificateFacts,
    Wish,
    add_certificate,
    add_skill,
    give_consent,
    join_priority_group,
    merge_workers,
    state_intention,
    undo_decision,
)
from zhitong.workers.models import Intention

TODAY = timezone.localdate()
OLDER = dt.date(1980, 5, 1)


@pytest.fixture
def kept(world):
    return world.worker(name="陆大江", birth_on=OLDER)


@pytest.fixture
def part(world):
    """An entry of the same person in another county, where he told more of himself."""
    return world.entry_without_number(name="陆大江", birth_on=OLDER, village=world.far_village)


@pytest.fixture
def two(world):
    """Somebody who looks for work, and another entry of his that agreed to be registered too."""
    part = world.entry_without_number(name="陆大江", village=world.far_village)
    give_consent(by=world.system, worker=part, purpose="register", through="visit")
    return world.seeker(name="陆大江"), part


@pytest.fixture
def market(world):
    def of():
        return market_of(Round(org=world.county, city=world.city, county=world.county, held_on=TODAY))

    return of


def wish(world, worker, *occupations, on=TODAY):
    state_intention(
        by=world.system, worker=worker, wish=Wish(occupations=occupations, cities=(world.host_city,))
    )
    Intention.objects.filter(worker=worker).update(stated_on=on)


def occupations(found):
    return lambda *rows: found.codes.occupation(np.array([one.pk for one in rows])).tolist()


def test_it_works(world, kept, part, market):
    wish(world, part, world.welder)
    add_skill(by=world.system, worker=part, occupation=world.welder, years=9)
    add_skill(by=world.system, worker=part, occupation=world.sewer, years=2)
    add_skill(by=world.system, worker=kept, occupation=world.sewer, years=4)
    add_certificate(by=world.system, worker=part, facts=CertificateFacts(kind=world.welding_certificate))
    join_priority_group(by=world.county_officer, worker=kept, group=world.priority_group)
    assert world.demand(certificates=(world.welding_certificate,))
    decision = merge_workers(by=world.system, kept=kept, other=part)
    found = market()
    workers, position = found.people.workers, occupations(found)
    assert found.people.keys.tolist() == [kept.pk]
    assert workers.wished[0, 0] == position(world.welder)[0]
    assert workers.experienced[0, :2].tolist() == position(world.welder, world.sewer)
    assert workers.experience_years[0].tolist() == [9, 4, 0]
    assert workers.certificates[0, 0] == 1 and workers.priority.tolist() == [3]
    undo_decision(by=world.system, decision=decision)
    assert market().people.held_back["no_intention"][:, 0].tolist() == [kept.pk]


@pytest.mark.parametrize(("days", "wished"), [(1, "welder"), (0, "welder"), (-1, "sewer")])
def test_the_wish_stated_last_counts_of_one_day_that_of_the_kept_entry(
    world, kept, part, market, days, wished
):
    wish(world, kept, world.welder)
    wish(world, part, world.sewer, on=TODAY - dt.timedelta(days))
    merge_workers(by=world.system, kept=kept, other=part)
    found = market()
    assert found.people.workers.wished[0, 0] == occupations(found)(getattr(world, wished))[0]


def offered_before(offer, entry):
    """Let an offer hang on an entry that was merged, as registers have it that were merged otherwise."""
    Offer.objects.filter(pk=offer.pk).update(worker=entry)


def test_whoever_holds_an_offer_under_another_entry_is_busy(world, two, market):
    kept, part = two
    merge_workers(by=world.system, kept=kept, other=part)
    offered_before(world.offer(kept), part)
    assert market().people.keys.tolist() == []


def test_an_offer_under_another_entry_overtakes_a_proposal(world, two):
    kept, part = two
    assert world.post
    solved = world.solved_round()
    assert solved.proposals.get().worker == kept
    merge_workers(by=world.system, kept=kept, other=part)
    offered_before(world.offer(kept, world.demand(title="氩弧焊工")), part)
    assert adopt_proposals(by=world.county_officer, round=solved).summary["adopted"] == 0


def test_what_was_declined_under_another_entry_is_not_offered_again(world, two):
    kept, part = two
    offer = world.offer(part)
    decline_offer(by=world.system, offer=offer, reason="wage", through="visit")
    merge_workers(by=world.system, kept=kept, other=part)
    held = world.solved_round()
    assert not held.proposals.exists() and held.leftovers.get().reason == "said_no_before"
