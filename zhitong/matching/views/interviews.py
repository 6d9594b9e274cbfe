"""Interviews: slots as employers offer them, interviews as both sides follow them, and picking one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zhitong.kernel import access, fields
from zhitong.kernel.models import Account
from zhitong.kernel.values import row_number
from zhitong.kernel.web import ActorForm, Column, Detail, FilterForm, Listing, Panel, facts, panel
from zhitong.kernel.web.detail import Button
from zhitong.kernel.web.verbs import actor_of

from .. import actions
from ..actions.interviews import is_allowed_link
from ..forms import AnswerForm, DemandField
from ..models import Interview, InterviewSlot, Offer
from ..shown import shown_to_employer
from .phases import SLOT_COLOURS, phase_of_slot
from .shared import joined, reads_people

INTERVIEW_COLOURS = {
    "booked": "blue", "passed": "green", "failed": "red", "missed": "orange", "moved": "secondary",
    "cancelled": "secondary",
}  # fmt: skip
NOT_SAID = gettext_lazy("应聘人")


def interviewed(row: Interview, actor: Account) -> str:
    """Return who is interviewed, as far as the reader may know."""
    if reads_people(actor) or actor.is_worker:
        return row.offer.worker.name
    return str(shown_to_employer(row.offer).get("name") or NOT_SAID)


def named(row: Any) -> str:
    """Return the name on a list whose rows say whether their reader has people in care (``at_home``)."""
    if row.at_home:
        return str(row.offer.worker.name)
    return str(shown_to_employer(row.offer).get("name") or NOT_SAID)


def when(row: InterviewSlot) -> str:
    """Return the day and the time."""
    return f"{timezone.localtime(row.starts_at):%Y-%m-%d %H:%M}"


class SlotFilter(FilterForm):
    """What narrows the list of slots."""

    state = forms.ChoiceField(
        label=gettext_lazy("状态"),
        choices=[("", gettext_lazy("全部")), *InterviewSlot.State.choices],
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("面试方式"), choices=[("", gettext_lazy("全部")), *InterviewSlot.Mode.choices]
    )
    title = fields.LineField(label=gettext_lazy("岗位名称开头"), max_length=60)

    def narrow_title(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Find by the beginning of the post's title."""
        return rows.filter(demand__title__startswith=value)


class InterviewSlotList(Listing):
    """The interview slots within reach, latest first."""

    model = InterviewSlot
    title = pgettext_lazy("list", "面试时段")
    columns = (
        Column(when, gettext_lazy("开始时间"), sort="starts_at", main=True, css="keep"),
        Column("demand.title", gettext_lazy("岗位")),
        Column("employer_org.name", gettext_lazy("用人单位")),
        Column("mode", gettext_lazy("面试方式")),
        Column("minutes", gettext_lazy("时长（分钟）"), css="number"),
        Column("taken", gettext_lazy("已约人数"), css="number"),
        Column("places", gettext_lazy("可约人数"), css="number"),
        Column(
            phase_of_slot,
            gettext_lazy("状态"),
            badge=SLOT_COLOURS,
            known_as="state",
            export=lambda row: str(phase_of_slot(row).label),
        ),
    )
    order = "-starts_at"
    filters = SlotFilter
    new = ("offer_slot",)
    empty = gettext_lazy("还没有安排面试时段。安排以后，答应去的人可以自己约。")


