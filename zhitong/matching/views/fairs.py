"""Job fairs as everyone reads them: the list, one with its booths, who came, and what is printed for the door."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

import qrcode
import qrcode.image.svg
from django import forms
from django.conf import settings
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zhitong.employers.models import Demand, Employer
from zhitong.kernel import access
from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.models import Account
from zhitong.kernel.web import Column, Detail, FilterForm, Listing, Panel, facts, panel, signed_in
from zhitong.kernel.web.detail import Button
from zhitong.kernel.web.guard import View
from zhitong.kernel.web.paths import visible_row
from zhitong.kernel.web.verbs import actor_of, verb_of
from zhitong.workers.models import Source

from .. import actions
from ..actions.interviews import is_allowed_link
from ..models import Booth, Interest, JobFair, Visit
from ..shown import shown_at_booth
from .phases import FAIR_COLOURS, phase_of_fair
from .shared import day_of, reads_people, village

INTEREST_COLOURS = {"noted": "orange", "talked": "blue", "offered": "green", "turned_down": "red"}
MOST_FAIRS = 30


def days(fair: JobFair) -> str:
    """Return the day or the days of a fair."""
    first, last = fair.begins_on.isoformat(), fair.ends_on.isoformat()
    return first if first == last else _("%(first)s至%(last)s") % {"first": first, "last": last}


def runs(actor: Account, fair: JobFair) -> bool:
    """Tell whether the actor works for the office that holds the fair, or above it."""
    return access.may(actor, "cancel_fair", fair) or (
        reads_people(actor) and Visit.objects.visible_to(actor).filter(fair=fair).exists()
    )


class FairFilter(FilterForm):
    """What narrows the list of fairs."""

    state = forms.ChoiceField(
        label=gettext_lazy("状态"), choices=[("", gettext_lazy("全部")), *JobFair.State.choices]
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("形式"), choices=[("", gettext_lazy("全部")), *JobFair.Mode.choices]
    )


class FairList(Listing):
    """All fairs, the latest first."""

    model = JobFair
    title = pgettext_lazy("list", "招聘会")
    columns = (
        Column("name", gettext_lazy("招聘会名称"), main=True),
        Column(days, gettext_lazy("日期"), sort="begins_on", css="keep"),
        Column("region.name", gettext_lazy("所在城市")),
        Column("venue", gettext_lazy("地点")),
        Column("mode", gettext_lazy("形式")),
        Column("org.name", gettext_lazy("主办单位")),
        Column(
            phase_of_fair,
            gettext_lazy("状态"),
            badge=FAIR_COLOURS,
            known_as="state",
            export=lambda row: str(phase_of_fair(row).label),
        ),
    )
    order = "-begins_on"
    filters = FairFilter
    new = ("open_fair",)
    empty = gettext_lazy("还没有招聘会。")


@signed_in
def fairs(request: HttpRequest) -> HttpResponseBase:
    """Show the fairs; a worker reads those to come on his phone."""
    actor = actor_of(request)
    if not actor.is_worker:
        return FairList(request).answer()
    rows = JobFair.objects.visible_to(actor).to_come().select_related("region", "org")
    rows = rows.annotate(employers=Count("booths", filter=Q(booths__state="registered")))
    told = [{"fair": one, "days": days(one)} for one in rows[:MOST_FAIRS]]
    crumbs = [(_("推荐给我的岗位"), reverse("my_offers"))]
    return render(request, "matching/my_fairs.html", {"title": _("招聘会"), "fairs": told, "crumbs": crumbs})


class FairDetail(Detail):
    """One fair: where and when, its booths, and for its office who came and what came of it."""

    model = JobFair
    verbs = (
        actions.check_in_visitor, actions.register_booth, actions.correct_fair, actions.cancel_fair,
    )  # fmt: skip
    states: ClassVar[dict[str, tuple[str, ...]]] = {
        "correct_fair": ("open",), "cancel_fair": ("open",),
    }  # fmt: skip
    related = ("org", "region")
    template = "matching/fair_page.html"

    def answer(self) -> HttpResponseBase:
        """Return the page; a worker reads it on his phone."""
        return my_fair(self.request, self.row) if self.actor.is_worker else super().answer()

    def subtitle(self) -> str:
        """Return the days and the state."""
        return f"{days(self.row)} · {phase_of_fair(self.row).label}"

    def buttons(self) -> Iterable[Any]:
        """Offer also what is done at another row: at an employer until the end, at a worker on its days."""
        today = timezone.localdate()
        now = {"check_in_visitor": self.row.is_on(today), "cancel_fair": not self.row.is_over(today)}
        for call in self.verbs:
            verb = verb_of(call)
            away = verb.at != "fair" and self.row.state == JobFair.State.OPEN and not self.row.is_over(today)
            if not now.get(verb.name, True):
                continue
            if away and access.holds(self.actor, verb.name):
                yield _button(verb, self.row)
            elif verb.at == "fair":
                yield from self._button(call, self.row)

    def panels(self) -> Iterable[Panel]:
        """Return the facts, the counts for its office, and the booths."""
        row = self.row
        link = ["link"] if row.link and is_allowed_link(row.link) else []
        venue = ["venue"] if row.venue else []
        code = ["code"] if access.may(self.actor, "cancel_fair", row) else []
        yield facts(
            _("时间地点"),
            row,
            (_("日期"), days(row)),
            "mode",
            "region",
            *venue,
            *link,
            "org",
            "details",
            *code,
        )
        if runs(self.actor, row) and row.begins_on <= timezone.localdate():
            yield panel(
                _("人数和结果"), "matching/fair_counts.html", fair=row, counts=counts_of(self.actor, row)
            )
        yield panel(_("展位"), "matching/booths.html", wide=True, **booths_of(self.actor, row))
        if access.may(self.actor, "cancel_fair", row):
            yield self.history()

    def context(self) -> dict[str, Any]:
        """Lead to the lists and the papers."""
        own = Interest.objects.visible_to(self.actor).filter(booth__fair=self.row).exists()
        over = self.row.is_over(timezone.localdate())
        prints = access.may(self.actor, "cancel_fair", self.row) and not over
        return {"runs": runs(self.actor, self.row), "talks": own, "prints": prints}


def counts_of(actor: Account, fair: JobFair) -> dict[str, int]:
    """Return how many came, asked to talk, were offered a post, were taken on, and are there still."""
    wants = Interest.objects.visible_to(actor).filter(booth__fair=fair)
    return {
        "came": Visit.objects.visible_to(actor).filter(fair=fair).count(),
        "asked": wants.values("worker").distinct().count(),
        "offered": wants.offered().values("worker").distinct().count(),
        "placed": wants.placed().values("worker").distinct().count(),
        "still": wants.still_there().values("worker").distinct().count(),
    }


def booths_of(actor: Account, fair: JobFair) -> dict[str, Any]:
    """Return the booths of a fair with their posts, as everyone reads them."""
    posts = Demand.objects.visible_to(actor).open().select_related("region").order_by("title", "pk")
    rows = Booth.objects.visible_to(actor).filter(fair=fair, state=Booth.State.REGISTERED).order_by("number")
    rows = rows.select_related("employer_org").prefetch_related(Prefetch("posts", queryset=posts))
    mine = {one.org_id for one in _employers(actor)} if access.holds(actor, "withdraw_booth") else set()
    may, over = access.may(actor, "cancel_fair", fair), fair.is_over(timezone.localdate())
    employs = actor.kind == Account.Kind.EMPLOYER
    told = [(one, one.employer_org_id in mine) for one in rows]
    return {
        "booths": [
            {"booth": one, "withdraws": (may or own) and not over, "is_others": employs and not own}
            for one, own in told
        ]
    }


def my_fair(request: HttpRequest, fair: JobFair) -> HttpResponseBase:
    """Show a worker a fair: where, when, which posts, and what he asked to talk about."""
    actor = actor_of(request)
    visit = Visit.objects.visible_to(actor).filter(fair=fair, worker__account=actor).first()
    asked = {}
    if visit is not None:
        asked = {one.demand_id: one for one in Interest.objects.visible_to(actor).filter(visit=visit)}
    context = {
        "title": fair.name,
        "subtitle": days(fair),
        "fair": fair,
        "link": fair.link if is_allowed_link(fair.link) else "",
        "visit": visit,
        "may_check_in": visit is None and fair.is_on(timezone.localdate()),
        "over": fair.is_over(timezone.localdate()),
        "asked": asked,
        **booths_of(actor, fair),
        "crumbs": [(_("招聘会"), reverse("jobfairs"))],
    }
    for one in context["booths"]:
        one["posts"] = [{"post": post, "asked": asked.get(post.pk)} for post in one["booth"].posts.all()]
    return render(request, "matching/my_fair.html", context)


def how_came(row: Visit) -> str:
    """Return how it is known that somebody came."""
    return _("本人用签到码") if row.through == Source.SELF else _("工作人员代签")


class VisitList(Listing):
    """Who came to a fair, last come first."""

    model = Visit
    parent = JobFair
    title = gettext_lazy("到场的人")
    columns = (
        Column("worker.name", gettext_lazy("姓名"), main=True, css="keep"),
        Column(village, gettext_lazy("村（社区）")),
        Column(how_came, gettext_lazy("签到方式")),
        Column("came_at", gettext_lazy("签到时间"), sort="came_at"),
    )
    order = "-came_at"
    related = ("village",)
    empty = gettext_lazy("还没有人签到。")

    @classmethod
    def page(cls) -> View:
        """Return the view; fairs are public, who came is not."""
        view = super().page()
        view.narrower = True  # type: ignore[attr-defined]
        return view

    def answer(self) -> HttpResponseBase:
        """Look absent to whoever does not read who came."""
        if not self.may_read():
            raise OutOfReach
        return super().answer()

    def rows(self) -> QuerySet[Any]:
        """Return those of this fair."""
        return super().rows().filter(fair=self.parent)


class InterestList(Listing):
    """Who wants to talk about which post at a fair; an employer reads its own booth's."""

    model = Interest
    parent = JobFair
    title = gettext_lazy("想谈的人")
    columns = (
        Column(
            lambda row: shown_at_booth(row).get("name"),
            gettext_lazy("姓名"),
            main=True,
            css="keep",
            known_as="name",
        ),
        Column(lambda row: shown_at_booth(row).get("sex"), gettext_lazy("性别"), known_as="sex"),
        Column(
            lambda row: shown_at_booth(row).get("education"), gettext_lazy("文化程度"), known_as="education"
        ),
        Column(
            lambda row: shown_at_booth(row).get("telephone"), gettext_lazy("手机号"), known_as="telephone"
        ),
        Column("demand.title", gettext_lazy("岗位")),
        Column("booth.number", gettext_lazy("展位号"), css="number"),
        Column("state", gettext_lazy("状态"), badge=INTEREST_COLOURS),
        Column(day_of("noted_at"), gettext_lazy("登记"), sort="noted_at", css="keep", known_as="noted_on"),
    )
    order = "-noted_at"
    related = ("worker",)
    empty = gettext_lazy("还没有人登记想谈。")

    def rows(self) -> QuerySet[Any]:
        """Return those of this fair with what their workers agree to."""
        rows = super().rows().filter(booth__fair=self.parent)
        return rows.prefetch_related("worker__consents")


