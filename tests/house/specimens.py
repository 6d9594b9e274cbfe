"""A row of every noun inside the imaginary county, and an account of every role inside and outside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.utils import timezone

from tests.workers.lists import checked
from zhitong.dispatch.actions import count_targets
from zhitong.dispatch.counting import progress_of_all
from zhitong.dispatch.models import TargetProgress
from zhitong.employers.actions import set_target
from zhitong.employers.models import Target
from zhitong.kernel.actions import (
    attach_file,
    give_role,
    issue_token,
    keep_export,
    open_account,
    open_own_account,
    order_list,
    save_list_layout,
)
from zhitong.kernel.models import (
    Account,
    Attachment,
    Export,
    Grant,
    Job,
    ListLayout,
    Org,
    Record,
    Region,
    Token,
    in_place,
)
from zhitong.matching.actions import (
    ContractFacts,
    FairFacts,
    RuleFacts,
    SlotFacts,
    check_in_visitor,
    decline_offer,
    enter_contract,
    note_interest,
    offer_slot,
    open_fair,
    pick_slot,
    register_booth,
    save_search,
    set_matching_rules,
)
from zhitong.matching.frames import DEFAULT_RULES
from zhitong.matching.models import (
    ClassOpening,
    Consequence,
    Contract,
    FairnessAlarm,
    Interest,
    Interview,
    InterviewSlot,
    Leftover,
    Proposal,
    Round,
    RuleSet,
    Trial,
    TrialChange,
    Vacancy,
    Visit,
)
from zhitong.matching.seeking import Wanted
from zhitong.rights.actions import (
    AnswerFacts,
    QuestionFacts,
    answer_enquiry,
    draft_answer,
    note_call,
    open_topic,
    take_enquiry,
)
from zhitong.rights.models import Answer, Enquiry, Topic
from zhitong.site.world import World
from zhitong.workers.actions import (
    Reading,
    Stated,
    Wish,
    add_certificate,
    add_skill,
    ask_deletion,
    ask_spouse,
    give_consent,
    join_priority_group,
    link_account,
    merge_workers,
    record_doorstep_edit,
    register_device,
    save_layout,
    state_ethnicity,
)
from zhitong.workers.actions.facts import CertificateFacts
from zhitong.workers.models import (
    Device,
    DoorstepEdit,
    FieldConflict,
    Import,
    Layout,
    LinkDecision,
    RowFinding,
    SpouseRequest,
    StatedEthnicity,
    Worker,
)

OUTSIDERS = (
    "village_officer", "county_officer", "station_staff", "employer_clerk", "worker", "auditor", "partner",
    "department_clerk", "township_officer", "administrator",
)  # fmt: skip
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


@dataclass(frozen=True)
class Specimens:
    """``rows`` by model; ``personal``: nouns that belong to people; accounts by role, inside and outside."""

    rows: Mapping[type[models.Model], models.Model]
    personal: tuple[type[models.Model], ...]
    inside: Mapping[str, Account]
    outside: Mapping[str, Account]


def build_specimens(world: World) -> Specimens:
    """Build one of each through verbs."""
    husband, _wife = world.couple
    placement = world.arrived()
    worker = placement.worker
    seeker = world.seeker(name="寻岗人")
    world.worker(name="要价高", wish=Wish(occupations=(world.welder,), wage_floor_fen=5_000_000))
    dear = {"wage_low_fen": 900_000, "wage_high_fen": 900_000}
    world.demand(title="持证焊工", certificates=(world.welding_certificate,), **dear)
    world.worker(name="差一证", wish=Wish(occupations=(world.welder,), wage_floor_fen=900_000))
    held = world.solved_round()
    skill = add_skill(by=world.village_officer, worker=worker, occupation=world.sewer, years=3)
    certificate = add_certificate(
        by=world.village_officer, worker=worker, facts=CertificateFacts(kind=world.welding_certificate)
    )
    membership = join_priority_group(by=world.county_officer, worker=worker, group=world.priority_group)
    partner = world.account("partner", "对接系统", "partner", world.county, "partner")
    issue_token(by=world.administrator, account=partner, label="样例")
    file = SimpleUploadedFile("证明.png", PNG, content_type="image/png")
    attach_file(by=world.village_officer, row=worker, file=file)
    target = set_target(by=world.city_officer, **_target(world))
    rows: list[models.Model | None] = [
        worker, husband.household, skill, certificate, membership, worker.consents.first(), seeker.intention,
        _stated(world, worker),
        world.priority_group, world.employer, world.submitted_demand(title="样例装配工"), target, held,
        Proposal.objects.filter(round=held).first(), Leftover.objects.filter(round=held).first(),
        Vacancy.objects.filter(round=held).first(), ClassOpening.objects.filter(round=held).first(),
        save_search(by=world.village_officer, worker=worker, wanted=Wanted()),
        placement.offer, placement, placement.checks.first(), world.village, world.village_officer,
        Grant.objects.filter(account=world.village_officer).first(), Token.objects.first(), Job.objects.last(),
        Attachment.objects.first(), _export(world), _list_layout(world),
        Record.objects.filter(village=world.village).last(),
        Region.objects.filter(level=5).first(), world.likeness(), _decision(world),
        ask_deletion(by=world.village_officer, worker=worker), _spouse_request(world, worker),
        _rules(world), _consequence(world), *_interview(world), _contract(world), *_fair(world), *list_rows(world),
        _alarm(held), *_trial(held), _progress(world, target),
        *doorstep_rows(world), *question_rows(world),
    ]  # fmt: skip
    return Specimens(
        rows={type(row): row for row in rows if row is not None},
        personal=(
            Worker,
            type(skill),
            type(certificate),
            type(membership),
            StatedEthnicity,
            Round,
            Proposal,
            Consequence,
            Interview,
            Contract,
            Visit,
            Interest,
            type(placement),
            Attachment,
            Export,
            Import,
            RowFinding,
            Device,
            DoorstepEdit,
            FieldConflict,
            Enquiry,
        ),
        inside=_inside(world, worker, partner),
        outside=_outside(world),
    )


def _stated(world: World, worker: Worker) -> StatedEthnicity:
    """Return what the worker said of his ethnic group."""
    by = world.village_officer
    give_consent(by=by, worker=worker, purpose="ethnicity", through="visit")
    state_ethnicity(by=by, worker=worker, code="37", source="visit")
    return StatedEthnicity.objects.get(worker=worker)


def _spouse_request(world: World, worker: Worker) -> SpouseRequest:
    """Return a request of the worker to somebody of his village."""
    other = world.worker(name="被问人")
    assert other.id_number is not None
    ask_spouse(by=world.system, worker=worker, name=other.name, id_number=other.id_number.open())
    return SpouseRequest.objects.get(worker=worker)


def question_rows(world: World) -> tuple[Topic, Answer, Enquiry]:
    """Return a topic, a county's draft of an answer, and a caller's question that was answered."""
    topic = open_topic(by=world.city_officer, name="样例")
    facts = AnswerFacts("样例问题怎么办", "请找您的村级劳务员。", topic)
    draft = draft_answer(by=world.county_officer, org=world.county, facts=facts)
    told = {"facts": QuestionFacts("样例问题怎么问", topic), "telephone": "15400000001"}
    enquiry = note_call(by=world.county_officer, org=world.county, **told)
    take_enquiry(by=world.county_officer, enquiry=enquiry)
    reply = "请带身份证到窗口办理。"
    return topic, draft, answer_enquiry(by=world.county_officer, enquiry=enquiry, reply=reply)


def _export(world: World) -> Export:
    """Return a spreadsheet that the county officer ordered."""
    given = {"listing": "zhitong.kernel.views.orgs.OrgList", "address": "export=xlsx"}
    job = order_list(by=world.county_officer, org=world.county, **given)
    return keep_export(by=world.system, job=job, file=SimpleUploadedFile("名单.xlsx", b"PK\x03\x04"))


def _list_layout(world: World) -> ListLayout:
    """Return the headings under which the county bureau had its list of organisations."""
    given = {"listing": "zhitong.kernel.views.orgs.OrgList", "name": "旧表", "columns": (("单位", "name"),)}
    return save_list_layout(by=world.county_officer, org=world.county, **given)


def list_rows(world: World) -> tuple[Import, RowFinding, Layout]:
    """A list that was checked, with a row that asks and one that is refused, and a column map."""
    rows = [
        ["姓名", "身份证号", "性别"], ["名单人", world.identity(), "女"], ["错号人", "529901199005010099", ""],
    ]  # fmt: skip
    imported = checked(world.village_officer, world.village, rows)
    reading = Reading(("大名",), ("name",))
    layout = save_layout(by=world.county_officer, org=world.county, name="旧表", reading=reading)
    return imported, RowFinding.objects.filter(imported=imported).earliest("row"), layout


def _progress(world: World, target: Target) -> TargetProgress:
    """Return how far the department's target is."""
    count_targets(by=world.system, found=progress_of_all())
    return TargetProgress.objects.get(target=target)


