"""Forms about households and couples."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhitong.kernel import fields
from zhitong.kernel.web import ActorForm

from ..actions import Member
from ..models import Worker
from .choosing import WorkerField, asked_number

MOST_MEMBERS = 5
ROLES = [one for one in Worker.HouseholdRole.choices if one[0] != Worker.HouseholdRole.HEAD]


class HouseholdForm(ActorForm):
    """A new household: its head, its address and those who live with him."""

    head = WorkerField(label=_("户主"), help_text=_("写姓名或身份证号。"))
    address = fields.LineField(label=_("住址"), max_length=200, required=False)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.initial["head"] = asked_number(self, "head")

    def given(self) -> dict[str, Any]:
        """Return the village of the head, and all members with him first."""
        found = self.cleaned_data
        head = Member(found["head"], Worker.HouseholdRole.HEAD)
        others = [(found[f"member_{place}"], found[f"role_{place}"]) for place in range(1, MOST_MEMBERS + 1)]
        members = [Member(worker, role) for worker, role in others if worker is not None]
        village = found["head"].village
        return {"village": village, "members": (head, *members), "address": found["address"]}


for _place in range(1, MOST_MEMBERS + 1):
    _label = {"place": _place}
    HouseholdForm.base_fields[f"member_{_place}"] = WorkerField(label=_("家人"), required=False)
    HouseholdForm.base_fields[f"role_{_place}"] = forms.ChoiceField(
        label=_("与户主关系"), choices=ROLES, required=False
    )


class AddressForm(ActorForm):
    """Where a household lives."""

    address = fields.LineField(label=_("住址"), max_length=200, required=False)


class JoinForm(ActorForm):
    """Into whose household a person comes."""

    family = WorkerField(label=_("这一户的任何一位家人"), help_text=_("写姓名或身份证号。"))
    role = forms.ChoiceField(
        label=_("与户主关系"), choices=Worker.HouseholdRole.choices, initial=Worker.HouseholdRole.OTHER
    )

    def clean_family(self) -> Any:
        """Refuse someone who is in no household."""
        family = self.cleaned_data["family"]
        if family is not None and family.household_id is None:
            raise forms.ValidationError(_("这位家人还没有立户，请先给他建立家庭户。"))
        return family

    def given(self) -> dict[str, Any]:
        """Give the household of the one who was named."""
        return {"household": self.cleaned_data["family"].household, "role": self.cleaned_data["role"]}


class SpouseForm(ActorForm):
    """To whom a person is married."""

    spouse = WorkerField(label=_("配偶"), help_text=_("写姓名或身份证号；配偶也要先登记。"))

    def initial_from(self, row: Any) -> dict[str, Any]:
        """Begin with nothing."""
        return {}
