"""What follows from answers: as officers follow it, one of it, and a worker's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zhitong.kernel import access, fields
from zhitong.kernel.models import Account
from zhitong.kernel.web import Column, Detail, FilterForm, Listing, Panel, facts, panel, signed_in
from zhitong.kernel.web.detail import Button
from zhitong.kernel.web.verbs import actor_of, verb_of

from .. import actions
from ..forms import AnswerForm
from ..models import Consequence, Offer
from ..noes import MEANINGS
from .shared import joined, village

CONSEQUENCE_COLOURS = {"standing": "blue", "suggested": "orange", "taken": "green", "lifted": "secondary"}
Kind = Consequence.Kind
STEP_FEN = 10_000
"""A suggested wage floor is the next whole hundred yuan above the wage that was turned down."""
MOST_OWN = 50


class ConsequenceFilter(FilterForm):
    """What narrows the list of consequences."""

    state = forms.ChoiceField(
        label=gettext_lazy("状态"),
        choices=[("", gettext_lazy("全部")), *Consequence.State.choices],
    )
    kind = forms.ChoiceField(label=gettext_lazy("影响"), choices=[("", gettext_lazy("全部")), *Kind.choices])
    town = fields.OrgField(label=gettext_lazy("乡镇（街道）"), kinds=("township_office",))
    village = fields.OrgField(label=gettext_lazy("村（社区）"), kinds=("village",))


class ConsequenceList(Listing):
    """What followed from noes within reach, newest first."""

    model = Consequence
    title = pgettext_lazy("list", "答复影响")
    columns = (
        Column("worker.name", gettext_lazy("姓名"), main=True, css="keep"),
        Column(village, gettext_lazy("村（社区）")),
        Column("kind", gettext_lazy("影响")),
        Column("offer.demand.title", gettext_lazy("岗位")),
        Column("offer.demand.employer_org.name", gettext_lazy("用人单位")),
        Column("state", gettext_lazy("状态"), badge=CONSEQUENCE_COLOURS),
        Column("begins_on", gettext_lazy("起")),
        Column("until_on", gettext_lazy("到期日")),
    )
    filters = ConsequenceFilter
    related = ("village",)
    empty = gettext_lazy("还没有。有人答复不去、或用人单位不录用以后，会出现在这里。")


class ConsequenceDetail(Detail):
    """One consequence: what it does, of which answer, until when, and how it is lifted."""

    model = Consequence
    verbs = (
        actions.raise_wage_floor, actions.postpone_start, actions.take_suggestion, actions.lift_consequence,
    )  # fmt: skip
    related = (
        "worker__village", "offer__demand__region", "offer__demand__employer_org", "offer__employer_org",
        "settled_by",
    )  # fmt: skip

    def title(self) -> str:
        """Return whom it concerns and what it is."""
        own = self.actor.is_worker
        return str(self.row.get_kind_display() if own else self.row)

    def subtitle(self) -> str:
        """Return the state."""
        return state_of(self.row)

    def crumbs(self) -> list[tuple[Any, str]]:
        """Lead a worker back to his own."""
        if self.actor.is_worker:
            return [(_("答复带来的影响"), reverse("my_consequences"))]
        return super().crumbs()

    def panels(self) -> Iterable[Panel]:
        """Return what it does, the answer from which it follows, and what became of it."""
        row, offer = self.row, self.row.offer
        yield panel(_("有什么影响"), "matching/consequence.html", row=row, meaning=MEANINGS[row.kind])
        answered = "decline_reason" if offer.decline_reason else "refuse_reason"
        yield facts(
            _("从哪次答复来"), offer, (_("劳动者"), row.worker.name), (_("岗位"), offer.demand.title),
            (_("用人单位"), offer.employer_org), "state", answered,
        )  # fmt: skip
        settled = ["settled_at", "settled_by", "settled_through"] if row.settled_at else []
        yield facts(_("起止"), row, "begins_on", "until_on", (_("状态"), state_of(row)), *settled)
        if not self.actor.is_worker:
            yield self.history()

    def buttons(self) -> Iterable[Button]:
        """Offer what fits the kind."""
        wanted = verbs_for(self.row)
        return [one for one in super().buttons() if one.name in wanted]


@signed_in
def my_consequences(request: HttpRequest) -> HttpResponseBase:
    """Show a worker what his answers mean for what he is offered next."""
    actor = actor_of(request)
    own = Consequence.objects.visible_to(actor).filter(worker__account=actor)
    rows = own.select_related("offer__demand__region", "offer__demand__employer_org").order_by("-pk")
    cards = [_card(actor, one) for one in rows[:MOST_OWN]]
    context = {
        "title": _("答复带来的影响"),
        "crumbs": [(_("推荐给我的岗位"), reverse("my_offers"))],
        "open_cards": [one for one in cards if one["buttons"]],
        "settled": [one for one in cards if not one["buttons"]],
    }
    return render(request, "matching/my_consequences.html", context)


def consequences_panel(actor: Account, offer: Offer) -> Panel:
    """Return a panel of what followed from the answer to an offer."""
    rows = Consequence.objects.visible_to(actor).filter(offer=offer).order_by("pk")
    told = [{"row": one, "meaning": MEANINGS[one.kind], "state": state_of(one)} for one in rows]
    return panel(_("答复的影响"), "matching/consequences_of.html", consequences=told)


def verbs_for(row: Consequence) -> set[str]:
    """Return the names of the verbs that fit a consequence as it stands."""
    if row.state == Consequence.State.STANDING:
        return {"lift_consequence"}
    if row.state != Consequence.State.SUGGESTED:
        return set()
    taking = {Kind.WAGE: "raise_wage_floor", Kind.DATE: "postpone_start"}
    return {taking.get(Kind(row.kind), "take_suggestion"), "lift_consequence"}


def state_of(row: Consequence) -> str:
    """Return the state as people read it: what stood until a day that has passed is over."""
    over = row.until_on is not None and row.until_on <= timezone.localdate()
    return _("已到期") if over and row.state == Consequence.State.STANDING else row.get_state_display()


def to_own_consequences(result: Any, request: HttpRequest) -> str | None:
    """Go on after an answer: a worker to his own, anybody else to the row."""
    if actor_of(request).is_worker:
        return reverse("my_consequences")
    return reverse("consequence", args=[result.pk])


def about_consequence(request: HttpRequest, row: Any) -> dict[str, Any]:
    """Say on a verb's page what it is about, and lead back."""
    own = actor_of(request).is_worker
    demand = row.offer.demand
    url = reverse("my_consequences") if own else reverse("consequence", args=[row.pk])
    line = joined(["" if own else row.worker.name, row.get_kind_display(), demand.title, demand.employer_org])
    return {"subtitle": line, "crumbs": [(_("答复带来的影响"), url)], "back": url, "own": own}