def _trial(held: Round) -> tuple[Trial, TrialChange]:
    """Return what other rules would have changed for somebody of the round."""
    rules = {**DEFAULT_RULES, "wish": 1}
    trial = Trial.objects.create(round=held, rules=rules, asked_by=held.asked_by, **in_place(held))
    proposal = Proposal.objects.filter(round=held).first()
    assert proposal is not None
    fits = dict.fromkeys(("before_by_old", "after_by_old", "before_by_new", "after_by_new"), 0)
    told = {"worker": proposal.worker, "kind": "loses", "before": proposal.demand, **in_place(proposal)}
    return trial, TrialChange.objects.create(trial=trial, **told, **fits)


def _alarm(held: Round) -> FairnessAlarm:
    """Return what the office of a round has to explain."""
    told = {"now_share": -0.2, "before_share": 0.0, "chance": 0.001, "compared": 4}
    return FairnessAlarm.objects.create(round=held, dimension="sex", group="F", **told, **in_place(held))


def _rules(world: World) -> RuleSet:
    """Return what the rounds of the city go by."""
    facts = RuleFacts(begins_on=timezone.localdate(), reason="样例会议纪要", **DEFAULT_RULES)  # type: ignore[arg-type]
    return set_matching_rules(by=world.city_officer, org=world.city, facts=facts)


