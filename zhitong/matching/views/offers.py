"""Offers: as officers follow them, as an employer answers them, and one of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zhitong.kernel.models import Account
from zhitong.kernel.web import Bulk, Column, Detail, Listing, Panel, facts, page_of, panel, signed_in
from zhitong.kernel.web.verbs import actor_of

from .. import actions, words
from ..forms import CandidateFilter, DeclineForm, OfferFilter, RefuseForm
from ..models import Consequence, Leftover, Offer
from ..shown import shown_to_employer
from ..tellings import tellings, told_of
from .answering import AGREED_FOR, agree
from .consequences import consequences_panel, open_suggestions
from .contracts import contract_panel, own_contract
from .interviews import interview_panel, own_interview
from .shared import OFFER_COLOURS, benefits, day_of, due, joined, reads_people, village


@signed_in
def offers(request: HttpRequest) -> HttpResponseBase:
    """Show officers the offers within reach; lead an employer to those who said yes, and a worker to his own."""
    actor = actor_of(request)
    if actor.is_worker:
        return redirect("my_offers")
    if not reads_people(actor):
        query = request.GET.urlencode()
        return redirect(reverse("candidates") + (f"?{query}" if query else ""))
    return OfferList(request).answer()


class OfferList(Listing):
    """The offers within reach, newest first."""

    model = Offer
    title = pgettext_lazy("list", "岗位推荐")
    columns = (
        Column("worker.name", gettext_lazy("姓名"), main=True, css="keep"),
        Column(village, gettext_lazy("村（社区）")),
        Column("demand.title", gettext_lazy("岗位")),
        Column("employer_org.name", gettext_lazy("用人单位")),
        Column("demand.region.name", gettext_lazy("工作城市")),
        Column(lambda row: row.demand.wage, gettext_lazy("月工资（元）"), css="number"),
        Column("state", gettext_lazy("状态"), badge=OFFER_COLOURS),
        Column(due, gettext_lazy("答复期限"), css="keep"),
        Column(day_of("sent_at"), gettext_lazy("发出"), sort="sent_at", css="keep"),
    )
    order = "-sent_at"
    filters = OfferFilter
    related = ("village",)
    bulk = (
        Bulk(agree, rows="offer", each=True, form=AGREED_FOR),
        Bulk(actions.decline_offer, rows="offer", each=True, form=DeclineForm),
        Bulk(actions.recall_offer, rows="offer", each=True),
    )
    empty = gettext_lazy("还没有发出过推荐。")

    def told(self, row: Any) -> str:
        """Name who is asked, for which post, to whoever answers for them."""
        return joined([row.worker.name, row.demand.title, row.employer_org, row.demand.region])


class CandidateList(Listing):
    """Those who said yes to an employer's posts; of others it learns only that they were asked."""

    model = Offer
    title = gettext_lazy("应聘的人")
    columns = (
        Column(lambda row: shown_to_employer(row).get("name"), gettext_lazy("姓名"), main=True),
        Column(lambda row: shown_to_employer(row).get("sex"), gettext_lazy("性别")),
        Column(lambda row: shown_to_employer(row).get("education"), gettext_lazy("文化程度")),
        Column(lambda row: shown_to_employer(row).get("telephone"), gettext_lazy("手机号")),
        Column("demand.title", gettext_lazy("岗位")),
        Column("state", gettext_lazy("状态"), badge=OFFER_COLOURS),
        Column(due, gettext_lazy("答复期限"), css="keep"),
        Column(day_of("sent_at"), gettext_lazy("推荐"), sort="sent_at", css="keep"),
    )
    order = "sent_at"
    filters = CandidateFilter
    related = ("worker", "demand")
    one_click = (actions.accept_worker,)
    bulk = (
        Bulk(actions.accept_worker, rows="offer", each=True),
        Bulk(actions.refuse_worker, rows="offer", each=True, form=RefuseForm),
    )
    empty = gettext_lazy("现在没有等您答复的人。")
    template = "matching/candidates.html"

    def rows(self) -> QuerySet[Any]:
        """Return those who said yes; the ones that wait for an answer unless another state is asked for."""
        rows = super().rows().prefetch_related("worker__consents")
        known = rows.filter(state__in=(Offer.State.AGREED, Offer.State.ACCEPTED, Offer.State.REFUSED))
        return known if self.request.GET.get("state") else rows.filter(state=Offer.State.AGREED)

    def buttons_of(self, row: Any) -> list[Any]:
        """Offer an answer where one is due."""
        return super().buttons_of(row) if row.state == Offer.State.AGREED else []

    def bulk_verbs(self) -> list[Bulk]:
        """Offer answers on the list of those who wait."""
        return super().bulk_verbs() if self.request.GET.get("state", "agreed") == "agreed" else []

    def context(self) -> dict[str, Any]:
        """Add how many were asked and have not said anything."""
        asked = super().rows().filter(state=Offer.State.SENT)
        return {"asked": asked.count(), "state_asked": self.request.GET.get("state", "agreed")}


