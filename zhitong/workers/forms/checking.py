"""The list of a village, of whose people most are still where they were."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.web import ActorForm

from ..actions import Same
from ..models import Source, Worker
from .finding import UNCHECKED_DAYS

SHOWN_AT_ONCE = 60
"""People on one page: what a thumb goes through before it sends."""
HOW = [(one.value, one.label) for one in (Source.VISIT, Source.TELEPHONE)]
PAIR = re.compile(r"(\d{1,15})-(\d{1,9})", re.ASCII)
DAYS = [(days, format_lazy(_("超过{days}天"), days=days)) for days in UNCHECKED_DAYS]


class SameField(forms.Field):
    """Ticked people, each as the number and the version of the entry that was shown."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[tuple[int, int]]:
        found = [PAIR.fullmatch(str(one)) for one in value or ()]
        if None in found:
            raise forms.ValidationError(_("名单已经变了，请刷新后再勾选。"))
        return [(int(one[1]), int(one[2])) for one in found if one is not None]


class SameForm(ActorForm):
    """Who of a village is still where he was, and how that was found out."""

    days = forms.TypedChoiceField(
        label=_("未核实"), coerce=int, empty_value=None, required=False, choices=[("", _("全村")), *DAYS]
    )
    source = forms.ChoiceField(
        label=_("核实方式"), choices=HOW, initial=Source.VISIT, widget=forms.RadioSelect
    )
    same = SameField(label=_("还是这样的人"), error_messages={"required": _("请先勾选还和原来一样的人。")})

    def initial_from(self, row: Any) -> dict[str, Any]:
        """Begin with those whom nobody has checked for long, and a visit."""
        return {"days": UNCHECKED_DAYS[0], "source": Source.VISIT}

    @property
    def asked_days(self) -> int:
        """For how many days nobody checked those who are shown; 0 shows the whole village."""
        asked = str(self.data.get("days", "") if self.is_bound else self.initial.get("days") or "")
        return int(asked) if asked in {str(one) for one in UNCHECKED_DAYS} else 0

    def listed(self) -> Any:
        """Return the people of the village who wait, those checked longest ago first."""
        day = timezone.localdate() - dt.timedelta(days=self.asked_days)
        rows = Worker.objects.visible_to(self.actor).active().filter(village=self.row)
        rows = rows.filter(status_checked_on__lt=day) if self.asked_days else rows
        return rows.select_related("work_region").order_by("status_checked_on", "name_key", "pk")

    def given(self) -> dict[str, Any]:
        """Return the people who were ticked with the versions that were shown, as far as they are within reach."""
        seen = dict(self.cleaned_data["same"])
        rows = Worker.objects.visible_to(self.actor).filter(pk__in=seen).order_by("pk")
        same = tuple(Same(row, seen[row.pk]) for row in rows)
        return {"same": same, "source": self.cleaned_data["source"]}
