"""Job fairs: announced, corrected and called off by an office; booths, visitors, and what came of their talks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.employers.models import Demand, Employer
from zhitong.kernel import values
from zhitong.kernel.action import action
from zhitong.kernel.errors import Faster, Refusal
from zhitong.kernel.models import Account, Org, Region, in_place
from zhitong.kernel.state import change, move, unless_taken
from zhitong.workers.models import Consent, Source, Worker

from ..models import Booth, Interest, JobFair, Offer, Visit
from ..models.fairs import new_code
from .interviews import is_allowed_link
from .offers import has_consent, open_to_offers, send_offer

FURTHEST = dt.timedelta(days=366)
LONGEST = dt.timedelta(days=31)
MOST_POSTS = 50


@dataclass(frozen=True)
class FairFacts:
    """Where and when a fair is held."""

    name: str
    mode: str
    region: Region
    begins_on: dt.date
    ends_on: dt.date
    venue: str = ""
    link: str = ""
    details: str = ""


@action(at="org", title=_("发布招聘会"), about=JobFair)
def open_fair(*, by: Account, org: Org, facts: FairFacts) -> JobFair:
    """Announce a job fair; employers may take booths at it from now on."""
    columns = _columns(facts)
    if facts.begins_on < timezone.localdate():
        raise Refusal("day_past", _("开始日期不能早于今天。"), field="begins_on")
    return JobFair.objects.create(
        org=org, code=new_code(), opened_by=by, is_sample=org.is_sample, **columns, **in_place(org)
    )


@action(at="fair", title=_("更正招聘会"), about=JobFair)
def correct_fair(*, by: Account, fair: JobFair, facts: FairFacts, seen: int | None = None) -> JobFair:
    """Correct where and when a fair is held; its days stay once somebody has come or they are over."""
    held = _standing(fair)
    columns = _columns(facts)
    moved = any(columns[day] != getattr(held, day) for day in ("begins_on", "ends_on"))
    if moved and (held.ends_on < timezone.localdate() or held.visits.exists()):
        raise Refusal("fair_has_begun", _("已经有人签到，或者已经结束，日期不能再改。"), field="begins_on")
    return change(held, seen, **columns)


@action(at="fair", title=_("取消招聘会"))
def cancel_fair(*, by: Account, fair: JobFair) -> JobFair:
    """Call a fair off to which nobody has come yet."""
    held = _standing(fair)
    if held.visits.exists():
        raise Refusal("people_came", _("已经有人签到，不能取消。"))
    return move(held, JobFair.State.CANCELLED)


@action(at="employer", title=_("报名展位"), about=Booth)
def register_booth(*, by: Account, employer: Employer, fair: JobFair, posts: Sequence[Demand]) -> Booth:
    """Take a booth at a fair for some posts of an approved employer; it gets the next number."""
    held = _standing(fair)
    if held.ends_on < timezone.localdate():
        raise Refusal("fair_over", _("招聘会已经结束。"), field="fair")
    if employer.state != Employer.State.APPROVED:
        raise Refusal("not_approved", _("单位核验通过以后才能报名。"), field="employer")
    _posts_of(employer, posts)
    last = held.booths.aggregate(last=Max("number"))["last"] or 0
    with unless_taken(Refusal("registered_already", _("这家单位已经报过名。要换岗位，请先退出再报。"))):
        booth = Booth.objects.create(
            fair=held, employer_org_id=employer.org_id, number=last + 1, registered_by=by, **in_place(held)
        )
    booth.posts.set(posts)
    return booth


@action(at="booth", title=_("退出展位"))
def withdraw_booth(*, by: Account, booth: Booth) -> Booth:
    """Give up a booth at which nobody has asked to talk."""
    held = Booth.objects.select_for_update().get(pk=booth.pk)
    if held.interests.exists():
        raise Refusal("people_asked", _("已经有人想和这家单位谈，不能退出。"))
    return move(held, Booth.State.WITHDRAWN)


@action(at="worker", title=_("招聘会签到"), about=Visit, keeps=("through",))
def check_in_visitor(*, by: Account, worker: Worker, fair: JobFair, through: str, code: str = "") -> Visit:
    """Note that somebody came: himself (``self``) by the code at the door, or an officer who sees him (``visit``)."""
    himself = worker.account_id == by.pk
    if through != (Source.SELF if himself else Source.VISIT):
        raise Refusal("not_said_how", _("本人用签到码签到，经办人在现场代签。"), field="through")
    if himself and not compare_digest(code.strip().upper().encode(), fair.code.encode()):
        raise Refusal("wrong_code", _("签到码不对，请看入口处张贴的六位码。"), field="code")
    if not _standing(fair).is_on(timezone.localdate()):
        raise Refusal("not_today", _("招聘会今天不举办，请在举办的日子签到。"))
    if worker.state != Worker.State.ACTIVE:
        raise Refusal("not_on_register", _("他已退出登记，不能签到。"), field="worker")
    with unless_taken(Refusal("came_already", _("已经签过到了。"))):
        return Visit.objects.create(
            fair=fair, worker=worker, through=through, checked_in_by=by, **in_place(worker)
        )


@action(at="visit", title=_("想谈这个岗位"), about=Interest)
def note_interest(*, by: Account, visit: Visit, demand: Demand) -> Interest:
    """Note that a visitor wants to talk about a post; its booth may then read who he is."""
    booth = visit.fair.booths.filter(state=Booth.State.REGISTERED, posts=demand).first()
    if booth is None:
        raise Refusal("not_at_the_fair", _("这个岗位不在这次招聘会上。"), field="demand")
    if visit.fair.ends_on < timezone.localdate():
        raise Refusal("fair_over", _("招聘会已经结束。"))
    open_to_offers(demand)
    if not has_consent(visit.worker, Consent.Purpose.SHARE):
        sentence = _("本人还没有同意向用人单位提供必要的个人信息，要先征得同意。")
        raise Refusal("no_consent_to_share", sentence)
    with unless_taken(Refusal("noted_already", _("这个岗位已经登记过了。"), field="demand")):
        return Interest.objects.create(
            visit=visit,
            booth=booth,
            demand=demand,
            worker_id=visit.worker_id,
            employer_org_id=booth.employer_org_id,
            **in_place(visit),
        )


@action(at="interest", title=_("登记现场结果"), keeps=("result", "reason"))
def record_talk(*, by: Account, interest: Interest, result: str, reason: str = "") -> Interest:
    """Write down what came of a talk: interviewed, offered the post (which he answers himself), or not, by a code."""
    if result not in Interest.RESULTS:
        raise Refusal("not_a_choice", _("请从列出的结果里选一项。"), field="result")
    if (result == Interest.State.TURNED_DOWN) != (reason in Offer.RefuseReason.values):
        raise Refusal("reason_does_not_fit", _("没有谈成的，请选一个原因；其他结果不用选。"), field="reason")
    held = Interest.objects.select_for_update(of=("self",)).get(pk=interest.pk)
    also: dict[str, Any] = {"reason": reason, "settled_by": by}
    if result == Interest.State.OFFERED:
        if result not in Interest.MOVES[held.state]:
            raise Faster
        also["offer"] = _offered(by, held)
    return move(held, result, **also)


def _offered(by: Account, interest: Interest) -> Offer:
    """Return the offer that stands between the two, or a new one under the same rules as any other.

    An employer does not read which wish, status or earlier no of the visitor stands in the way.
    """
    standing = Offer.objects.holding().filter(worker=interest.worker_id, demand=interest.demand_id).first()
    if standing is not None:
        return standing
    try:
        offer: Offer = send_offer(by=by, worker=interest.worker, demand=interest.demand)
    except Refusal as no:
        of_post = no.code in ("seats_full", "demand_closed", "offered_already")
        if by.kind != Account.Kind.EMPLOYER or of_post:
            raise
        sentence = _("按他登记的情况，现在还不能推荐这个岗位，请联系招聘会的经办人。")
        raise Refusal("not_to_be_offered", sentence) from None
    return offer


def _standing(fair: JobFair) -> JobFair:
    """Return the fair, held, unless it was called off."""
    held = JobFair.objects.select_for_update(of=("self",)).get(pk=fair.pk)
    if held.state != JobFair.State.OPEN:
        raise Refusal("fair_cancelled", _("这场招聘会已经取消。"))
    return held


def _posts_of(employer: Employer, posts: Sequence[Demand]) -> None:
    if not 1 <= len(posts) <= MOST_POSTS:
        raise Refusal("posts_missing", _("请选1到50个岗位。"), field="posts")
    for one in posts:
        if one.employer_id != employer.pk:
            sentence = _("“%(title)s”不是这家单位的岗位。") % {"title": one.title}
            raise Refusal("post_of_another", sentence, field="posts")
        open_to_offers(one)


def _columns(facts: FairFacts) -> dict[str, Any]:
    if facts.mode not in JobFair.Mode.values:
        raise Refusal("not_a_choice", _("请选现场或线上。"), field="mode")
    latest = timezone.localdate() + FURTHEST
    if not facts.begins_on <= facts.ends_on <= min(facts.begins_on + LONGEST, latest):
        sentence = _("结束日期不能早于开始日期，一场最多31天，一年以内。")
        raise Refusal("days_out_of_order", sentence, field="ends_on")
    venue = values.checked_line(facts.venue, field="venue", most=200, least=0)
    if facts.mode == JobFair.Mode.ON_SITE and not venue:
        raise Refusal("venue_missing", _("现场招聘会请写明地点。"), field="venue")
    if facts.link and not is_allowed_link(facts.link):
        raise Refusal("link_not_allowed", _("线上入口只能是平台允许的会议网站。"), field="link")
    name = values.checked_line(facts.name, field="name", most=80, least=4)
    details = values.paragraph(facts.details) if facts.details else ""
    return {**vars(facts), "name": name, "venue": venue, "details": details}
