"""Proposals of a round, those for whom it found nothing, and one proposal with its reasons."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zhitong.employers.models import Demand
from zhitong.kernel import access
from zhitong.kernel.models import Account
from zhitong.kernel.web import Bulk, Column, Detail, Listing, Panel, facts, page_of, panel
from zhitong.kernel.web.detail import Button
from zhitong.workers.models import Worker

from .. import actions, words
from ..forms import LeftoverFilter, ProposalFilter
from ..models import Leftover, Proposal, Round
from ..tellings import tellings, told_of
from .shared import PROPOSAL_COLOURS, benefits, joined, village


def adopt_chosen(*, by: Account, round: Round, rows: list[Proposal], nonce: str | None = None) -> Round:
    """Adopt the proposals that were ticked."""
    numbers = [row.pk for row in rows]
    adopted: Round = actions.adopt_proposals(by=by, round=round, proposals=numbers, nonce=nonce)  # type: ignore[call-arg]
    return adopted


def pass_over_chosen(*, by: Account, round: Round, rows: list[Proposal], nonce: str | None = None) -> Round:
    """Pass over the proposals that were ticked."""
    numbers = [row.pk for row in rows]
    passed: Round = actions.pass_over_proposals(by=by, round=round, proposals=numbers, nonce=nonce)  # type: ignore[call-arg]
    return passed


adopt_chosen.verb = actions.adopt_proposals.verb  # type: ignore[attr-defined]
pass_over_chosen.verb = actions.pass_over_proposals.verb  # type: ignore[attr-defined]


def person(worker: Worker) -> Panel:
    """Return a panel of what matters about a worker in a round."""
    wish = getattr(worker, "intention", None)
    wanted: list[tuple[Any, Any]] = [(_("就业意向"), _("还没有登记"))]
    if wish is not None:
        wanted = [
            (_("意向职业"), wish.occupations),
            (_("意向城市"), wish.cities),
            (_("最低月工资（元）"), wish.wage_floor_fen // 100),
        ]
    age = worker.age_on(timezone.localdate())
    return facts(_("劳动者"), worker, "name", (_("年龄"), age), "education", "village", *wanted)


def post(demand: Demand, title: str) -> Panel:
    """Return a panel of what matters about a post in a round."""
    return facts(
        title, demand, "title", (_("用人单位"), demand.employer_org), "region", "occupation",
        (_("月工资（元）"), demand.wage), (_("待遇"), benefits(demand)), "begins_on", "valid_until",
    )  # fmt: skip


def about_seeker(request: HttpRequest, row: Any) -> dict[str, Any]:
    """Name the worker to whom a post is offered, and what he wants."""
    wish = getattr(row, "intention", None)
    wanted = [str(one) for one in [*wish.occupations, *wish.cities]] if wish is not None else []
    return {"subtitle": joined([row.name, village(row), *wanted])}


def _of_round(listing: Any, rows: list[Any]) -> dict[str, Any]:
    return {"round": listing.parent}


class ProposalList(Listing):
    """The proposals of one round, best fit first; ticked or filtered, they are adopted or passed over."""

    model = Proposal
    parent: Any = Round
    title = pgettext_lazy("list", "匹配建议")
    columns = (
        Column("worker.name", gettext_lazy("姓名"), main=True, css="keep"),
        Column(village, gettext_lazy("村（社区）")),
        Column("demand.title", gettext_lazy("岗位")),
        Column("demand.employer_org.name", gettext_lazy("用人单位")),
        Column("demand.region.name", gettext_lazy("工作城市")),
        Column(lambda row: row.demand.wage, gettext_lazy("月工资（元）"), css="number"),
        Column(words.why_in_words, gettext_lazy("推荐理由")),
        Column("fit", gettext_lazy("契合度"), sort="fit", css="number"),
    )
    order = "-fit"
    related = ("village",)
    filters = ProposalFilter
    bulk = (
        Bulk(adopt_chosen, rows="rows", at=_of_round),
        Bulk(pass_over_chosen, rows="rows", at=_of_round),
    )
    empty = gettext_lazy("没有待审定的建议。")
    template = "matching/proposals.html"

    def rows(self) -> QuerySet[Any]:
        """Return those of the round; the undecided ones unless another state is asked for."""
        rows = super().rows().filter(round=self.parent)
        return rows if self.request.GET.get("state") else rows.filter(state=Proposal.State.PROPOSED)

    def bulk_verbs(self) -> list[Bulk]:
        """Offer decisions to those who may decide this round, while there is something to decide."""
        open_round = self.parent.state == Round.State.PROPOSED
        may = access.may(self.actor, "adopt_proposals", self.parent)
        return super().bulk_verbs() if open_round and may else []

    def crumbs(self) -> list[tuple[str, str]]:
        """Lead back to the round."""
        name = _("%(place)s的匹配") % {"place": self.parent.org.place_name}
        return [(name, reverse("round", args=[self.parent.pk]))]

    def context(self) -> dict[str, Any]:
        """Add the ways to decide all that the filters leave."""
        asked = {
            name: value for name, value in self.request.GET.items() if name not in ("state", "sort", "page")
        }
        query = f"?{urlencode(asked)}" if asked else ""
        return {
            "decides": bool(self.bulk_verbs()) and self.request.GET.get("state", "proposed") == "proposed",
            "adopt_url": reverse("adopt_proposals", args=[self.parent.pk]) + query,
            "pass_over_url": reverse("pass_over_proposals", args=[self.parent.pk]) + query,
            "narrowed": bool(asked),
        }


class LeftoverList(Listing):
    """The people for whom one round found nothing, with what was missing and what could be done."""

    model = Leftover
    parent: Any = Round
    title = gettext_lazy("暂无合适岗位的人")
    columns = (
        Column("worker.name", gettext_lazy("姓名"), main=True, css="keep"),
        Column(village, gettext_lazy("村（社区）")),
        Column(words.leftover_in_words, gettext_lazy("原因")),
        Column(words.to_do, gettext_lazy("可以做什么")),
        Column("nearest.title", gettext_lazy("最接近的岗位")),
        Column("nearest.region.name", gettext_lazy("工作城市")),
    )
    order = "id"
    filters = LeftoverFilter
    related = ("village",)
    empty = gettext_lazy("没有这样的人。")

    def rows(self) -> QuerySet[Any]:
        """Return those of the round."""
        return super().rows().filter(round=self.parent)

    def crumbs(self) -> list[tuple[str, str]]:
        """Lead back to the round."""
        name = _("%(place)s的匹配") % {"place": self.parent.org.place_name}
        return [(name, reverse("round", args=[self.parent.pk]))]


class ProposalDetail(Detail):
    """One proposal: the person, the post, why they were brought together, and what else there was."""

    model = Proposal
    template = "matching/proposal.html"
    related = (
        "round__org", "worker__village", "worker__intention", "demand__employer_org", "demand__region",
        "demand__occupation", "decided_by",
    )  # fmt: skip

    def title(self) -> str:
        """Name both."""
        return f"{self.row.worker.name} → {self.row.demand.title}"

    def subtitle(self) -> str:
        """Return the state and the fit."""
        fit = _("契合度 %(fit)s") % {"fit": self.row.fit}
        return f"{self.row.get_state_display()} · {fit}"

    def crumbs(self) -> list[tuple[Any, str]]:
        """Lead back to the round's proposals."""
        name = _("%(place)s的匹配") % {"place": self.row.round.org.place_name}
        listed = reverse("proposals", args=[self.row.round_id])
        return [(name, reverse("round", args=[self.row.round_id])), (_("匹配建议"), listed)]

    def panels(self) -> Iterable[Panel]:
        """Return the reasons, the person, the post and the decision."""
        row, worker, demand = self.row, self.row.worker, self.row.demand
        context = {
            "why": words.why(row.reasons),
            "chosen": words.how_chosen(row.reasons),
            "lacking": words.missing_in_words(row.reasons),
            "better": self._better(),
            "told": tellings(told_of(row), self.actor, placed=True),
            "parts": words.parts_of(row.reasons),
            "fit": row.fit,
        }
        yield panel(_("为什么这样推荐"), "matching/why.html", wide=True, **context)
        yield person(worker)
        yield post(demand, _("岗位"))
        yield facts(_("审定"), row, "state", "decided_by", "decided_at")
        yield self.history()

    def _better(self) -> Demand | None:
        """Return the post that would have fitted better, but for one condition."""
        number = self.row.reasons.get("missing", {}).get("demand")
        return Demand.objects.visible_to(self.actor).filter(pk=number).first() if number else None

    def context(self) -> dict[str, Any]:
        """Say whether the reader may decide, and where the worker's and the post's pages are."""
        open_row = self.row.state == Proposal.State.PROPOSED and self.row.round.state == Round.State.PROPOSED
        return {
            "decides": open_row and access.may(self.actor, "adopt_proposals", self.row.round),
            "list_url": reverse("proposals", args=[self.row.round_id]),
            "links": [
                (label, url)
                for label, url in (
                    (_("劳动者"), page_of(self.row.worker)),
                    (_("岗位"), page_of(self.row.demand)),
                )
                if url
            ],
            "couple": self.row.group_number is not None,
            "colours": PROPOSAL_COLOURS,
        }


