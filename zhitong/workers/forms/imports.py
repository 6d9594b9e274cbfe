"""What people fill in when they hand in a list, say what its columns mean, and decide about its rows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel import access, fields
from zhitong.kernel.forms.layouts import headings_carried
from zhitong.kernel.models import Org
from zhitong.kernel.sheets import heading_key
from zhitong.kernel.values import row_number
from zhitong.kernel.web import ActorForm, FilterForm

from ..actions import Part, Reading
from ..actions.imports import possible_decisions
from ..importing import FIELDS
from ..importing.fields import WORDS, first_word, guess_field, word_key
from ..importing.heads import fields_of
from ..models import Import, Layout, RowEffect, RowFinding
from .choosing import PlaceField

ALL = ("", _("全部"))
TYPES = ".xlsx,.xls,.xlsb,.ods,.csv,.txt"


class StageForm(ActorForm):
    """A list, for whom it is brought in, for which day it speaks, and that its people agreed."""

    file = forms.FileField(
        label=_("名单文件"), widget=forms.FileInput(attrs={"accept": TYPES}),
        help_text=_("xlsx、xls、xlsb、ods 或 csv；原来的表格就可以，不必改成模板。"),
    )  # fmt: skip
    org = PlaceField(
        label=_("报送单位"),
        kinds=(*map(str, Org.PLACE_KINDS), "cooperative", "township_branch", "county_company"),
    )
    listed_on = fields.DayField(
        label=_("名单截止日期"), past=True, help_text=_("比这一天更新的核实不会被覆盖。")
    )
    layout = fields.RowChoiceField(
        Layout, lambda rows: rows.select_related("org").order_by("name"), label=_("按保存的版式读"),
        required=False, empty_label=_("自动识别"),
    )  # fmt: skip
    agreed = forms.BooleanField(
        label=_("名单上的人都已被告知用途，同意登记，并单独同意使用身份证号"),
        help_text=_("没有征得同意的人，请先从名单里删去。"),
    )
    shared = forms.BooleanField(label=_("也都同意在推荐岗位时向用人单位提供必要信息"), required=False)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        held = [one.org for one in self.actor.held if one.org is not None and one.role.may("stage_import")]
        if held:
            self.initial.setdefault("org", held[0])
        self.initial.setdefault("listed_on", timezone.localdate())

    def clean_org(self) -> Any:
        """Refuse an organisation for which the actor does not bring lists in."""
        org = self.cleaned_data["org"]
        if org is not None and not access.may(self.actor, "stage_import", org):
            raise forms.ValidationError(_("您不能替这个单位报名单。"))
        return org

    def given(self) -> dict[str, Any]:
        """Return what the verb takes."""
        found = self.values()
        shared = ("share",) if found.pop("shared") else ()
        found.pop("agreed")
        return {**found, "consents": ("register", "sensitive", *shared)}


class ReadingFields(ActorForm):
    """One choice for each heading, and what words mean."""

    words = fields.TextField(
        label=_("用词对照"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("一行一条，例如：就业状态：打工去了=在外务工。左边写列，右边写模板里的说法。"),
    )  # fmt: skip

    def choose(self, columns: list[list[str]], words: dict[str, Any]) -> None:
        """Add a choice for each heading, set to the field that it is taken for."""
        self.written = [heading for heading, _field in columns]
        choices = [("", _("不导入这一列")), *((one.name, one.label) for one in FIELDS)]
        for at, (heading, field) in enumerate(columns):
            self.fields[f"column_{at}"] = forms.ChoiceField(label=heading, choices=choices, required=False)
            self.initial.setdefault(f"column_{at}", field)
        self.initial["words"] = "\n".join(_told_words(words))
        self._know_the_actor()

    def reading(self) -> Reading:
        """Return what was chosen."""
        chosen = tuple(self.cleaned_data.get(f"column_{at}", "") for at in range(len(self.written)))
        return Reading(tuple(self.written), chosen, self.cleaned_data.get("words") or {})

    def clean_words(self) -> dict[str, dict[str, Any]]:
        """Read ``column: theirs=ours`` line by line."""
        found: dict[str, dict[str, Any]] = {}
        for line in self.cleaned_data["words"].splitlines():
            if not line.strip():
                continue
            field, theirs, ours = _word(line, self._chosen())
            found.setdefault(field, {})[theirs] = ours
        return found

    def _chosen(self) -> dict[str, str]:
        """Return the field that was chosen for each heading as it is written."""
        asked = (self.data.get(self.add_prefix(f"column_{at}"), "") for at in range(len(self.written)))
        known = {one.name for one in FIELDS}
        pairs = zip(self.written, asked, strict=True)
        return {heading_key(heading): name for heading, name in pairs if name in known}


def _word(line: str, chosen: Mapping[str, str]) -> tuple[str, str, Any]:
    """Read a line; its column is named as in the list or as in our template."""
    left, _equals, ours = line.replace("＝", "=").partition("=")
    heading, _colon, theirs = left.replace("：", ":").partition(":")
    field = chosen.get(heading_key(heading)) or guess_field(heading.strip())
    usual = WORDS.get(field)
    if not field or not theirs.strip() or not ours.strip():
        raise forms.ValidationError(_("“%(line)s”没有写对，请照例子写。") % {"line": line[:40]})
    if usual is None:
        return field, word_key(theirs), ours.strip()
    if word_key(ours) not in usual:
        raise forms.ValidationError(_("“%(word)s”不是模板里的说法。") % {"word": ours.strip()[:20]})
    return field, word_key(theirs), usual[word_key(ours)]


def _told_words(words: dict[str, Any]) -> Iterator[str]:
    labels = {one.name: one.heading for one in FIELDS}
    for field, said in words.items():
        for theirs, ours in said.items():
            yield f"{labels[field]}：{theirs}={first_word(field, ours) if field in WORDS else ours}"


class ColumnsForm(ReadingFields):
    """What each column of a staged list means."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        assert isinstance(self.row, Import)
        self.choose(self.row.columns, self.row.words)
        self.__dict__["sections"] = (
            (_("每一列是什么"), tuple(f"column_{at}" for at in range(len(self.written)))),
            (_("说法不同的"), ("words",)),
        )

    def given(self) -> dict[str, Any]:
        """Return what the verb takes."""
        return {"reading": self.reading()}