class InterviewSlotDetail(Detail):
    """One slot: when and how, and who picked it."""

    model = InterviewSlot
    verbs = (actions.cancel_slot,)
    states: ClassVar[dict[str, tuple[str, ...]]] = {"cancel_slot": ("open",)}
    related = ("demand__employer_org", "employer_org", "offered_by")

    def subtitle(self) -> str:
        """Return whether it can still be picked."""
        return str(phase_of_slot(self.row).label)

    def buttons(self) -> Iterable[Button]:
        """Offer to call off what is still to come."""
        return super().buttons() if self.row.starts_at > timezone.now() else ()

    def panels(self) -> Iterable[Panel]:
        """Return the slot, who is booked, and what was done."""
        row = self.row
        how = (["link"] if row.link else ["telephone"]) if self._is_told_how() else []
        yield facts(
            _("面试时段"), row, (_("岗位"), row.demand.title), (_("用人单位"), row.employer_org),
            (_("开始时间"), when(row)), "minutes", "mode", *how, "places", "taken", "offered_by",
        )  # fmt: skip
        if not self.actor.is_worker:
            yield panel(_("约了的人"), "matching/booked.html", wide=True, booked=self._booked())
            yield self.history()

    def _is_told_how(self) -> bool:
        """Tell whether the reader may know link or telephone: of the candidates only who is booked."""
        if not self.actor.is_worker:
            return True
        return Interview.objects.visible_to(self.actor).booked().filter(slot=self.row).exists()

    def _booked(self) -> list[dict[str, Any]]:
        rows = Interview.objects.visible_to(self.actor).filter(slot=self.row).order_by("pk")
        rows = rows.select_related("offer__worker").prefetch_related("offer__worker__consents")
        return [{"row": one, "name": interviewed(one, self.actor), "colour": _colour(one)} for one in rows]


class InterviewFilter(FilterForm):
    """What narrows the list of interviews."""

    state = forms.ChoiceField(
        label=gettext_lazy("状态"), choices=[("", gettext_lazy("全部")), *Interview.State.choices]
    )
    town = fields.OrgField(label=gettext_lazy("乡镇（街道）"), kinds=("township_office",))


class InterviewList(Listing):
    """The interviews within reach, last picked first."""

    model = Interview
    title = pgettext_lazy("list", "面试")
    columns = (
        Column(named, gettext_lazy("姓名"), main=True, css="keep", known_as="name"),
        Column("slot.demand.title", gettext_lazy("岗位")),
        Column("employer_org.name", gettext_lazy("用人单位")),
        Column(lambda row: when(row.slot), gettext_lazy("开始时间"), css="keep", known_as="starts_at"),
        Column("slot.mode", gettext_lazy("面试方式")),
        Column("state", gettext_lazy("状态"), badge=INTERVIEW_COLOURS),
        Column("fail_reason", gettext_lazy("未通过原因")),
        Column("picked_at", gettext_lazy("预约时间"), sort="picked_at"),
    )
    order = "-picked_at"
    filters = InterviewFilter
    related = ("offer__worker",)
    empty = gettext_lazy("还没有人约面试。")

    def rows(self) -> QuerySet[Any]:
        """Return them with what their workers agree to, and whether the reader has people in care."""
        rows = super().rows().annotate(at_home=Value(reads_people(self.actor)))
        return rows.prefetch_related("offer__worker__consents")


class InterviewDetail(Detail):
    """One interview: when and how, how it came out, and the way on to the offer."""

    model = Interview
    verbs = (actions.record_interview, actions.move_interview, actions.call_off_interview)
    states: ClassVar[dict[str, tuple[str, ...]]] = {
        one: ("booked",) for one in ("record_interview", "move_interview", "call_off_interview")
    }
    related = (
        "offer__worker__village", "offer__demand__employer_org", "slot__demand__employer_org", "employer_org",
        "picked_by", "settled_by",
    )  # fmt: skip

    def title(self) -> str:
        """Return who talks about which post."""
        own = self.actor.is_worker
        return _("面试") if own else f"{interviewed(self.row, self.actor)} → {self.row.slot.demand.title}"

    def subtitle(self) -> str:
        """Return the state."""
        return str(self.row.get_state_display())

    def crumbs(self) -> list[tuple[Any, str]]:
        """Lead a worker back to his offers."""
        if self.actor.is_worker:
            return [(_("推荐给我的岗位"), reverse("my_offers"))]
        return super().crumbs()

    def buttons(self) -> Iterable[Button]:
        """Offer to write the result down once it has begun, and another time or none before."""
        begun = self.row.slot.starts_at <= timezone.now()
        return [one for one in super().buttons() if begun == (one.name == "record_interview")]

    def panels(self) -> Iterable[Panel]:
        """Return when and how, the answer of the employer, and what was done."""
        row, slot = self.row, self.row.slot
        yield panel(_("什么时候、怎么面试"), "matching/interview.html", **interview_context(row, self.actor))
        result = ["fail_reason"] if row.fail_reason else []
        yield facts(
            _("预约和结果"), row, (_("岗位"), slot.demand.title), (_("用人单位"), row.employer_org), "state", *result,
            "picked_at", "picked_through", "settled_at",
        )  # fmt: skip
        if reads_people(self.actor):
            yield facts(_("劳动者"), row.offer.worker, "name", "village", "telephone")
            yield self.history()

    def context(self) -> dict[str, Any]:
        """Lead on to the offer, where the employer answers."""
        offer = self.row.offer
        return {
            "offer_url": reverse("offer", args=[offer.pk]),
            "is_waiting": offer.state == Offer.State.AGREED,
        }

    template = "matching/interview_page.html"


