"""Rounds: asked for by an officer, carried by a job, given up or cancelled."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.action import action
from zhitong.kernel.actions import cancel_job, queue_job
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account, Job, Org, in_place
from zhitong.kernel.state import move

from ..models import Proposal, Round, RuleSet

FURTHEST = dt.timedelta(days=60)
LEVELS = ("city", "county", "town")
WORK = "solve_round"


@action(at="org", title=_("发起匹配"), about=Round)
def open_round(*, by: Account, org: Org, held_on: dt.date | None = None, seed: int = 1) -> Round:
    """Ask for a round over a city, county or township on a day; it is computed while nobody waits.

    A labour company's round is that of its place. Refuses a second round while one of the place is unfinished.
    """
    place = _place(org)
    day = _day(held_on or timezone.localdate())
    try:
        with transaction.atomic():
            held = Round.objects.create(
                org=place, held_on=day, seed=seed, asked_by=by, is_sample=place.is_sample, **in_place(place)
            )
    except IntegrityError:
        raise _unfinished(place) from None
    return _queued(by, held)


@action(at="round", title=_("重新计算"))
def retry_round(*, by: Account, round: Round) -> Round:
    """Compute a round again that did not succeed."""
    held = given_up(locked(round))
    try:
        with transaction.atomic():
            move(held, Round.State.WAITING, summary={})
    except IntegrityError:
        raise _unfinished(held.org) from None
    return _queued(by, held)


@action(at="round", title=_("取消这一轮"))
def cancel_round(*, by: Account, round: Round) -> Round:
    """Call off a round from which nothing was offered yet; what it proposed is passed over."""
    held = given_up(locked(round))
    if held.proposals.filter(state=Proposal.State.ADOPTED).exists():
        sentence = _("这一轮已有人收到推荐，不能取消；其余建议请选“不采纳”。")
        raise Refusal("offers_sent", sentence)
    if held.state == Round.State.SOLVING:
        raise Refusal("solving", _("这一轮正在计算，请等结果出来后再办。"))
    if held.job is not None and held.job.state == Job.State.WAITING:
        cancel_job(by=by, job=held.job)
    held.proposals.undecided().update(
        state=Proposal.State.PASSED_OVER, decided_by=by, decided_at=timezone.now()
    )
    return move(held, Round.State.CANCELLED)


@action(at="round", title=_("开始计算"))
def take_up_round(*, by: Account, round: Round) -> Round:
    """Begin to compute a round by the rules that hold on its day; again after an interruption, by the same."""
    held = locked(round)
    if held.state == Round.State.SOLVING:
        return held
    return move(held, Round.State.SOLVING, rules=RuleSet.objects.holding(held.city_id, held.held_on))


@action(at="round", title=_("计算未成功"), keeps=("code",))
def give_up_round(*, by: Account, round: Round, code: str, note: str = "") -> Round:
    """End a computation that came to nothing, with the code of why and a sentence as ``Job.noted`` keeps it."""
    return move(locked(round), Round.State.FAILED, summary={"failed": {"code": code[:60], "note": note}})


def locked(round: Round) -> Round:
    """Return the round as it stands now, held until the transaction ends."""
    return Round.objects.select_for_update(of=("self",)).select_related("org", "job").get(pk=round.pk)


def given_up(held: Round) -> Round:
    """Return the round as failed when its job ended without an answer."""
    over = held.job is None or held.job.state in (Job.State.FAILED, Job.State.CANCELLED, Job.State.DONE)
    if held.state == Round.State.SOLVING and over:
        note = held.job.message if held.job else ""
        return move(held, Round.State.FAILED, summary={"failed": {"code": "job_ended", "note": note}})
    return held


def _queued(by: Account, held: Round) -> Round:
    job = queue_job(by=by, org=held.org, kind=WORK, given={"round": held.pk})
    Round.objects.filter(pk=held.pk).update(job=job)
    held.job = job
    return held


def _place(org: Org) -> Org:
    """Return the bureau or office whose place a round covers."""
    if org.level not in LEVELS:
        raise Refusal("no_place", _("请选市、县（市、区）或乡镇（街道）作为匹配范围。"), field="org")
    if org.closed_on is not None:
        raise Refusal("org_closed", _("这个组织已撤销，请选现有的组织。"), field="org")
    return Org.objects.get(pk=org.place_id or org.pk)


def _day(day: dt.date) -> dt.date:
    today = timezone.localdate()
    if day < today:
        raise Refusal("day_past", _("匹配日期不能早于今天。"), field="held_on")
    if day > today + FURTHEST:
        raise Refusal("day_too_far", _("匹配日期最多可以选到60天以后。"), field="held_on")
    return day


def _unfinished(place: Org) -> Refusal:
    other = Round.objects.unfinished().select_related("asked_by").filter(org=place).first()
    if other is None:
        return Refusal("round_unfinished", _("这个范围还有一轮没有办完，请先审定或取消那一轮。"), field="org")
    who = {"who": other.asked_by.name, "day": timezone.localdate(other.asked_at).isoformat()}
    sentence = _("这个范围还有一轮没有办完（%(who)s于%(day)s发起），请先审定或取消那一轮。") % who
    return Refusal("round_unfinished", sentence, field="org", round=other.pk)
