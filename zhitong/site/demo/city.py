"""The demo city, step by step: people, posts, a matching round, and what people answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.db import transaction
from django.utils import timezone

from zhitong.employers.actions import load_demands, set_target
from zhitong.employers.models import Demand
from zhitong.kernel.actions import open_org
from zhitong.kernel.bulk import first_load
from zhitong.kernel.models import Account, Org, Region
from zhitong.site.demo.around import Around
from zhitong.site.demo.collectors import Collector, collectors
from zhitong.site.demo.demand import generate_demand
from zhitong.site.demo.earlier import OPENED_AGO, days_ago
from zhitong.site.demo.fair import PastFair
from zhitong.site.demo.life import Life
from zhitong.site.demo.market import (
    collecting_orgs,
    make_market_batch,
    open_market,
    seats_owed,
    target_period,
)
from zhitong.site.demo.population import PRIORITY_SINCE, generate_population
from zhitong.site.demo.reference import villages
from zhitong.site.demo.register import find_keys, make_batch
from zhitong.site.demo_accounts import account_of, open_accounts
from zhitong.workers.actions import GroupFacts, load_register, open_priority_group
from zhitong.workers.models import PriorityGroup, Worker

GROUPS = {
    "registered_poor": ("脱贫人口", 30, "巩固拓展脱贫攻坚成果同乡村振兴有效衔接的有关规定"),
    "relocated": ("易地搬迁人口", 30, "易地扶贫搬迁后续扶持的有关规定"),
    "minimum_living": ("低保对象", 20, "《社会救助暂行办法》"),
    "disabled": ("残疾人", 20, "《残疾人就业条例》"),
    "veteran": ("退役军人", 10, "《退役军人保障法》"),
}


@dataclass(frozen=True)
class Step:
    """One step of building: ``is_done`` finds out from the database, ``do`` does it and says what came of it."""

    title: str
    is_done: Callable[[], bool]
    do: Callable[[], str]


@dataclass
class City:
    """A made-up city of so many workers and posts; ``steps`` builds it, and goes on where it was interrupted."""

    workers: int
    posts: int
    seed: int

    def steps(self) -> tuple[Step, ...]:
        """Return what is to be done, in order."""
        life = Life(self.seed)
        fair, around = PastFair(life, self.workers), Around(life)
        return (
            Step("优先群体、劳务协作站、市直部门", PriorityGroup.objects.exists, self.open_places),
            Step("劳动者和家庭", Worker.objects.exists, self.load_people),
            Step("样例账号", Account.objects.filter(username="city").exists, self.open_accounts),
            Step("用人单位、岗位、岗位目标", Demand.objects.exists, self.load_market),
            Step("县里办过的一场招聘会", fair.is_held, fair.hold),
            Step("招聘会以后的面试、录用、合同", fair.is_followed_up, fair.follow_up),
            Step("一个县的一轮匹配", life.county_round_is_held, life.hold_county_round),
            Step("换一套规则试算", around.other_rules_are_tried, around.try_other_rules),
            Step("采纳一部分建议，发出推荐", life.some_are_adopted, life.adopt_some),
            Step("本人答复、用人单位录用、到岗签收", life.people_answered, life.let_people_answer),
            Step("约面试、登记合同", around.interviews_are_to_come, around.arrange_interviews),
            Step("下一场招聘会", around.a_fair_is_to_come, around.announce_fair),
            Step("找岗位提醒", around.searches_are_saved, around.save_searches),
            Step("答复之后的影响", around.noes_are_followed_up, around.follow_up_noes),
            Step("有疑点的岗位", around.bait_is_handed_in, around.hand_in_bait),
            Step("全市的一轮匹配，等待审定", life.city_round_is_held, life.hold_city_round),
        )

    @cached_property
    def system(self) -> Account:
        """The account in whose name the city is built."""
        return Account.objects.system()

    @cached_property
    def bureau(self) -> Org:
        """The city bureau."""
        return Org.objects.get(kind=Org.Kind.CITY_BUREAU)

    @transaction.atomic
    def open_places(self) -> str:
        """Open the priority groups, the stations and the departments that collect posts."""
        for since, (code, (name, weight, basis)) in zip(PRIORITY_SINCE, GROUPS.items(), strict=True):
            if not PriorityGroup.objects.filter(code=code).exists():
                facts = GroupFacts(
                    code=code, name=name, weight=weight, legal_basis=basis, begins_on=_day(since)
                )
                open_priority_group(by=self.system, facts=facts)
        for one in collectors():
            if not Org.objects.filter(kind=one.kind, name=one.name).exists():
                self._open_collector(one)
        return f"{len(GROUPS)} 类优先群体，{len(collectors())} 个采集单位"

    def _open_collector(self, one: Collector) -> None:
        host = Region.objects.get(code=one.host.ljust(12, "0"), ended_on=None) if one.host else None
        owner = self.owners[one.owner]
        open_org(by=self.system, parent=owner, kind=one.kind, name=one.name, host_city=host)

    @cached_property
    def owners(self) -> dict[str, Org]:
        """The county-level organisations by their key in the shipped table."""
        bureaus = Org.objects.filter(kind=Org.Kind.COUNTY_BUREAU).order_by("pk")
        return {"city": self.bureau, **dict(zip(villages().unit_keys, bureaus, strict=True))}

    def load_people(self) -> str:
        """Draw the people and store them with households, skills, wishes and consents."""
        people = generate_population(self.workers, self.seed, on=timezone.localdate())
        batch = make_batch(people, find_keys())
        with first_load(*batch.models):
            count = load_register(by=self.system, city=self.bureau, batch=batch)
        return f"{len(people):,} 人，共 {count:,} 行"

    @transaction.atomic
    def open_accounts(self) -> str:
        """Open the sample accounts of offices; the others follow when it is known who has most to do."""
        with days_ago(OPENED_AGO):
            return f"{open_accounts(self.system)} 个"

    @transaction.atomic
    def load_market(self) -> str:
        """Draw the posts and store them with their employers, and set what departments owe."""
        today = timezone.localdate()
        demand = generate_demand(self.posts, self.seed, on=today)
        officer = account_of("city")
        market = open_market(demand, by=self.system, checked_by=officer)
        load_demands(by=self.system, city=self.bureau, batch=make_market_batch(market))
        targets = self._set_targets(officer, today)
        return f"{len(market.employer_orgs):,} 家用人单位，{len(demand):,} 个岗位，{targets} 个岗位目标"

    def _set_targets(self, officer: Account, today: dt.date) -> int:
        begins_on, ends_on = target_period(today)
        owing = [
            (org, seats_owed(one, self.posts))
            for one, org in zip(collectors(), collecting_orgs(), strict=True)
            if seats_owed(one, self.posts)
        ]
        for org, seats in owing:
            set_target(by=officer, org=org, begins_on=begins_on, ends_on=ends_on, seats=seats)
        return len(owing)


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
