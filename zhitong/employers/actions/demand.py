"""Posts are handed in, corrected, checked, confirmed and closed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.kernel import values
from zhitong.kernel.action import action, note_move
from zhitong.kernel.errors import Faster, Refusal
from zhitong.kernel.models import Account, Org, in_place
from zhitong.kernel.news import tell
from zhitong.kernel.state import change, move

from ..events import DemandClosed
from ..facts import DemandFacts, check_validity, checked_demand
from ..models import Demand, Employer
from .doubts import doubted, keep_doubts


@action(at="org", title=gettext_lazy("提交用工需求"), about=Demand)
def submit_demand(*, by: Account, org: Org, employer: Employer, facts: DemandFacts) -> Demand:
    """Hand in a post, which then waits for its check; the employer may itself still wait for its own.

    ``org`` is who collected it, or the employer's own organisation. Refuses conditions that discriminate
    unlawfully, and a post that stands already; who hands the same in at once waits for the other.
    """
    employer = Employer.objects.select_for_update(of=("self",)).get(pk=employer.pk)
    _check_collector(org, employer)
    if employer.state in (Employer.State.BARRED, Employer.State.REFUSED):
        raise Refusal("employer_out", _("这家用人单位核验未通过或已停用，不能提交岗位。"), field="employer")
    facts = checked_demand(facts)
    demand = Demand(
        employer=employer,
        employer_org_id=employer.org_id,
        collected_by=None if org.kind == Org.Kind.EMPLOYER else org,
        is_sample=org.is_sample,
        **facts.columns(),
        **in_place(org),
    )
    _refuse_double(demand)
    demand.save()
    demand.certificates.set(facts.certificates)
    keep_doubts(demand)
    return demand


@action(at="demand", title=gettext_lazy("更正用工需求"), about=Demand)
def correct_demand(*, by: Account, demand: Demand, facts: DemandFacts, seen: int | None = None) -> Demand:
    """Correct a post that is not closed; one that was approved goes back to be checked."""
    if demand.state not in Demand.STANDING:
        raise Refusal("demand_closed", _("这条需求已经关闭，请重新提交一条。"))
    facts = checked_demand(facts)
    _hold(demand)
    before = demand.version
    change(demand, seen, **facts.columns())
    _set_certificates(demand, facts)
    keep_doubts(demand)
    if demand.version != before and demand.state == Demand.State.APPROVED:
        _send_to_check(demand, approved_by=None, approved_at=None)
    return demand


@action(at="demand", title=gettext_lazy("重新提交用工需求"))
def resubmit_demand(*, by: Account, demand: Demand) -> Demand:
    """Hand a refused post in again, as it was corrected since."""
    if demand.state != Demand.State.REFUSED:
        raise Refusal("not_refused", _("只有退回的需求才需要重新提交。"))
    check_validity(demand.valid_until)
    return _send_to_check(demand, refusal="")


@action(at="demand", title=gettext_lazy("审核通过用工需求"))
def approve_demand(*, by: Account, demand: Demand, seen: int | None = None) -> Demand:
    """Open a post for matching. Its employer must have been approved and its validity must not be over.

    It is the post of version ``seen`` that is approved (default: as it was read); ``Faster`` when it was corrected
    meanwhile. What is doubtful about it refuses nothing, and is kept with it as it stood when it was approved.
    """
    employer = Employer.objects.select_for_update(of=("self",)).get(pk=demand.employer_id)
    if employer.state != Employer.State.APPROVED:
        raise Refusal("employer_not_approved", _("用人单位还没有核验通过，请先核验用人单位。"))
    if _held_version(demand) != (demand.version if seen is None else seen):
        raise Faster
    check_validity(demand.valid_until)
    today, now = timezone.localdate(), timezone.now()
    opened = {"approved_by": by, "approved_at": now, "refreshed_on": today, "refusal": ""}
    return move(demand, Demand.State.APPROVED, **opened, **doubted(demand))


@action(at="demand", title=gettext_lazy("退回用工需求"))
def refuse_demand(*, by: Account, demand: Demand, reason: str) -> Demand:
    """Send a post back with the reason that whoever handed it in will read."""
    return move(demand, Demand.State.REFUSED, refusal=stated(reason), **doubted(demand))


@action(at="demand", title=gettext_lazy("确认岗位仍在招"))
def refresh_demand(*, by: Account, demand: Demand, valid_until: dt.date) -> Demand:
    """Confirm that an approved post is still open, and until when; without it a post closes by itself."""
    if demand.state != Demand.State.APPROVED:
        raise Refusal("not_open", _("只有招聘中的岗位才需要确认。"))
    check_validity(valid_until)
    _hold(demand)
    return change(demand, valid_until=valid_until, refreshed_on=timezone.localdate())


@action(at="demand", title=gettext_lazy("关闭用工需求"), keeps=("reason",))
def close_demand(*, by: Account, demand: Demand, reason: str) -> Demand:
    """Close a post for good, with one of the reasons that people give."""
    if reason not in Demand.REASONS_OF_PEOPLE:
        raise Refusal("reason", _("请选择关闭原因。"), field="reason")
    move(demand, Demand.State.CLOSED, close_reason=reason)
    tell(DemandClosed((demand.pk,), reason))
    return demand


def stated(reason: str, field: str = "reason") -> str:
    """Return a reason that people will read; refuses a blank one."""
    return values.checked_line(reason, field=field, most=200, least=2)


def close_all(demands: QuerySet[Demand], reason: str) -> int:
    """Close these posts within the verb that runs, tell it, and return how many there were."""
    numbers = tuple(demands.select_for_update().values_list("pk", flat=True))
    if numbers:
        Demand.objects.filter(pk__in=numbers).update(state=Demand.State.CLOSED, close_reason=reason)
        tell(DemandClosed(numbers, reason))
    return len(numbers)


def _check_collector(org: Org, employer: Employer) -> None:
    """An employer hands in its own posts; everyone else who may collect hands in anybody's."""
    if org.kind == Org.Kind.EMPLOYER and org.pk != employer.org_id:
        raise Refusal("another_employer", _("用人单位只能提交本单位的岗位。"), field="employer")
    if org.kind in Employer.NEVER_COLLECT and org.kind != Org.Kind.EMPLOYER:
        raise Refusal("org_does_not_collect", _("这类组织不采集岗位，请选择采集单位。"), field="org")