class WageFloorForm(AnswerForm):
    """To how much the wage floor is raised; it begins above the wage that was turned down."""

    wage_floor_fen = fields.MoneyField(
        label=gettext_lazy("最低月工资（元）"),
        least=1,
        help_text=gettext_lazy("低于这个数的岗位以后不再推荐。定得太高，能推荐的岗位会少。"),
    )

    def initial_from(self, row: Any) -> dict[str, Any]:
        """Suggest the next whole hundred yuan above what was turned down."""
        return {"wage_floor_fen": (row.offer.demand.wage_low_fen // STEP_FEN + 1) * STEP_FEN}


class StartForm(AnswerForm):
    """From which day the worker can leave home."""

    earliest_on = fields.DayField(label=gettext_lazy("最早可出发"), future=True)

    def initial_from(self, row: Any) -> dict[str, Any]:
        """Begin with nothing: only he knows."""
        del row
        return {"earliest_on": timezone.localdate() + dt.timedelta(days=30)}


def _card(actor: Account, row: Consequence) -> dict[str, Any]:
    known = [verb_of(one) for one in ConsequenceDetail.verbs]
    held = [one for one in known if one.name in verbs_for(row) and access.holds(actor, one.name)]
    buttons = [Button(one.title, reverse(one.name, args=[row.pk]), one.name) for one in held]
    over = row.until_on is not None and row.until_on <= timezone.localdate()
    return {
        "row": row,
        "meaning": MEANINGS[row.kind],
        "state": state_of(row),
        "buttons": [] if over else buttons,
    }


def open_suggestions(actor: Account) -> QuerySet[Consequence]:
    """Return the suggestions that wait for the worker who reads."""
    return Consequence.objects.visible_to(actor).filter(worker__account=actor).suggested()