def _consequence(world: World) -> Consequence:
    """Return what followed from somebody's no for the wage."""
    told = {"reason": "wage", "through": "telephone"}
    declined = decline_offer(by=world.village_officer, offer=world.offer(), **told)
    return Consequence.objects.get(offer=declined, kind="wage")


def _interview(world: World) -> tuple[InterviewSlot, Interview]:
    """Return a telephone interview that somebody picked."""
    offer = world.agreed_offer()
    begin = timezone.now() + timedelta(days=1)
    facts = SlotFacts(begin, "telephone", telephone="057186001234")
    slot = offer_slot(by=world.employer_clerk, demand=offer.demand, facts=facts)
    return slot, pick_slot(by=world.village_officer, offer=offer, slot=slot, through="telephone")


def _contract(world: World) -> Contract:
    """Return what was agreed with somebody who was taken on."""
    today = timezone.localdate()
    facts = ContractFacts(today, today, "open", 650_000, "full")
    return enter_contract(by=world.employer_clerk, offer=world.accepted_offer(), facts=facts)


def _fair(world: World) -> tuple[models.Model, ...]:
    """Return a fair of the county with a booth, a visitor and what he wants to talk about."""
    today, seeker = timezone.localdate(), world.seeker(name="赶会人")
    facts = FairFacts("样例招聘会", "on_site", world.home_city, today, today, venue="县体育馆")
    fair = open_fair(by=world.county_officer, org=world.county, facts=facts)
    given = {"employer": world.employer, "fair": fair, "posts": [world.post]}
    booth = register_booth(by=world.employer_clerk, **given)
    visit = check_in_visitor(by=world.county_officer, worker=seeker, fair=fair, through="visit")
    return fair, booth, visit, note_interest(by=world.county_officer, visit=visit, demand=world.post)


def _target(world: World) -> dict[str, object]:
    import datetime as dt

    day = timezone.localdate()
    return {
        "org": world.department, "begins_on": day, "ends_on": day + dt.timedelta(days=90), "seats": 100,
    }  # fmt: skip


def _inside(world: World, worker: Worker, partner: Account) -> dict[str, Account]:
    return {
        "village_officer": world.village_officer, "township_officer": world.township_officer,
        "county_officer": world.county_officer, "city_officer": world.city_officer,
        "station_staff": world.station_staff, "employer_clerk": world.employer_clerk,
        "department_clerk": world.department_clerk, "auditor": world.auditor,
        "administrator": world.administrator, "partner": partner, "worker": own_account(world, worker),
    }  # fmt: skip


def _outside(world: World) -> dict[str, Account]:
    stranger = world.worker(name="外县人", village=world.far_village)
    far_town = world.far_village.town
    assert isinstance(far_town, Org)
    return {
        "village_officer": world.stranger, "county_officer": world.other_county_officer,
        "station_staff": world.other_station_staff, "employer_clerk": world.other_employer_clerk,
        "worker": own_account(world, stranger),
        "auditor": _other(world, "other_auditor", "auditor", world.other_county),
        "partner": _other(world, "other_partner", "partner", world.other_county, "partner"),
        "department_clerk": _other(world, "other_department", "department_clerk", _other_department(world)),
        "township_officer": _other(world, "other_town", "township_officer", far_town),
        "administrator": _other(world, "other_admin", "administrator", world.other_county),
    }  # fmt: skip


def _other(world: World, username: str, role: str, org: Org, kind: str = "staff") -> Account:
    return world.account(username, "外面的人", role, org, kind)


def _other_department(world: World) -> Org:
    from zhitong.kernel.actions import open_org

    return open_org(by=world.system, parent=world.city, kind="department", name="样例市交通运输局")


def own_account(world: World, worker: Worker) -> Account:
    """Return the account with which a registered worker signs in on the phone."""
    assert worker.telephone is not None and worker.id_number is not None
    account = open_own_account(by=world.system, telephone=worker.telephone.open())
    link_account(by=account, name=worker.name, id_number=worker.id_number.open())
    return account


__all__ = ["OUTSIDERS", "Specimens", "build_specimens", "give_role", "open_account", "own_account"]


def doorstep_rows(world: World) -> tuple[models.Model, ...]:
    """Return a device, what it stated about a name that was another by then, and the conflict."""
    officer, worker = world.village_officer, world.worker(name="陆两说")
    device = register_device(by=officer, village=world.village, label="样例手机")
    stated = Stated(field="name", value="陆二说", seen="older", key="specimen", stated_at=timezone.now())
    edit = record_doorstep_edit(by=officer, device=device, worker=worker, edit=stated)
    assert edit.conflict is not None
    return device, edit, edit.conflict


def _decision(world: World) -> LinkDecision:
    """Return a merge that the platform made by itself, so that it may be confirmed or undone."""
    return merge_workers(by=world.system, kept=world.worker(), other=world.entry_without_number())
