"""Why somebody looks at a sealed number or frees it, and the number that a person takes instead."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from zhitong.kernel import fields
from zhitong.kernel.confirming import proof_of
from zhitong.kernel.errors import Refusal
from zhitong.kernel.web import ActorForm

from ..reasons import LookReason, ReleaseReason


class RevealForm(ActorForm):
    """The reason, which the person whose number it is can read."""

    reason = forms.ChoiceField(label=_("为什么要看"), choices=LookReason.choices, widget=forms.RadioSelect)
    remark = fields.LineField(
        label=_("补充说明"), max_length=100, required=False, help_text=_("可以不填；不要写姓名和号码。")
    )


class ReleaseForm(ActorForm):
    """Why a telephone no longer opens the account; the person can read it."""

    reason = forms.ChoiceField(label=_("原因"), choices=ReleaseReason.choices, widget=forms.RadioSelect)


class NewTelephoneForm(ActorForm):
    """The telephone with which a person wants to sign in from now on."""

    telephone = fields.TelephoneField(
        label=_("新手机号"), mobile=True, help_text=_("我们会发一条 6 位验证码到这个手机。")
    )


class ConfirmTelephoneForm(ActorForm):
    """The code that came to the new telephone; what it earns is the proof that the verb asks for."""

    code = fields.LineField(
        label=_("验证码"), max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )  # fmt: skip
    proof = ""

    def clean_code(self) -> str:
        """Return the code; raises ``ValidationError`` for a wrong one."""
        try:
            self.proof = proof_of(self.actor, self.cleaned_data["code"])
        except Refusal as no:
            raise forms.ValidationError(str(no.sentence), code=no.code) from None
        return str(self.cleaned_data["code"])

    def given(self) -> dict[str, str]:
        """Return the proof for the verb."""
        return {"proof": self.proof}
