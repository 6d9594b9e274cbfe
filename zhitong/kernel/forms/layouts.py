"""The headings of an old table, and which of our columns each of them is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from .. import access, fields
from ..actions.layouts import MOST_COLUMNS
from ..errors import Refusal
from ..lists import LISTS, kept_columns_of
from ..models import Account, ListLayout, Org
from ..values import read_json, row_number
from ..web import ActorForm, Column, Listing
from ..web.layout import Parts, headings_in, headings_of, joined, matched, plain
from ..web.verbs import verb_of

MOST_PASTED = 20_000
TYPES = ".xlsx,.xls,.xlsb,.ods,.csv,.txt"


def lists_of(actor: Account) -> list[tuple[str, str]]:
    """Return name and title of the lists that the actor reads and whose layouts they keep."""
    kinds = [(name, kind) for name, kind in LISTS.items() if issubclass(kind, Listing)]
    seen = [(name, title_of(name)) for name, kind in kinds if _reads(actor, kind) and _keeps(actor, kind)]
    return sorted(seen, key=lambda one: one[1])


def title_of(name: str) -> str:
    """Return what people call a list, or its name where there is no such list any more."""
    kind: Any = LISTS.get(name)
    return name if kind is None else str(kind.title or kind.model._meta.verbose_name_plural)


def org_of(actor: Account) -> Org:
    """Return the organisation for which the actor keeps layouts: the first where they may."""
    held = [one.org for one in actor.held if one.org is not None and one.role.may("save_list_layout")]
    return held[0]


def _reads(actor: Account, kind: type[Listing]) -> bool:
    return any(one.unbounded or one.role.sees(kind.model._meta.label) for one in actor.held)


def _keeps(actor: Account, kind: type[Listing]) -> bool:
    return access.holds(actor, verb_of(kind.layout_verb).name)


def way_back(text: Any) -> str:
    """Return an address of ours to go back to, or nothing for any other."""
    ours = str(text or "").startswith("/") and url_has_allowed_host_and_scheme(str(text), allowed_hosts=None)
    return str(text) if ours else ""


class PastedField(forms.CharField):
    """Cells copied out of a table: the tabs between them stay."""


class HeadingsForm(ActorForm):
    """The headings of an old table, copied in or in a file."""

    listing = forms.ChoiceField(label=_("名单"))
    pasted = PastedField(
        label=_("粘贴表头"), required=False, max_length=MOST_PASTED, strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("在原来的表格里选中表头（两行表头就选两行），复制后粘贴到这里；也可以一行写一个表头。"),
    )  # fmt: skip
    file = forms.FileField(
        label=_("或者上传原来的表格"), required=False, widget=forms.FileInput(attrs={"accept": TYPES}),
        help_text=_("只读表头，表里的人员不保存。"),
    )  # fmt: skip
    back = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        choice = self.fields["listing"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = lists_of(self.actor)

    def clean_back(self) -> str:
        """Keep no address of others."""
        return way_back(self.cleaned_data["back"])

    def clean(self) -> dict[str, Any]:
        """Read the headings from what was copied, or else from the file."""
        found = super().clean() or self.cleaned_data
        if "listing" in found and not self.errors:
            kind: type[Listing] = LISTS[found["listing"]]
            parts = self._headings(kind.kept_columns())
            found["headings"] = plain(parts) if kind.keeps_layouts() else joined(parts)
            if not found["headings"]:
                raise forms.ValidationError(_("没有读到表头，请粘贴表头那一行，或者上传原来的表格。"))
        return found

    def _headings(self, known: Mapping[str, Column]) -> Parts:
        file = self.cleaned_data.get("file")
        pasted = self.cleaned_data.get("pasted", "")
        if pasted.strip() or not file:
            return headings_in(pasted, known)
        try:
            return headings_of(file, known)
        except Refusal as no:
            raise forms.ValidationError(str(no.sentence)) from None


class ListLayoutForm(ActorForm):
    """A choice of one of our columns for each heading, and the name under which all is kept.

    It begins with the headings that were read from a table (``headings``), or with an earlier ``layout``.
    """

    name = fields.LineField(
        label=_("版式名称"), max_length=60,
        help_text=_("例如：县就业局2024年旧表。与本单位这个名单已有的版式同名时，就更正那一份。"),
    )  # fmt: skip
    listing = forms.CharField(widget=forms.HiddenInput, required=False)
    headings = forms.CharField(widget=forms.HiddenInput, required=False)
    layout = forms.CharField(widget=forms.HiddenInput, required=False)
    back = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._begin_with_earlier()
        asked = self.data or self.initial
        known = kept_columns_of(str(asked.get("listing", ""))) or {}
        self.written = headings_carried(asked.get("headings")) or [one.chinese for one in known.values()]
        self.initial["headings"] = json.dumps(self.written, ensure_ascii=False)
        self._choose(known)

    def _begin_with_earlier(self) -> None:
        """Fill in the layout that is to be corrected."""
        number = row_number(self.initial.get("layout"))
        before = ListLayout.objects.visible_to(self.actor).standing().filter(pk=number).first()
        if before is None:
            return
        headings = [heading for heading, _key in before.columns]
        self.initial.update(name=before.name, listing=before.listing, headings=json.dumps(headings))
        self.initial.update(layout=before.pk, seen=before.version)
        self.initial.update({f"column_{at}": key for at, (_heading, key) in enumerate(before.columns)})

    def _choose(self, known: Mapping[str, Column]) -> None:
        choices = [("", _("我们没有这一列，留空")), *((key, one.label) for key, one in known.items())]
        guessed = matched(self.written, known)
        for at, heading in enumerate(self.written):
            label = heading or _("（空白表头）")
            self.fields[f"column_{at}"] = forms.ChoiceField(label=label, choices=choices, required=False)
            self.initial.setdefault(f"column_{at}", guessed[at])
        columns = tuple(f"column_{at}" for at in range(len(self.written)))
        self.__dict__["sections"] = ((_("版式"), ("name",)), (_("每个表头是我们的哪一列"), columns))
        self._know_the_actor()

    def clean(self) -> dict[str, Any]:
        """Forget the version that was seen where another layout bears the name."""
        found = super().clean() or self.cleaned_data
        before = self._earlier().get("layout") if not self.errors else None
        if before is None or before.pk != row_number(found.get("layout")):
            found["seen"] = None
        return found

    def given(self) -> dict[str, Any]:
        """Return what the verb takes; an earlier layout of the name is corrected."""
        found = self.cleaned_data
        keys = [found.get(f"column_{at}", "") for at in range(len(self.written))]
        pairs = tuple(zip(self.written, keys, strict=True))
        return {"listing": found["listing"], "name": found["name"], "columns": pairs, **self._earlier()}

    def _earlier(self) -> dict[str, Any]:
        rows = ListLayout.objects.visible_to(self.actor).standing().of_list(self.cleaned_data["listing"])
        before = rows.filter(org=org_of(self.actor), name=self.cleaned_data["name"]).first()
        return {} if before is None else {"layout": before}


def headings_carried(text: Any) -> list[str]:
    """Return the headings that a form carries along, or none."""
    try:
        found = read_json(text)
    except ValueError:
        return []
    kept = isinstance(found, list) and all(isinstance(one, str) for one in found)
    return found[:MOST_COLUMNS] if kept else []