def interview_context(row: Interview, actor: Account) -> dict[str, Any]:
    """Return when and how an interview takes place, as its page and the worker's card show it."""
    slot = row.slot
    to_come = row.state == Interview.State.BOOKED
    known = slot.telephone is not None and to_come
    return {
        "interview": row,
        "slot": slot,
        "when": when(slot),
        "ends": timezone.localtime(slot.starts_at + dt.timedelta(minutes=slot.minutes)),
        "link": slot.link if to_come and is_allowed_link(slot.link) else "",
        "telephone": (slot.telephone.open() if actor.is_worker else str(slot.telephone)) if known else "",
    }


def interview_panel(actor: Account, offer: Offer) -> Panel | None:
    """Return a panel of an offer's interviews and the way to pick one; nothing where there is neither."""
    rows = Interview.objects.visible_to(actor).filter(offer=offer).select_related("slot").order_by("-pk")
    told = [{"row": one, "when": when(one.slot), "colour": _colour(one)} for one in rows]
    slots = InterviewSlot.objects.visible_to(actor).for_offer(offer)
    yes = offer.state == Offer.State.AGREED
    booked = any(one["row"].state == Interview.State.BOOKED for one in told)
    picks = yes and not booked and access.holds(actor, "pick_slot") and slots.exists()
    offers = yes and not booked and access.may(actor, "offer_slot", offer.demand)
    if not (told or picks or offers):
        return None
    template = "matching/interviews_of.html"
    return panel(_("面试"), template, offer=offer, interviews=told, picks=picks, offers=offers)


def own_interview(actor: Account, offer: Offer) -> dict[str, Any]:
    """Return what a worker's card says of the interview about an offer: the one booked, or that he may pick."""
    rows = Interview.objects.visible_to(actor).booked().filter(offer=offer).select_related("slot")
    found = rows.first()
    if found is not None:
        return interview_context(found, actor)
    slots = InterviewSlot.objects.visible_to(actor).for_offer(offer)
    return {"may_pick": offer.state == Offer.State.AGREED and slots.exists(), "offer": offer}


class TimeInput(forms.TimeInput):
    """A time of day."""

    input_type = "time"


