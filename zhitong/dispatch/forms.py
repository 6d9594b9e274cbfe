"""What people type about arrivals, departures and checks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel import fields
from zhitong.kernel.models import Org
from zhitong.kernel.web import ActorForm, FilterForm

from .actions.placing import stations_for
from .models import Placement, RetentionCheck


class StationForm(ActorForm):
    """Which station receives."""

    station = forms.ModelChoiceField(label=_("接收劳务协作站"), queryset=Org.objects.none(), empty_label=None)

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        assert isinstance(self.row, Placement)
        field: Any = self.fields["station"]
        field.queryset = stations_for(self.row).order_by("name_key", "pk")


class ArrivalForm(ActorForm):
    """On which day somebody arrived."""

    arrived_on = fields.DayField(label=_("到岗日期"), past=True)

    def initial_from(self, row: Any) -> dict[str, Any]:
        return {"arrived_on": timezone.localdate()}

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.initial.setdefault("arrived_on", timezone.localdate())


class EndForm(ActorForm):
    """When and why somebody left."""

    reason = forms.ChoiceField(
        label=_("离岗原因"), choices=Placement.EndReason.choices, widget=forms.RadioSelect
    )
    ended_on = fields.DayField(label=_("离岗日期"), past=True)

    def initial_from(self, row: Any) -> dict[str, Any]:
        return {"ended_on": timezone.localdate()}


class LeftForm(ActorForm):
    """When and why somebody left, as the answer to a check."""

    reason = forms.ChoiceField(
        label=_("离岗原因"), choices=Placement.EndReason.choices, widget=forms.RadioSelect
    )
    left_on = fields.DayField(label=_("离岗日期"), past=True)

    def initial_from(self, row: Any) -> dict[str, Any]:
        return {"left_on": timezone.localdate()}


class PlacementFilter(FilterForm):
    """What narrows the list of placements."""

    state = forms.ChoiceField(label=_("状态"), choices=[("", _("全部")), *Placement.State.choices])
    region = fields.RegionField(label=_("工作城市"))
    station = fields.OrgField(label=_("接收劳务协作站"), kinds=("station",))
    late = forms.BooleanField(label=_("过了应到岗日期还没到"))

    def narrow_region(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """Keep those at posts in a city."""
        return rows.filter(demand__region=value)

    def narrow_late(self, rows: QuerySet[Any], value: bool) -> QuerySet[Any]:
        """Keep those who were expected before today and have not come."""
        late = rows.filter(state=Placement.State.AWAITED, expected_on__lt=timezone.localdate())
        return late if value else rows


class CheckFilter(FilterForm):
    """What narrows the list of checks."""

    state = forms.ChoiceField(label=_("结果"), choices=RetentionCheck.State.choices)
    months = forms.ChoiceField(
        label=_("满几个月"),
        choices=[("", _("全部")), *((str(one), str(one)) for one in RetentionCheck.MONTHS)],
    )
