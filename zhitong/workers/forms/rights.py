"""What people ask for themselves, and what the county answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhitong.kernel import fields
from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.web import ActorForm, FilterForm

from ..models import DeletionRequest, Worker
from ..reasons import KeepReason

SHOWN = [
    ("", _("待办")), ("open", _("待答复的")), ("overdue", _("超期的")), ("escalated", _("转市级督办的")),
    ("all", _("全部")),
]  # fmt: skip


class KeepForm(ActorForm):
    """Why the data stay."""

    reason = forms.ChoiceField(
        label=_("不予删除的原因"), choices=KeepReason.choices, widget=forms.RadioSelect
    )

    def initial_from(self, row: Any) -> dict[str, Any]:
        """Begin with nothing."""
        return {}


class AskSpouseForm(ActorForm):
    """Whom a person names as his spouse."""

    name = fields.PersonNameField(label=_("配偶姓名"))
    id_number = fields.IdNumberField(
        label=_("配偶身份证号"), help_text=_("用来找到对方的登记。对方同意以后才会关联。")
    )

    def initial_from(self, row: Any) -> dict[str, Any]:
        """Begin with nothing, not with the person's own name."""
        return {}

    def _mask_sealed(self) -> None:
        """The number asked for is another person's."""


class TakeForm(ActorForm):
    """In which form the record is taken along."""

    kind = forms.ChoiceField(
        label=_("文件格式"), choices=[("xlsx", _("Excel 表格")), ("json", _("JSON（给别的系统读）"))],
        initial="xlsx", widget=forms.RadioSelect,
    )  # fmt: skip


class OwnSpouseForm(ActorForm):
    """The answer to a request: the person who answers is whoever fills it in."""

    def given(self) -> dict[str, Any]:
        """Return the entry of the person who answers."""
        worker = Worker.objects.visible_to(self.actor).filter(account=self.actor).first()
        if worker is None:
            raise OutOfReach
        return {"worker": worker}


class DeletionFilter(FilterForm):
    """Which requests are shown: to a county what is open, to the city what nobody answered in time."""

    shown = forms.ChoiceField(label=_("显示"), choices=SHOWN)

    def narrow(self, rows: Any) -> Any:
        """Show what waits for whoever looks unless something else is asked for."""
        asked = self.cleaned_data.get("shown") or ("escalated" if self._is_city() else "open")
        if asked == "all":
            return rows
        if asked == "overdue":
            return rows.overdue()
        open_ones = rows.filter(state=DeletionRequest.State.OPEN)
        return open_ones.exclude(escalated_at=None) if asked == "escalated" else open_ones

    def _is_city(self) -> bool:
        actor: Any = self.actor
        return any(one.org is not None and one.org.level == "city" for one in actor.held)
