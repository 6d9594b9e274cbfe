"""Rounds and offers of the imaginary county, and the question how a verb said no."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account
from zhitong.matching.models import Offer, Round
from zhitong.site.world import World
from zhitong.workers.actions import Wish, join_priority_group
from zhitong.workers.models import Worker


@pytest.fixture
def seeker(world: World) -> Worker:
    """Someone who looks for work as a welder."""
    return world.seeker(name="陆大江")


@pytest.fixture
def offer(world: World, seeker: Worker) -> Offer:
    """A post offered to the seeker."""
    return world.offer(seeker)


@pytest.fixture
def agreed(world: World, offer: Offer) -> Offer:
    """The offer after the seeker has said yes."""
    from zhitong.matching.actions import agree_to_offer

    return agree_to_offer(by=world.village_officer, offer=offer, through="telephone")


@pytest.fixture
def solved(world: World, seeker: Worker) -> Round:
    """A round of the county with one couple, the seeker and somebody for whom there is nothing."""
    assert world.couple and world.post
    world.worker(name="吴意向", sex="F", birth_on=dt.date(1985, 1, 1))
    return world.solved_round()


@pytest.fixture
def himself(seeker: Worker) -> Account:
    """The seeker's own account."""
    account = Account.objects.create(username="15400000001", name=seeker.name, kind="worker")
    Worker.objects.filter(pk=seeker.pk).update(account=account)
    return account


@pytest.fixture
def days_ago() -> Callable[[Offer, int], Offer]:
    """Let an offer's last day lie so many days back."""

    def move_back(offer: Offer, days: int) -> Offer:
        Offer.objects.filter(pk=offer.pk).update(due_on=timezone.localdate() - dt.timedelta(days=days))
        offer.refresh_from_db()
        return offer

    return move_back


@pytest.fixture
def no() -> Callable[..., str]:
    """Call a verb that should refuse; give its code, having seen that the sentence is one."""

    def code_of(verb: Callable[..., Any], **given: Any) -> str:
        with pytest.raises(Refusal) as caught:
            verb(**given)
        assert str(caught.value.sentence).endswith(("。", "？"))
        return caught.value.code

    return code_of


@pytest.fixture
def followed(world: World) -> Callable[..., Any]:
    """Return what followed, of a kind, from a no that was said for a reason."""
    from zhitong.matching.actions import decline_offer
    from zhitong.matching.models import Consequence

    def of(kind: str, reason: str, offer: Offer | None = None) -> Any:
        told = {"reason": reason, "through": "telephone"}
        declined = decline_offer(by=world.village_officer, offer=offer or world.offer(), **told)
        return Consequence.objects.get(offer=declined, kind=kind)

    return of


@pytest.fixture
def slot_facts() -> Callable[..., Any]:
    """Return the facts of a video interview tomorrow with one place, but for what is given."""
    from zhitong.matching.actions import SlotFacts

    def facts(**more: Any) -> Any:
        known = {"starts_at": timezone.now() + dt.timedelta(days=1), "mode": "video"}
        return SlotFacts(**{**known, "link": "https://meeting.tencent.com/dm/abc", **more})

    return facts


@pytest.fixture
def slot(world: World, slot_facts: Callable[..., Any]) -> Any:
    """A video interview tomorrow, with two places."""
    from zhitong.matching.actions import offer_slot

    return offer_slot(by=world.employer_clerk, demand=world.post, facts=slot_facts(places=2))


@pytest.fixture
def interview(world: World, slot: Any, agreed: Offer) -> Any:
    """The seeker's place in the slot."""
    from zhitong.matching.actions import pick_slot

    return pick_slot(by=world.village_officer, offer=agreed, slot=slot, through="telephone")


@pytest.fixture
def begun() -> Callable[[Any], None]:
    """Let an interview have begun a minute ago."""
    from zhitong.matching.models import InterviewSlot

    def begin(interview: Any) -> None:
        past = timezone.now() - dt.timedelta(minutes=1)
        InterviewSlot.objects.filter(pk=interview.slot_id).update(starts_at=past)

    return begin


@pytest.fixture
def contract_facts() -> Callable[..., Any]:
    """Return the facts of a contract of two years, but for what is given."""
    from zhitong.matching.actions import ContractFacts

    today = timezone.localdate()

    def facts(**more: Any) -> Any:
        known = {
            "signed_on": today,
            "begins_on": today,
            "term": "fixed",
            "ends_on": today + dt.timedelta(days=730),
        }
        return ContractFacts(**{**known, "wage_fen": 650_000, "insurance": "full", "trial_months": 2, **more})

    return facts


@pytest.fixture
def contract(world: World, seeker: Worker, contract_facts: Callable[..., Any]) -> Any:
    """The seeker's contract as the employer wrote it down."""
    from zhitong.matching.actions import enter_contract

    offer = world.accepted_offer(seeker)
    return enter_contract(by=world.employer_clerk, offer=offer, facts=contract_facts())


@pytest.fixture
def fair_facts(world: World) -> Callable[..., Any]:
    """Return the facts of a fair that is held today, but for what is given."""
    from zhitong.matching.actions import FairFacts

    today = timezone.localdate()

    def facts(**more: Any) -> Any:
        known = {"name": "春风行动招聘会", "mode": "on_site", "region": world.home_city, "venue": "县体育馆"}
        return FairFacts(**{**known, "begins_on": today, "ends_on": today, **more})

    return facts


@pytest.fixture
def fair(world: World, fair_facts: Callable[..., Any]) -> Any:
    """A fair of the county, held today."""
    from zhitong.matching.actions import open_fair

    return open_fair(by=world.county_officer, org=world.county, facts=fair_facts())


@pytest.fixture
def booth(world: World, fair: Any) -> Any:
    """The employer's booth with one post."""
    from zhitong.matching.actions import register_booth

    given = {"employer": world.employer, "fair": fair, "posts": [world.post]}
    return register_booth(by=world.employer_clerk, **given)


@pytest.fixture
def visit(world: World, fair: Any, seeker: Worker) -> Any:
    """The seeker came, as an officer saw."""
    from zhitong.matching.actions import check_in_visitor

    return check_in_visitor(by=world.county_officer, worker=seeker, fair=fair, through="visit")


@pytest.fixture
def interest(world: World, booth: Any, visit: Any) -> Any:
    """The seeker wants to talk about the post."""
    from zhitong.matching.actions import note_interest

    return note_interest(by=world.county_officer, visit=visit, demand=world.post)


@pytest.fixture
def contested(world: World) -> tuple[Round, Worker, Worker]:
    """A round in which somebody of a priority group took the one seat from somebody who fits a little better."""
    world.demand(seats=1)
    wish = Wish(cities=(world.host_city,), wage_floor_fen=520_000)
    poor = world.worker(name="脱贫人", wish=wish)
    join_priority_group(by=world.county_officer, worker=poor, group=world.priority_group)
    better = world.seeker(name="更合适的人")
    return world.solved_round(), poor, better
