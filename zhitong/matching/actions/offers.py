"""Single offers: sent by an officer, recalled, and the seat given back when what came of a yes is over."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.employers.models import Demand, Employer
from zhitong.kernel.action import action, note_move
from zhitong.kernel.errors import Faster, Refusal
from zhitong.kernel.models import Account, in_place
from zhitong.kernel.news import tell
from zhitong.kernel.state import move
from zhitong.workers.models import Consent, Worker

from ..events import OfferSent
from ..frames import broken_between
from ..models import Consequence, Offer
from ..words import rule_sentence
from .places import drop_interviews


@action(at="worker", title=_("推荐岗位"), about=Offer)
def send_offer(*, by: Account, worker: Worker, demand: Demand) -> Offer:
    """Offer one post to one worker, outside a round.

    Holds the pair against the same hard rules as a round does; the worker must look for work, and a seat be free.
    """
    worker = Worker.objects.select_for_update().get(pk=worker.pk)
    _can_be_offered(worker)
    _takes_people(demand)
    _not_paused(worker, demand)
    today = timezone.localdate()
    broken = broken_between(worker, demand, today)
    if broken:
        sentence = "".join(rule_sentence(rule) for rule in broken)
        raise Refusal(f"rule_{broken[0]}", sentence, field="demand")
    try:
        with transaction.atomic():
            offer = Offer.objects.create(
                worker=worker,
                demand=demand,
                employer_org_id=demand.employer_org_id,
                sent_by=by,
                due_on=today + dt.timedelta(days=settings.OFFER_ANSWER_DAYS),
                is_sample=worker.is_sample,
                **in_place(worker),
            )
    except IntegrityError:
        raise Refusal("offered_already", _("这个岗位已经推荐给他，正在等答复或已录用。")) from None
    tell(OfferSent(offer.pk))
    return offer


@action(at="offer", title=_("撤回推荐"))
def recall_offer(*, by: Account, offer: Offer) -> Offer:
    """Take an offer back that was not yet accepted."""
    recalled = move(waiting(offer, Offer.State.SENT, Offer.State.AGREED), Offer.State.RECALLED)
    drop_interviews(by, [recalled.pk])
    return recalled


@action(at="offer", title=_("释放名额"))
def release_offer(*, by: Account, offer: Offer) -> Offer:
    """Give back the seat and the worker of an accepted offer: the placement is over, or came to nothing."""
    return _set_release(offer, timezone.now())


@action(at="offer", title=_("恢复名额"))
def retake_offer(*, by: Account, offer: Offer) -> Offer:
    """Take up a released seat again: the worker came after all.

    Refuses when he has said yes elsewhere since, and when the post has been filled without him.
    """
    if seats_left(offer.demand, Offer.State.ACCEPTED) < 1:
        sentence = _("他的名额已经给了别人，招聘人数已满。要让他到岗，请先更正岗位的人数。")
        raise Refusal("seats_full", sentence)
    try:
        with transaction.atomic():
            return _set_release(offer, None)
    except IntegrityError:
        raise Refusal("yes_elsewhere", _("他已经答应了别的岗位，不能再恢复这一条。")) from None


def locked(offer: Offer) -> Offer:
    """Return the offer as it stands now, held until the transaction ends.

    The worker is held first: whoever works on two of his offers waits for whoever works on another of them.
    """
    Worker.objects.select_for_update().get(pk=offer.worker_id)
    rows = Offer.objects.select_for_update(of=("self",)).select_related("worker", "demand")
    return rows.get(pk=offer.pk)


def waiting(offer: Offer, *states: str) -> Offer:
    """Return the offer, held, while it is in one of these states; else say what became of it."""
    held = locked(offer)
    if held.state not in states:
        raise Refusal("offer_settled", _settled(held), state=str(held.state))
    return held


def in_time(offer: Offer) -> Offer:
    """Refuse an answer that comes after the last day."""
    if offer.due_on < timezone.localdate():
        sentence = _("答复期限是%(day)s，已经过了。如还有意愿，请联系经办人重新推荐。")
        raise Refusal("overdue", sentence % {"day": offer.due_on.isoformat()})
    return offer


def _settled(offer: Offer) -> str:
    sentences = {
        Offer.State.SENT: _("本人还没有答复，暂时不能办这一步。"),
        Offer.State.AGREED: _("本人已经答应去，正在等用人单位答复。"),
        Offer.State.ACCEPTED: _("用人单位已经录用，不能再改。"),
        Offer.State.DECLINED: _("本人已经答复不去。"),
        Offer.State.REFUSED: _("用人单位已经答复不录用。"),
        Offer.State.EXPIRED: _("已经过了答复期限，这条推荐已失效。"),
        Offer.State.RECALLED: _("这条推荐已经撤回。"),
    }
    return str(sentences[Offer.State(offer.state)])


def _set_release(offer: Offer, when: dt.datetime | None) -> Offer:
    before = offer.released_at
    rows = Offer.objects.filter(pk=offer.pk, state=Offer.State.ACCEPTED, released_at=before)
    if (before is None) == (when is None) or not rows.update(released_at=when):
        raise Faster
    note_move(offer, "released_at", before, when)
    offer.released_at = when
    return offer


def _can_be_offered(worker: Worker) -> None:
    if worker.state != Worker.State.ACTIVE:
        raise Refusal("not_on_register", _("他已退出登记，不能推荐岗位。"), field="worker")
    if not has_consent(worker, Consent.Purpose.REGISTER):
        sentence = _("他还没有同意登记和就业服务，要先征得本人同意。")
        raise Refusal("no_consent", sentence, field="worker")
    if worker.status not in Worker.SEEKING:
        sentence = _("他登记的就业状态是“%(status)s”，如情况有变，请先核实就业状态。")
        status = {"status": worker.get_status_display()}
        raise Refusal("not_seeking", sentence % status, field="worker")
    if Offer.objects.taken().filter(worker=worker).exists():
        raise Refusal("yes_elsewhere", _("他已经答应了别的岗位。"), field="worker")


def _takes_people(demand: Demand) -> None:
    open_to_offers(demand)
    if seats_left(demand, Offer.State.AGREED, Offer.State.ACCEPTED) < 1:
        raise Refusal("seats_full", _("这个岗位的名额已满。"), field="demand")


def _not_paused(worker: Worker, demand: Demand) -> None:
    """Refuse an employer whom a no keeps out for a time; whoever wants him after all lifts that first."""
    his = Q(worker=worker) | Q(worker__merged_into=worker)
    paused = Consequence.objects.standing().filter(his, kind=Consequence.Kind.EMPLOYER)
    found = paused.filter(offer__employer_org=demand.employer_org_id).order_by("-until_on").first()
    if found is not None and found.until_on is not None:
        sentence = _("他和这家单位之前没有谈成，到%(day)s前暂不推荐。如双方都愿意，请先取消那条影响。")
        raise Refusal("employer_paused", sentence % {"day": found.until_on.isoformat()}, field="demand")


def open_to_offers(demand: Demand) -> None:
    """Refuse a post that cannot be taken today."""
    standing = demand.state == Demand.State.APPROVED and demand.valid_until >= timezone.localdate()
    if not standing or demand.employer.state != Employer.State.APPROVED:
        raise Refusal("demand_closed", _("这个岗位现在不招人了。"), field="demand")


def seats_left(demand: Demand, *taken: str) -> int:
    """Return the seats without an offer in these states; the post's row is held, so that the last seat goes once."""
    held = Demand.objects.select_for_update(of=("self",)).get(pk=demand.pk)
    return int(held.seats) - Offer.objects.holding().filter(demand=held, state__in=taken).count()


def has_consent(worker: Worker, purpose: str) -> bool:
    """Tell whether the worker's permission for a purpose stands; what was read with a list is not asked again."""
    return any(one.purpose == purpose and one.withdrawn_at is None for one in worker.consents.all())
