"""Accounts: opened, invited, given roles and tokens, and their sessions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..fields import DayField, LineField, TelephoneField
from ..models import Account, Org
from ..web import ActorForm


class OpenAccountForm(ActorForm):
    """An account that an organisation answers for, with what its owner signs in with."""

    kind = forms.ChoiceField(label=_("种类"), widget=forms.RadioSelect)
    name = LineField(label=_("姓名或系统名称"), max_length=60)
    username = LineField(
        label=_("用户名"), max_length=60, help_text=_("小写字母、数字和 _ . -，以字母开头，例如 zhang.san。")
    )
    password = forms.CharField(
        label=_("初始密码"), max_length=200, strip=False, required=False,
        help_text=_("至少 10 位，不能是常见密码。对接系统用令牌，不用密码，请留空。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    telephone = TelephoneField(label=_("手机号"), mobile=True, required=False)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        employer = getattr(self.row, "kind", "") == Org.Kind.EMPLOYER
        kinds = (Account.Kind.EMPLOYER,) if employer else (Account.Kind.STAFF, Account.Kind.PARTNER)
        self.fields["kind"].choices = [(one.value, one.label) for one in kinds]  # type: ignore[attr-defined]

    def initial_from(self, row: Any) -> dict[str, Any]:
        """The account is new; the row here is the organisation."""
        return {}

    def given(self) -> dict[str, Any]:
        """What was left blank is not said."""
        return {name: value for name, value in self.values().items() if value}


class TokenForm(ActorForm):
    """What a token is for, and how long it opens the API."""

    label = LineField(
        label=_("用途"), max_length=80, help_text=_("写对接的系统和事项，例如：省平台岗位同步。")
    )
    expires_on = DayField(label=_("到期"), future=True, required=False, help_text=_("留空就用最长的有效期。"))


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
