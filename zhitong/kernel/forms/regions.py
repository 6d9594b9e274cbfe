"""Divisions that split, merge and take another name or code."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from .. import values
from ..access import actionable
from ..actions import NewRegion
from ..fields import MOST_CANDIDATES, DayField, LineField, OrgField, TextField
from ..models import Org, Region
from ..models.region import full_code
from ..web import ActorForm

MOST_PIECES = 4
LEAST_PIECES = 2
MANAGERS: dict[Any, tuple[str, ...]] = {
    Region.Level.TOWNSHIP: (Org.Kind.TOWNSHIP_OFFICE,),
    Region.Level.VILLAGE: (Org.Kind.VILLAGE,),
}
"""The kind of organisation that manages a division of a level, as a form names it."""


def effective_day() -> DayField:
    """Return the field of the day from which a change holds."""
    return DayField(label=_("从哪天起生效"), past=True, help_text=_("照批复文件上的日期填写。"))


def code_field(**options: Any) -> LineField:
    """Return the field of a division's code."""
    return LineField(max_length=20, **{"label": _("区划代码"), **options})


def manager_field(region: Any, **options: Any) -> OrgField:
    """Return the field of who is to manage what a division becomes."""
    kinds = MANAGERS.get(getattr(region, "level", None), Org.PLACE_KINDS)
    return OrgField(kinds=kinds, **{"label": _("由哪个组织管理"), **options})


class RegionsField(TextField):
    """Standing divisions, one code in each line with whatever follows it; gives the rows in the order of codes."""

    most = 2000
    widget = forms.Textarea(attrs={"rows": 8, "spellcheck": "false"})

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=self.most * 60, **options)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        lines = dict.fromkeys(values.half_width(one.split()[0]) for one in text.splitlines() if one.strip())
        return self.resolve(list(lines)) if lines else []

    def resolve(self, codes: list[str]) -> list[Region]:
        """Return the divisions that bear these codes; raises ``ValidationError`` naming those that none bears."""
        wanted = {full_code(one): one for one in codes[: self.most + 1]}
        found = list(
            Region.objects.visible_to(None).standing().filter(code__in=list(wanted)).order_by("code")
        )
        unknown = sorted(wanted.keys() - {one.code for one in found})
        if len(wanted) > self.most:
            raise forms.ValidationError(
                _("一次最多 %(most)d 个区划。") % {"most": self.most}, code="too_many"
            )
        if unknown:
            named = _("、").join(wanted[one] for one in unknown[:MOST_CANDIDATES])
            sentence = _("没有使用这个代码的现行区划：%(named)s") % {"named": named}
            raise forms.ValidationError(sentence, code="unknown")
        return found


def _is_place(region: Region) -> bool:
    """Tell whether who manages a division is of the kind that a form names."""
    return getattr(region.stands_at, "kind", None) in MANAGERS.get(region.level, ())


class RenameRegionForm(ActorForm):
    """A division's other name, other code, or both."""

    name = LineField(label=_("名称"), max_length=80)
    code = code_field()
    changed_on = effective_day()