def _refuse_double(demand: Demand) -> None:
    other = Demand.objects.like(demand).first()
    if other is not None:
        sentence = _(
            "同一用人单位、同一城市、同样工资的“%(title)s”已经有一条（编号%(id)s），请更正或确认那一条。"
        )
        raise Refusal(
            "demand_stands_already",
            sentence % {"title": other.title, "id": other.pk},
            field="title",
            demand=other.pk,
        )


def _hold(demand: Demand) -> None:
    """Lock the row until the transaction ends; raises ``Faster`` when its state moved since it was read."""
    if Demand.objects.select_for_update().values_list("state", flat=True).get(pk=demand.pk) != demand.state:
        raise Faster


def _held_version(demand: Demand) -> int:
    """Return the version of the row as it stands now, held until the transaction ends."""
    return int(Demand.objects.select_for_update().values_list("version", flat=True).get(pk=demand.pk))


def _set_certificates(demand: Demand, facts: DemandFacts) -> None:
    before = set(demand.certificates.all())
    if before == set(facts.certificates):
        return
    demand.certificates.set(facts.certificates)
    Demand.objects.filter(pk=demand.pk).update(version=F("version") + 1)
    demand.version += 1
    note_move(demand, "certificates", sorted(map(str, before)), sorted(map(str, facts.certificates)))


def _send_to_check(demand: Demand, **also: Any) -> Demand:
    return move(demand, Demand.State.SUBMITTED, submitted_at=timezone.now(), **also)
