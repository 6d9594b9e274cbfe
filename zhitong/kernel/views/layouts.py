"""Layouts of lists: headings read from an old table, what is kept, and the way back to the list."""

from __future__ import annotations

import json
from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from .. import access, actions
from ..errors import NotAllowed
from ..forms.layouts import HeadingsForm, lists_of, org_of, title_of, way_back
from ..lists import LISTS, kept_columns_of
from ..models import ListLayout
from ..web import Column, Detail, Listing, Panel, facts, signed_in, table
from ..web.detail import Button
from ..web.verbs import actor_of, verb_of

SAVE = "save_list_layout"
PAIR = (Column(itemgetter(0), _("表头")), Column(itemgetter(1), _("我们的列")))


def titled(layout: ListLayout) -> str:
    """Return what people call the list of a layout."""
    return title_of(layout.listing)


class ListLayoutList(Listing):
    """The layouts of lists that organisations keep."""

    model = ListLayout
    title = _("导出版式")
    columns = (
        Column("name", _("名称"), main=True),
        Column(titled, _("名单")),
        Column("org", _("所属组织")),
        Column("state", _("状态"), badge={"kept": "green"}),
        Column("saved_by", _("保存人")),
        Column("saved_at", _("保存时间")),
    )
    related = ("org", "saved_by")
    empty = _("还没有导出版式。打开任何一个名单，点“按原来的表格导出”就可以做一份。")


class ListLayoutDetail(Detail):
    """One layout: each heading with our column."""

    model = ListLayout
    related = ("org", "saved_by")
    verbs = (actions.withdraw_list_layout,)
    states = {"withdraw_list_layout": ("kept",)}

    def buttons(self) -> Iterable[Button]:
        """Offer to correct it before taking it out of use."""
        kept = self.row.state == ListLayout.State.KEPT
        if kept and access.may(self.actor, SAVE, self.row.org) and org_of(self.actor) == self.row.org:
            yield Button(_("更正"), f"{reverse(SAVE)}?listing={self.row.listing}&layout={self.row.pk}", SAVE)
        yield from super().buttons()

    def subtitle(self) -> str:
        return f"{titled(self.row)} · {self.row.get_state_display()}"

    def panels(self) -> Iterable[Panel]:
        known = kept_columns_of(self.row.listing) or {}
        pairs = [(heading, _told(key, known)) for heading, key in self.row.columns]
        return (
            facts(_("基本情况"), self.row, (_("名单"), titled(self.row)), "org", "saved_by", "saved_at"),
            table(_("列对照"), pairs, *PAIR, link=False),
            self.history(),
        )  # fmt: skip


def _told(key: str, known: Any) -> str:
    if not key:
        return _now("留空")
    return str(known[key].label) if key in known else _now("已经没有这一列")


@signed_in
def list_headings(request: HttpRequest) -> HttpResponseBase:
    """Read the headings of an old table and go on to the verb that keeps them; nothing is kept by this page."""
    actor = actor_of(request)
    if not lists_of(actor):
        raise NotAllowed(SAVE)
    if request.method != "POST":
        asked = {name: request.GET.get(name, "") for name in ("listing", "back")}
        return _show(request, HeadingsForm(actor, None, initial=asked))
    form = HeadingsForm(actor, None, request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, form, 422)
    read = form.cleaned_data
    kind: type[Listing] = LISTS[read["listing"]]
    known = {name: read[name] for name in ("listing", "back")}
    saving = resolve(reverse(verb_of(kind.layout_verb).name)).func.page  # type: ignore[attr-defined]
    answer: HttpResponseBase = saving.begin(request, {**known, "headings": json.dumps(read["headings"])})
    return answer


def _show(request: HttpRequest, form: HeadingsForm, status: int = 200) -> HttpResponseBase:
    back = way_back(form["back"].value()) or reverse("listlayouts")
    context = {"title": _("照着原来的表格做版式"), "form": form, "back": back, "crumbs": []}
    return render(request, "kernel/list_headings.html", context, status=status)


def about_saving(request: HttpRequest, row: None) -> dict[str, Any]:
    """Say which list a layout is for, and lead back to it."""
    asked = request.POST or request.GET
    listing = asked.get("listing", "")
    title = title_of(listing) if listing in LISTS else ""
    return {"back": way_back(asked.get("back")) or reverse("listlayouts"), "subtitle": title}


def after_saving(row: Any, request: HttpRequest) -> str | None:
    """Go on to where the layout is picked, or to its own page."""
    return way_back(request.POST.get("back")) or None
