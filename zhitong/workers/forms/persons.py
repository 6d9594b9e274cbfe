"""Forms by which entries are made one person, or told apart."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhitong.kernel import fields
from zhitong.kernel.web import ActorForm, FilterForm

from ..models import Likeness
from ..reasons import ApartReason
from .choosing import PlaceField, WorkerField

PLACES = ("city_bureau", "county_bureau", "township_office", "village")


class SearchForm(ActorForm):
    """In which place entries are compared."""

    org = PlaceField(
        label=_("范围"), kinds=PLACES, help_text=_("在这个范围内逐一比较所有在册登记，找出可能重复的。")
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        held = next((one.org for one in self.actor.held if one.org is not None and one.org.level), None)
        self.initial.setdefault("org", None if held is None else getattr(held, f"{held.level}_id"))


class KeepForm(ActorForm):
    """Which of two entries is kept."""

    keep = forms.ChoiceField(
        label=_("保留哪一份"),
        choices=[("", _("自动选择")), ("first", _("左边一份")), ("second", _("右边一份"))],
        required=False,
        help_text=_("自动选择：有本人账号的优先，其次有配偶关联的、有身份证号的、登记较早的。"),
    )

    def initial_from(self, row: Any) -> dict[str, Any]:
        """Begin with the automatic choice."""
        return {}


class ApartForm(ActorForm):
    """Why two entries are two people."""

    reason = forms.ChoiceField(
        label=_("依据（选填）"), choices=[("", _("不填")), *ApartReason.choices], required=False
    )
    remark = fields.LineField(label=_("说明（选填）"), max_length=200, required=False)

    def initial_from(self, row: Any) -> dict[str, Any]:
        """Begin with nothing."""
        return {}


class MergeForm(ActorForm):
    """Which other entry is the same person."""

    other = WorkerField(
        label=_("另一份登记"), help_text=_("写姓名或身份证号。那一份会并入本页这一份，随时可以撤销。")
    )

    def initial_from(self, row: Any) -> dict[str, Any]:
        """Begin with nothing."""
        return {}


class LikenessFilter(FilterForm):
    """Which pairs are listed."""

    state = forms.ChoiceField(
        label=_("核对结果"), choices=[("", _("全部")), *Likeness.State.choices], required=False
    )
    county = PlaceField(label=_("县（市、区）"), kinds=("county_bureau",), required=False)
    town = PlaceField(label=_("乡镇（街道）"), kinds=("township_office",), required=False)
    village = PlaceField(label=_("村（社区）"), kinds=("village",), required=False)
