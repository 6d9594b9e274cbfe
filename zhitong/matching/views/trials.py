"""Trials of other rules: what they would change, for whom, and the way to decide on them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.kernel import access, fields
from zhitong.kernel.models import Account, Job, Occupation
from zhitong.kernel.web import Column, Detail, FilterForm, Listing, Panel, facts, panel, table

from .. import actions
from ..certified import percent_up
from ..frames import DEFAULT_RULES
from ..models import Round, Trial, TrialChange
from .rules import explained
from .shared import readable_places, village

TRIAL_COLOURS = {"waiting": "azure", "done": "green", "failed": "red"}
KIND_COLOURS = {"gains": "green", "better": "green", "loses": "red", "worse": "orange", "mixed": "secondary"}
AGAIN_SECONDS = 3
MOST_TRADES = 15


def own_rules(held: Round) -> dict[str, int | str]:
    """Return the rules that a round went by."""
    return dict(DEFAULT_RULES if held.rules is None else held.rules.facts)


def trials_panel(actor: Account, held: Round) -> Panel | None:
    """Return the panel of a round's page with what was tried on it."""
    rows = Trial.objects.visible_to(actor).filter(round=held).select_related("asked_by")
    found = list(rows.order_by("-pk"))
    return table(_("试算过的规则"), found, *TRIAL_COLUMNS) if found else None


def _told_change(trial: Trial) -> str:
    counts = trial.summary.get("counts")
    if not counts:
        return ""
    return _("多推荐 %(gains)s 人，少推荐 %(loses)s 人，换岗位 %(other)s 人") % {
        "gains": f"{counts['gains']:,}",
        "loses": f"{counts['loses']:,}",
        "other": f"{counts['better'] + counts['worse'] + counts['mixed']:,}",
    }


TRIAL_COLUMNS = (
    Column("asked_at", gettext_lazy("试算时间"), main=True),
    Column("asked_by", gettext_lazy("试算人")),
    Column("state", gettext_lazy("状态"), badge=TRIAL_COLOURS),
    Column(_told_change, gettext_lazy("和这一轮相比")),
)


class TrialDetail(Detail):
    """One trial: the rules that differ, who would gain and who would lose; nothing of it is adopted here."""

    model = Trial
    template = "matching/trial.html"
    verbs = (actions.drop_trial,)
    states = {"drop_trial": ("done", "failed")}
    related = ("round__org", "round__rules", "asked_by", "job")

    def answer(self) -> HttpResponseBase:
        """Return the page; while the trial is computed it looks again by itself."""
        answer = super().answer()
        if self.row.state == Trial.State.WAITING:
            answer["Refresh"] = str(AGAIN_SECONDS)
        return answer

    def title(self) -> str:
        """Return the place."""
        return _("%(place)s的规则试算") % {"place": self.row.round.org.place_name}

    def subtitle(self) -> str:
        """Return the round's day and the state."""
        return f"{self.row.round.held_on} · {self.row.get_state_display()}"

    def crumbs(self) -> list[tuple[Any, str]]:
        """Lead back to the round."""
        name = _("%(place)s的匹配") % {"place": self.row.round.org.place_name}
        return [(name, reverse("round", args=[self.row.round_id]))]

    def panels(self) -> Iterable[Panel]:
        """Return how far it is, or what would change; then the rules."""
        row = self.row
        if row.state == Trial.State.WAITING:
            yield panel(_("正在试算"), "matching/trying.html", wide=True, job=row.job)
        elif row.state == Trial.State.FAILED:
            failed = row.summary.get("failed", {})
            yield panel(
                _("没有结果"), "matching/failed_trial.html", wide=True, why=Job.told(failed.get("note", ""))
            )
        else:
            yield from self._result()
        told = explained(row.rules, own_rules(row.round))
        yield panel(_("试算的规则"), "matching/rules.html", wide=True, **told)
        yield facts(_("试算"), row, "asked_by", "asked_at")

    def _result(self) -> Iterable[Panel]:
        figures = self.row.summary
        url = reverse("trialchanges", args=[self.row.pk])
        tiles = [
            {"label": kind.label, "count": figures["counts"][kind.value], "url": f"{url}?kind={kind.value}"}
            for kind in TrialChange.Kind
        ]
        gaps = [percent_up(max(0.0, gap)) for gap in figures["gaps"]]
        yield panel(
            _("谁多得、谁少得"), "matching/trial_result.html", wide=True, tiles=tiles, figures=figures, gaps=gaps,
            by_old=figures["by_old"], by_new=figures["by_new"],
        )  # fmt: skip
        yield panel(_("分地方"), "matching/trial_places.html", wide=True, lines=self._places(url))
        yield panel(_("分工种"), "matching/trial_trades.html", wide=True, lines=self._trades())

    def _places(self, url: str) -> list[dict[str, Any]]:
        rows = self.row.summary["places"]
        orgs = readable_places(self.actor, [row[0] for row in rows])
        level = {"county_bureau": "county", "township_office": "town"}
        names = ("people", "before", "after", "gains", "loses", "better", "worse")
        lines = [
            {
                **dict(zip(names, row[1:], strict=True)),
                "name": orgs[row[0]].place_name,
                "url": f"{url}?{level[orgs[row[0]].kind]}={row[0]}" if orgs[row[0]].kind in level else "",
            }
            for row in rows
            if row[0] in orgs
        ]
        return sorted(lines, key=lambda line: -line["people"])

    def _trades(self) -> list[dict[str, Any]]:
        rows = self.row.summary["trades"][:MOST_TRADES]
        names = Occupation.objects.visible_to(self.actor).in_bulk([row[0] for row in rows])
        return [
            {"name": names.get(key, ""), "before": before, "after": after, "change": after - before}
            for key, before, after in rows
        ]

    def context(self) -> dict[str, Any]:
        """Offer to decide on these rules, to whoever decides the city's."""
        done = self.row.state == Trial.State.DONE
        may = done and access.holds(self.actor, "set_matching_rules")
        address = f"{reverse('set_matching_rules')}?{urlencode(self.row.rules)}"
        return {"use_url": address if may else "", "done": done}


