"""A job fair that the demo city's county held before its round: booths, visitors, and what came of their talks."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from zhitong.dispatch.actions import confirm_arrival, place_accepted_offers
from zhitong.dispatch.models import Placement
from zhitong.employers.models import Demand, Employer
from zhitong.kernel.actions import attach_file
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account, Region
from zhitong.matching.actions import (
    ContractFacts,
    FairFacts,
    SlotFacts,
    accept_worker,
    agree_to_offer,
    check_in_visitor,
    confirm_contract,
    decline_offer,
    dispute_contract,
    enter_contract,
    note_interest,
    offer_slot,
    open_fair,
    pick_slot,
    recall_offer,
    record_interview,
    record_talk,
    refuse_worker,
    register_booth,
)
from zhitong.matching.frames.seeking import ranked
from zhitong.matching.models import (
    Booth,
    Contract,
    Interest,
    Interview,
    InterviewSlot,
    JobFair,
    Offer,
)
from zhitong.matching.models.offers import OfferQuerySet
from zhitong.site.demo import answers
from zhitong.site.demo.earlier import days_ago
from zhitong.site.demo.life import Life, nobody_is_told, own_stations
from zhitong.site.demo_accounts import HOME_COUNTY, home_county
from zhitong.workers.models import Consent, Source, Worker

COUNTY = HOME_COUNTY.removesuffix("人力资源和社会保障局")
OPENED, HELD, ANSWERED, TALKED, SIGNED, CONFIRMED, ARRIVED = 14, 10, 9, 7, 5, 3, 2
"""Days before today on which each of it happened."""
BOOTHS = 10
POSTS_AT_A_BOOTH = 4
FEWEST_VISITORS, MOST_VISITORS, PEOPLE_OF_A_VISITOR = 24, 120, 10_000
CITY = "520300000000"
SCAN = b"""%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R
/Resources<</Font<</F 5 0 R>>>>>> endobj
4 0 obj <</Length 66>> stream
BT /F 20 Tf 90 700 Td (Sample: a scan of the contract goes here) Tj ET
endstream endobj
5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
trailer <</Root 1 0 R>>
%%EOF
"""


@dataclass
class PastFair:
    """A fair held some days ago in the sample officers' county, with its offers, interviews and contracts.

    ``workers`` is the size of the city; ``life`` lends its accounts and its chance.
    """

    life: Life
    workers: int

    def is_held(self) -> bool:
        """Tell whether the fair was held."""
        return self.fair is not None

    def hold(self) -> str:
        """Open the fair with its booths, let people come, and write down what came of their talks."""
        with nobody_is_told(), transaction.atomic():
            with days_ago(OPENED):
                fair = self._open()
            with days_ago(HELD):
                self._let_people_come(fair)
        return (
            f"{fair.booths.count()} 个展位，{fair.visits.count()} 人签到，{self._offers.count()} 条现场推荐"
        )

    def is_followed_up(self) -> bool:
        """Tell whether people answered what they were offered there, or there was nothing."""
        return not self._offers.filter(state=Offer.State.SENT).exists()

    def follow_up(self) -> str:
        """Let people answer, be interviewed and taken on, and their contracts be recorded."""
        with nobody_is_told(), transaction.atomic():
            with days_ago(ANSWERED):
                self._answer()
                self._invite()
            with days_ago(TALKED):
                self._settle()
                place_accepted_offers(by=self.life.system)
            self._write_contracts()
            with days_ago(ARRIVED):
                self._arrive()
        accepted = self._offers.filter(state=Offer.State.ACCEPTED)
        contracts = Contract.objects.filter(offer__in=accepted).count()
        return f"录用 {accepted.count()} 人，登记合同 {contracts} 份"

    @property
    def fair(self) -> JobFair | None:
        """The fair, once it was held."""
        return JobFair.objects.filter(org=home_county(), ends_on__lt=timezone.localdate()).first()

    @property
    def _offers(self) -> OfferQuerySet:
        return Offer.objects.filter(interests__visit__fair=self.fair).order_by("pk")

    @cached_property
    def county(self) -> Account:
        """The county's officer, who holds the fair."""
        return self.life.officer("county")

    def _open(self) -> JobFair:
        day = timezone.localdate() + dt.timedelta(OPENED - HELD)
        facts = FairFacts(
            name=f"{COUNTY}东西部协作专场招聘会（样例）",
            mode=JobFair.Mode.ON_SITE,
            region=Region.objects.get(code=CITY, ended_on=None),
            begins_on=day,
            ends_on=day,
            venue="县城文化广场",
            details="驻外劳务协作站带岗位来，现场可以面试。请带身份证；车费不用自己出。",
        )
        fair: JobFair = open_fair(by=self.county, org=home_county(), facts=facts)
        for employer in employers_of_stations()[:BOOTHS]:
            take_booth(self.life.system, fair, employer)
        return fair

    def _let_people_come(self, fair: JobFair) -> None:
        booths = list(fair.booths.prefetch_related("posts"))
        posts = {post.pk: post for booth in booths for post in booth.posts.all()}
        offered: set[int] = set()
        for worker in self._visitors():
            visit = check_in_visitor(by=self.county, worker=worker, fair=fair, through=Source.VISIT)
            for key in ranked(worker, list(posts), timezone.localdate()).keys(only_fitting=True)[:2]:
                asked = note_interest(by=self.county, visit=visit, demand=posts[key])
                self._talk(asked, offered)

    def _visitors(self) -> list[Worker]:
        count = min(MOST_VISITORS, FEWEST_VISITORS + self.workers // PEOPLE_OF_A_VISITOR)
        looking = Worker.objects.filter(
            county=home_county(),
            state=Worker.State.ACTIVE,
            status__in=Worker.SEEKING,
            telephone__isnull=False,
        )
        for purpose in (Consent.Purpose.SHARE, Consent.Purpose.REGISTER):
            agreed = Consent.objects.filter(purpose=purpose, withdrawn_at=None)
            looking = looking.filter(pk__in=agreed.values("worker"))
        keys = list(looking.order_by("pk").values_list("pk", flat=True))
        chosen = self.life.chance.permutation(keys)[: min(count, len(keys) // 3)].tolist()
        return list(
            looking.filter(pk__in=chosen).select_related("city").prefetch_related("consents").order_by("pk")
        )

    def _talk(self, asked: Interest, offered: set[int]) -> None:
        """Write down what came of a talk; nobody is offered two posts at the fair."""
        result = self.life.draw(answers.TALKED, 1)[0]
        if result == Interest.State.OFFERED and asked.worker_id in offered:
            result = Interest.State.TALKED
        if result == Interest.State.TURNED_DOWN:
            self._record(asked, result, self.life.draw(answers.REFUSED_FOR, 1)[0])
        elif result and self._record(asked, result) and result == Interest.State.OFFERED:
            offered.add(asked.worker_id)

    def _record(self, asked: Interest, result: str, reason: str = "") -> bool:
        """Record a talk; a seat that went meanwhile or a group that goes together leaves it at the wish to talk."""
        try:
            with transaction.atomic():
                record_talk(by=self.life.system, interest=asked, result=result, reason=reason)
        except Refusal:
            return False
        return True

    def _answer(self) -> None:
        for offer in self._offers.select_related("worker"):
            said = self.life.draw(answers.ANSWERED_AT_FAIR, 1)[0]
            if said == "no":
                reason = self.life.draw(answers.DECLINED_FOR, 1)[0]
                decline_offer(by=self.county, offer=offer, reason=reason, through=Source.TELEPHONE)
            else:
                self._say_yes(offer)

    def _say_yes(self, offer: Offer) -> None:
        try:
            with transaction.atomic():
                agree_to_offer(by=self.county, offer=offer, through=Source.TELEPHONE)
        except Refusal:
            recall_offer(by=self.county, offer=offer)

    def _invite(self) -> None:
        """Have each employer talk with those who said yes to a post, the one by telephone, the next by video."""
        waiting = defaultdict(list)
        for offer in self._offers.filter(state=Offer.State.AGREED).select_related("demand__employer"):
            waiting[offer.demand].append(offer)
        for number, (demand, offers) in enumerate(waiting.items()):
            slot = offer_time(self.life.system, demand, number, in_days=1, places=len(offers) + 2)
            for offer in offers:
                pick_slot(by=self.county, offer=offer, slot=slot, through=Source.TELEPHONE)

    def _settle(self) -> None:
        booked = Interview.objects.booked().filter(offer__in=self._offers).select_related("offer__demand")
        for one in booked.order_by("pk"):
            result = self.life.draw(answers.INTERVIEWED, 1)[0]
            reason = Offer.RefuseReason.SKILL if result == Interview.State.FAILED else ""
            record_interview(by=self.life.system, interview=one, result=result, reason=reason)
            if result == Interview.State.PASSED:
                accept_worker(by=self.life.system, offer=one.offer)
            else:
                refuse_worker(
                    by=self.life.system, offer=one.offer, reason=reason or Offer.RefuseReason.UNREACHABLE
                )

    def _write_contracts(self) -> None:
        accepted = list(self._offers.filter(state=Offer.State.ACCEPTED).select_related("demand"))
        for number, offer in enumerate(accepted[:-1] or accepted):
            with days_ago(SIGNED):
                contract = sign(
                    self.life.system, offer, scanned=number > 0, short_fen=20_000 if number == 1 else 0
                )
            with days_ago(CONFIRMED):
                self._ask_about(contract, number)

    def _ask_about(self, contract: Contract, number: int) -> None:
        how: dict[str, Any] = {"by": self.county, "contract": contract, "through": Source.TELEPHONE}
        if number == 1:
            dispute_contract(**how, point=Contract.Point.WAGE)
        elif number % 2 == 0:
            confirm_contract(**how)

    def _arrive(self) -> None:
        placed = (
            Placement.objects.awaited().filter(offer__in=self._offers).order_by("demand__begins_on", "pk")
        )
        for placement in placed[: round(placed.count() * answers.ARRIVED)]:
            confirm_arrival(by=self.life.system, placement=placement)


def employers_of_stations() -> Sequence[Employer]:
    """Return the employers whose posts the county's own stations or others found in their cities, largest first."""
    posts = Demand.objects.filter(
        state=Demand.State.APPROVED,
        region__in=own_stations().values("host_city"),
        approved_at__lt=timezone.now(),
        employer__state=Employer.State.APPROVED,
    )
    counted = posts.order_by().values("employer").annotate(seats=Sum("seats")).order_by("-seats", "employer")
    keys = list(counted.values_list("employer", flat=True)[: 2 * BOOTHS])
    return sorted(Employer.objects.filter(pk__in=keys), key=lambda one: keys.index(one.pk))


def take_booth(by: Account, fair: JobFair, employer: Employer) -> Booth:
    """Take a booth with the employer's largest open posts."""
    posts = (
        Demand.objects.open()
        .filter(employer=employer, approved_at__lt=timezone.now())
        .order_by("-seats", "pk")
    )
    booth: Booth = register_booth(by=by, employer=employer, fair=fair, posts=list(posts[:POSTS_AT_A_BOOTH]))
    return booth


def offer_time(by: Account, demand: Demand, number: int, *, in_days: int, places: int) -> InterviewSlot:
    """Offer a time for interviews some days on, in turn by telephone and by video."""
    day = timezone.localdate() + dt.timedelta(in_days)
    starts_at = dt.datetime.combine(day, dt.time(9 + number % 8), timezone.get_current_timezone())
    how: dict[str, Any] = {
        "mode": InterviewSlot.Mode.VIDEO,
        "link": f"https://{settings.MEETING_SITES[0]}/dm/sample",
    }
    if number % 2 == 0:
        telephone = demand.employer.contact_telephone
        how = {"mode": InterviewSlot.Mode.TELEPHONE, "telephone": telephone.open()}
    slot: InterviewSlot = offer_slot(
        by=by, demand=demand, facts=SlotFacts(starts_at=starts_at, places=places, **how)
    )
    return slot


def sign(by: Account, offer: Offer, *, scanned: bool, short_fen: int = 0) -> Contract:
    """Record a contract for a year beside an accepted offer, with a sample of a scan unless it is missing still."""
    demand, today = offer.demand, timezone.localdate()
    begins_on = max(demand.begins_on, today)
    insurance = Contract.Insurance.FULL if demand.has_insurance else Contract.Insurance.INJURY
    facts = ContractFacts(
        signed_on=today,
        begins_on=begins_on,
        ends_on=begins_on + dt.timedelta(364),
        term=Contract.Term.FIXED,
        wage_fen=demand.wage_low_fen - short_fen,
        trial_months=1,
        insurance=insurance,
    )
    contract: Contract = enter_contract(by=by, offer=offer, facts=facts)
    if scanned:
        attach_file(by=by, row=contract, file=ContentFile(SCAN, "劳动合同（样例）.pdf"))
    return contract
