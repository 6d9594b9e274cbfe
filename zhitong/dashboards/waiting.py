"""What waits for a reader's hand, counted from the lists that they may work on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhitong.dispatch.models import Placement, RetentionCheck
from zhitong.employers.models import Demand, Employer
from zhitong.kernel.access import actionable, holds
from zhitong.kernel.models import Account, Org
from zhitong.matching.models import Consequence, FairnessAlarm, Interview, Offer, Round
from zhitong.rights.models import Enquiry
from zhitong.workers.models import DeletionRequest, FieldConflict, Import, Likeness, Worker

MOST_COUNTED = 1000
UNCHECKED_DAYS = 30
ENDING_DAYS = 14


@dataclass(frozen=True)
class Task:
    """Rows that wait for one verb: shown to whoever may do it at them, with the list where it is done."""

    verb: str
    label: str | Promise
    rows: Callable[[Account, dt.date], QuerySet[Any]]
    url_name: str
    query: str = ""


def _demands(actor: Account, today: dt.date) -> QuerySet[Any]:
    return Demand.objects.visible_to(actor).filter(state=Demand.State.SUBMITTED)


def _employers(actor: Account, today: dt.date) -> QuerySet[Any]:
    return Employer.objects.visible_to(actor).filter(state=Employer.State.WAITING)


def _rounds(actor: Account, today: dt.date) -> QuerySet[Any]:
    return Round.objects.visible_to(actor).filter(state=Round.State.PROPOSED)


def _alarms(actor: Account, today: dt.date) -> QuerySet[Any]:
    return FairnessAlarm.objects.visible_to(actor).open()


def _sent(actor: Account, today: dt.date) -> QuerySet[Any]:
    return Offer.objects.visible_to(actor).filter(state=Offer.State.SENT)


def _agreed(actor: Account, today: dt.date) -> QuerySet[Any]:
    return Offer.objects.visible_to(actor).filter(state=Offer.State.AGREED)


def _awaited(actor: Account, today: dt.date) -> QuerySet[Any]:
    return Placement.objects.visible_to(actor).awaited()


def _checks(actor: Account, today: dt.date) -> QuerySet[Any]:
    return RetentionCheck.objects.visible_to(actor).due(today)


def _talked(actor: Account, today: dt.date) -> QuerySet[Any]:
    return Interview.objects.visible_to(actor).booked().filter(slot__starts_at__lt=timezone.now())


def _unwritten(actor: Account, today: dt.date) -> QuerySet[Any]:
    return Placement.objects.visible_to(actor).late_contract(today)


def _suggested(actor: Account, today: dt.date) -> QuerySet[Any]:
    return Consequence.objects.visible_to(actor).suggested()


def _enquiries(actor: Account, today: dt.date) -> QuerySet[Any]:
    return Enquiry.objects.visible_to(actor).waiting()


def _late_enquiries(actor: Account, today: dt.date) -> QuerySet[Any]:
    return Enquiry.objects.visible_to(actor).overdue()


def _unchecked(actor: Account, today: dt.date) -> QuerySet[Any]:
    places = [one.org for one in actor.held if one.org is not None]
    villages = [one.pk for one in places if one.kind == Org.Kind.VILLAGE]
    return Worker.objects.visible_to(actor).unchecked_for(UNCHECKED_DAYS, today).filter(village__in=villages)


def _lists(actor: Account, today: dt.date) -> QuerySet[Any]:
    return Import.objects.visible_to(actor).filter(state=Import.State.CHECKED)


def _likenesses(actor: Account, today: dt.date) -> QuerySet[Any]:
    return Likeness.objects.visible_to(actor).open()


def _conflicts(actor: Account, today: dt.date) -> QuerySet[Any]:
    return FieldConflict.objects.visible_to(actor).open()


def _deletions(actor: Account, today: dt.date) -> QuerySet[Any]:
    return DeletionRequest.objects.visible_to(actor).open()


def _refused(actor: Account, today: dt.date) -> QuerySet[Any]:
    return _own_posts(actor).filter(state=Demand.State.REFUSED)


def _ending(actor: Account, today: dt.date) -> QuerySet[Any]:
    last = today + dt.timedelta(days=ENDING_DAYS)
    return _own_posts(actor).filter(state=Demand.State.APPROVED, valid_until__lte=last)


def _own_posts(actor: Account) -> QuerySet[Any]:
    rows = Demand.objects.visible_to(actor)
    return rows if actor.kind == Account.Kind.EMPLOYER else rows.none()


TASKS = (
    Task("confirm_status", _("超30天没有核实的人"), _unchecked, "unchecked"),
    Task("apply_import", _("已检查，未入册的名单"), _lists, "imports", "state=checked"),
    Task("accept_likeness", _("待核对的疑似重复"), _likenesses, "review_desk"),
    Task("decide_conflict", _("待核定的填写分歧"), _conflicts, "conflicts", "state=open"),
    Task("grant_deletion", _("待答复的删除申请"), _deletions, "deletionrequests"),
    Task("resubmit_demand", _("被退回的岗位"), _refused, "employer_home"),
    Task("refresh_demand", _("快到期的岗位"), _ending, "employer_home"),
    Task("approve_employer", _("待核验用人单位"), _employers, "employer_desk"),
    Task("approve_demand", _("待审核岗位"), _demands, "demand_desk"),
    Task("adopt_proposals", _("待审定的匹配轮次"), _rounds, "rounds", "state=proposed"),
    Task("answer_fairness_alarm", _("待说明的公平性警示"), _alarms, "fairnessalarms", "state=open"),
    Task("accept_worker", _("待录用答复"), _agreed, "candidates"),
    Task("agree_to_offer", _("待本人答复的推荐"), _sent, "offers", "state=sent"),
    Task("take_suggestion", _("答复不去以后的建议"), _suggested, "consequences", "state=suggested"),
    Task("record_interview", _("待登记结果的面试"), _talked, "interviews", "state=booked"),
    Task("confirm_arrival", _("待签收到岗"), _awaited, "arrivals"),
    Task("confirm_still_there", _("到期的在岗核实"), _checks, "retention_checks"),
    Task("enter_contract", _("满一个月没有合同的人"), _unwritten, "unwritten"),
    Task("take_enquiry", _("待答复的咨询"), _enquiries, "enquiries"),
    Task("take_enquiry", _("超期的咨询"), _late_enquiries, "enquiries", "late=on"),
)


def waiting_for(actor: Account, today: dt.date) -> list[tuple[Task, int]]:
    """Return the tasks of this reader with how many rows wait, counted up to a thousand; nought is left out."""
    found = [(task, _few(_within(task, actor, today))) for task in TASKS if holds(actor, task.verb)]
    return [(task, count) for task, count in found if count]


def _within(task: Task, actor: Account, today: dt.date) -> QuerySet[Any]:
    """Return the rows at which the reader may do the task's verb, not merely read."""
    rows = task.rows(actor, today)
    return rows.filter(actionable(rows.model, actor, task.verb))


def _few(rows: QuerySet[Any]) -> int:
    return rows.order_by()[: MOST_COUNTED + 1].count()
