"""Forms about skills and certificates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhitong.kernel import fields
from zhitong.kernel.web import ActorForm

from ..actions import CertificateFacts
from ..actions.abilities import MOST_YEARS


class SkillForm(ActorForm):
    """Experience in an occupation."""

    occupation = fields.OccupationField(label=_("职业"), help_text=_("写职业名称，例如焊工、缝制工。"))
    years = forms.IntegerField(label=_("做过几年"), min_value=0, max_value=MOST_YEARS, initial=0)


class CertificateForm(ActorForm):
    """A certificate."""

    kind = fields.CertificateKindField(label=_("证书"), help_text=_("写证书名称，例如焊接与热切割作业。"))
    number = fields.LineField(label=_("证书编号"), max_length=60, required=False)
    issued_on = fields.DayField(label=_("发证日期"), past=True, required=False)
    valid_until = fields.DayField(label=_("有效期至"), required=False)
    was_seen = forms.BooleanField(label=_("已查验原件"), required=False)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        if self.actor.is_worker:
            del self.fields["was_seen"]

    def given(self) -> dict[str, Any]:
        """Give the verb one certificate."""
        return {"facts": CertificateFacts(**self.values())}