class OfferDetail(Detail):
    """One offer, for the officers who follow it or for the employer who answers it."""

    model = Offer
    verbs = (
        actions.agree_to_offer, actions.decline_offer, actions.accept_worker, actions.refuse_worker,
        actions.reveal_candidate_telephone, actions.recall_offer,
    )  # fmt: skip
    states = {
        "agree_to_offer": ("sent",),
        "decline_offer": ("sent", "agreed"),
        "recall_offer": ("sent", "agreed"),
        "accept_worker": ("agreed",),
        "refuse_worker": ("agreed",),
        "reveal_candidate_telephone": ("agreed", "accepted"),
    }
    related = (
        "worker__village", "demand__employer_org", "demand__region", "demand__occupation", "employer_org", "sent_by",
        "answered_by", "proposal",
    )  # fmt: skip

    def answer(self) -> HttpResponseBase:
        """Return the page; a worker reads his own on the phone."""
        if self.actor.is_worker:
            return my_offer(self.request, self.row)
        self.note_reading = not self._for_employer or bool(shown_to_employer(self.row))  # type: ignore[misc]
        return super().answer()

    @property
    def _for_employer(self) -> bool:
        return not reads_people(self.actor)

    def title(self) -> str:
        """Name the worker to those who may know who it is."""
        name = shown_to_employer(self.row).get("name") if self._for_employer else self.row.worker.name
        return f"{name} → {self.row.demand.title}" if name else str(self.row.demand.title)

    def subtitle(self) -> str:
        """Return the state."""
        return str(self.row.get_state_display())

    def crumbs(self) -> list[tuple[Any, str]]:
        """Lead back to the list from which the reader came."""
        if self._for_employer:
            return [(CandidateList.title, reverse("candidates"))]
        return super().crumbs()

    def panels(self) -> Iterable[Panel]:
        """Return the person as far as the reader may know, the post, the answers, and the reasons."""
        row, demand = self.row, self.row.demand
        yield self._person()
        yield facts(
            _("岗位"), demand, "title", (_("用人单位"), row.employer_org), "region",
            (_("月工资（元）"), demand.wage), (_("待遇"), benefits(demand)), "begins_on",
        )  # fmt: skip
        answered = ["answered_at", "answered_through"]
        if not self._for_employer:
            answered += ["answered_by", *(["decline_reason"] if row.decline_reason else [])]
        refused = ["refuse_reason"] if row.refuse_reason else []
        yield facts(
            _("推荐和答复"), row, "state", "due_on", "sent_at", *([] if self._for_employer else ["sent_by"]),
            *answered, "employer_answered_at", *refused,
        )  # fmt: skip
        more = (interview_panel(self.actor, row), contract_panel(self.actor, row))
        yield from (one for one in more if one is not None)
        if not self._for_employer:
            if row.decline_reason or row.refuse_reason:
                yield consequences_panel(self.actor, row)
            if row.proposal is not None:
                yield panel(_("推荐理由"), "matching/reasons.html", why=words.why(row.proposal.reasons))
            yield self.history()

    def _person(self) -> Panel:
        if not self._for_employer:
            return facts(_("劳动者"), self.row.worker, "name", "village", "telephone", "education", "status")
        seen = shown_to_employer(self.row)
        labels = {"name": _("姓名"), "sex": _("性别"), "education": _("文化程度"), "telephone": _("手机号")}
        if not seen:
            return facts(_("应聘人"), self.row, (_("姓名"), _("本人答应去之后才显示")))
        return facts(_("应聘人"), self.row, *[(labels[name], value) for name, value in seen.items()])