class SplitForm(ActorForm):
    """What a division is split into, and to which piece each division below it goes."""

    changed_on = effective_day()

    def _know_the_actor(self) -> None:
        """Give every piece its fields, and every division below its choice, before they learn of their reader."""
        for number in range(1, MOST_PIECES + 1):
            self._add_piece(number, number <= LEAST_PIECES)
        numbers = [(str(one), self._legend(one)) for one in range(1, MOST_PIECES + 1)]
        for child in self.children():
            label = f"{child.name}（{child.code}）"
            choices = [("", _now("请选择")), *numbers]
            self.fields[f"child_{child.pk}"] = forms.ChoiceField(label=label, choices=choices)
        super()._know_the_actor()

    def initial_from(self, row: Any) -> dict[str, Any]:
        """The first piece begins as what is split: one of them often keeps its name, code and manager."""
        return {
            "name_1": row.name,
            "code_1": row.code,
            "manager_1": row.stands_at if _is_place(row) else None,
        }

    def _add_piece(self, number: int, needed: bool) -> None:
        self.fields[f"name_{number}"] = LineField(label=_("名称"), max_length=80, required=needed)
        self.fields[f"code_{number}"] = code_field(required=needed)
        self.fields[f"manager_{number}"] = manager_field(self.row, required=needed)

    def children(self) -> list[Region]:
        """Return the divisions that stand below the one that is split."""
        if self.row is None:
            return []
        rows = Region.objects.visible_to(self.actor).standing().filter(parent=self.row.pk)
        return list(rows.order_by("code"))

    @staticmethod
    def _legend(number: int) -> str:
        named = _now("第%(number)d个新区划") % {"number": number}
        return named if number <= LEAST_PIECES else _now("%(named)s（没有就留空）") % {"named": named}

    @property
    def sections(self) -> Any:  # type: ignore[override]
        """The day, one section for each piece, and the divisions below."""
        pieces = [
            (self._legend(one), (f"name_{one}", f"code_{one}", f"manager_{one}"))
            for one in range(1, MOST_PIECES + 1)
        ]
        below = tuple(name for name in self.fields if name.startswith("child_"))
        under = [(_("下级区划分别划给"), below)] if below else []
        return [("", ("changed_on",)), *pieces, *under]

    def clean(self) -> dict[str, Any]:
        """Refuse a piece that is described in part, and a division below that goes to a piece that is not."""
        cleaned = super().clean() or {}
        for number in range(LEAST_PIECES + 1, MOST_PIECES + 1):
            names = [f"{one}_{number}" for one in ("name", "code", "manager")]
            if any(cleaned.get(one) for one in names):
                for one in names:
                    if not cleaned.get(one) and one not in self.errors:
                        self.add_error(one, _("这个新区划的名称、代码和管理组织都要填写。"))
        for name, value in list(cleaned.items()):
            if name.startswith("child_") and value and not self.data.get(f"name_{value}"):
                self.add_error(name, _("这个新区划没有填写。"))
        return cleaned

    def given(self) -> dict[str, Any]:
        """Return the day and the pieces that were described."""
        pieces = [
            self._piece(one) for one in range(1, MOST_PIECES + 1) if self.cleaned_data.get(f"name_{one}")
        ]
        return {"changed_on": self.cleaned_data["changed_on"], "pieces": pieces}

    def _piece(self, number: int) -> NewRegion:
        known = self.cleaned_data
        below = tuple(one for one in self.children() if known.get(f"child_{one.pk}") == str(number))
        code, name, manager = (known[f"{one}_{number}"] for one in ("code", "name", "manager"))
        return NewRegion(code=code, name=name, managers=(manager,), children=below)


class MergeForm(ActorForm):
    """With which divisions beside it one is merged, and what they become."""

    others = forms.ModelMultipleChoiceField(
        Region.objects.none(), label=_("和哪些区划合并"), widget=forms.CheckboxSelectMultiple
    )
    changed_on = effective_day()
    name = LineField(label=_("名称"), max_length=80)
    code = code_field(help_text=_("可以沿用其中一个的代码。"))
    managers = manager_field(None)
    sections = (
        (_("合并"), ("changed_on", "others")),
        (_("合并后的区划"), ("name", "code", "managers")),
    )

    def _know_the_actor(self) -> None:
        """Offer those beside it that the actor may change, and managers of its own level."""
        if self.row is not None:
            self.fields["managers"] = manager_field(self.row)
        super()._know_the_actor()
        self.fields["others"].queryset = self._beside()  # type: ignore[attr-defined]

    def initial_from(self, row: Any) -> dict[str, Any]:
        """What they become begins as the one from which the merger is done."""
        return {**super().initial_from(row), "managers": row.stands_at if _is_place(row) else None}

    def _beside(self) -> Any:
        if self.row is None:
            return Region.objects.none()
        mine = Region.objects.visible_to(self.actor).filter(actionable(Region, self.actor, "merge_regions"))
        beside = Region.objects.visible_to(self.actor).standing().filter(pk__in=mine.values("pk"))
        alike = beside.filter(parent=self.row.parent_id, level=self.row.level)  # type: ignore[attr-defined]
        return alike.exclude(pk=self.row.pk).order_by("code")

    def given(self) -> dict[str, Any]:
        """Return the others, the day, and what they become."""
        known = self.cleaned_data
        becomes = NewRegion(code=known["code"], name=known["name"], managers=(known["managers"],))
        return {"others": list(known["others"]), "changed_on": known["changed_on"], "becomes": becomes}
