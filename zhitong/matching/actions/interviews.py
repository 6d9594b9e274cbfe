"""Interviews: times offered, one picked, moved, called off, and how it came out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.employers.models import Demand
from zhitong.kernel import values
from zhitong.kernel.action import action, note_people, note_rows
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account, in_place
from zhitong.kernel.news import tell
from zhitong.kernel.people import people_among
from zhitong.kernel.state import move, unless_taken

from ..events import InterviewBooked, InterviewsCalledOff, InterviewsSoon
from ..models import Interview, InterviewSlot, Offer
from .consequences import told_by
from .offers import locked, open_to_offers, waiting
from .places import give_up_place

FURTHEST = dt.timedelta(days=60)
SOON = dt.timedelta(hours=26)
"""Reminders go out in the daytime of the day before."""


@dataclass(frozen=True)
class SlotFacts:
    """When and how an employer talks with people: ``link`` for video, ``telephone`` for a call."""

    starts_at: dt.datetime
    mode: str
    minutes: int = 30
    places: int = 1
    link: str = ""
    telephone: str = ""
    only_for: Offer | None = None


@action(at="demand", title=_("安排面试时段"), about=InterviewSlot)
def offer_slot(*, by: Account, demand: Demand, facts: SlotFacts) -> InterviewSlot:
    """Offer a time at which people who said yes to a post may be interviewed, so many of them at once."""
    open_to_offers(demand)
    _in_order(facts, demand)
    return InterviewSlot.objects.create(
        demand=demand,
        employer_org_id=demand.employer_org_id,
        only_for=facts.only_for,
        mode=facts.mode,
        starts_at=facts.starts_at,
        minutes=facts.minutes,
        places=facts.places,
        offered_by=by,
        is_sample=demand.is_sample,
        **_how(facts),
        **in_place(demand),
    )


@action(at="slot", title=_("取消面试时段"))
def cancel_slot(*, by: Account, slot: InterviewSlot) -> InterviewSlot:
    """Call a slot off; whoever picked it is told, and may pick another."""
    held = InterviewSlot.objects.select_for_update().get(pk=slot.pk)
    booked = list(Interview.objects.booked().filter(slot=held).select_related("worker").order_by("pk"))
    move(held, InterviewSlot.State.CANCELLED)
    for one in booked:
        move(one, Interview.State.CANCELLED, settled_by=by, settled_at=timezone.now())
    if booked:
        note_people(people_among(booked, "worker"))
        tell(InterviewsCalledOff(tuple(one.pk for one in booked)))
    return held


@action(at="offer", title=_("约面试"), about=Interview, keeps=("through",))
def pick_slot(*, by: Account, offer: Offer, slot: InterviewSlot, through: str) -> Interview:
    """Take a place in a slot: the worker himself, or an officer who heard it.

    The employer's answer is due the day after it at the earliest. Of two who take the last place one is refused.
    """
    told_by(by, through)
    held = waiting(offer, Offer.State.AGREED)
    return _booked(by, held, slot, through)


@action(at="interview", title=_("改约面试"), keeps=("through",))
def move_interview(*, by: Account, interview: Interview, slot: InterviewSlot, through: str) -> Interview:
    """Give up the place in one slot for one in another of the same post, before it has begun."""
    told_by(by, through)
    held = _not_begun(interview)
    if slot.pk == held.slot_id:
        raise Refusal("same_slot", _("已经约的就是这个时段，请选别的。"), field="slot")
    offer = waiting(held.offer, Offer.State.AGREED)
    give_up_place(by, held, Interview.State.MOVED)
    return _booked(by, offer, slot, through)


@action(at="interview", title=_("取消面试"), keeps=("through",))
def call_off_interview(*, by: Account, interview: Interview, through: str) -> Interview:
    """Give up the place in a slot that has not begun; the yes to the post stands, and another may be picked."""
    told_by(by, through)
    return give_up_place(by, _not_begun(interview), Interview.State.CANCELLED)


@action(at="interview", title=_("登记面试结果"), keeps=("result", "reason"))
def record_interview(*, by: Account, interview: Interview, result: str, reason: str = "") -> Interview:
    """Write down how an interview came out: passed, failed for a coded reason, or nobody came."""
    if result not in Interview.RESULTS:
        raise Refusal("not_a_choice", _("请从列出的结果里选一项。"), field="result")
    if (result == Interview.State.FAILED) != (reason in Offer.RefuseReason.values):
        sentence = _("没有通过的，请选一个原因；其他结果不用选。")
        raise Refusal("reason_does_not_fit", sentence, field="reason")
    held = _still_booked(interview)
    if held.slot.starts_at > timezone.now():
        raise Refusal("not_yet", _("面试还没有开始，到时间以后再登记结果。"))
    return move(held, result, fail_reason=reason, settled_by=by, settled_at=timezone.now())


@action(at=None, title=_("提醒面试"))
def remind_of_interviews(*, by: Account) -> int:
    """Have everyone reminded whose interview is near, once; return how many."""
    near = Interview.objects.to_remind(timezone.now() + SOON).select_for_update(of=("self",))
    found = list(near.select_related("worker").order_by("pk"))
    note_rows(len(found))
    if found:
        note_people(people_among(found, "worker"))
        keys = [one.pk for one in found]
        Interview.objects.filter(pk__in=keys).update(reminded_at=timezone.now())
        tell(InterviewsSoon(tuple(keys)))
    return len(found)


def is_allowed_link(link: str) -> bool:
    """Tell whether a link is an http(s) address of a meeting site that the installation allows."""
    try:
        parts = urlsplit(link)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return False
    plain = parts.scheme in ("http", "https") and "@" not in parts.netloc and port in (None, 80, 443)
    return plain and any(host == site or host.endswith(f".{site}") for site in settings.MEETING_SITES)


def _in_order(facts: SlotFacts, demand: Demand) -> None:
    now = timezone.now()
    if not now < facts.starts_at <= now + FURTHEST:
        raise Refusal("time_implausible", _("面试时间请选在现在以后的60天以内。"), field="starts_on")
    if not 1 <= facts.places <= InterviewSlot.MOST_PLACES:
        raise Refusal("places_implausible", _("一个时段可约1到200人。"), field="places")
    if not 5 <= facts.minutes <= InterviewSlot.MOST_MINUTES:
        raise Refusal("minutes_implausible", _("时长请填5到480分钟。"), field="minutes")
    if facts.only_for is not None and facts.only_for.demand_id != demand.pk:
        raise Refusal("another_post", _("这个人应聘的不是这个岗位。"), field="only_for")


def _how(facts: SlotFacts) -> dict[str, str | None]:
    """Return the link of a video talk or the telephone of a call; refuses where neither fits."""
    if facts.mode == InterviewSlot.Mode.TELEPHONE:
        if not facts.telephone:
            sentence = _("电话面试请填一个打得通的电话。")
            raise Refusal("telephone_missing", sentence, field="telephone")
        return {"link": "", "telephone": values.telephone(facts.telephone)}
    if facts.mode != InterviewSlot.Mode.VIDEO:
        raise Refusal("not_a_choice", _("请选电话或视频。"), field="mode")
    if not is_allowed_link(facts.link):
        sites = _("、").join(settings.MEETING_SITES)
        told = _("视频链接应是允许的会议网站的网址：%(sites)s。") % {"sites": sites}
        raise Refusal("link_not_allowed", told, field="link")
    return {"link": facts.link, "telephone": None}


def _booked(by: Account, offer: Offer, slot: InterviewSlot, through: str) -> Interview:
    _take_place(offer, slot)
    with unless_taken(Refusal("booked_already", _("已经约好了一个时段，要换请用“改约面试”。"))):
        made = Interview.objects.create(
            offer=offer,
            slot=slot,
            worker_id=offer.worker_id,
            employer_org_id=offer.employer_org_id,
            picked_by=by,
            picked_through=through,
            is_sample=offer.is_sample,
            **in_place(offer),
        )
    after = timezone.localdate(slot.starts_at) + dt.timedelta(days=1)
    Offer.objects.filter(pk=offer.pk, due_on__lt=after).update(due_on=after)
    tell(InterviewBooked(made.pk))
    return made


def _take_place(offer: Offer, slot: InterviewSlot) -> None:
    """Take one of the places left; the database counts, so that the last one goes once."""
    if slot.demand_id != offer.demand_id or slot.only_for_id not in (None, offer.pk):
        raise Refusal("another_post", _("这个时段不是给这个岗位的，请选别的。"), field="slot")
    if Interview.objects.booked().filter(offer=offer).exists():
        raise Refusal("booked_already", _("已经约好了一个时段，要换请用“改约面试”。"))
    now = InterviewSlot.objects.get(pk=slot.pk)
    if now.state != InterviewSlot.State.OPEN or now.starts_at <= timezone.now():
        raise Refusal("slot_gone", _("这个时段已经取消或已经过了，请选别的。"), field="slot")
    left = InterviewSlot.objects.filter(pk=slot.pk, state=InterviewSlot.State.OPEN, taken__lt=F("places"))
    if not left.update(taken=F("taken") + 1):
        raise Refusal("slot_full", _("这个时段刚刚约满了，请选别的。"), field="slot")


def _not_begun(interview: Interview) -> Interview:
    """Return the interview, held, while it is to come: afterwards the employer writes down who came."""
    held = _still_booked(interview)
    if held.slot.starts_at <= timezone.now():
        sentence = _("面试时间已经到了，由用人单位登记结果；没有参加的，登记以后可以另约。")
        raise Refusal("begun_already", sentence)
    return held


def _still_booked(interview: Interview) -> Interview:
    """Return the interview, held behind its worker, while it is to come or waits for its result."""
    locked(interview.offer)
    rows = Interview.objects.select_for_update(of=("self",)).select_related("offer", "slot", "worker")
    held = rows.get(pk=interview.pk)
    if held.state != Interview.State.BOOKED:
        sentence = _("这次面试已经是“%(state)s”，不能再改。") % {"state": held.get_state_display()}
        raise Refusal("interview_settled", sentence, state=str(held.state))
    return held
