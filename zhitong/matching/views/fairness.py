"""How groups fared in a round, for its office alone: the report, the alarms, and one of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zhitong.kernel import access
from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.models import Account
from zhitong.kernel.web import (
    Column,
    Detail,
    FilterForm,
    Listing,
    Panel,
    facts,
    panel,
    signed_in,
    visible_row,
)
from zhitong.kernel.web.verbs import actor_of

from .. import actions
from ..fairly import Names, alarm_in_words, fit_in_words, names_for, rate_in_words
from ..frames import Line, age_bands, fairness_lines
from ..models import Dimension, FairnessAlarm, FairnessCell, Round

ALARM_COLOURS = {"open": "orange", "answered": "green"}
SCALE = 200
"""Width of the drawing of a share, for which a hundred per cent are wide."""
MEANINGS = {
    Dimension.SEX: gettext_lazy("性别只在这里统计，计算匹配时没有读。"),
    Dimension.AGE: gettext_lazy("年龄只用来核对岗位的法定年龄要求，不影响分值。"),
    Dimension.PLACE: gettext_lazy("各地想去的城市、会做的工种不同，比例有高有低不等于不公平。"),
    Dimension.PRIORITY: gettext_lazy(
        "优先群体的契合度里含优先加分，所以平均分会高一些。一个人可以属于几个群体。"
    ),
    Dimension.ETHNICITY: gettext_lazy(
        "只统计本人自愿说明、单独同意过的，不能代表没有说明的人；没有说明的合为一组，人数少的各民族合为一组。"
        "计算匹配时没有读。"
    ),
}


@signed_in
def round_fairness(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show the office of a round how groups fared in it; to everybody else there is no such page."""
    actor = actor_of(request)
    held: Round = visible_row(Round, actor, pk, "org")
    cells = list(FairnessCell.objects.visible_to(actor).filter(round=held))
    if not cells and not access.may(actor, "answer_fairness_alarm", held):
        raise OutOfReach
    names = names_for(actor, ((one.dimension, one.group) for one in cells))
    lines = fairness_lines(cells)
    context = {
        "title": _("%(place)s的公平性报告") % {"place": held.org.place_name},
        "subtitle": str(held.held_on),
        "crumbs": [(_("%(place)s的匹配") % {"place": held.org.place_name}, reverse("round", args=[held.pk]))],
        "round": held,
        "everybody": next(
            (_shown(one, names) for one in lines if one.dimension == Dimension.EVERYBODY), None
        ),
        "parts": [_part(one, lines, names) for one in MEANINGS],
        "alarms": [_told(one, names) for one in alarms_of(actor, held)],
        "fewest": FairnessCell.FEWEST,
        "scale": SCALE,
    }
    return render(request, "matching/fairness.html", context)


round_fairness.about = Round  # type: ignore[attr-defined]
round_fairness.narrower = True  # type: ignore[attr-defined]


def alarms_of(actor: Account, held: Round) -> list[FairnessAlarm]:
    """Return the alarms of a round that the reader may know."""
    rows = FairnessAlarm.objects.visible_to(actor).filter(round=held).select_related("answered_by")
    return list(rows.order_by("pk"))


def fairness_panel(actor: Account, held: Round) -> Panel | None:
    """Return the panel of a round's page for whoever may know: what wandered, and the way to the report."""
    if not FairnessCell.objects.visible_to(actor).filter(round=held).exists():
        return None
    alarms = alarms_of(actor, held)
    names = names_for(actor, ((one.dimension, one.group) for one in alarms))
    told = [_told(one, names) for one in alarms]
    return panel(_("对各类人是否公平"), "matching/fairness_alarms.html", wide=True, round=held, alarms=told)


def _told(alarm: FairnessAlarm, names: Names) -> dict[str, Any]:
    return {"row": alarm, "name": names.of(alarm.dimension, alarm.group), "sentence": alarm_in_words(alarm)}


