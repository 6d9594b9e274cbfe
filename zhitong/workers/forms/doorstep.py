"""What is asked when a person decides between statements, and which conflicts are listed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhitong.kernel import fields
from zhitong.kernel.web import ActorForm, FilterForm

from ..models import DoorstepEdit, FieldConflict
from .choosing import PlaceField


class DecideForm(ActorForm):
    """Which statement the register takes; none keeps what it shows."""

    take = fields.RowChoiceField(
        DoorstepEdit,
        lambda rows: rows.standing(),
        label=_("采用哪一份填写"),
        required=False,
        empty_label=_("保留现在登记的"),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        take: Any = self.fields["take"]
        if isinstance(self.row, FieldConflict):
            take.queryset = take.queryset.filter(conflict=self.row).select_related("device")
        take.label_from_instance = lambda edit: edit.device.label

    def initial_from(self, row: Any) -> dict[str, Any]:
        """Begin with what the register shows."""
        return {}


class ConflictFilter(FilterForm):
    """Which conflicts are listed."""

    state = forms.ChoiceField(
        label=_("核定状态"), choices=[("", _("全部")), *FieldConflict.State.choices], required=False
    )
    worker__town = PlaceField(label=_("乡镇（街道）"), kinds=("township_office",), required=False)
    worker__village = PlaceField(label=_("村（社区）"), kinds=("village",), required=False)
