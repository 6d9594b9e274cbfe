"""What follows a reply, and what silence does: asked further, closed, or raised to the level above."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.action import action, note_move, note_rows
from zhitong.kernel.erasing import emptied
from zhitong.kernel.models import Account
from zhitong.kernel.state import move
from zhitong.workers.models import Worker

from ..hours import answer_due
from ..models import Enquiry
from .answering import locked
from .facts import LEAST_ASKED, MOST_ASKED, read_text

AT_ONCE = 500


@action(at="enquiry", title=_("追问"), about=Enquiry)
def reopen_enquiry(*, by: Account, enquiry: Enquiry, more: str) -> Enquiry:
    """Ask further where the reply did not help; the clock begins anew and the earlier reply stays."""
    held = locked(enquiry)
    more = read_text(more, field="more", least=LEAST_ASKED, most=MOST_ASKED)
    return move(
        held,
        Enquiry.State.REOPENED,
        more=_joined(held.more, more),
        earlier_reply=_joined(held.earlier_reply, held.reply),
        due_at=answer_due(timezone.now()),
        late_since=None,
        taken_by=None,
    )


@action(at="enquiry", title=_("办结咨询"))
def close_enquiry(*, by: Account, enquiry: Enquiry) -> Enquiry:
    """Close an enquiry that was answered, or that whoever asked needs no longer."""
    return move(locked(enquiry), Enquiry.State.CLOSED)


@action(at=None, title=_("超期咨询上报"))
def escalate_enquiries(*, by: Account) -> int:
    """Give every enquiry whose clock has run out to the level above, with a clock of its own; return how many.

    The top keeps what it has; it is marked as late, once.
    """
    now = timezone.now()
    late = Enquiry.objects.to_escalate(now).select_related("owner", "county", "city").order_by("due_at", "pk")
    count = sum(_raised(one, now) for one in late[:AT_ONCE])
    note_rows(count)
    return count


@action(at="worker", title=_("清除咨询里的个人信息"))
def erase_enquiries_of_worker(*, by: Account, worker: Worker) -> int:
    """Empty what a person whose data are deleted asked and was told; the rows stay, closed, and are counted.

    That goes for what he asked from his account too, before he was on the register.
    """
    his = Q(worker=worker)
    if worker.account is not None:
        his |= Q(asked_by=worker.account, through=Enquiry.Through.SELF)
    count = Enquiry.objects.filter(his).update(**(emptied(Enquiry) or {}), state=Enquiry.State.CLOSED)
    note_rows(count)
    return count


@action(at=None, title=_("清空到期的无账号咨询"))
def empty_old_enquiries(*, by: Account) -> int:
    """Empty what people without a place on the register asked, so long after it was closed; return how many.

    The rows stay and are counted: which topic, which office, how long it took.
    """
    before = timezone.now() - settings.GUEST_ENQUIRY_KEPT
    old = Enquiry.objects.alias(ended=Coalesce("answered_at", "asked_at")).filter(
        worker=None, state=Enquiry.State.CLOSED, ended__lt=before
    )
    keys = list(old.exclude(text="", telephone=None).values_list("pk", flat=True)[:AT_ONCE])
    Enquiry.objects.filter(pk__in=keys).update(**(emptied(Enquiry) or {}))
    note_rows(len(keys))
    return len(keys)


def _raised(enquiry: Enquiry, now: dt.datetime) -> int:
    above, since = enquiry.above, enquiry.late_since or enquiry.due_at
    as_seen = Enquiry.objects.filter(pk=enquiry.pk, state=enquiry.state, due_at=enquiry.due_at)
    if above is None:
        return as_seen.update(late_since=since)
    untaken = Enquiry.State.OPEN if enquiry.state == Enquiry.State.TAKEN else enquiry.state
    told = {"owner": above, "state": untaken, "taken_by": None, "late_since": since}
    claimed = as_seen.update(**told, due_at=answer_due(now))
    if claimed:
        note_move(enquiry, "owner", enquiry.owner, above)
    return claimed


def _joined(before: str, more: str) -> str:
    return "\n\n".join(filter(None, (before, more)))
