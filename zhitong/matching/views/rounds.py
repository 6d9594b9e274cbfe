"""Rounds: the list, and one of them in plain words."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zhitong.kernel.models import Account, Job, Occupation
from zhitong.kernel.web import Column, Detail, FilterForm, Listing, Panel, facts, panel

from .. import actions
from ..certified import certificate_of
from ..forms import DecideForm
from ..models import Offer, Round
from ..words import LEFTOVER_REASONS, RULES
from .fairness import fairness_panel
from .shared import ROUND_COLOURS, readable_places
from .trials import trials_panel

BUSY = (Round.State.WAITING, Round.State.SOLVING)
AGAIN_SECONDS = 3
MOST_TRADES = 15
STEPS = (
    (gettext_lazy("读取人员和岗位"), 0, 200),
    (gettext_lazy("逐个岗位出价，直到没有更好的安排"), 200, 900),
    (gettext_lazy("检查必要条件，保存建议"), 900, 1000),
)
"""What a computation does, and between which thousandths of its progress."""
MOST_FOLLOWED = 50_000
"""Answers are counted for a round of so many offers; beyond, the lists say it."""


class RoundFilter(FilterForm):
    """What narrows the list of rounds."""

    state = forms.ChoiceField(
        label=gettext_lazy("状态"), choices=[("", gettext_lazy("全部")), *Round.State.choices]
    )


class RoundList(Listing):
    """The rounds within reach, newest first."""

    model = Round
    title = pgettext_lazy("list", "匹配轮次")
    columns = (
        Column(lambda row: row.org.place_name, gettext_lazy("范围"), main=True),
        Column("held_on", gettext_lazy("匹配日期")),
        Column("state", gettext_lazy("状态"), badge=ROUND_COLOURS),
        Column(lambda row: row.summary.get("placed"), gettext_lazy("可以推荐"), css="number"),
        Column(lambda row: row.summary.get("adopted"), gettext_lazy("已发出推荐"), css="number"),
        Column(lambda row: row.summary.get("left_over"), gettext_lazy("暂无合适岗位"), css="number"),
        Column("asked_by", gettext_lazy("发起人")),
        Column("asked_at", gettext_lazy("发起时间"), sort="asked_at"),
    )
    order = "-asked_at"
    filters = RoundFilter
    related = ("org", "asked_by")
    new = ("open_round",)
    empty = gettext_lazy("还没有匹配过。")


class RoundDetail(Detail):
    """One round: how far it is, what came of it, for whom there was nothing and what was missing."""

    model = Round
    verbs = (
        actions.adopt_proposals, actions.retry_round, actions.pass_over_proposals, actions.try_rules,
        actions.cancel_round,
    )  # fmt: skip
    states = {
        "adopt_proposals": ("proposed",),
        "pass_over_proposals": ("proposed",),
        "retry_round": ("failed",),
        "try_rules": ("proposed", "adopted"),
        "cancel_round": ("waiting", "proposed", "failed"),
    }
    related = ("org", "job", "asked_by", "rules")

    def answer(self) -> HttpResponseBase:
        """Return the page; while the round is computed it looks again by itself, with scripts or without."""
        answer = super().answer()
        if self.row.state in BUSY:
            answer["Refresh"] = str(AGAIN_SECONDS)
        return answer

    def title(self) -> str:
        """Return the place."""
        return _("%(place)s的匹配") % {"place": self.row.org.place_name}

    def subtitle(self) -> str:
        """Return the day and the state."""
        return f"{self.row.held_on} · {self.row.get_state_display()}"

    def panels(self) -> Iterable[Panel]:
        """Return progress, or the result in figures and words."""
        if self.row.state in BUSY:
            yield panel(
                _("正在计算"), "matching/progress.html", wide=True, **progress_of(self.row, self.actor)
            )
        elif "failed" in self.row.summary:
            yield panel(_("没有结果"), "matching/failed.html", wide=True, why=self.row.why_failed)
        elif "placed" in self.row.summary:
            yield from self._result()
            fairness = fairness_panel(self.actor, self.row)
            if fairness is not None:
                yield fairness
        trials = trials_panel(self.actor, self.row)
        if trials is not None:
            yield trials
        yield panel(
            _("匹配规则"),
            "matching/round_rules.html",
            rules=self.row.rules,
            waits=self.row.state == "waiting",
        )
        yield facts(_("发起"), self.row, "org", "held_on", "asked_by", "asked_at")
        yield self.history()

    def _result(self) -> Iterable[Panel]:
        figures = self.row.summary
        apart = figures["placed"] + figures["left_over"] - figures["workers"]
        yield panel(
            _("结果"), "matching/result.html", wide=True, apart=apart, round=self.row, figures=figures
        )
        certificate = certificate_of(self.row)
        if certificate is not None:
            yield panel(_("算得有多好"), "matching/certificate.html", wide=True, certificate=certificate)
        yield panel(_("从参加到录用"), "matching/funnel.html", wide=True, steps=self._steps())
        yield panel(_("暂无合适岗位的人"), "matching/leftover_counts.html", **self._leftovers())
        yield panel(_("分地方"), "matching/by_place.html", lines=self._by_place())
        yield panel(_("分工种"), "matching/by_trade.html", wide=True, lines=self._by_trade())

    def _steps(self) -> list[dict[str, Any]]:
        figures = self.row.summary
        counts = [(_("参加匹配"), figures["workers"]), (_("可以推荐"), figures["placed"])]
        counts += [(_("已发出推荐"), figures.get("adopted", 0)), *self._answers()]
        most = max(counts[0][1], 1)
        return [{"label": label, "count": count, "width": 100 * count / most} for label, count in counts]

    def _answers(self) -> list[tuple[str, int]]:
        """Return how many said yes and were taken on."""
        if not 0 < self.row.summary.get("adopted", 0) <= MOST_FOLLOWED:
            return []
        offers = Offer.objects.visible_to(self.actor).filter(proposal__round=self.row).order_by()
        states = list(offers.values_list("state", flat=True))
        yes = [one for one in states if one in ("agreed", "accepted", "refused")]
        return [(_("本人确认去"), len(yes)), (_("用人单位录用"), states.count("accepted"))]

    def _leftovers(self) -> dict[str, Any]:
        figures = self.row.summary
        url = reverse("leftovers", args=[self.row.pk])
        reasons = [
            (LEFTOVER_REASONS.get(code, code), count, f"{url}?reason={code}")
            for code, count in _most_first(figures.get("reasons_left", {}))
        ]
        missing = [
            (RULES.get(code, code), count, f"{url}?missing={code}")
            for code, count in _most_first(figures.get("missing", {}))
        ]
        return {"reasons": reasons, "missing": missing, "url": url}

    def _by_place(self) -> list[dict[str, Any]]:
        figures = self.row.summary
        level, rows = (
            ("town", figures["by_town"]) if figures.get("by_town") else ("county", figures["by_county"])
        )
        orgs = readable_places(self.actor, [row[0] for row in rows])
        url = reverse("proposals", args=[self.row.pk])
        lines = [
            {
                "name": orgs[key].place_name,
                "took_part": people,
                "placed": placed,
                "url": f"{url}?{level}={key}",
            }
            for key, people, placed in rows
            if key in orgs
        ]
        return sorted(lines, key=lambda line: -line["took_part"])

    def _by_trade(self) -> list[dict[str, Any]]:
        rows = self.row.summary["by_trade"][:MOST_TRADES]
        names = Occupation.objects.visible_to(self.actor).in_bulk([row[0] for row in rows])
        return [
            {
                "name": names.get(key, ""),
                "seats": seats,
                "filled": filled,
                "empty": seats - filled,
                "wanted": wanted,
            }
            for key, seats, filled, wanted in rows
        ]

    def context(self) -> dict[str, Any]:
        """Say what stands still undecided."""
        return {"undecided": _undecided(self.row)}


def progress_of(held: Round, actor: Account) -> dict[str, Any]:
    """Return how far a computation is: its steps, since when it runs, and how long the last one took."""
    job = held.job
    done = -1 if job is None or job.state == Job.State.WAITING else job.done_permille
    steps = [
        {"label": label, "state": "done" if done >= end else "now" if done >= begin else "later"}
        for label, begin, end in STEPS
    ]
    return {
        "job": job,
        "steps": steps,
        "waits": done < 0,
        "asked_at": held.asked_at,
        **_last_time(held, actor),
    }


def _last_time(held: Round, actor: Account) -> dict[str, Any]:
    """Return when a round of the place was computed last, and in how many seconds."""
    before = Round.objects.visible_to(actor).filter(org=held.org_id, state__in=("proposed", "adopted"))
    last = before.order_by("-asked_at").first()
    if last is None or not last.summary.get("seconds"):
        return {}
    return {"last_on": last.held_on, "last_seconds": math.ceil(sum(last.summary["seconds"].values()))}


def about_decision(request: HttpRequest, row: Any) -> dict[str, Any]:
    """Count what a decision would concern under the conditions of the address."""
    asked = request.POST if request.method == "POST" else request.GET
    form = DecideForm(request.actor, row, asked)  # type: ignore[attr-defined]
    count = form.wanted().count() if form.is_valid() else None
    return {"count": count, "subtitle": str(row)}


def _undecided(held: Round) -> int:
    figures = held.summary
    decided = sum(figures.get(name, 0) for name in ("adopted", "lapsed", "passed_over"))
    return int(figures.get("placed", 0)) - decided


def _most_first(counts: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda one: -one[1])
