"""Two people at once, on two connections of PostgreSQL: one outcome, and a sentence for the other.

On SQLite writers follow one another, so that the tests of single verbs with a stale row say the same.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account
from zhitong.matching.actions import (
    RuleFacts,
    SlotFacts,
    accept_worker,
    adopt_proposals,
    agree_to_offer,
    decline_offer,
    expire_offers,
    offer_slot,
    open_round,
    pass_over_proposals,
    pick_slot,
    set_matching_rules,
)
from zhitong.matching.frames import DEFAULT_RULES
from zhitong.matching.models import Offer, Round, RuleSet
from zhitong.site.world import World, build
from zhitong.workers.models import Worker

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> World:
    """The imaginary county, stored so that other connections see it."""
    return build()


def at_once(*calls: Callable[[], Any]) -> list[str]:
    """Do all of it at the same moment on a connection each; return ``done`` or the code of the refusal."""
    barrier, said = Barrier(len(calls)), [""] * len(calls)

    def do(place: int) -> None:
        try:
            barrier.wait()
            calls[place]()
            said[place] = "done"
        except Refusal as no:
            said[place] = no.code
        finally:
            connection.close()

    threads = [Thread(target=do, args=(place,)) for place in range(len(calls))]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return sorted(said)


def until_somebody_waits() -> None:
    """Return as soon as a connection waits for a row; fails when none does within some seconds."""
    for _turn in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("nobody waits")


def again(account: Account) -> Account:
    """The same account as another request reads it."""
    return Account.objects.get(pk=account.pk)


def test_two_officers_open_a_round_of_the_same_place(world: World) -> None:
    officers = [again(world.county_officer), again(world.city_officer)]
    said = at_once(*(lambda by=by: open_round(by=by, org=world.county) for by in officers))
    assert said == ["done", "round_unfinished"] and Round.objects.count() == 1


def test_two_officers_decide_rules_for_the_same_day(world: World) -> None:
    facts = RuleFacts(begins_on=timezone.localdate(), reason="两人同时定规则", **DEFAULT_RULES)  # type: ignore[arg-type]
    given = {"org": world.city, "seen": 0}
    said = at_once(
        *(
            partial(
                set_matching_rules, by=again(world.city_officer), facts=replace(facts, wage=wage), **given
            )
            for wage in (500, 600)
        )
    )
    assert said == ["done", "someone_was_faster"] and RuleSet.objects.count() == 1


def test_two_officers_adopt_the_same_round(world: World) -> None:
    assert world.couple and world.post and world.seeker()
    held = world.solved_round()
    officers = [again(world.county_officer), again(world.city_officer)]
    said = at_once(*(lambda by=by: adopt_proposals(by=by, round=held) for by in officers))
    assert said == ["done", "round_decided"] and Offer.objects.count() == 3


def test_one_adopts_what_another_passes_over(world: World) -> None:
    assert world.post and world.seeker()
    held = world.solved_round()
    one, other = again(world.county_officer), again(world.city_officer)
    said = at_once(
        lambda: adopt_proposals(by=one, round=held), lambda: pass_over_proposals(by=other, round=held)
    )
    assert said == ["done", "round_decided"]
    assert Offer.objects.count() == held.proposals.filter(state="adopted").count()


def test_the_worker_answers_while_the_officer_answers_for_him(world: World) -> None:
    offer = world.offer()
    one, other = again(world.village_officer), again(world.township_officer)
    said = at_once(
        lambda: agree_to_offer(by=one, offer=offer, through="visit"),
        lambda: decline_offer(by=other, offer=offer, reason="place", through="telephone"),
    )
    offer.refresh_from_db()
    # A yes may still be taken back by the no that comes after it; a no is final.
    assert (said, offer.state) in (
        (["done", "offer_settled"], "declined"),
        (["done", "done"], "declined"),
    )


def test_two_workers_say_yes_to_the_last_seat(world: World) -> None:
    demand = world.demand(title="独一名额", seats=1)
    offers = [world.offer(demand=demand), world.offer(demand=demand)]
    by = again(world.village_officer)
    said = at_once(
        *(lambda one=one: agree_to_offer(by=again(by), offer=one, through="visit") for one in offers)
    )
    assert said == ["done", "seats_full"]
    assert Offer.objects.taken().filter(demand=demand).count() == 1


def test_two_workers_take_the_last_place_of_an_interview_slot(world: World) -> None:
    offers = [world.agreed_offer(), world.agreed_offer()]
    facts = SlotFacts(timezone.now() + dt.timedelta(days=1), "telephone", telephone="057186001234")
    slot = offer_slot(by=world.employer_clerk, demand=world.post, facts=facts)
    by = again(world.village_officer)
    said = at_once(
        *(partial(pick_slot, by=again(by), offer=one, slot=slot, through="telephone") for one in offers)
    )
    slot.refresh_from_db()
    assert (said, slot.taken) == (["done", "slot_full"], 1)


def test_one_worker_says_yes_to_two_posts(world: World) -> None:
    first = world.offer()
    second = world.offer(first.worker, world.demand(title="点焊工"))
    by = again(world.village_officer)
    said = at_once(
        *(lambda one=one: agree_to_offer(by=again(by), offer=one, through="visit") for one in (first, second))
    )
    assert said == ["done", "yes_elsewhere"]


def test_the_employer_accepts_while_the_worker_takes_his_yes_back(world: World) -> None:
    offer = world.agreed_offer()
    one, other = again(world.employer_clerk), again(world.village_officer)
    said = at_once(
        lambda: accept_worker(by=one, offer=offer),
        lambda: decline_offer(by=other, offer=offer, reason="family", through="visit"),
    )
    assert said == ["done", "offer_settled"]


def test_the_employer_accepts_while_the_worker_says_yes_elsewhere(world: World) -> None:
    worker = world.seeker()
    second = world.offer(worker, world.demand(title="点焊工"))
    first = world.agreed_offer(worker)
    clerk, officer = again(world.employer_clerk), again(world.village_officer)
    said = at_once(
        lambda: accept_worker(by=clerk, offer=first),
        lambda: agree_to_offer(by=officer, offer=second, through="visit"),
    )
    second.refresh_from_db()
    assert said[0] == "done" and said[1] in ("offer_settled", "yes_elsewhere") and second.state == "recalled"


@pytest.mark.parametrize("answer", [accept_worker, decline_offer])
def test_an_answer_holds_the_worker_before_any_of_his_offers(
    world: World, answer: Callable[..., Any]
) -> None:
    """So two answers to two of his offers can wait for each other in one order only."""
    offer = world.agreed_offer()
    given: dict[str, Any] = {"by": again(world.employer_clerk)}
    if answer is decline_offer:
        given = {"by": again(world.village_officer), "reason": "family", "through": "visit"}
    thread = Thread(target=at_once, args=(partial(answer, offer=offer, **given),))
    with transaction.atomic():
        Worker.objects.select_for_update().get(pk=offer.worker_id)
        thread.start()
        until_somebody_waits()
        Offer.objects.select_for_update(nowait=True).get(pk=offer.pk)  # raises where it is held already
    thread.join()
    offer.refresh_from_db()
    assert offer.state in ("accepted", "declined")


def test_the_employer_accepts_when_the_clock_strikes(world: World) -> None:
    offer = world.agreed_offer()
    Offer.objects.filter(pk=offer.pk).update(due_on=timezone.localdate() - dt.timedelta(days=1))
    clerk, clock = again(world.employer_clerk), again(world.system)
    said = at_once(lambda: accept_worker(by=clerk, offer=offer), lambda: expire_offers(by=clock))
    offer.refresh_from_db()
    assert said[0] == "done" and said[1] in ("offer_settled", "overdue") and offer.state == "expired"