class InterestDetail(Detail):
    """One visitor and one post: what came of the talk."""

    model = Interest
    verbs = (actions.record_talk,)
    states: ClassVar[dict[str, tuple[str, ...]]] = {"record_talk": ("noted", "talked")}
    related = ("worker", "demand__employer_org", "booth__employer_org", "visit__fair", "settled_by")

    def title(self) -> str:
        """Name the visitor as far as the reader may know, and the post."""
        name = shown_at_booth(self.row).get("name")
        return f"{name} → {self.row.demand.title}" if name else str(self.row.demand.title)

    def subtitle(self) -> str:
        """Return the state."""
        return str(self.row.get_state_display())

    def crumbs(self) -> list[tuple[Any, str]]:
        """Lead back to the fair."""
        fair = self.row.visit.fair
        return [(str(fair), reverse("jobfair", args=[fair.pk]))]

    def panels(self) -> Iterable[Panel]:
        """Return the visitor, the post, and the result."""
        row = self.row
        labels = {"name": _("姓名"), "sex": _("性别"), "education": _("文化程度"), "telephone": _("手机号")}
        seen = shown_at_booth(row)
        told = [(labels[name], value) for name, value in seen.items()]
        yield facts(_("应聘人"), row, *(told or [(_("姓名"), _("本人不同意提供"))]))
        reason = ["reason"] if row.reason else []
        yield facts(
            _("岗位和结果"), row, (_("岗位"), row.demand.title), (_("用人单位"), row.booth.employer_org), "state",
            *reason, "noted_at",
        )  # fmt: skip
        if row.offer_id is not None:
            yield panel(_("推荐"), "matching/fair_offer.html", offer=row.offer)
        if reads_people(self.actor):
            yield self.history()


