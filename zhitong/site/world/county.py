"""The people, posts and offers of the imaginary county, made by verbs when they are first asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from typing import Any

from django.utils import timezone

from zhitong.dispatch import actions as dispatch
from zhitong.dispatch.models import Placement
from zhitong.employers import actions as employers
from zhitong.employers.credit_code import completed_credit_code
from zhitong.employers.facts import DemandFacts, EmployerFacts
from zhitong.employers.models import Demand, Employer
from zhitong.kernel import actions as kernel
from zhitong.kernel.jobs import run_job
from zhitong.kernel.models import (
    Account,
    CertificateKind,
    Industry,
    Occupation,
    Org,
    Region,
    in_place,
)
from zhitong.kernel.pinyin import name_key
from zhitong.kernel.values import check_character as id_check_character
from zhitong.matching import actions as matching
from zhitong.matching.models import Offer, Round
from zhitong.workers import actions as workers
from zhitong.workers.models import Likeness, PriorityGroup, Worker

PASSWORD = "zhitong-yangli-2026"  # noqa: S105 - of sample accounts only
"""Every sample account's password."""


@dataclass
class World:
    """The imaginary county. Rows beyond the organisations and accounts are made when they are first asked for."""

    system: Account
    city: Org
    county: Org
    other_county: Org
    town: Org
    other_town: Org
    village: Org
    other_village: Org
    far_village: Org
    station: Org
    other_station: Org
    department: Org
    home_city: Region
    host_city: Region
    _made: dict[str, Any] = field(default_factory=dict)
    _serials: Iterator[int] = field(default_factory=lambda: count(1))

    def account(self, username: str, name: str, role: str, org: Org, kind: str = "staff") -> Account:
        """Return the sample account of this name, opened and granted its role when first asked for."""
        if username not in self._made:
            account = kernel.open_account(
                by=self.system, org=org, kind=kind, username=username, name=name, password=PASSWORD
            )
            kernel.give_role(by=self.system, account=account, role=role, org=org)
            self._made[username] = account
        return self._made[username]

    @property
    def city_officer(self) -> Account:
        """An officer of the city bureau."""
        return self.account("city", "周市平", "city_officer", self.city)

    @property
    def county_officer(self) -> Account:
        """An officer of the county bureau."""
        return self.account("county", "钱县英", "county_officer", self.county)

    @property
    def township_officer(self) -> Account:
        """An officer of the township's labour office."""
        return self.account("town", "孙镇华", "township_officer", self.town)

    @property
    def village_officer(self) -> Account:
        """The officer of the village in which most of the world happens."""
        return self.account("village", "李村秀", "village_officer", self.village)

    @property
    def stranger(self) -> Account:
        """A village officer of another county: beyond reach of everything here."""
        return self.account("stranger", "吴远山", "village_officer", self.far_village)

    @property
    def other_county_officer(self) -> Account:
        """An officer of another county's bureau."""
        return self.account("other_county", "郑外县", "county_officer", self.other_county)

    @property
    def station_staff(self) -> Account:
        """Staff of the station in the host city."""
        return self.account("station", "王站明", "station_staff", self.station)

    @property
    def other_station_staff(self) -> Account:
        """Staff of another county's station."""
        return self.account("other_station", "冯驻外", "station_staff", self.other_station)

    @property
    def department_clerk(self) -> Account:
        """A clerk of a city department that owes posts."""
        return self.account("department", "陈局文", "department_clerk", self.department)

    @property
    def auditor(self) -> Account:
        """An auditor of the county."""
        return self.account("auditor", "褚审正", "auditor", self.county)

    @property
    def administrator(self) -> Account:
        """The administrator of the installation."""
        return self.account("admin", "卫管理", "administrator", self.city)

    @cached_property
    def employer(self) -> Employer:
        """A shipyard in the host city, registered by the county's station; its credentials were checked."""
        facts = self.employer_facts("样例船舶重工有限公司", "91580102MA0000001")
        return self._approved_employer(self.station, facts)

    @cached_property
    def other_employer(self) -> Employer:
        """A factory in the host city, registered by the city bureau; its credentials were checked."""
        facts = self.employer_facts("样例电子有限公司", "91580102MA0000002")
        return self._approved_employer(self.city, facts)

    def employer_facts(self, name: str, first: str, **others: Any) -> EmployerFacts:
        """Return an employer's facts; ``first`` is its credit code without the check character."""
        given = {"region": self.host_city, "industry": self.industry, "contact_name": "何联系", **others}
        return EmployerFacts(name=name, credit_code=completed_credit_code(first), **given)

    def _approved_employer(self, org: Org, facts: EmployerFacts) -> Employer:
        employer = employers.register_employer(by=self.system, org=org, facts=facts)
        return employers.approve_employer(by=self.system, employer=employer)

    @property
    def employer_org(self) -> Org:
        """The shipyard's organisation."""
        return self.employer.org

    @property
    def other_employer_org(self) -> Org:
        """The factory's organisation."""
        return self.other_employer.org

    def demand_facts(self, **others: Any) -> DemandFacts:
        """Return the facts of a post: ten welders for the shipyard."""
        today = timezone.localdate()
        given = {
            "title": "电焊工",
            "occupation": self.welder,
            "seats": 10,
            "region": self.host_city,
            "wage_low_fen": 600_000,
            "wage_high_fen": 850_000,
            "begins_on": today + dt.timedelta(days=7),
            "valid_until": today + dt.timedelta(days=60),
            "has_dormitory": True,
            "has_meals": True,
            "has_insurance": True,
            **others,
        }
        return DemandFacts(**given)

    def submitted_demand(self, **facts: Any) -> Demand:
        """Return a new post of the shipyard, collected by the county's station, that waits for its check."""
        return employers.submit_demand(
            by=self.system, org=self.station, employer=self.employer, facts=self.demand_facts(**facts)
        )

    def demand(self, **facts: Any) -> Demand:
        """Return a new post of the shipyard that was checked and is open."""
        return employers.approve_demand(by=self.system, demand=self.submitted_demand(**facts))

    @property
    def employer_clerk(self) -> Account:
        """The employer's clerk."""
        return self.account("employer", "蒋厂梅", "employer_clerk", self.employer_org, "employer")

    @property
    def other_employer_clerk(self) -> Account:
        """Another employer's clerk."""
        return self.account("other_employer", "沈他厂", "employer_clerk", self.other_employer_org, "employer")

    @cached_property
    def welder(self) -> Occupation:
        """The occupation of welders, 6-18-02-04 in the classification of 2022."""
        return occupation("6-18-02-04", "焊工")

    @cached_property
    def sewer(self) -> Occupation:
        """The occupation of sewing-machine operators, 6-05-01-03."""
        return occupation("6-05-01-03", "缝制工")

    @cached_property
    def welding_certificate(self) -> CertificateKind:
        """The certificate without which nobody may weld."""
        found, _new = CertificateKind.objects.get_or_create(
            family="special_operation", code="02", defaults={"name": "焊接与热切割作业"}
        )
        return found

    @cached_property
    def industry(self) -> Industry:
        """Ship building, section C of the industrial classification."""
        found, _new = Industry.objects.get_or_create(
            code="C3731", defaults={"name": "金属船舶制造", "level": 4}
        )
        return found

    def identity(self, birth_on: dt.date = dt.date(1990, 5, 1), sex: str = "M") -> str:
        """Return an identity number that nobody has yet and that was never issued."""
        serial = 2 * next(self._serials) + (sex == "M")
        first = f"529901{birth_on:%Y%m%d}{serial:03d}"
        return first + id_check_character(first)

    def facts(self, **more: Any) -> workers.WorkerFacts:
        """Return what a person hands in on registration; each call is another person."""
        birth_on, sex = more.pop("birth_on", dt.date(1990, 5, 1)), more.pop("sex", "M")
        number = self.identity(birth_on, sex)
        given = {"name": "陆样例", "id_number": number, "telephone": f"154{number[9:17]}", **more}
        return workers.WorkerFacts(**given)

    def worker(self, *, village: Org | None = None, wish: workers.Wish | None = None, **more: Any) -> Worker:
        """Register one more person, in the village unless another is named; ``more`` are his facts."""
        return workers.register_worker(
            by=self.system,
            village=village or self.village,
            facts=self.facts(**more),
            consents=("register", "sensitive", "share"),
            wish=wish,
        )

    def entry_without_number(self, *, village: Org | None = None, **more: Any) -> Worker:
        """Return one more entry, as a list brings it whose column of identity numbers is blank."""
        facts = self.facts(**more)
        told = {
            "name": facts.name, "name_key": name_key(facts.name), "telephone": facts.telephone,
            "sex": more.get("sex", "M"), "birth_on": more.get("birth_on", dt.date(1990, 5, 1)),
            "education": facts.education, "source": "list",
        }  # fmt: skip
        worker = Worker(**told, **in_place(village or self.village), is_sample=True)
        columns = [one for one in Worker._meta.concrete_fields if not one.primary_key]
        row = tuple(one.pre_save(worker, add=True) for one in columns)
        batch = workers.RegisterBatch().add(Worker, [one.attname for one in columns], [row])
        workers.load_register(by=self.system, city=self.city, batch=batch)
        return Worker.objects.latest("pk")

    def likeness(self, one: Worker | None = None, other: Worker | None = None) -> Likeness:
        """Return two entries, of the village unless others are named, that look alike and wait for a decision."""
        one, other = one or self.worker(), other or self.entry_without_number()
        found = (workers.Alike(one.pk, other.pk, 640, ("name_same", "birth_same")),)
        workers.keep_likenesses(by=self.system, found=found)
        return Likeness.objects.between(one, other).get()

    def worker_account(self, worker: Worker) -> Account:
        """Return an account of the worker's own, linked to his entry."""
        telephone = worker.telephone.open()
        account = Account.objects.create(
            username=telephone, name=worker.name, kind="worker", telephone=telephone, telephone_verified=True
        )
        workers.link_account(by=account, name=worker.name, id_number=worker.id_number.open())
        worker.refresh_from_db()
        return account

    @cached_property
    def couple(self) -> tuple[Worker, Worker]:
        """A married couple who share a household and want to go together."""
        wish = workers.Wish(goes_with="spouse", wage_floor_fen=450_000)
        husband = self.worker(name="方大山", wish=wish)
        wife = self.worker(name="何小溪", sex="F", wish=wish)
        members = (workers.Member(husband, "head"), workers.Member(wife, "spouse"))
        workers.form_household(
            by=self.village_officer, village=self.village, members=members, address="柳树村三组12号"
        )
        workers.link_spouse(by=self.village_officer, worker=husband, spouse=wife)
        husband.refresh_from_db()
        wife.refresh_from_db()
        return husband, wife

    def seeker(self, **more: Any) -> Worker:
        """Register one more person who looks for work as a welder in the host city."""
        wish = workers.Wish(occupations=(self.welder,), cities=(self.host_city,), wage_floor_fen=520_000)
        return self.worker(wish=wish, **more)

    @cached_property
    def post(self) -> Demand:
        """The open post that is offered when no other is named."""
        return self.demand()

    def offer(self, worker: Worker | None = None, demand: Demand | None = None) -> Offer:
        """Return an offer that waits for the worker's answer."""
        worker, demand = worker or self.seeker(), demand or self.post
        return matching.send_offer(by=self.city_officer, worker=worker, demand=demand)

    def agreed_offer(self, worker: Worker | None = None, demand: Demand | None = None) -> Offer:
        """Return an offer to which the worker has said yes by telephone."""
        offer = self.offer(worker, demand)
        return matching.agree_to_offer(by=self.city_officer, offer=offer, through="telephone")

    def accepted_offer(self, worker: Worker | None = None, demand: Demand | None = None) -> Offer:
        """Return an offer that the employer has accepted."""
        return matching.accept_worker(by=self.employer_clerk, offer=self.agreed_offer(worker, demand))

    def solved_round(self, org: Org | None = None) -> Round:
        """Return a round of the county (or another place) whose proposals wait for a person."""
        held = matching.open_round(by=self.city_officer, org=org or self.county)
        assert held.job_id is not None
        run_job(held.job_id)
        return Round.objects.get(pk=held.pk)

    def placement(self, worker: Worker | None = None, demand: Demand | None = None) -> Placement:
        """Return a placement whose worker is awaited."""
        return dispatch.place_worker(by=self.system, offer=self.accepted_offer(worker, demand))

    def arrived(self, worker: Worker | None = None, demand: Demand | None = None) -> Placement:
        """Return a placement whose worker has arrived today, signed by the station."""
        return dispatch.confirm_arrival(by=self.station_staff, placement=self.placement(worker, demand))

    @cached_property
    def priority_group(self) -> PriorityGroup:
        """The group of people lifted out of registered poverty."""
        rule = workers.GroupFacts(
            code="lifted_poor",
            name="脱贫人口",
            begins_on=dt.date(2021, 1, 1),
            weight=30,
            legal_basis="样例依据",
        )
        return workers.open_priority_group(by=self.city_officer, facts=rule)


def occupation(code: str, name: str) -> Occupation:
    """Return the occupation of a code, with those above it."""
    parent = None
    for level, end in enumerate((1, 4, 7), start=1):
        parent, _new = Occupation.objects.get_or_create(
            code=code[:end], defaults={"name": f"{name}（{code[:end]}）", "level": level, "parent": parent}
        )
    found, _new = Occupation.objects.get_or_create(
        code=code, defaults={"name": name, "level": 4, "parent": parent}
    )
    return found
