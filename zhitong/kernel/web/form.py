"""Forms that know who fills them in."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from zhitong.kernel import values
from zhitong.kernel.fields import RowChoiceField, RowField, checked
from zhitong.kernel.models import Account
from zhitong.kernel.privacy import Sealed

HIDDEN = ("nonce", "seen")
_CONTROL_CLASSES = (
    (forms.CheckboxSelectMultiple, "form-check-input"),
    (forms.RadioSelect, "form-check-input"),
    (forms.CheckboxInput, "form-check-input"),
    (forms.Select, "form-select"),
    (forms.HiddenInput, ""),
)
_MISSING = (
    (forms.CheckboxInput, _("请打勾确认。")),
    ((forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple), _("请选一项。")),
    (forms.ClearableFileInput, _("请选一个文件。")),
)


class _ForActor(forms.Form):
    """Gives fields their reader: rows to choose from are those that the actor may read."""

    actor: Account | None

    def _know_the_actor(self) -> None:
        for one in self.fields.values():
            if isinstance(one, RowField):
                one.actor = self.actor
                one.widget.attrs["data-search"] = one.address()
            elif isinstance(one, RowChoiceField):
                one.queryset = one.rows(self.actor)
            elif isinstance(one, forms.ModelChoiceField):
                _narrow(one, self.actor)
            dressed(one)
            _ask_kindly(one)

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for name, one in self.fields.items():
            value = self.cleaned_data.get(name)
            if isinstance(value, str) and type(one) is forms.CharField and name not in HIDDEN:
                self._clean_text(name, one, value)

    def _clean_text(self, name: str, one: forms.CharField, value: str) -> None:
        read = values.paragraph if isinstance(one.widget, forms.Textarea) else values.line
        try:
            self.cleaned_data[name] = checked(read, value)
        except forms.ValidationError as wrong:
            self.add_error(name, wrong)


def _narrow(one: forms.ModelChoiceField[Any], actor: Account | None) -> None:
    rows: Any = one.queryset
    if hasattr(rows, "visible_to"):
        one.queryset = rows.visible_to(actor)


def _ask_kindly(one: forms.Field) -> None:
    """Say what to do where something required is missing, unless the field has a sentence of its own."""
    if one.error_messages.get("required") is forms.Field.default_error_messages["required"]:
        kinds = (sentence for kind, sentence in _MISSING if isinstance(one.widget, kind))
        one.error_messages["required"] = next(kinds, _("请填写。"))


def dressed(one: forms.Field) -> None:
    """Give a field's control its style class."""
    kinds = (css for kind, css in _CONTROL_CLASSES if isinstance(one.widget, kind))
    css = next(kinds, "form-control")
    held = str(one.widget.attrs.get("class", "")).split()
    one.widget.attrs["class"] = " ".join(dict.fromkeys([*held, *css.split()]))


class ActorForm(_ForActor):
    """What somebody fills in for a verb.

    ``actor`` fills it in, about ``row`` where there is one. Hidden fields: ``nonce`` names this submission, so
    that sending it twice does one thing; ``seen`` is the version of the row that the person saw. ``sections``
    groups fields: ``((legend, (name, …)), …)``.
    """

    nonce = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    sections: ClassVar[tuple[tuple[Any, tuple[str, ...]], ...]] = ()
    actor: Account

    def __init__(
        self,
        actor: Account,
        row: Model | None = None,
        data: Any = None,
        files: Any = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        self.actor, self.row = actor, row
        super().__init__(data, files, label_suffix="")
        self.initial = {
            "nonce": uuid.uuid4().hex,
            "seen": getattr(row, "version", None),
            **({} if row is None else self.initial_from(row)),
            **(initial or {}),
        }
        self._know_the_actor()
        self._mask_sealed()

    def initial_from(self, row: Model) -> dict[str, Any]:
        """Return what the fields show at first: the row's values of the same names."""
        own = [name for name in self.fields if name not in HIDDEN and hasattr(row, name)]
        found = {name: _initial(getattr(row, name)) for name in own}
        return {name: value for name, value in found.items() if value is not None}

    def _mask_sealed(self) -> None:
        for name, one in self.fields.items():
            value = getattr(self.row, name, None)
            if isinstance(value, Sealed) and name not in self.initial:
                one.widget.attrs["placeholder"] = value.masked
                one.required = False
                one.help_text = one.help_text or _("不改就留空。")

    def values(self) -> dict[str, Any]:
        """Return the cleaned values without the hidden ones; a sealed value left blank stays as it is."""
        kept = {name: value for name, value in self.cleaned_data.items() if name not in HIDDEN}
        return {name: value for name, value in kept.items() if value or not self._is_sealed(name)}

    def _is_sealed(self, name: str) -> bool:
        return isinstance(getattr(self.row, name, None), Sealed)

    def given(self) -> dict[str, Any]:
        """Return the verb's keyword arguments; by default each field is one."""
        return self.values()

    def grouped(self) -> Iterator[tuple[Any, list[forms.BoundField]]]:
        """Yield each section's legend and fields; fields in no section come last under no legend."""
        placed: set[str] = set()
        for legend, names in self.sections:
            placed.update(names)
            yield legend, [self[name] for name in names if name in self.fields]
        rest = [one for one in self.visible_fields() if one.name not in placed]
        if rest:
            yield "", rest


def _initial(value: Any) -> Any:
    """Return a row's value as a field begins with it: sealed values stay empty, rows behind a key as rows."""
    if isinstance(value, Sealed):
        return None
    if hasattr(value, "all") and not isinstance(value, Model):
        return list(value.all())
    return value


class FilterForm(_ForActor):
    """What narrows a list. A field named like a lookup narrows by it; ``narrow_<name>(rows, value)`` by hand."""

    def __init__(self, actor: Account | None, data: Any = None) -> None:
        self.actor = actor
        super().__init__(data, label_suffix="", auto_id="filter_%s")
        for one in self.fields.values():
            one.required = False
        self._know_the_actor()

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows that are asked for; only after ``is_valid()``."""
        for name, value in self.cleaned_data.items():
            if value not in (None, "", []):
                rows = self._narrowed(rows, name, value)
        return rows

    def _narrowed(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        by_hand = getattr(self, f"narrow_{name}", None)
        if by_hand is not None:
            narrowed: QuerySet[Any] = by_hand(rows, value)
            return narrowed
        if isinstance(value, (list, tuple, QuerySet)):
            return rows.filter(**{f"{name}__in": value})
        return rows.filter(**{name: value})

    def asked(self) -> dict[str, str]:
        """Return what is asked for, as typed, for links to other pages of the list."""
        return {name: self.data[name] for name in self.fields if self.data.get(name)}

    def in_words(self) -> str:
        """Return the filters in use as one line for the record of an export: their names, never their values."""
        return _("、").join(str(self[name].label or name) for name in self.asked())