@signed_in
def booth_sheet(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show the list of booths and posts as it is printed and hung up."""
    fair = visible_row(JobFair, actor_of(request), pk, "org", "region")
    booths = [{**one, "withdraws": False} for one in booths_of(actor_of(request), fair)["booths"]]
    context = {"title": _("展位一览"), "fair": fair, "days": days(fair), "booths": booths}
    return render(request, "matching/booth_sheet.html", {**context, "crumbs": _back(fair)})


booth_sheet.about = JobFair  # type: ignore[attr-defined]


@signed_in
def door_sheet(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show what hangs at the door: the code, and a picture of the address at which one types it."""
    actor = actor_of(request)
    fair = visible_row(JobFair, actor, pk, "org", "region")
    if not access.may(actor, "cancel_fair", fair):
        raise OutOfReach
    address = settings.ZHITONG_ADDRESS + reverse("check_in_visitor") + f"?fair={fair.pk}&code={fair.code}"
    context = {"title": _("入口签到"), "fair": fair, "days": days(fair), "picture": _picture(address)}
    return render(request, "matching/door_sheet.html", {**context, "crumbs": _back(fair)})


door_sheet.about = JobFair  # type: ignore[attr-defined]
door_sheet.narrower = True  # type: ignore[attr-defined]


def _picture(address: str) -> str:
    """Return an address as a QR code in SVG; it holds nothing that anybody typed."""
    drawn = qrcode.make(address, image_factory=qrcode.image.svg.SvgPathImage, box_size=14)
    return mark_safe(drawn.to_string(encoding="unicode"))  # noqa: S308


def _back(fair: JobFair) -> list[tuple[str, str]]:
    return [(str(fair), reverse("jobfair", args=[fair.pk]))]


def _employers(actor: Account) -> QuerySet[Employer]:
    own = access.actionable(Employer, actor, "withdraw_booth")
    rows: QuerySet[Employer] = Employer.objects.visible_to(actor).filter(own)
    return rows if actor.kind == Account.Kind.EMPLOYER else rows.none()


def _button(verb: Any, fair: JobFair) -> Button:
    return Button(verb.title, reverse(verb.name) + f"?fair={fair.pk}", verb.name)
