"""People who come first: the dated rules, and who falls under them."""

from __future__ import annotations

import datetime as dt
import re

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel import values
from zhitong.kernel.action import action, note_move
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account
from zhitong.kernel.values import not_in_future

from ..models import PriorityGroup, PriorityMembership, Worker
from .facts import GroupFacts, read_line
from .standing import on_register

MOST_WEIGHT = 100


@action(at=None, title=_("设立优先群体"), about=PriorityGroup)
def open_priority_group(*, by: Account, facts: GroupFacts) -> PriorityGroup:
    """Put a rule into force from a day on: who comes first, by what weight, on what legal basis."""
    code = facts.code.strip()
    if not re.fullmatch(r"[a-z][a-z0-9_]{1,29}", code):
        sentence = _("代码用小写英文字母、数字和下划线，2到30位。")
        raise Refusal("group_code_form", sentence, field="code")
    name = values.checked_line(facts.name, field="name", most=60)
    if not 0 <= facts.weight <= MOST_WEIGHT:
        raise Refusal("weight_out_of_range", _("优先权重应在0到100之间。"), field="weight")
    if PriorityGroup.objects.in_force(facts.begins_on).filter(code=code).exists():
        raise Refusal("group_in_force", _("这个代码的优先群体还在执行，要先终止。"), field="code")
    basis = read_line("legal_basis", facts.legal_basis, 200)
    try:
        with transaction.atomic():
            return PriorityGroup.objects.create(
                code=code, name=name, weight=facts.weight, legal_basis=basis, begins_on=facts.begins_on
            )
    except IntegrityError:
        raise Refusal("group_in_force", _("这个代码当天已设立过。"), field="code") from None


@action(at=None, title=_("终止优先群体"), about=PriorityGroup)
def end_priority_group(*, by: Account, group: PriorityGroup, ends_on: dt.date) -> PriorityGroup:
    """Put a rule out of force from a day on; memberships stay on record."""
    if ends_on <= group.begins_on:
        raise Refusal("group_dates", _("终止日期要晚于开始日期。"), field="ends_on")
    ended = PriorityGroup.objects.filter(pk=group.pk, ends_on=None).update(ends_on=ends_on)
    if not ended:
        raise Refusal("group_ended_already", _("这个优先群体已经终止过了。"))
    note_move(group, "ends_on", None, ends_on)
    group.ends_on = ends_on
    return group


@action(at="worker", title=_("认定优先群体"))
def join_priority_group(
    *, by: Account, worker: Worker, group: PriorityGroup, since_on: dt.date | None = None
) -> PriorityMembership:
    """Write down that a person belongs to a priority group in force, and since when."""
    since = not_in_future("since_on", since_on or timezone.localdate())
    if not PriorityGroup.objects.in_force().filter(pk=group.pk).exists():
        raise Refusal("group_not_in_force", _("这个优先群体今天不在执行。"), field="group")
    worker = on_register(worker)
    try:
        with transaction.atomic():
            return PriorityMembership.objects.create(worker=worker, group=group, since_on=since)
    except IntegrityError:
        raise Refusal("member_already", _("已经认定过了。"), field="group") from None


@action(at="membership", title=_("取消优先认定"))
def leave_priority_group(*, by: Account, membership: PriorityMembership) -> Worker:
    """Write down that a person no longer belongs to a priority group."""
    worker = on_register(membership.worker)
    deleted, _by_model = PriorityMembership.objects.filter(pk=membership.pk).delete()
    if not deleted:
        raise Refusal("gone_already", _("这一条已经删除了。"))
    return worker