def _part(dimension: Dimension, lines: list[Line], names: Names) -> dict[str, Any]:
    """Return one way of telling people apart: its groups, the youngest first or the largest first."""
    mine = [one for one in lines if one.dimension == dimension]
    if dimension == Dimension.AGE:
        order = age_bands()
        mine.sort(key=lambda one: order.index(one.group) if one.group in order else len(order))
    else:
        mine.sort(key=lambda one: (one.withheld, -one.people))
    return {
        "title": dimension.label,
        "meaning": MEANINGS[dimension],
        "lines": [_shown(one, names) for one in mine if not one.withheld],
        "withheld": [names.of(one.dimension, one.group) for one in mine if one.withheld],
    }


def _shown(line: Line, names: Names) -> dict[str, Any]:
    rate, fit = line.rate, line.fit
    return {
        "name": names.of(line.dimension, line.group),
        "people": line.people,
        "placed": line.placed,
        "rate": rate and _percent(rate.value),
        "between": rate and (_percent(rate.low), _percent(rate.high)),
        "drawn": rate and {
            "low": f"{rate.low * SCALE:.1f}", "wide": f"{max(1.0, (rate.high - rate.low) * SCALE):.1f}",
            "at": f"{rate.value * SCALE:.1f}",
        },
        "rate_words": rate_in_words(line),
        "rate_sure": line.rate_differs is not None and line.is_sure("rate"),
        "fit": fit and f"{fit.value:,.0f}",
        "fit_between": fit and (f"{fit.low:,.0f}", f"{fit.high:,.0f}"),
        "fit_words": fit_in_words(line),
        "fit_sure": line.fit_differs is not None and line.is_sure("fit"),
    }  # fmt: skip


def _percent(share: float) -> str:
    return f"{share * 100:.1f}"


class AlarmFilter(FilterForm):
    """What narrows the alarms."""

    state = forms.ChoiceField(
        label=gettext_lazy("状态"), choices=[("", gettext_lazy("全部")), *FairnessAlarm.State.choices]
    )
    dimension = forms.ChoiceField(
        label=gettext_lazy("分组方式"),
        choices=[("", gettext_lazy("全部")), *(one for one in Dimension.choices if one[0] != "everybody")],
    )


class FairnessAlarmList(Listing):
    """The alarms within reach, newest first."""

    model = FairnessAlarm
    title = pgettext_lazy("list", "公平性警示")
    columns = (
        Column(str, gettext_lazy("轮次"), main=True, known_as="round"),
        Column(alarm_in_words, gettext_lazy("有什么变化")),
        Column("state", gettext_lazy("状态"), badge=ALARM_COLOURS),
        Column("raised_at", gettext_lazy("发现时间"), sort="raised_at"),
        Column("answered_by", gettext_lazy("说明人")),
    )
    order = "-raised_at"
    filters = AlarmFilter
    related = ("round__org", "answered_by")
    empty = gettext_lazy("没有警示。每一轮算好以后会和以前几轮比较，哪一类人的推荐比例变化大，会出现在这里。")


class FairnessAlarmDetail(Detail):
    """One alarm: which group, what changed, and what was said about it."""

    model = FairnessAlarm
    verbs = (actions.answer_fairness_alarm,)
    states = {"answer_fairness_alarm": ("open",)}
    related = ("round__org", "answered_by")

    def title(self) -> str:
        """Name the group."""
        names = names_for(self.actor, [(self.row.dimension, self.row.group)])
        return f"{self.row.get_dimension_display()}{_('：')}{names.of(self.row.dimension, self.row.group)}"

    def subtitle(self) -> str:
        """Return the round and the state."""
        return f"{self.row.round} · {self.row.get_state_display()}"

    def panels(self) -> Iterable[Panel]:
        """Return what changed, what was said, and the history."""
        yield panel(
            _("有什么变化"),
            "matching/alarm.html",
            wide=True,
            sentence=alarm_in_words(self.row),
            round=self.row.round,
        )
        yield facts(_("说明"), self.row, "state", "raised_at", "answer", "answered_by", "answered_at")
        yield self.history()


def about_alarm(request: HttpRequest, row: Any) -> dict[str, Any]:
    """Say what is to be explained."""
    return {"ask": alarm_in_words(row)}
