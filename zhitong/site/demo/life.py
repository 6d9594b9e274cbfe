"""What happened in the demo city before its visitor came: rounds held, offers answered, people who arrived.

Everything is done by verbs, today, in the names of the sample accounts where their roles and places allow it and
in the clock's name elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Q

from zhitong.dispatch.actions import confirm_arrival, count_targets, place_accepted_offers
from zhitong.dispatch.counting import progress_of_all
from zhitong.dispatch.models import Placement
from zhitong.kernel.actions import open_own_account
from zhitong.kernel.jobs import run_job
from zhitong.kernel.models import Account, Job, Org
from zhitong.kernel.models.org import OrgQuerySet
from zhitong.matching.actions import (
    accept_worker,
    adopt_proposals,
    agree_to_offer,
    decline_offer,
    refuse_worker,
)
from zhitong.matching.actions.proposals import NOTICES
from zhitong.matching.models import Booth, Offer, Round
from zhitong.site.commands.match import end_round, hold_round
from zhitong.site.demo import answers
from zhitong.site.demo.earlier import OPENED_AGO, days_ago
from zhitong.site.demo_accounts import ACCOUNTS, home_county, open_sample
from zhitong.workers.actions import link_account
from zhitong.workers.models import Consent, Source, Worker


@dataclass
class Life:
    """One county's round with its answers, then a round of the whole city that waits; ``seed`` draws the answers."""

    seed: int

    @cached_property
    def system(self) -> Account:
        """The clock's account, which acts where no sample account may."""
        return Account.objects.system()

    @cached_property
    def chance(self) -> np.random.Generator:
        """What decides who says yes."""
        return np.random.default_rng((self.seed, 20))

    def account(self, username: str) -> Account | None:
        """Return a sample account, once it is open."""
        if username not in self._accounts:
            found = Account.objects.filter(username=username).first()
            if found is None:
                return None
            self._accounts[username] = found
        return self._accounts[username]

    @cached_property
    def _accounts(self) -> dict[str, Account]:
        return {}

    def officer(self, username: str) -> Account:
        """Return a sample account of an office, which is open from the start."""
        found = self.account(username)
        assert found is not None, f"the sample account {username} is not open yet"
        return found

    def county_round_is_held(self) -> bool:
        """Tell whether the county's round was computed."""
        return _is_held(home_county())

    def hold_county_round(self) -> str:
        """Let the county's officer hold a round over the county."""
        return _held(self.officer("county"), home_county(), self.seed)

    def city_round_is_held(self) -> bool:
        """Tell whether the city's round was computed."""
        return _is_held(_city())

    def hold_city_round(self) -> str:
        """Let the city's officer hold a round over everybody who is still free; open accounts, count targets."""
        with days_ago(OPENED_AGO):
            for one in ACCOUNTS:
                open_sample(self.system, one.username)
        told = _held(self.officer("city"), _city(), self.seed)
        count_targets(by=self.system, found=progress_of_all())
        return told

    @property
    def round(self) -> Round | None:
        """The county's round."""
        return Round.objects.filter(org=home_county()).order_by("-pk").first()

    def some_are_adopted(self) -> bool:
        """Tell whether offers were sent, or there was nothing to offer."""
        nothing = self.round is None or not self.round.proposals.exists()
        return nothing or self._offers.exists()

    def adopt_some(self) -> str:
        """Adopt the best proposals and those of the busiest township, and open the accounts of its officers."""
        told = self._adopt_some()
        _notify_nobody()
        return told

    @transaction.atomic
    def _adopt_some(self) -> str:
        assert self.round is not None
        village = _busiest(self.round.proposals.undecided(), "village")
        assert village is not None and village.town is not None, "every proposal stands in a village"
        self._open("village", village)
        self._open("town", village.town)
        adopt_proposals(
            by=self.officer("county"), round=self.round, proposals=self._wanted(self.round, village)
        )
        self._open("employer", self._seen_most())
        worker = self._open_worker(village)
        told = "" if worker is None else "，其中一条给有账号的样例劳动者"
        return f"{self._offers.count():,} 条推荐{told}"

    def _seen_most(self) -> Org | None:
        """Return the employer with most offers: one that stood at a fair, else near an own station, else any."""
        near = self._offers.filter(demand__region__in=own_stations().values("host_city"))
        known = near.filter(employer_org__in=Booth.objects.values("employer_org"))
        found = (_busiest(rows, "employer_org") for rows in (known, near, self._offers))
        return next((org for org in found if org is not None), None)

    def _wanted(self, held: Round, village: Org) -> list[int]:
        """Return the proposals to adopt: of the village, then of its township, then by fit."""
        rows = held.proposals.undecided()
        near = [rows.filter(village=village), rows.filter(town=village.town_id), rows]
        found = [key for some in near for key in some.order_by("-fit", "pk").values_list("pk", flat=True)]
        return list(dict.fromkeys(found))[: int(answers.OFFERS)]

    @property
    def _offers(self) -> Any:
        return Offer.objects.filter(proposal__round=self.round)

    def _open(self, username: str, org: Org | None) -> None:
        if org is not None:
            with days_ago(OPENED_AGO):
                open_sample(self.system, username, org)

    def _open_worker(self, village: Org) -> Worker | None:
        """Open the account of somebody in the village who has an offer to answer."""
        sharing = Consent.objects.filter(purpose=Consent.Purpose.SHARE, withdrawn_at=None)
        waiting = self._offers.filter(
            state=Offer.State.SENT,
            village=village,
            worker__telephone__isnull=False,
            worker__id_number__isnull=False,
            worker__in=sharing.values("worker"),
        )
        offer = waiting.select_related("worker").order_by("pk").first()
        if offer is None:
            return None
        worker = offer.worker
        account = open_own_account(by=self.system, telephone=worker.telephone.open())
        return link_account(by=account, name=worker.name, id_number=worker.id_number.open())

    def people_answered(self) -> bool:
        """Tell whether any offer was answered, or there was none."""
        return not self._offers.exists() or self._offers.exclude(state=Offer.State.SENT).exists()

    @transaction.atomic
    def let_people_answer(self) -> str:
        """Let some say yes, some no; let employers take or refuse some, and some arrive."""
        self._answer(list(self._offers.filter(worker__account=None).order_by("pk")))
        self._employers_answer(list(self._offers.filter(state=Offer.State.AGREED).order_by("pk")))
        place_accepted_offers(by=self.system)
        self._arrive()
        return self._counted()

    def _answer(self, offers: Sequence[Offer]) -> None:
        sharing = set(
            Consent.objects.filter(
                purpose=Consent.Purpose.SHARE, withdrawn_at=None, worker__offers__in=offers
            ).values_list("worker", flat=True)
        )
        own = self._one_of_the_clerks_own([offer for offer in offers if offer.worker_id in sharing])
        for offer, drawn in zip(offers, self.draw(answers.ANSWERED, len(offers)), strict=True):
            says = "yes" if offer == own else drawn
            by, through = self._asked_by(offer)
            if says == "yes" and offer.worker_id in sharing:
                agree_to_offer(by=by, offer=offer, through=through)
            elif says == "no":
                reason = self.draw(answers.DECLINED_FOR, 1)[0]
                decline_offer(by=by, offer=offer, reason=reason, through=through)

    def _asked_by(self, offer: Offer) -> tuple[Account, str]:
        """Return who asked the worker, and how: the village's officer at the door, the others by telephone."""
        if self._works_at("village", offer.village_id):
            return self.officer("village"), Source.VISIT
        return self.officer("town" if self._works_at("town", offer.town_id) else "county"), Source.TELEPHONE

    def _works_at(self, username: str, org: int | None) -> bool:
        account = self.account(username)
        return account is not None and account.org_id == org

    def _employers_answer(self, offers: Sequence[Offer]) -> None:
        open_for_visitors = self._one_of_the_clerks_own(offers)
        for offer, says in zip(offers, self.draw(answers.EMPLOYERS_ANSWERED, len(offers)), strict=True):
            by = self._clerk_of(offer.employer_org_id)
            if offer == open_for_visitors:
                continue
            if says == "accepted":
                accept_worker(by=by, offer=offer)
            elif says == "refused":
                refuse_worker(by=by, offer=offer, reason=self.draw(answers.REFUSED_FOR, 1)[0])

    def _one_of_the_clerks_own(self, offers: Sequence[Offer]) -> Offer | None:
        """Return an offer whose worker waits for the sample employer, to be answered by the demo's visitor."""
        return next((offer for offer in offers if self._works_at("employer", offer.employer_org_id)), None)

    def _arrive(self) -> None:
        """Let those arrive whose posts begin soonest, signed for by the station or else by the employer."""
        placed = Placement.objects.filter(offer__proposal__round=self.round)
        own = placed.filter(station__in=own_stations())
        self._open("station", _busiest(own, "station") or _busiest(placed, "station"))
        soonest = placed.awaited().order_by("demand__begins_on", "pk")
        for placement in soonest[: round(soonest.count() * answers.ARRIVED)]:
            confirm_arrival(by=self._signed_by(placement), placement=placement)

    def _signed_by(self, placement: Placement) -> Account:
        if self._works_at("station", placement.station_id):
            return self.officer("station")
        return self._clerk_of(placement.employer_org_id)

    def _clerk_of(self, employer_org: int) -> Account:
        return self.officer("employer") if self._works_at("employer", employer_org) else self.system

    def draw(self, shares: dict[str, float], count: int) -> list[str]:
        """Draw a word for each by its share; what the shares leave over is the empty word."""
        words = [*shares, ""]
        rest = max(1 - sum(shares.values()), 0)
        return [str(word) for word in self.chance.choice(words, count, p=[*shares.values(), rest])]

    def _counted(self) -> str:
        counted = dict(self._offers.order_by().values_list("state").annotate(Count("pk")))
        arrived = Placement.objects.filter(offer__proposal__round=self.round).standing().count()
        parts = [f"{Offer.State(state).label} {count}" for state, count in sorted(counted.items())]
        return "，".join([*parts, f"已到岗 {arrived}"])


