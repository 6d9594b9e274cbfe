"""Forms about priority groups."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel import fields
from zhitong.kernel.web import ActorForm

from ..actions import GroupFacts
from ..actions.priorities import MOST_WEIGHT
from ..models import PriorityGroup, PriorityMembership


class GroupForm(ActorForm):
    """A rule of who comes first."""

    name = fields.LineField(label=_("名称"), max_length=60, help_text=_("例如：易地扶贫搬迁人口。"))
    code = fields.LineField(label=_("代码"), max_length=30, help_text=_("小写英文字母、数字和下划线。"))
    weight = forms.IntegerField(
        label=_("优先权重"), min_value=0, max_value=MOST_WEIGHT, initial=0,
        help_text=_("0到100，越大越优先；只影响推荐的先后，不代替其他条件。"),
    )  # fmt: skip
    legal_basis = fields.LineField(label=_("依据"), max_length=200, required=False)
    begins_on = fields.DayField(label=_("起"), initial=timezone.localdate)

    def given(self) -> dict[str, Any]:
        """Give the verb one rule."""
        return {"facts": GroupFacts(**self.values())}


class EndGroupForm(ActorForm):
    """From when a rule is out of force."""

    ends_on = fields.DayField(label=_("止"), initial=timezone.localdate)


class JoinGroupForm(ActorForm):
    """Into which group a person comes, and since when."""

    group = forms.ModelChoiceField(
        label=_("优先群体"), queryset=PriorityGroup.objects.none(), empty_label=None, widget=forms.RadioSelect
    )
    since_on = fields.DayField(label=_("认定日期"), past=True, initial=timezone.localdate)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        offered = PriorityGroup.objects.visible_to(self.actor).in_force().order_by("name")
        if not self.is_bound:
            held = PriorityMembership.objects.visible_to(self.actor).filter(worker=self.row)
            offered = offered.exclude(pk__in=held.values("group"))
        group = cast("forms.ModelChoiceField[PriorityGroup]", self.fields["group"])
        group.queryset = offered

    def initial_from(self, row: Any) -> dict[str, Any]:
        """Begin with nothing."""
        return {}