class ApplyForm(ActorForm):
    """How much of a list enters."""

    part = forms.ChoiceField(
        label=_("办理"), choices=Part.choices, initial=Part.GOOD, widget=forms.RadioSelect
    )


class DecideForm(ActorForm):
    """What is decided about a row."""

    decision = forms.ChoiceField(label=_("决定"), widget=forms.RadioSelect)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        assert isinstance(self.row, RowFinding)
        possible = possible_decisions(self.row)
        labels = dict(RowFinding.Decision.choices)
        choice = self.fields["decision"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(str(one), labels[one]) for one in possible]


class LayoutForm(ReadingFields):
    """The column map of a list under a name, kept for an organisation and everyone below it."""

    name = fields.LineField(label=_("版式名称"), max_length=60, help_text=_("例如：县就业局2024年旧表。"))
    org = PlaceField(label=_("所属单位"), kinds=tuple(map(str, Org.PLACE_KINDS)))
    imported = forms.IntegerField(required=False, widget=forms.HiddenInput)
    headings = forms.CharField(required=False, widget=forms.HiddenInput)
    back = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        source = self._source()
        self.choose(source.columns if source else self._read(), source.words if source else {})
        self.initial["headings"] = json.dumps(self.written, ensure_ascii=False)
        held = [one.org for one in self.actor.held if one.org is not None and one.role.may("save_layout")]
        self.initial.setdefault("org", held[0] if held else None)
        columns = tuple(f"column_{at}" for at in range(len(self.written)))
        self.__dict__["sections"] = (
            (_("版式"), ("name", "org")),
            (_("每一列是什么"), columns),
            (_("说法不同的"), ("words",)),
        )

    def _read(self) -> list[list[str]]:
        """Return the headings that were read from an old table with what they seem to mean, or else our own."""
        read = headings_carried((self.data or self.initial).get("headings"))
        meant = zip(read, fields_of(read, {}), strict=True)
        return [list(one) for one in meant] or [[one.heading, one.name] for one in FIELDS]

    def _source(self) -> Import | None:
        """Return the list whose column map is kept."""
        number = row_number((self.data or self.initial).get("imported"))
        return Import.objects.visible_to(self.actor).filter(pk=number).first()

    def given(self) -> dict[str, Any]:
        """Return what the verb takes; an earlier layout of the name is corrected."""
        org, name = self.cleaned_data["org"], self.cleaned_data["name"]
        before = Layout.objects.visible_to(self.actor).filter(org=org, name=name).first()
        also = {} if before is None else {"layout": before, "seen": before.version}
        return {"org": org, "name": name, "reading": self.reading(), **also}


class ImportFilter(FilterForm):
    """What narrows the list of lists."""

    state = forms.ChoiceField(label=_("状态"), choices=[ALL, *Import.State.choices])


class FindingFilter(FilterForm):
    """What narrows the report."""

    verdict = forms.ChoiceField(label=_("结论"), choices=[ALL, *RowFinding.Verdict.choices])
    asks = forms.ChoiceField(label=_("决定"), choices=[ALL, ("1", _("等您决定的"))])

    def narrow_asks(self, rows: Any, value: str) -> Any:
        """Those that wait for a person."""
        return rows.waiting()


class EffectFilter(FilterForm):
    """What narrows the result."""

    kind = forms.ChoiceField(label=_("办理"), choices=[ALL, *RowEffect.Kind.choices])
    undone = forms.ChoiceField(label=_("撤销"), choices=[ALL, *RowEffect.Undone.choices[1:]])
