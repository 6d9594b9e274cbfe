"""Why somebody looks at a sealed number."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from zhitong.kernel import fields
from zhitong.kernel.web import ActorForm

from ..reasons import LookReason


class RevealForm(ActorForm):
    """The reason, which the person whose number it is can read."""

    reason = forms.ChoiceField(label=_("为什么要看"), choices=LookReason.choices, widget=forms.RadioSelect)
    remark = fields.LineField(
        label=_("补充说明"), max_length=100, required=False, help_text=_("可以不填；不要写姓名和号码。")
    )