class ChangeFilter(FilterForm):
    """What narrows the people for whom a trial would change something."""

    kind = forms.ChoiceField(
        label=gettext_lazy("变化"), choices=[("", gettext_lazy("全部")), *TrialChange.Kind.choices]
    )
    county = fields.OrgField(label=gettext_lazy("县（市、区）"), kinds=("county_bureau",))
    town = fields.OrgField(label=gettext_lazy("乡镇（街道）"), kinds=("township_office",))


def _post(name: str) -> Any:
    def told(row: TrialChange) -> str:
        demand = getattr(row, name)
        return "" if demand is None else f"{demand.title} · {demand.region}"

    told.__name__ = name
    return told


class TrialChangeList(Listing):
    """The people for whom a trial would change something, of each kind those with the largest change first."""

    model = TrialChange
    parent: Any = Trial
    title = gettext_lazy("试算会变的人")
    columns = (
        Column("worker.name", gettext_lazy("姓名"), main=True, css="keep"),
        Column(village, gettext_lazy("村（社区）")),
        Column("kind", gettext_lazy("变化"), badge=KIND_COLOURS),
        Column(_post("before"), gettext_lazy("原来的岗位")),
        Column(_post("after"), gettext_lazy("试算的岗位")),
        Column(
            lambda row: f"{row.before_by_old} → {row.after_by_old}",
            gettext_lazy("按原来的分值"),
            css="number",
        ),
        Column(
            lambda row: f"{row.before_by_new} → {row.after_by_new}",
            gettext_lazy("按试算的分值"),
            css="number",
        ),
    )
    order = "id"
    related = ("village", "before__region", "after__region")
    filters = ChangeFilter
    empty = gettext_lazy("没有这样的人。")

    def rows(self) -> QuerySet[Any]:
        """Return those of the trial."""
        return super().rows().filter(trial=self.parent)

    def crumbs(self) -> list[tuple[str, str]]:
        """Lead back to the trial."""
        name = _("%(place)s的规则试算") % {"place": self.parent.round.org.place_name}
        return [(name, reverse("trial", args=[self.parent.pk]))]

    def url_of(self, row: Any) -> str | None:
        """Lead to the person, whom a trial changes nothing for."""
        return reverse("worker", args=[row.worker_id])


def about_trying(request: HttpRequest, row: Any) -> dict[str, Any]:
    """Say what is tried, and on what."""
    return {"subtitle": str(row)}