class LeftoverDetail(Detail):
    """Someone for whom a round found nothing: why, what was missing, the nearest post, and what can be done."""

    model = Leftover
    related = (
        "round__org",
        "worker__village",
        "worker__intention",
        "nearest__employer_org",
        "nearest__region",
    )

    def answer(self) -> HttpResponseBase:
        """Return the page; a worker reads why on his own."""
        return redirect("my_offers") if self.actor.is_worker else super().answer()

    def title(self) -> str:
        """Name the person."""
        return str(self.row.worker.name)

    def subtitle(self) -> str:
        """Say why."""
        return words.leftover_in_words(self.row)

    def crumbs(self) -> list[tuple[Any, str]]:
        """Lead back to the round's list."""
        name = _("%(place)s的匹配") % {"place": self.row.round.org.place_name}
        listed = reverse("leftovers", args=[self.row.round_id])
        return [(name, reverse("round", args=[self.row.round_id])), (LeftoverList.title, listed)]

    def buttons(self) -> Iterable[Button]:
        """Offer to send a post by hand, the nearest one first, and the way to the person's page."""
        worker = self.row.worker
        if access.may(self.actor, "send_offer", worker):
            near = f"?demand={self.row.nearest_id}" if self.row.nearest_id else ""
            yield Button(_("推荐岗位"), reverse("send_offer", args=[worker.pk]) + near, "send_offer")
        url = page_of(worker)
        if url is not None:
            yield Button(_("劳动者资料"), url, "worker")

    def panels(self) -> Iterable[Panel]:
        """Return why and what to do, the person with his wishes, and the nearest post."""
        row = self.row
        yield panel(
            _("为什么没有匹配到"),
            "matching/left_over.html",
            wide=True,
            why=self.subtitle(),
            to_do=words.to_do(row),
            told=tellings(row.reasons, self.actor, placed=False),
        )
        yield person(row.worker)
        if row.nearest is not None:
            yield post(row.nearest, _("最接近的岗位"))
