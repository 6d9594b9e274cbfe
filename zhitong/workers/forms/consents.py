"""Consents: each with the text that is read to the person."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.web import ActorForm

from ..consent import AT_REGISTRATION, CURRENT, TEXTS
from ..models import Consent, Source

PROXY_SOURCES = [
    (one.value, one.label)
    for one in (Source.VISIT, Source.TELEPHONE, Source.STATION, Source.LIST, Source.EMPLOYER)
]
CONSENTS = tuple(f"consent_{purpose}" for purpose in AT_REGISTRATION)


def _consent(purpose: str) -> forms.BooleanField:
    label = Consent.Purpose(purpose).label
    return forms.BooleanField(label=label, required=False, help_text=TEXTS[CURRENT][purpose])


class ConsentFields(ActorForm):
    """One box for each purpose; other forms join it."""

    consent_register = _consent("register")
    consent_sensitive = _consent("sensitive")
    consent_share = _consent("share")

    def consents(self) -> tuple[str, ...]:
        """Return the purposes to which the person agreed."""
        return tuple(name.removeprefix("consent_") for name in CONSENTS if self.cleaned_data.get(name))


class ConsentForm(ActorForm):
    """One consent, given later."""

    purpose = forms.ChoiceField(label=_("同意的事项"), widget=forms.RadioSelect)
    through = forms.ChoiceField(label=_("怎样同意的"), choices=PROXY_SOURCES)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        given_before = Consent.objects.visible_to(self.actor).filter(worker=self.row, withdrawn_at=None)
        standing = set(given_before.values_list("purpose", flat=True))
        missing = [one for one in AT_REGISTRATION if self.is_bound or one not in standing]
        purpose = cast(forms.ChoiceField, self.fields["purpose"])
        purpose.choices = [
            (one, f"{Consent.Purpose(one).label}{_('：')}{TEXTS[CURRENT][one]}") for one in missing
        ]
        purpose.help_text = "" if missing else _("各项都已经同意了。")
        if self.actor.is_worker:
            del self.fields["through"]

    def given(self) -> dict[str, Any]:
        """Say for whoever acts for himself that he did."""
        return {"through": Source.SELF, **self.values()}
