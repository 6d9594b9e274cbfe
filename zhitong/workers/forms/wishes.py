"""The fields of an intention, alone and within a registration."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel import fields
from zhitong.kernel.web import ActorForm

from ..actions import Wish
from ..actions.intentions import MOST_WAGE_FEN
from ..models import Intention

OCCUPATIONS = ("first_occupation", "second_occupation", "third_occupation")
CITIES = ("first_region", "second_region", "third_region")
CONDITIONS = ("wage_floor_fen", "earliest_on", "goes_with", "needs_dormitory", "anywhere")


class WishFields(ActorForm):
    """What a worker wants; other forms join it."""

    first_occupation = fields.OccupationField(
        label=_("第一意向职业"), required=False, help_text=_("写职业名称，例如焊工、缝制工。")
    )
    second_occupation = fields.OccupationField(label=_("第二意向职业"), required=False)
    third_occupation = fields.OccupationField(label=_("第三意向职业"), required=False)
    first_region = fields.RegionField(
        label=_("第一意向城市"), required=False, help_text=_("写到市（州），例如宁波市。")
    )
    second_region = fields.RegionField(label=_("第二意向城市"), required=False)
    third_region = fields.RegionField(label=_("第三意向城市"), required=False)
    anywhere = forms.BooleanField(label=_("其他城市也可以"), required=False, initial=True)
    wage_floor_fen = fields.MoneyField(
        label=_("最低月工资"),
        required=False,
        most=MOST_WAGE_FEN,
        help_text=_("低于这个数不推荐；不填表示都可以。"),
    )
    earliest_on = fields.DayField(label=_("最早可出发"), required=False, initial=timezone.localdate)
    goes_with = forms.ChoiceField(
        label=_("同行"), choices=Intention.GoesWith.choices, initial=Intention.GoesWith.ALONE
    )
    needs_dormitory = forms.BooleanField(label=_("需要住宿"), required=False)

    def wish(self) -> Wish:
        """Return the intention that was filled in."""
        found = self.cleaned_data
        return Wish(
            occupations=tuple(found[name] for name in OCCUPATIONS if found[name]),
            cities=tuple(found[name] for name in CITIES if found[name]),
            anywhere=found["anywhere"],
            earliest_on=found["earliest_on"],
            wage_floor_fen=found["wage_floor_fen"] or 0,
            goes_with=found["goes_with"],
            needs_dormitory=found["needs_dormitory"],
        )

    def says_a_wish(self) -> bool:
        """Tell whether anything was said beyond what stands there at first."""
        said = (*OCCUPATIONS, *CITIES, "wage_floor_fen", "needs_dormitory")
        return any(self.cleaned_data.get(name) for name in said)


class IntentionForm(WishFields):
    """A worker's intention; ``seen`` is the version of the intention, not that of the person."""

    sections = (
        (_("想做什么（按先后）"), OCCUPATIONS),
        (_("想去哪里（按先后）"), (*CITIES, "anywhere")),
        (_("条件"), ("wage_floor_fen", "earliest_on", "goes_with", "needs_dormitory")),
    )

    def initial_from(self, row: Model) -> dict[str, Any]:
        """Begin with what is known of the worker's wish."""
        try:
            intention = row.intention  # type: ignore[attr-defined]
        except ObjectDoesNotExist:
            return {"seen": None}
        names = (*OCCUPATIONS, *CITIES, *CONDITIONS)
        return {"seen": intention.version, **{name: getattr(intention, name) for name in names}}

    def given(self) -> dict[str, Any]:
        """Give the verb one wish."""
        return {"wish": self.wish()}
