"""What waits for a reader's hand, counted from the lists that they may work on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhitong.dispatch.models import Placement, RetentionCheck
from zhitong.employers.models import Demand, Employer
from zhitong.kernel.access import holds
from zhitong.kernel.models import Account
from zhitong.matching.models import Offer, Round
from zhitong.rights.models import Enquiry

MOST_COUNTED = 1000


@dataclass(frozen=True)
class Task:
    """Rows that wait for one verb: shown to whoever holds it, with the list where it is done."""

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


def _sent(actor: Account, today: dt.date) -> QuerySet[Any]:
    return Offer.objects.visible_to(actor).filter(state=Offer.State.SENT)


def _agreed(actor: Account, today: dt.date) -> QuerySet[Any]:
    return Offer.objects.visible_to(actor).filter(state=Offer.State.AGREED)


def _awaited(actor: Account, today: dt.date) -> QuerySet[Any]:
    return Placement.objects.visible_to(actor).awaited()


def _checks(actor: Account, today: dt.date) -> QuerySet[Any]:
    return RetentionCheck.objects.visible_to(actor).due(today)


def _enquiries(actor: Account, today: dt.date) -> QuerySet[Any]:
    return Enquiry.objects.visible_to(actor).waiting()


def _late_enquiries(actor: Account, today: dt.date) -> QuerySet[Any]:
    return Enquiry.objects.visible_to(actor).overdue()


TASKS = (
    Task("approve_employer", _("待核验用人单位"), _employers, "employers", "state=waiting"),
    Task("approve_demand", _("待审核岗位"), _demands, "demands", "state=submitted"),
    Task("adopt_proposals", _("待审定的匹配轮次"), _rounds, "rounds"),
    Task("accept_worker", _("待录用答复"), _agreed, "offers", "state=agreed"),
    Task("agree_to_offer", _("待本人答复的推荐"), _sent, "offers", "state=sent"),
    Task("confirm_arrival", _("待签收到岗"), _awaited, "placements", "state=awaited"),
    Task("confirm_still_there", _("到期的在岗核实"), _checks, "retention_checks"),
    Task("take_enquiry", _("待答复的咨询"), _enquiries, "enquiries"),
    Task("take_enquiry", _("超期的咨询"), _late_enquiries, "enquiries", "late=on"),
)


def waiting_for(actor: Account, today: dt.date) -> list[tuple[Task, int]]:
    """Return the tasks of this reader with how many rows wait, counted up to a thousand; nought is left out."""
    found = [(task, _few(task.rows(actor, today))) for task in TASKS if holds(actor, task.verb)]
    return [(task, count) for task, count in found if count]


def _few(rows: QuerySet[Any]) -> int:
    return rows.order_by()[: MOST_COUNTED + 1].count()
