"""Where people are: in which village's care, on the register or off it, at home or away."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.access import require
from zhitong.kernel.action import action
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account, Org, Region
from zhitong.kernel.models.placed import PLACE_COLUMNS
from zhitong.kernel.news import tell
from zhitong.kernel.state import change, move
from zhitong.kernel.values import not_in_future

from ..consent import NEEDED
from ..events import WorkerWithdrawn
from ..models import Consent, Worker
from ..reasons import LeaveReason
from .entries import entries_of, restate
from .ethnicity import let_go_of_ethnicity
from .facts import one_of, read_whereabouts, standing_village, told_by
from .standing import locked, on_register


@action(at="worker", title=_("迁往别的村"), about=Worker)
def move_worker(*, by: Account, worker: Worker, village: Org) -> Worker:
    """Put a person into the care of another village, by someone whose reach holds both; he leaves his household."""
    standing_village(village)
    require(by, "move_worker", village)
    worker = on_register(worker)
    if worker.village_id == village.pk:
        raise Refusal("same_village", _("本来就在这个村。"), field="village")
    place = {column: getattr(village, column) for column in PLACE_COLUMNS}
    return change(worker, household=None, household_role=Worker.HouseholdRole.OTHER, **place)


@action(at="worker", title=_("退出登记"), keeps=("reason",))
def withdraw_worker(*, by: Account, worker: Worker, reason: str = LeaveReason.OWN_WISH) -> Worker:
    """Take a person off the register for a coded reason; what was done stays on record.

    The ethnic group that he stated is deleted at once, since it served the rounds in which he no longer takes part.
    Who does not come back within ``WITHDRAWN_KEPT`` is deleted by ``erase_withdrawn_workers``.
    """
    one_of("reason", reason, LeaveReason.values)
    worker = move(locked(worker), Worker.State.WITHDRAWN, withdrawn_on=timezone.localdate())
    let_go_of_ethnicity(entries_of(worker))
    tell(WorkerWithdrawn(worker.pk, reason))
    return worker


@action(at="worker", title=_("恢复登记"))
def readmit_worker(*, by: Account, worker: Worker) -> Worker:
    """Take a person back onto the register, given that the consents that it needs stand."""
    worker = locked(worker)
    standing = Consent.objects.filter(worker=worker, withdrawn_at=None).values_list("purpose", flat=True)
    if not set(NEEDED) <= set(standing):
        raise Refusal("consent_missing", _("本人已撤回登记所需的同意，要先重新征得同意。"))
    return move(worker, Worker.State.ACTIVE, withdrawn_on=None)


@action(at="worker", title=_("核实就业状态"), keeps=("status", "source"))
def confirm_status(
    *,
    by: Account,
    worker: Worker,
    status: str,
    source: str,
    checked_on: dt.date | None = None,
    work_region: Region | None = None,
) -> Worker:
    """Write down what a check found: the status, the city for whoever is away, when and how it was checked.

    A check that arrives late never replaces a newer one.
    """
    told_by(by, source)
    columns = read_whereabouts(status, work_region)
    day = not_in_future("checked_on", checked_on or timezone.localdate())
    worker = on_register(worker)
    if day < worker.status_checked_on:
        sentence = _("%(day)s已有更新的核实，这次较早的核实没有记入。")
        newer = {"day": worker.status_checked_on.isoformat()}
        raise Refusal("newer_check_exists", sentence % newer, field="checked_on")
    columns["work_region_id"] = getattr(columns.pop("work_region"), "pk", None)
    return restate(by, worker, **columns, status_checked_on=day, status_source=source)
