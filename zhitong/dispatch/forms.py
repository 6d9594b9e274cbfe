"""What people type about arrivals, leaving and stations."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel import fields
from zhitong.kernel.models import Org
from zhitong.kernel.web import ActorForm, FilterForm

from .models import Placement, RetentionCheck

ALL = [("", _("全部"))]


class PlacementFilter(FilterForm):
    """Which placements."""

    state = forms.ChoiceField(label=_("状态"), choices=[*ALL, *Placement.State.choices], required=False)
    town = fields.OrgField(label=_("乡镇（街道）"), kinds=("township_office",), required=False)
    employer_org = fields.OrgField(label=_("用人单位"), kinds=("employer",), required=False)
    since = fields.DayField(label=_("录用不早于"), required=False)

    def narrow_since(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """Keep those placed on or after the day."""
        start = dt.datetime.combine(value, dt.time.min)
        return rows.filter(placed_at__gte=timezone.make_aware(start))


class ArrivalFilter(FilterForm):
    """Which of the awaited."""

    expected_on = fields.DayField(label=_("应到岗日期"), required=False)
    employer_org = fields.OrgField(label=_("用人单位"), kinds=("employer",), required=False)


class RetentionFilter(FilterForm):
    """Which checks; by default those that have come due."""

    show = forms.ChoiceField(
        label=_("范围"),
        choices=[
            ("", _("已到期未核实")),
            ("unreachable", _("联系不上")),
            ("answered", _("已核实")),
            ("all", _("全部")),
        ],
        required=False,
    )
    months = forms.TypedChoiceField(
        label=_("满几个月"),
        choices=[*ALL, *((one, str(one)) for one in RetentionCheck.MONTHS)],
        coerce=int,
        required=False,
    )

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Show what is due unless something else is asked for."""
        rows = super().narrow(rows)
        return rows if self.cleaned_data.get("show") else rows.due()

    def narrow_show(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Keep the checks of one kind of result."""
        if value == "unreachable":
            return rows.filter(state=RetentionCheck.State.UNREACHABLE)
        if value == "answered":
            return rows.filter(state__in=(RetentionCheck.State.STILL_THERE, RetentionCheck.State.LEFT))
        return rows


class ArrivalForm(ActorForm):
    """The day of arrival."""

    arrived_on = fields.DayField(label=_("到岗日期"), past=True, initial=timezone.localdate)


class EndForm(ActorForm):
    """When and why somebody left."""

    reason = forms.ChoiceField(label=_("离岗原因"), choices=Placement.EndReason.choices)
    ended_on = fields.DayField(label=_("离岗日期"), past=True, initial=timezone.localdate)


class LeftForm(ActorForm):
    """When and why somebody is no longer there."""

    reason = forms.ChoiceField(label=_("离岗原因"), choices=Placement.EndReason.choices)
    left_on = fields.DayField(label=_("离岗日期"), past=True, initial=timezone.localdate)


class StationForm(ActorForm):
    """Which station receives."""

    station = fields.OrgField(label=_("接收劳务协作站"), kinds=(Org.Kind.STATION,))
