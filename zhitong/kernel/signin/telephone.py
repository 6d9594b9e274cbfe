"""Workers sign in with their telephone and a code; a telephone that is new opens an account once it is verified."""

from __future__ import annotations

import secrets
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from allauth.core import context, ratelimit
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import open_own_account
from zhitong.kernel.fields import TelephoneField
from zhitong.kernel.models import Account
from zhitong.kernel.sms import send_code

CODE_DIGITS = 6


class TelephoneForm(forms.Form):
    """Asks for the telephone to which a code goes."""

    phone = TelephoneField(label=_("手机号"), mobile=True, help_text=_("我们会发一条 6 位验证码到这个手机。"))

    def clean_phone(self) -> str:
        """Return the telephone, unless too many codes were asked for it."""
        telephone = str(self.cleaned_data["phone"])
        if not ratelimit.consume(context.request, action="request_login_code", key=telephone):
            raise get_adapter().validation_error("too_many_login_attempts")
        self._user = Account.objects.with_telephone(telephone).first()
        return telephone


class CodeForm(forms.Form):
    """Asks for the code that was sent."""

    code = forms.CharField(
        label=_("验证码"), max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )  # fmt: skip

    def __init__(self, *args: Any, code: str = "", **named: Any) -> None:
        self.expected = code
        super().__init__(*args, **named)

    def clean_code(self) -> str:
        """Return the code if it is the one that was sent."""
        typed = "".join(self.cleaned_data["code"].split())
        if not self.expected or not secrets.compare_digest(typed.encode(), self.expected.encode()):
            raise forms.ValidationError(_("验证码不对，请核对短信里的 6 位数字。"))
        return typed


class TelephoneCode(LoginCodeVerificationProcess):  # type: ignore[misc]
    """The library's sign-in by code, also for a telephone that has no account yet."""

    @classmethod
    def begin(cls, request: HttpRequest, account: Account | None, telephone: str) -> TelephoneCode:
        """Send a code and remember in the session what it is for."""
        login = Login(user=account)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=account, phone=telephone), initiated_by_user=True)
        process = cls(stage=stage)
        process.send()
        process.persist()
        return process

    @classmethod
    def resume(cls, stage: Any) -> Any:
        """Return the process that waits for its code, or ``None`` when its time is over."""
        return cls(stage=stage).abort_if_invalid()

    def generate_code(self) -> str:
        """Make a new code of six digits."""
        code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
        self.state["code"] = code
        return code

    def send_by_phone(self, phone: str, skip_enumeration_mails: bool = False) -> None:
        """Send a code whether or not the telephone is known, so that nobody learns which are."""
        send_code(phone, self.generate_code())

    def finish(self, redirect_url: str | None) -> HttpResponse:
        """Sign the telephone's owner in, opening an account for a new one."""
        telephone = self.state["phone"]
        if self.user is None:
            self._user = open_own_account(by=Account.objects.system(), telephone=telephone)
        if not self.user.is_worker:
            self.abort()
            messages.error(self.request, str(_("这个手机号登记在工作账号上，请用用户名和密码登录。")))
            return redirect("account_login")
        return super().finish(redirect_url)  # type: ignore[no-any-return]


class AskCode(RequestLoginCodeView):  # type: ignore[misc]
    """The page that asks for a telephone."""

    form_class = TelephoneForm

    def get_form_class(self) -> type[forms.Form]:
        """Return the house's own form."""
        return TelephoneForm

    def form_valid(self, form: Any) -> HttpResponse:
        """Send the code and go on to where it is typed in."""
        TelephoneCode.begin(self.request, form._user, form.cleaned_data["phone"])
        return redirect(self.get_success_url())


class TypeCode(ConfirmLoginCodeView):  # type: ignore[misc]
    """The page on which the code is typed in."""

    def dispatch(self, request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        """Take up the process that waits; the library's own would not know a new telephone."""
        self.stage = request._login_stage  # type: ignore[attr-defined]
        self._process = TelephoneCode.resume(self.stage)
        if not self._process:
            return redirect("account_request_login_code")
        return super(ConfirmLoginCodeView, self).dispatch(request, *args, **named)  # type: ignore[no-any-return]

    def get_form_class(self) -> type[forms.Form]:
        """Return the house's own form; sending again asks for nothing."""
        return forms.Form if self._action == "resend" else CodeForm