def _busiest(rows: Any, path: str) -> Org | None:
    """Return the organisation that most of these rows name."""
    counted = rows.exclude(**{path: None}).order_by().values(path).annotate(count=Count("pk"))
    found = counted.order_by(F("count").desc(), path).values_list(path, flat=True).first()
    return None if found is None else Org.objects.get(pk=found)


class Nobody:
    """Takes the demo's messages instead of a service: its telephones belong to nobody."""

    def send(self, telephone: str, text: str) -> None:
        """Send nothing."""


@contextmanager
def nobody_is_told() -> Iterator[None]:
    """Hand no message within to a service."""
    before, settings.ZHITONG_SMS = settings.ZHITONG_SMS, f"{Nobody.__module__}.{Nobody.__name__}"
    try:
        yield
    finally:
        settings.ZHITONG_SMS = before


def _notify_nobody() -> None:
    """Do the waiting notices here, so that no worker process hands them to a service."""
    with nobody_is_told():
        for number in Job.objects.filter(kind=NOTICES, state=Job.State.WAITING).values_list("pk", flat=True):
            run_job(number)


def _city() -> Org:
    return Org.objects.get(kind=Org.Kind.CITY_BUREAU)


def own_stations() -> OrgQuerySet:
    """Return the stations of the sample officers' county."""
    return Org.objects.standing().filter(kind=Org.Kind.STATION, county=home_county())


def _is_held(org: Org) -> bool:
    unfinished = Q(state__in=(Round.State.WAITING, Round.State.SOLVING))
    return Round.objects.filter(org=org).exclude(unfinished).exists()


def _held(by: Account, org: Org, seed: int) -> str:
    """Hold a round, or end the one that was interrupted, and say what came of it."""
    begun = Round.objects.unfinished().filter(org=org).first()
    summary = hold_round(by, org, seed) if begun is None else end_round(begun)
    if summary["state"] == Round.State.FAILED:
        return f"没有算成：{summary['failed']}"
    return f"推荐 {summary['placed']:,} 人，未匹配 {summary['left_over']:,} 人"
