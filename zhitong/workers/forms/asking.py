"""Whom to ask by a short message, and the answer that comes back without an account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhitong.kernel import fields
from zhitong.kernel.web import ActorForm

from ..models import StatusQuestion, Worker
from ..rules import AWAY
from .checking import DAYS
from .finding import UNCHECKED_DAYS

Answer = StatusQuestion.Answer


class AskForm(ActorForm):
    """For how many days those who are asked were not checked."""

    days = forms.TypedChoiceField(label=_("未核实"), coerce=int, choices=DAYS, initial=UNCHECKED_DAYS[0])

    def initial_from(self, row: Any) -> dict[str, Any]:
        """Begin with everybody who waits."""
        return {"days": UNCHECKED_DAYS[0]}


class AnswerForm(ActorForm):
    """Still the same, or what has changed: which status, in which city."""

    answer = forms.ChoiceField(choices=Answer.choices)
    status = forms.ChoiceField(
        label=_("您现在的情况"), choices=Worker.Status.choices, widget=forms.RadioSelect, required=False
    )
    work_region = fields.RegionField(
        label=_("在哪个城市"), required=False, help_text=_("在外务工的请写城市，例如宁波市。")
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["work_region"].widget.attrs.pop("data-search", None)

    def initial_from(self, row: Any) -> dict[str, Any]:
        """Begin with nothing: the page shows nothing of the person."""
        return {}

    def clean(self) -> dict[str, Any]:
        """Ask for the status of whoever says that it has changed, and for no city of whoever is at home."""
        found = super().clean() or self.cleaned_data
        if found.get("answer") == Answer.CHANGED and not found.get("status"):
            self.add_error("status", _("请选一项您现在的情况。"))
        if found.get("status") not in AWAY:
            found["work_region"] = None
        return found

    def given(self) -> dict[str, Any]:
        """Return the verb's arguments; an unchanged status needs no more than the version that was asked about."""
        found = self.cleaned_data
        if found["answer"] == Answer.SAME:
            return {"answer": Answer.SAME, "seen": found["seen"]}
        return {name: found[name] for name in ("answer", "status", "work_region")}
