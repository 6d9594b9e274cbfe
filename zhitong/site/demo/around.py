"""What goes on around the demo city's round: other rules tried, interviews and a fair to come, adverts to doubt.

Some rows of each kind, made by the verbs that people would use, so that a visitor finds no page empty.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from itertools import cycle
from typing import Any

from django.db import transaction
from django.utils import timezone

from zhitong.employers.actions import count_usual_wages, note_doubts, submit_demand
from zhitong.employers.facts import DemandFacts
from zhitong.employers.models import Demand, Employer
from zhitong.kernel.models import Account, Occupation, Org, Region
from zhitong.matching.actions import (
    FairFacts,
    TrialFacts,
    call_off_interview,
    cancel_slot,
    lift_consequence,
    move_interview,
    open_fair,
    pick_slot,
    postpone_start,
    raise_wage_floor,
    save_search,
    take_suggestion,
    try_rules,
)
from zhitong.matching.actions.consequences import wish_of
from zhitong.matching.frames import DEFAULT_RULES
from zhitong.matching.models import (
    Consequence,
    InterviewSlot,
    JobFair,
    Offer,
    SavedSearch,
    Trial,
)
from zhitong.matching.newposts import tell_all_new_posts
from zhitong.matching.seeking import Wanted
from zhitong.site.commands.match import carry
from zhitong.site.demo.earlier import days_ago
from zhitong.site.demo.fair import (
    CITY,
    COUNTY,
    employers_of_stations,
    offer_time,
    sign,
    take_booth,
)
from zhitong.site.demo.life import Life, nobody_is_told
from zhitong.site.demo_accounts import account_of, home_county
from zhitong.workers.models import Consent, Intention, Source, Worker

FAIR_IN = 9
"""Days until the next fair."""
POSTS = 10
"""Posts for which people are invited to interviews."""
INVITED = 5
CONTRACTS = 4
SEARCHES = 8
SAVED = 6
"""Days ago on which searches were saved."""
OTHER_RULES = {"priority_mode": "strict", "wage": 200, "wish": 500}
"""What is tried: registered-poor and relocated people strictly first, more for what people wish, less for pay."""


@dataclass(frozen=True)
class Bait:
    """A made-up advert of a kind that stations are warned of; without a code it is for work that the firm offers."""

    title: str
    low_fen: int
    high_fen: int
    details: str
    occupation: str = ""


BAITS = (
    Bait("普工（入职快）", 550_000, 750_000, "流水线装配，两班倒。入职前先交押金300元，干满三个月退还。"),
    Bait("线上兼职打字员", 400_000, 600_000, "在家就能做，先垫付货款做任务返利，当天结算。", "3-01-02-05"),
    Bait("随船捕捞工，月入过三万", 2_000_000, 3_000_000, "跟船出海捕捞，半年一结，统一保管身份证。", "5-04-03-02"),
    Bait("学徒工（先学后付）", 480_000, 600_000, "不用经验，先培训后付款，学费可以分期，学完包分配上岗。"),
    Bait("仓库理货员，加微信详谈", 450_000, 2_600_000, "收发货、盘点。多劳多得，具体加微信私聊。"),
    Bait("包装工", 210_000, 230_000, "每天十小时，计件，长白班。"),
)  # fmt: skip


@dataclass
class Around:
    """What goes on around the county's round; ``life`` lends its accounts and the round."""

    life: Life

    def other_rules_are_tried(self) -> bool:
        """Tell whether a trial was computed, or there was no result to try rules on."""
        held = self.life.round
        done = Trial.objects.exclude(state=Trial.State.WAITING).exists()
        return done or held is None or not held.summary.get("bound")

    def try_other_rules(self) -> str:
        """Let the county's officer try other rules on the round that waits."""
        trial = Trial.objects.filter(state=Trial.State.WAITING).first() or self._asked()
        assert trial.job is not None, "a trial that waits has its job"
        carry(trial.job)
        trial.refresh_from_db()
        counts = trial.summary.get("counts", {})
        return f"{trial.get_state_display()}：会变化 {sum(counts.values()):,} 人"

    def _asked(self) -> Trial:
        assert self.life.round is not None, "the county's round was held"
        facts = TrialFacts(**{**DEFAULT_RULES, **OTHER_RULES})  # type: ignore[arg-type]
        trial: Trial = try_rules(by=self.life.officer("county"), round=self.life.round, facts=facts)
        return trial

    def interviews_are_to_come(self) -> bool:
        """Tell whether interviews were arranged, or nobody waits for one."""
        coming = InterviewSlot.objects.filter(starts_at__gt=timezone.now())
        return coming.exists() or not self._willing()

    def arrange_interviews(self) -> str:
        """Invite who said yes to some posts, the sample employer's first; record contracts of who was taken on."""
        with nobody_is_told(), transaction.atomic():
            slots = [
                self._invite(demand, offers, number)
                for number, (demand, offers) in enumerate(self._willing().items())
            ]
            self._change_some(slots)
            contracts = self._write_contracts()
        booked = sum(slot.interviews.booked().count() for slot in slots)
        return f"{len(slots)} 个面试时段，{booked} 人已约好；合同 {contracts} 份"

    def _willing(self) -> dict[Demand, list[Offer]]:
        """Return the posts that most people wait for, those of the sample employer before others."""
        waiting = defaultdict(list)
        held = Offer.objects.filter(proposal__round=self.life.round, state=Offer.State.AGREED)
        for offer in held.select_related("demand__employer", "worker").order_by("pk"):
            waiting[offer.demand].append(offer)
        own = self._sample_employer()
        order = sorted(waiting, key=lambda one: (one.employer_org_id != own, -len(waiting[one]), one.pk))
        return {demand: waiting[demand][:INVITED] for demand in order[:POSTS]}

    def _sample_employer(self) -> int | None:
        account = self.life.account("employer")
        return None if account is None else account.org_id

    def _clerk_of(self, row: Demand | Offer) -> Account:
        own = row.employer_org_id == self._sample_employer()
        return self.life.officer("employer") if own else self.life.system

    def _invite(self, demand: Demand, offers: list[Offer], number: int) -> InterviewSlot:
        """Offer two times for a post; all but one of the people take a place in the first."""
        by = self._clerk_of(demand)
        slot = offer_time(by, demand, number, in_days=1 + number % 3, places=len(offers) + 1)
        offer_time(by, demand, number + 1, in_days=2 + number % 3, places=len(offers) + 1)
        for offer in offers if len(offers) == 1 else offers[:-1]:
            pick_slot(by=self.life.officer("county"), offer=offer, slot=slot, through=Source.TELEPHONE)
        return slot

    def _change_some(self, slots: list[InterviewSlot]) -> None:
        """Let one person take another time, one call his off, and one time fall through."""
        county, said = self.life.officer("county"), Source.TELEPHONE
        booked = [one for slot in slots[1:] for one in slot.interviews.booked().order_by("pk")]
        if len(booked) < 3:
            return
        other = InterviewSlot.objects.exclude(pk=booked[0].slot_id).filter(demand=booked[0].slot.demand_id)
        move_interview(by=county, interview=booked[0], slot=other.get(), through=said)
        call_off_interview(by=county, interview=booked[1], through=said)
        cancel_slot(by=self.life.system, slot=booked[-1].slot)

    def _write_contracts(self) -> int:
        """Record contracts of people accepted in the round, each but the last with its scan."""
        own = self._sample_employer()
        accepted = Offer.objects.filter(proposal__round=self.life.round, state=Offer.State.ACCEPTED)
        rows = list(accepted.filter(contract=None).select_related("demand").order_by("pk"))
        chosen = sorted(rows, key=lambda one: (one.employer_org_id != own, one.pk))[:CONTRACTS]
        for number, offer in enumerate(chosen, start=1):
            sign(self._clerk_of(offer), offer, scanned=number < len(chosen))
        return len(chosen)

    def a_fair_is_to_come(self) -> bool:
        """Tell whether a fair was announced."""
        return bool(JobFair.objects.to_come().exists())

    def announce_fair(self) -> str:
        """Announce the next fair, with the booths of employers who answered already."""
        with nobody_is_told(), transaction.atomic():
            fair = open_fair(by=self.life.officer("county"), org=home_county(), facts=_next_fair())
            own = Employer.objects.filter(org=self._sample_employer(), state=Employer.State.APPROVED)
            for employer in dict.fromkeys([*own, *employers_of_stations()[1::2]]):
                take_booth(self._clerk(employer), fair, employer)
        return f"{fair.begins_on.isoformat()}，{fair.booths.count()} 家单位报名"

    def _clerk(self, employer: Employer) -> Account:
        own = employer.org_id == self._sample_employer()
        return self.life.officer("employer") if own else self.life.system

    def searches_are_saved(self) -> bool:
        """Tell whether anybody saved a search."""
        return bool(SavedSearch.objects.exists())

    def save_searches(self) -> str:
        """Let some people of the sample village and county have saved searches, and tell them what came since."""
        with nobody_is_told(), transaction.atomic():
            with days_ago(SAVED):
                for worker in self._seekers():
                    save_search(by=self._saves(worker), worker=worker, wanted=_wanted(worker))
            told = tell_all_new_posts()
        return f"{SavedSearch.objects.count()} 条，{told} 人收到新岗位"

    def _seekers(self) -> list[Worker]:
        """Return the worker who has an account, then people of the sample village, then of the county."""
        agreed = Consent.objects.filter(purpose=Consent.Purpose.REGISTER, withdrawn_at=None)
        rows = Worker.objects.filter(
            county=home_county(), state=Worker.State.ACTIVE, telephone__isnull=False, pk__in=agreed.values("worker"),
            intention__isnull=False, status__in=Worker.SEEKING,
        ).order_by("pk")  # fmt: skip
        village = self.life.account("village")
        own = rows.filter(account__isnull=False)[:1]
        near = rows.filter(village=None if village is None else village.org_id)[: SEARCHES // 2]
        found = {
            one.pk: one for some in (own, near, rows[:SEARCHES]) for one in some.prefetch_related("consents")
        }
        return list(found.values())[:SEARCHES]

    def _saves(self, worker: Worker) -> Account:
        """Return who saves it: the worker himself, the officer of the sample village, or the county's."""
        if worker.account is not None:
            return worker.account
        village = self.life.account("village")
        own = village is not None and village.org_id == worker.village_id
        return village if own and village is not None else self.life.officer("county")

    def noes_are_followed_up(self) -> bool:
        """Tell whether anything that followed from a no was settled, or there is nothing."""
        settled = (Consequence.State.TAKEN, Consequence.State.LIFTED)
        return Consequence.objects.filter(state__in=settled).exists() or not Consequence.objects.exists()

    @transaction.atomic
    def follow_up_noes(self) -> str:
        """Take up a suggestion of each kind where there are more, and lift one effect of each that keeps out."""
        how: dict[str, Any] = {"by": self.life.officer("county"), "through": Source.TELEPHONE}
        for kind in Consequence.Kind.values:
            rows = list(Consequence.objects.filter(kind=kind).select_related("worker").order_by("pk")[:2])
            if len(rows) > 1:
                _settle(rows[0], how)
        settled = Consequence.objects.exclude(settled_at=None).count()
        return f"{Consequence.objects.count()} 条，已办 {settled} 条"

    def bait_is_handed_in(self) -> bool:
        """Tell whether the adverts to doubt were handed in."""
        return Demand.objects.filter(title=BAITS[0].title).exists()

    @transaction.atomic
    def hand_in_bait(self) -> str:
        """Hand in some adverts that show signs of bait, and mark what is doubtful among all that wait."""
        count_usual_wages(by=self.life.system)
        note_doubts(by=self.life.system)
        by = account_of("department")
        assert by.org is not None, "the sample account works at a department"
        for bait, employer in zip(BAITS, cycle(_employers_of(by.org)), strict=False):
            submit_demand(by=by, org=by.org, employer=employer, facts=_advert(bait, employer))
        return f"待审核岗位中 {Demand.objects.filter(is_doubtful=True).count()} 条存疑"


def _next_fair() -> FairFacts:
    day = timezone.localdate() + dt.timedelta(FAIR_IN)
    return FairFacts(
        name=f"{COUNTY}送岗位下乡招聘会（样例）",
        mode=JobFair.Mode.ON_SITE,
        region=Region.objects.get(code=CITY, ended_on=None),
        begins_on=day,
        ends_on=day + dt.timedelta(1),
        venue="县城体育馆一楼",
        details="第一天看岗位、现场面试，第二天集中签合同。各村可以组织包车前往。",
    )


def _wanted(worker: Worker) -> Wanted:
    """Ask for a bed and the pay that he wants, every other one in the province of the first city that he named."""
    wish = Intention.objects.select_related("first_region__parent").get(worker=worker)
    place = wish.first_region.parent if wish.first_region is not None and worker.pk % 2 else None
    return Wanted(region=place, wage_least_fen=wish.wage_floor_fen or None, has_dormitory=True)


def _settle(one: Consequence, how: dict[str, Any]) -> None:
    if one.kind in Consequence.KEEPS_OUT:
        lift_consequence(consequence=one, **how)
    elif one.kind == Consequence.Kind.WAGE:
        raise_wage_floor(consequence=one, wage_floor_fen=wish_of(one.worker).wage_floor_fen + 50_000, **how)
    elif one.kind == Consequence.Kind.DATE:
        postpone_start(consequence=one, earliest_on=timezone.localdate() + dt.timedelta(30), **how)
    else:
        take_suggestion(consequence=one, **how)


def _employers_of(org: Org | None) -> list[Employer]:
    rows = Employer.objects.filter(state=Employer.State.APPROVED, demands__isnull=False)
    own = rows.filter(collected_by=org).distinct().order_by("pk")
    return list(own[: len(BAITS)]) or list(rows.distinct().order_by("pk")[: len(BAITS)])


def _advert(bait: Bait, employer: Employer) -> DemandFacts:
    occupation = Occupation.objects.filter(code=bait.occupation).first() or Occupation.objects.get(
        pk=employer.demands.values("occupation")[:1]
    )
    today = timezone.localdate()
    return DemandFacts(
        title=bait.title,
        occupation=occupation,
        seats=20,
        region=employer.region,
        wage_low_fen=bait.low_fen,
        wage_high_fen=bait.high_fen,
        begins_on=today + dt.timedelta(14),
        valid_until=today + dt.timedelta(60),
        details=bait.details,
    )