class SlotForm(ActorForm):
    """When and how an employer talks with people, and how many at once."""

    demand = DemandField(label=gettext_lazy("岗位"))
    only_for = forms.IntegerField(required=False, widget=forms.HiddenInput)
    starts_on = fields.DayField(label=gettext_lazy("日期"), future=True)
    time = forms.TimeField(
        label=gettext_lazy("时间"),
        widget=TimeInput(format="%H:%M"),
        error_messages={"invalid": gettext_lazy("请写成 9:30 这样的时间。")},
    )
    minutes = forms.IntegerField(label=gettext_lazy("时长（分钟）"), min_value=5, max_value=480, initial=30)
    places = forms.IntegerField(
        label=gettext_lazy("可约人数"), min_value=1, max_value=InterviewSlot.MOST_PLACES, initial=1,
        help_text=gettext_lazy("同一时间可以约几个人；约满后别人就选不到。"),
    )  # fmt: skip
    mode = forms.ChoiceField(
        label=gettext_lazy("面试方式"),
        choices=InterviewSlot.Mode.choices,
        widget=forms.RadioSelect,
    )
    telephone = fields.TelephoneField(
        label=gettext_lazy("面试电话"), required=False, help_text=gettext_lazy("电话面试填，约到的人能看到。")
    )
    link = forms.URLField(
        label=gettext_lazy("视频会议链接"), required=False, max_length=300, assume_scheme="https",
        error_messages={"invalid": gettext_lazy("请填以 https:// 开头的完整网址。")},
        help_text=gettext_lazy("视频面试填，只能是平台允许的会议网站；约到的人能看到。"),
    )  # fmt: skip

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.initial = {"minutes": 30, "places": 1, "mode": "telephone", **self.initial}
        self.initial["demand"] = row_number(self.initial.get("demand"))

    def clean_only_for(self) -> Offer | None:
        """Return the offer whose worker alone may pick it."""
        number = self.cleaned_data["only_for"]
        return Offer.objects.visible_to(self.actor).filter(pk=number).first() if number else None

    def given(self) -> dict[str, Any]:
        """Give the verb the post and one bundle of facts."""
        known = self.cleaned_data
        starts_at = timezone.make_aware(dt.datetime.combine(known["starts_on"], known["time"]))
        names = ("mode", "minutes", "places", "link", "telephone", "only_for")
        facts_given = {name: known[name] for name in names}
        return {"demand": known["demand"], "facts": actions.SlotFacts(starts_at=starts_at, **facts_given)}


class SlotChoice(forms.ModelChoiceField[Any]):
    """A slot, written as day, time and how."""

    def label_from_instance(self, row: InterviewSlot) -> str:
        """Return when, how, and how many places are left."""
        left = _("还可约%(left)d人") % {"left": row.left}
        return f"{when(row)} · {row.get_mode_display()} · {left}"


class PickForm(AnswerForm):
    """Which slot somebody takes."""

    slot: Any = SlotChoice(
        label=gettext_lazy("选一个时间"),
        queryset=InterviewSlot.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"invalid_choice": gettext_lazy("这个时段刚刚没有了，请选别的。")},
    )

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        offer = self.row.offer if isinstance(self.row, Interview) else self.row
        assert isinstance(offer, Offer)
        slots = InterviewSlot.objects.visible_to(self.actor).for_offer(offer).order_by("starts_at")
        if isinstance(self.row, Interview):
            slots = slots.exclude(pk=self.row.slot_id)
        chosen: Any = self.fields["slot"]
        chosen.queryset = slots

    def initial_from(self, row: Any) -> dict[str, Any]:
        """Begin with no slot chosen."""
        del row
        return {}


class ResultForm(ActorForm):
    """How an interview came out."""

    result = forms.ChoiceField(
        label=gettext_lazy("面试结果"),
        choices=[(one, Interview.State(one).label) for one in Interview.RESULTS],
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("未通过的原因"), required=False,
        choices=[("", gettext_lazy("（通过或没有参加，不选）")), *Offer.RefuseReason.choices],
    )  # fmt: skip


def about_interview(request: HttpRequest, row: Any) -> dict[str, Any]:
    """Say on a verb's page whom and what it is about, and lead back."""
    actor = actor_of(request)
    own, is_offer = actor.is_worker, isinstance(row, Offer)
    offer = row if is_offer else row.offer
    back = reverse("my_offers") if own else reverse("offer" if is_offer else "interview", args=[row.pk])
    shown = offer.worker.name if reads_people(actor) else shown_to_employer(offer).get("name", "")
    at = "" if is_offer else when(row.slot)
    line = joined(["" if own else shown, offer.demand.title, offer.employer_org, at])
    crumb = _("推荐给我的岗位") if own else (shown or offer.demand.title)
    return {"subtitle": line, "crumbs": [(crumb, back)], "back": back, "own": own}


def to_interview(result: Any, request: HttpRequest) -> str | None:
    """Go on after a verb: a worker to his offers, anybody else to the interview."""
    own = actor_of(request).is_worker
    return reverse("my_offers") if own else reverse("interview", args=[result.pk])


def _colour(row: Interview) -> str:
    return INTERVIEW_COLOURS[row.state]
