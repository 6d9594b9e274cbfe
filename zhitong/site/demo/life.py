"""What happened in the demo city before its visitor came: rounds held, offers answered, people who arrived.

Everything is done by verbs, today, in the names of the sample accounts where their roles and places allow it and
in the clock's name elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from django.db.models import Count, F

from zhitong.dispatch.actions import confirm_arrival, place_accepted_offers
from zhitong.dispatch.models import Placement
from zhitong.kernel.actions import open_own_account
from zhitong.kernel.models import Account, Org
from zhitong.matching.actions import (
    accept_worker,
    adopt_proposals,
    agree_to_offer,
    decline_offer,
    refuse_worker,
)
from zhitong.matching.models import Offer, Proposal, Round
from zhitong.site.commands.match import hold_round
from zhitong.site.demo import assumptions
from zhitong.site.demo_accounts import account_of, home_county, open_sample
from zhitong.workers.actions import link_account
from zhitong.workers.models import Consent, Source, Worker


@dataclass
class Life:
    """One county's round with its answers, then a round of the whole city that waits; ``seed`` draws the answers."""

    seed: int
    accounts: dict[str, Account] = field(default_factory=dict)

    @cached_property
    def system(self) -> Account:
        """The clock's account, which acts where no sample account may."""
        return Account.objects.system()

    @cached_property
    def chance(self) -> np.random.Generator:
        """What decides who says yes."""
        return np.random.default_rng((self.seed, 20))

    @cached_property
    def round(self) -> Round:
        """The county's round."""
        return Round.objects.filter(org=home_county()).latest("pk")

    def hold_county_round(self) -> str:
        """Let the county's officer hold a round over the county."""
        return _told(hold_round(account_of("county"), home_county(), self.seed))

    def hold_city_round(self) -> str:
        """Let the city's officer hold a round over everybody who is still free."""
        city = Org.objects.get(kind=Org.Kind.CITY_BUREAU)
        return _told(hold_round(account_of("city"), city, self.seed))

    def adopt_some(self) -> str:
        """Adopt the best proposals and those of the busiest township, and open the accounts of its officers."""
        village = _busiest(self.round.proposals.all(), "village")
        if village is None:
            return "没有建议"
        self._open("village", village)
        self._open("town", Org.objects.get(pk=village.town_id))
        adopt_proposals(by=account_of("county"), round=self.round, proposals=self._wanted(village))
        employer = _busiest(self._offers, "employer_org")
        self._open("employer", employer)
        worker = self._open_worker(village)
        told = "" if worker is None else "，样例劳动者有一条待答复"
        return f"{self._offers.count():,} 条推荐{told}"

    def _wanted(self, village: Org) -> list[int]:
        """Return the proposals to adopt: of the village, then of its township, then by fit."""
        rows = self.round.proposals.undecided()
        near = [rows.filter(village=village), rows.filter(town=village.town_id), rows]
        found = [key for some in near for key in some.order_by("-fit", "pk").values_list("pk", flat=True)]
        return list(dict.fromkeys(found))[: int(assumptions.OFFERS)]

    @property
    def _offers(self) -> Any:
        return Offer.objects.filter(proposal__round=self.round)

    def _open(self, username: str, org: Org | None) -> None:
        account = open_sample(self.system, username, org)
        if account is not None:
            self.accounts[username] = account

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
        for offer, says in zip(offers, self._draw(assumptions.ANSWERED, len(offers)), strict=True):
            by, through = self._asked_by(offer)
            if says == "yes" and offer.worker_id in sharing:
                agree_to_offer(by=by, offer=offer, through=through)
            elif says == "no":
                reason = self._draw(assumptions.DECLINED_FOR, 1)[0]
                decline_offer(by=by, offer=offer, reason=reason, through=through)

    def _asked_by(self, offer: Offer) -> tuple[Account, str]:
        """Return who asked the worker, and how: the village's officer at the door, the others by telephone."""
        if "village" in self.accounts and offer.village_id == self.accounts["village"].org_id:
            return self.accounts["village"], Source.VISIT
        if "town" in self.accounts and offer.town_id == self.accounts["town"].org_id:
            return self.accounts["town"], Source.TELEPHONE
        return account_of("county"), Source.TELEPHONE

    def _employers_answer(self, offers: Sequence[Offer]) -> None:
        for offer, says in zip(offers, self._draw(assumptions.EMPLOYERS_ANSWERED, len(offers)), strict=True):
            by = self._clerk_of(offer.employer_org_id)
            if says == "accepted":
                accept_worker(by=by, offer=offer)
            elif says == "refused":
                refuse_worker(by=by, offer=offer, reason=self._draw(assumptions.REFUSED_FOR, 1)[0])

    def _arrive(self) -> None:
        """Let those arrive whose posts begin soonest, signed for by the station or else by the employer."""
        placed = Placement.objects.filter(offer__proposal__round=self.round)
        self._open("station", _busiest(placed, "station"))
        soonest = placed.awaited().order_by("demand__begins_on", "pk")
        for placement in soonest[: round(soonest.count() * assumptions.ARRIVED)]:
            confirm_arrival(by=self._signed_by(placement), placement=placement)

    def _signed_by(self, placement: Placement) -> Account:
        station = self.accounts.get("station")
        if station is not None and placement.station_id == station.org_id:
            return station
        return self._clerk_of(placement.employer_org_id)

    def _clerk_of(self, employer_org: int) -> Account:
        clerk = self.accounts.get("employer")
        return clerk if clerk is not None and clerk.org_id == employer_org else self.system

    def _draw(self, shares: dict[str, float], count: int) -> list[str]:
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


def _told(summary: dict[str, Any]) -> str:
    """Return what came of a round; raises ``RuntimeError`` when nothing did."""
    if summary["state"] == Round.State.FAILED:
        raise RuntimeError(f"the round came to nothing: {summary}")
    return f"推荐 {summary['placed']:,} 人，未匹配 {summary['left_over']:,} 人"
