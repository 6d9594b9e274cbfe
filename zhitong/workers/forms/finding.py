"""What narrows the list of workers, and the exact search."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zhitong.kernel import fields
from zhitong.kernel.models import Education
from zhitong.kernel.web import ActorForm, FilterForm

from ..models import Worker
from .choosing import PlaceField

ALL = ("", _("全部"))
UNCHECKED_DAYS = (30, 60, 90)


class WorkerFilter(FilterForm):
    """What narrows the list; places are those below one's own."""

    name = fields.LineField(label=_("姓名或拼音"), max_length=40)
    county = PlaceField(label=_("县（市、区）"), kinds=("county_bureau",))
    town = PlaceField(label=_("乡镇（街道）"), kinds=("township_office",))
    village = PlaceField(label=_("村（社区）"), kinds=("village",))
    status = forms.ChoiceField(label=_("就业状态"), choices=[ALL, *Worker.Status.choices])
    seeking = forms.ChoiceField(label=_("求职"), choices=[ALL, ("1", _("想找工作的"))])
    education = forms.TypedChoiceField(
        label=_("文化程度"), coerce=int, empty_value=None, choices=[ALL, *Education.choices]
    )
    unchecked = forms.TypedChoiceField(
        label=_("未核实"), coerce=int, empty_value=None,
        choices=[ALL, *((days, format_lazy(_("超过{days}天"), days=days)) for days in UNCHECKED_DAYS)],
    )  # fmt: skip
    work_region = fields.RegionField(label=_("务工城市"))
    state = forms.ChoiceField(
        label=_("登记"), choices=[("", _("在册")), (Worker.State.WITHDRAWN, _("已退出"))]
    )

    def __init__(self, actor: Any, data: Any = None) -> None:
        super().__init__(actor, data)
        levels = ["city", "county", "town", "village"]
        own = [one.org.level for one in actor.held if one.org is not None and one.org.level is not None]
        highest = min((levels.index(level) for level in own), default=0)
        for level in levels[1 : highest + 1]:
            del self.fields[level]

    def clean(self) -> dict[str, Any]:
        """Ask for a county before what only few people have: in a whole city that would be a long search."""
        found = super().clean() or self.cleaned_data
        narrowed = any(found.get(name) for name in ("county", "town", "village"))
        rare = found.get("education") is not None or found.get("state")
        if "county" in self.fields and rare and not narrowed:
            self.add_error("county", _("按文化程度或已退出查找时，请先选一个县（市、区）。"))
        return found

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Show those on the register unless the others are asked for."""
        state = self.cleaned_data.get("state") or Worker.State.ACTIVE
        return super().narrow(rows.filter(state=state))

    def narrow_state(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Every list is narrowed by it, see ``narrow``."""
        return rows

    def narrow_name(self, rows: Any, value: str) -> Any:
        """Find by the beginning of the name, in characters or in pinyin."""
        return rows.named(value)

    def narrow_seeking(self, rows: Any, value: str) -> Any:
        """Those who want a job found for them."""
        return rows.filter(status__in=Worker.SEEKING)

    def narrow_unchecked(self, rows: Any, value: int) -> Any:
        """Those whom nobody has checked for so many days."""
        return rows.unchecked_for(value)


class FindForm(ActorForm):
    """Exactly one number; it is sent in the body, so that it stands in no address and no log."""

    id_number = fields.IdNumberField(label=_("身份证号"), required=False)
    telephone = fields.TelephoneField(label=_("手机号"), mobile=True, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for one of them."""
        found = super().clean() or self.cleaned_data
        given = [name for name in ("id_number", "telephone") if found.get(name)]
        if len(given) != 1 and not self.errors:
            raise forms.ValidationError(_("请填写身份证号或手机号中的一项。"))
        return found

    def found(self) -> list[Worker]:
        """Return those within reach who bear the number."""
        rows = Worker.objects.visible_to(self.actor).select_related("village", "town")
        if self.cleaned_data.get("id_number"):
            rows = rows.with_id_number(self.cleaned_data["id_number"])
        else:
            rows = rows.with_telephone(self.cleaned_data["telephone"])
        return list(rows.order_by("name_key", "pk")[:50])
