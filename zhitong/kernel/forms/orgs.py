"""Organisations: opened, named, given divisions, and joined by people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..fields import AccountField, DayField, LineField, PersonNameField, RegionField
from ..models import Account, Org
from ..roles import roles
from ..web import ActorForm
from .regions import RegionsField

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


class ReleaseForm(ActorForm):
    """The divisions that an organisation is to manage no more, as a list of codes."""

    regions = RegionsField(label=_("区划代码"), help_text=_("每行一个代码，后面可以带名称。没有列出的不变。"))

    def initial_from(self, row: Any) -> dict[str, Any]:
        """Nothing is given away by default."""
        return {}


class RegionsForm(ActorForm):
    """The divisions that an organisation is to manage, as a list of codes."""

    regions = RegionsField(
        label=_("区划代码"),
        help_text=_(
            "每行一个代码，后面可以带名称。列出的区划改由它管理，原来管理它们的同类组织不再管理；没有列出的不变。"
        ),
    )

    def initial_from(self, row: Any) -> dict[str, Any]:
        """The list names what is new; what the organisation manages already stays."""
        return {}
