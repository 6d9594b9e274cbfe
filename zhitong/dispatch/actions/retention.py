"""Still there after 1, 3 and 6 months?"""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.action import action
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account
from zhitong.kernel.state import move
from zhitong.workers.models import Worker

from ..models import Placement, RetentionCheck
from .leaving import UNANSWERED, end_placement
from .standing import city_of, note_status, source_of


@action(at="check", title=_("确认仍在岗"))
def confirm_still_there(*, by: Account, check: RetentionCheck) -> RetentionCheck:
    """Answer a check that has come due: the worker says so himself, or who met or reached him does."""
    held = _due(check)
    today = timezone.localdate()
    move(held, RetentionCheck.State.STILL_THERE, **_answered(by, today))
    note_status(by, held.placement, Worker.Status.AWAY, today, region=city_of(held.placement.demand.region))
    return held


@action(at="check", title=_("登记已离岗"), keeps=("reason",))
def report_left(
    *, by: Account, check: RetentionCheck, reason: str, left_on: dt.date | None = None
) -> RetentionCheck:
    """Answer a check with a no: the placement ends on the day and for the reason given."""
    held = _unanswered(check)
    today = timezone.localdate()
    move(held, RetentionCheck.State.LEFT, **_answered(by, today))
    end_placement(by=by, placement=held.placement, reason=reason, ended_on=left_on or today)
    return held


@action(at="check", title=_("登记联系不上"))
def report_unreachable(*, by: Account, check: RetentionCheck) -> RetentionCheck:
    """Say that nobody could be reached for a check that has come due; it can be answered later."""
    held = _due(check)
    if held.state == RetentionCheck.State.UNREACHABLE:
        raise Refusal("unreachable_already", _("已经登记过联系不上，联系到以后再确认。"))
    return move(held, RetentionCheck.State.UNREACHABLE, **_answered(by, timezone.localdate()))


def _unanswered(check: RetentionCheck) -> RetentionCheck:
    """Return the check as it stands now, held, while nobody has answered it."""
    rows = RetentionCheck.objects.select_for_update(of=("self",))
    held = rows.select_related("placement__worker", "placement__demand__region").get(pk=check.pk)
    if held.placement.state != Placement.State.ARRIVED or held.state not in UNANSWERED:
        raise Refusal("check_answered", _answer_of(held), state=str(held.state))
    return held


def _due(check: RetentionCheck) -> RetentionCheck:
    held = _unanswered(check)
    if held.due_on > timezone.localdate():
        sentence = _("应核实日期是%(day)s，还没有到。") % {"day": held.due_on.isoformat()}
        raise Refusal("not_due", sentence)
    return held


def _answer_of(check: RetentionCheck) -> str:
    if check.state == RetentionCheck.State.STILL_THERE:
        return str(_("这一次已经确认仍在岗。"))
    return str(_("已经登记离岗，不用再核实。"))


def _answered(by: Account, today: dt.date) -> dict[str, object]:
    return {"answered_on": today, "answered_by": by, "source": source_of(by)}
