"""The form on which a person states his ethnic group, with the consent to that alone."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.web import ActorForm

from ..consent import CURRENT, TEXTS
from ..models import Consent, EthnicGroup, Source

PURPOSE = Consent.Purpose.ETHNICITY


class EthnicityForm(ActorForm):
    """What he says, how it was heard, and his consent where it does not stand; what was said before is not shown."""

    HEARD: ClassVar = [(one.value, one.label) for one in (Source.VISIT, Source.TELEPHONE, Source.STATION)]

    code = forms.ChoiceField(
        label=_("民族"), choices=[("", _("请选择")), *EthnicGroup.choices],
        help_text=_("照本人自己说的填。可以不说，也可以随时撤回。"),
    )  # fmt: skip
    source = forms.ChoiceField(label=_("怎样听本人说的"), choices=HEARD)
    agrees = forms.BooleanField(label=PURPOSE.label, help_text=TEXTS[CURRENT][PURPOSE.value])

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        standing = Consent.objects.visible_to(self.actor).filter(
            worker=self.row, purpose=PURPOSE, withdrawn_at=None
        )
        if standing.exists():
            del self.fields["agrees"]
        if self.actor.is_worker:
            del self.fields["source"]

    def initial_from(self, row: Any) -> dict[str, Any]:
        """Show nothing: the person's own columns of these names are others."""
        return {}

    def given(self) -> dict[str, Any]:
        """Say for whoever acts for himself that he did."""
        return {"source": Source.SELF, **self.values()}
