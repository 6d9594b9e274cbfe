"""Answers: the worker's own yes or no, by himself or through an officer, then the employer's."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.employers.models import Demand
from zhitong.kernel.action import action
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account
from zhitong.kernel.news import tell
from zhitong.kernel.state import move
from zhitong.workers.models import Consent

from ..events import OfferAccepted, OfferAgreed, OfferDeclined, OfferRefused
from ..models import Offer
from .consequences import follow_up, told_by
from .offers import has_consent, in_time, locked, open_to_offers, recall_offer, seats_left, waiting
from .places import drop_interviews


@action(at="offer", title=_("本人确认去"), keeps=("through",))
def agree_to_offer(*, by: Account, offer: Offer, through: str) -> Offer:
    """Say yes to a post: the worker himself (``self``), or an officer who heard it (``visit``, ``telephone``).

    A yes holds a seat until the employer answers or his clock runs out. What the post promised then is kept: a
    contract is held against it, whatever becomes of the post.
    """
    told_by(by, through)
    held = in_time(waiting(offer, Offer.State.SENT))
    open_to_offers(held.demand)
    if not has_consent(held.worker, Consent.Purpose.SHARE):
        sentence = _("本人还没有同意向用人单位提供必要的个人信息，要先征得同意。")
        raise Refusal("no_consent_to_share", sentence)
    if seats_left(held.demand, Offer.State.AGREED, Offer.State.ACCEPTED) < 1:
        raise Refusal("seats_full", _("这个岗位的名额刚刚满了。请看看别的岗位，或联系经办人。"))
    due_on = timezone.localdate() + dt.timedelta(days=settings.EMPLOYER_ANSWER_DAYS)
    try:
        with transaction.atomic():
            move(held, Offer.State.AGREED, due_on=due_on, **_promised(held.demand), **_answer(by, through))
    except IntegrityError:
        sentence = _("已经答应了另一个岗位。要换到这一个，请先把那一个改成不去。")
        raise Refusal("yes_elsewhere", sentence) from None
    tell(OfferAgreed(held.pk))
    return held


@action(at="offer", title=_("本人不去"), keeps=("through",))
def decline_offer(*, by: Account, offer: Offer, reason: str, through: str) -> Offer:
    """Say no to a post for a coded reason, with what ``noes`` says follows from it.

    A yes can be taken back until the employer has accepted.
    """
    told_by(by, through)
    _coded(reason, Offer.DeclineReason)
    held = waiting(offer, Offer.State.SENT, Offer.State.AGREED)
    move(held, Offer.State.DECLINED, decline_reason=reason, **_answer(by, through))
    follow_up(held)
    drop_interviews(by, [held.pk])
    tell(OfferDeclined(held.pk))
    return held


@action(at="offer", title=_("录用"))
def accept_worker(*, by: Account, offer: Offer) -> Offer:
    """Take on a worker who said yes; whatever else he was offered is recalled."""
    held = in_time(waiting(offer, Offer.State.AGREED))
    if seats_left(held.demand, Offer.State.ACCEPTED) < 1:
        sentence = _("录用的人已经达到招聘人数。要多录用，请先更正岗位的人数。")
        raise Refusal("seats_full", sentence)
    move(held, Offer.State.ACCEPTED, employer_answered_at=timezone.now())
    drop_interviews(by, [held.pk])
    for other in Offer.objects.filter(worker=held.worker, state=Offer.State.SENT):
        recall_offer(by=by, offer=other)
    tell(OfferAccepted(held.pk))
    return held


@action(at="offer", title=_("不录用"), keeps=("reason",))
def refuse_worker(*, by: Account, offer: Offer, reason: str) -> Offer:
    """Decide against a worker who said yes, for a coded reason, with what ``noes`` says follows from it."""
    _coded(reason, Offer.RefuseReason)
    held = waiting(offer, Offer.State.AGREED)
    move(held, Offer.State.REFUSED, refuse_reason=reason, employer_answered_at=timezone.now())
    follow_up(held)
    drop_interviews(by, [held.pk])
    tell(OfferRefused(held.pk))
    return held


@action(at="offer", title=_("查看应聘人手机号"))
def reveal_candidate_telephone(*, by: Account, offer: Offer) -> str:
    """Return the telephone of a worker who said yes; the line that it leaves is shown to the worker."""
    held = locked(offer)
    shown = held.state in (Offer.State.AGREED, Offer.State.ACCEPTED) and held.released_at is None
    if not shown or not has_consent(held.worker, Consent.Purpose.SHARE):
        raise Refusal("not_shown", _("本人答应去并同意提供后，才能查看手机号。"))
    if held.worker.telephone is None:
        raise Refusal("nothing_held", _("他没有登记手机号，请联系推荐单位。"))
    return str(held.worker.telephone.open())


def _promised(demand: Demand) -> dict[str, object]:
    return {
        "agreed_low_fen": demand.wage_low_fen,
        "agreed_begins_on": demand.begins_on,
        "agreed_insurance": demand.has_insurance,
    }


def _answer(by: Account, through: str) -> dict[str, object]:
    return {"answered_at": timezone.now(), "answered_through": through, "answered_by": by}


def _coded(reason: str, choices: type[models.TextChoices]) -> None:
    if reason not in choices.values:
        raise Refusal("not_a_choice", _("请从列出的原因里选一项。"), field="reason")