@signed_in
def my_offers(request: HttpRequest) -> HttpResponseBase:
    """Show a worker what is offered to him, and what became of earlier offers."""
    actor = actor_of(request)
    own = Offer.objects.visible_to(actor).filter(worker__account=actor)
    rows = own.select_related("demand__employer_org", "demand__region").order_by("-sent_at", "-pk")
    found = list(rows[:50])
    consequences = Consequence.objects.visible_to(actor).filter(worker__account=actor)
    context = {
        "title": _("推荐给我的岗位"),
        "has_consequences": consequences.exists(),
        "suggestions": open_suggestions(actor).count(),
        "open_offers": [
            _card(one, actor) for one in found if one.state in (Offer.State.SENT, Offer.State.AGREED)
        ],
        "taken": [_card(one, actor) for one in found if one.state == Offer.State.ACCEPTED],
        "earlier": [
            _card(one, actor) for one in found if one.state in ("declined", "refused", "expired", "recalled")
        ],
    }
    waiting = not context["open_offers"] and not context["taken"]
    return render(request, "matching/my_offers.html", context | (_left_over(actor) if waiting else {}))


def _left_over(actor: Account) -> dict[str, Any]:
    """Return why the last round found nothing for the worker, where it is the last thing that came of rounds."""
    own = {"worker__account": actor}
    found = Leftover.objects.visible_to(actor).filter(**own).select_related("round").order_by("-pk").first()
    if (
        found is None
        or Offer.objects.visible_to(actor).filter(**own, proposal__round__gt=found.round_id).exists()
    ):
        return {}
    told = tellings(found.reasons, actor, placed=False)
    return {"left_over": found, "left_over_why": words.leftover_in_words(found), "told": told}


def my_offer(request: HttpRequest, offer: Offer) -> HttpResponseBase:
    """Show a worker one offer: what the post is, what it pays, and why it fits."""
    card = _card(offer, actor_of(request))
    context = {
        **card,
        "own_card": card,
        "title": offer.demand.title,
        "subtitle": str(offer.employer_org),
        "why": words.why(offer.proposal.reasons) if offer.proposal is not None else [],
        "told": tellings(told_of(offer.proposal), actor_of(request), placed=True) if offer.proposal else [],
        "certificates": list(offer.demand.certificates.all()),
        "crumbs": [(_("推荐给我的岗位"), reverse("my_offers"))],
    }
    return render(request, "matching/my_offer.html", context)


def to_own_page(result: Any, request: HttpRequest) -> str | None:
    """Go on after an answer: a worker to his offers, anybody else to the offer."""
    return reverse("my_offers") if actor_of(request).is_worker else page_of(result)


def about_offer(request: HttpRequest, row: Any) -> dict[str, Any]:
    """Say on an answer's page what is answered, and to whom it belongs."""
    actor: Account = actor_of(request)
    named = row.worker.name if reads_people(actor) else shown_to_employer(row).get("name", "")
    crumb = _("推荐给我的岗位") if actor.is_worker else (named or str(row.demand.title))
    url = reverse("my_offers") if actor.is_worker else reverse("offer", args=[row.pk])
    line = joined(
        [named if not actor.is_worker else "", row.demand.title, row.employer_org, row.demand.region]
    )
    return {"offer": row, "subtitle": line, "crumbs": [(crumb, url)], "back": url, "own": actor.is_worker}


def _card(offer: Offer, actor: Account) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "offer": offer,
        "demand": offer.demand,
        "wage": offer.demand.wage,
        "benefits": benefits(offer.demand),
        "days_left": (offer.due_on - today).days,
        "may_answer": offer.state == Offer.State.SENT and offer.due_on >= today,
        "may_take_back": offer.state == Offer.State.AGREED,
        "contract": own_contract(actor, offer) if offer.state == Offer.State.ACCEPTED else {},
        "interview": own_interview(actor, offer) if offer.state == Offer.State.AGREED else {},
    }
