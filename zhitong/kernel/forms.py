"""What people type into the kernel's own pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .fields import AccountField, DayField, LineField, PersonNameField, RegionField
from .models import Account, Org
from .roles import roles
from .web import ActorForm

ORGS_OPENED_BY_HAND = (
    Org.Kind.COUNTY_BUREAU, Org.Kind.TOWNSHIP_OFFICE, Org.Kind.VILLAGE, Org.Kind.CITY_COMPANY,
    Org.Kind.COUNTY_COMPANY, Org.Kind.TOWNSHIP_BRANCH, Org.Kind.COOPERATIVE, Org.Kind.STATION,
    Org.Kind.DEPARTMENT, Org.Kind.AGENCY, Org.Kind.TRAINING_PROVIDER, Org.Kind.PARTY,
)  # fmt: skip
"""Employers are opened with their credentials, on a page of their own."""


class OpenOrgForm(ActorForm):
    """An organisation below another."""

    kind = forms.ChoiceField(label=_("种类"), choices=[(one.value, one.label) for one in ORGS_OPENED_BY_HAND])
    name = LineField(label=_("名称"), max_length=120)
    host_city = RegionField(label=_("驻在城市"), required=False, help_text=_("只有劳务协作站需要填写。"))

    def initial_from(self, row: Any) -> dict[str, Any]:
        """A new organisation begins empty; the row here is the one above it."""
        return {}


class RenameOrgForm(ActorForm):
    """An organisation's names."""

    name = LineField(label=_("名称"), max_length=120)
    short_name = LineField(label=_("简称"), max_length=60, required=False)


def roles_at(org: Any) -> list[tuple[str, Any]]:
    """Return the roles that can be granted at an organisation."""
    return [(one.name, one.title) for one in roles().values() if org is not None and org.kind in one.at]


class InviteForm(ActorForm):
    """Somebody who is to work for an organisation."""

    name = PersonNameField(label=_("姓名"))
    role = forms.ChoiceField(label=_("角色"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["role"].choices = roles_at(self.row)  # type: ignore[attr-defined]

    def initial_from(self, row: Any) -> dict[str, Any]:
        """The person is new; the row here is the organisation."""
        return {}


class InviteEmployerForm(ActorForm):
    """Somebody who is to act for an employer."""

    name = PersonNameField(label=_("经办人姓名"))

    def initial_from(self, row: Any) -> dict[str, Any]:
        """The person is new; the row here is the employer's organisation."""
        return {}


class GiveRoleForm(ActorForm):
    """A role for somebody who has an account."""

    account = AccountField(label=_("账号"), only={"kind": (Account.Kind.STAFF, Account.Kind.PARTNER)})
    role = forms.ChoiceField(label=_("角色"), widget=forms.RadioSelect)
    begins_on = DayField(label=_("从哪天起"), future=True)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["role"].choices = roles_at(self.row)  # type: ignore[attr-defined]
        self.initial.setdefault("begins_on", timezone.localdate())

    def initial_from(self, row: Any) -> dict[str, Any]:
        """The grant is new; the row here is the organisation."""
        return {}


class EndRoleForm(ActorForm):
    """The day from which a grant holds nothing."""

    ends_on = DayField(label=_("从哪天起收回"), future=True)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.initial["ends_on"] = timezone.localdate()


class SessionForm(ActorForm):
    """Which session is to end."""

    session = forms.IntegerField(widget=forms.HiddenInput)


class AcceptForm(forms.Form):
    """The username and password that somebody invited chooses."""

    username = forms.CharField(
        label=_("用户名"), max_length=60, help_text=_("小写字母、数字和 _ . -，以字母开头，例如 zhang.san。"),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )  # fmt: skip
    password = forms.CharField(
        label=_("密码"), max_length=200, strip=False, help_text=_("至少 10 位，不能是常见密码。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    again = forms.CharField(
        label=_("再输一遍密码"), max_length=200, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Refuse two passwords that differ."""
        cleaned = super().clean() or {}
        if cleaned.get("password") and cleaned.get("again") and cleaned["password"] != cleaned["again"]:
            self.add_error("again", _("两次输入的密码不一样。"))
        return cleaned
