"""One row's page: panels of facts, tables, its history, and the verbs that the reader may do to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.db.models import Model
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.kernel import access
from zhitong.kernel.action import VERBS
from zhitong.kernel.actions import note_reading
from zhitong.kernel.fields import yuan
from zhitong.kernel.models import Account, Record

from .guard import View, signed_in
from .paths import known_field, name_of_label, page_of, visible_row
from .show import Cell, Column, label_at, said, shown
from .verbs import actor_of, verb_of

Text = str | Promise
MOST_LINES = 50
MOST_DIGEST = 12
LABEL = re.compile(r"[a-z]+\.[A-Za-z]+:\d+")
"""How the record names a row."""


@dataclass(frozen=True)
class Panel:
    """A part of a page: a title, the template that shows it, and what that template needs."""

    title: Text
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    wide: bool = False


@dataclass(frozen=True)
class Button:
    """A verb offered on a page."""

    title: Text
    url: str
    name: str


def facts(title: Text, row: Model, *names: Any, wide: bool = False) -> Panel:
    """Return a panel of labels and values: field names (dotted paths too) or ``(label, value)`` pairs."""
    pairs = [_pair(row, one) for one in names]
    return Panel(title, "kernel/panel_facts.html", {"pairs": pairs}, wide)


def _pair(row: Model, one: Any) -> tuple[Text, str]:
    if isinstance(one, str):
        return label_at(row, one), shown(row, one)
    label, value = one
    return label, said(value)


def table(title: Text, rows: Iterable[Any], *columns: Column, empty: Text = "", link: bool = True) -> Panel:
    """Return a panel with a short table; the first column links to the row's page where it has one."""
    first = columns[0] if not any(one.main for one in columns) else None
    lines = []
    for row in rows:
        url = page_of(row) if link else None
        lines.append([
            Cell(one, one.text(row), one.colour(row), url if one.main or one is first else None) for one in columns
        ])  # fmt: skip
    context = {"columns": columns, "lines": lines, "empty": empty or gettext_lazy("还没有。")}
    return Panel(title, "kernel/panel_table.html", context, True)


def panel(title: Text, template: str, *, wide: bool = False, **context: Any) -> Panel:
    """Return a panel with a template of the app's own; inside it, its context stands under its own names."""
    return Panel(title, "kernel/panel_own.html", {"inner_template": template, **context}, wide)


def history(row: Model, actor: Account, title: Text = "") -> Panel:
    """Return a panel of what was done to the row: who, for whom, when, what in words, from what to what."""
    lines = Record.objects.visible_to(actor).of(row).select_related("actor", "acting_for")
    newest = lines.order_by("-position")[:MOST_LINES]
    told = [told_line(one, actor) for one in newest]
    return Panel(title or gettext_lazy("办理记录"), "kernel/panel_history.html", {"lines": told}, True)


def told_line(line: Record, actor: Account | None = None) -> dict[str, Any]:
    """Return a record line in words; rows that it names bear their names where ``actor`` may read them."""
    verb = VERBS.get(line.verb)
    return {
        "line": line,
        "title": verb.title if verb is not None else line.verb,
        "who": line.actor.name if line.actor is not None else _("系统"),
        "org": line.acting_for,
        "moves": [_told_move(one, actor) for one in line.moves],
    }


def _told_move(move: Mapping[str, Any], actor: Account | None) -> dict[str, Any]:
    known = known_field(str(move.get("row", "")), str(move["field"]))
    name = str(move["field"])
    told = {end: _in_words(known, name, move[end], actor) for end in ("from", "to")}
    return {"label": getattr(known, "verbose_name", None) or name, **told}


def _in_words(known: Any, name: str, value: Any, actor: Account | None) -> str:
    if actor is not None and isinstance(value, str) and LABEL.fullmatch(value):
        return name_of_label(value, actor)
    if name.endswith("_fen") and isinstance(value, int):
        return yuan(value)
    if name == "digest" and isinstance(value, str):
        return f"{value[:MOST_DIGEST]}…"
    choices = dict(getattr(known, "flatchoices", ()) or ())
    return str(choices.get(value, said(value)))


class Detail:
    """A page about one row, declared: subclass it, say the model, its verbs and its panels.

    ``verbs`` are buttons shown where the reader may do them; the first two stand alone, the rest in a menu.
    ``states`` shows a verb only in the named states. ``note_reading`` leaves a line that the page was opened.
    """

    model: ClassVar[type[Model]]
    template: ClassVar[str] = "kernel/detail.html"
    verbs: ClassVar[Sequence[Any]] = ()
    states: ClassVar[Mapping[str, Sequence[str]]] = {}
    related: ClassVar[tuple[str, ...]] = ()
    note_reading: ClassVar[bool] = False

    def __init__(self, request: HttpRequest, row: Any) -> None:
        self.request, self.actor, self.row = request, actor_of(request), row

    @classmethod
    def page(cls) -> View:
        """Return the view for ``<int:pk>/``."""

        def view(request: HttpRequest, pk: int) -> HttpResponseBase:
            row = visible_row(cls.model, actor_of(request), pk, *cls.related)
            return cls(request, row).answer()

        view.__name__ = cls.__name__
        guarded = signed_in(view)
        guarded.detail = cls  # type: ignore[attr-defined]
        return guarded

    def answer(self) -> HttpResponseBase:
        """Return the page."""
        if self.note_reading and access.holds(self.actor, "note_reading"):
            note_reading(by=self.actor, row=self.row, purpose="page")
        buttons = list(self.buttons())
        context = {
            "row": self.row, "title": self.title(), "subtitle": self.subtitle(), "panels": self.panels(),
            "first_buttons": buttons[:2], "more_buttons": buttons[2:], "crumbs": self.crumbs(),
            **self.context(),
        }  # fmt: skip
        return render(self.request, self.template, context)

    def title(self) -> Text:
        """Return the heading."""
        return str(self.row)

    def subtitle(self) -> Text:
        """Return a line below the heading."""
        return ""

    def crumbs(self) -> list[tuple[Text, str]]:
        """Return the way here: by default the list of the model, where one is named by its plural and opens."""
        plural = f"{self.model._meta.model_name}s"
        if not any(one.unbounded or one.role.sees(self.model._meta.label) for one in self.actor.held):
            return []
        try:
            return [(str(self.model._meta.verbose_name_plural), reverse(plural))]
        except NoReverseMatch:
            return []

    def panels(self) -> Iterable[Panel]:
        """Return the parts of the page."""
        return ()

    def history(self) -> Panel:
        """Return the panel of what was done to this row."""
        return history(self.row, self.actor)

    def context(self) -> dict[str, Any]:
        """Return more for the template."""
        return {}

    def buttons(self) -> Iterable[Button]:
        """Yield the verbs that the reader may do here."""
        for one in self.verbs:
            call, row = (one, self.row) if callable(one) else one
            if row is not None:
                yield from self._button(call, row)

    def _button(self, call: Callable[..., Any], row: Model) -> Iterable[Button]:
        verb = verb_of(call)
        wanted = self.states.get(verb.name)
        if wanted is not None and getattr(row, "state", None) not in wanted:
            return
        if access.may(self.actor, verb.name, row):
            yield Button(verb.title, reverse(verb.name, args=[row.pk]), verb.name)
