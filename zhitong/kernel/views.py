"""The kernel's own pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import connection
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from .fields import LineField, OrgField, RowField
from .models import Account, Org
from .web import Column, Detail, FilterForm, Listing, Panel, facts, public, signed_in, table
from .web.verbs import actor_of


@signed_in
def search(request: HttpRequest, name: str) -> HttpResponseBase:
    """Answer a searchable select: up to twenty rows that the actor may read."""
    kind = RowField.searches.get(name)
    if kind is None:
        raise Http404
    only = {one: request.GET[one].split(",") for one in kind.narrowed_by if request.GET.get(one)}
    field = kind(only=only)
    field.actor = actor_of(request)
    typed = request.GET.get("q", "").strip()[:60]
    rows = field.found(typed)
    found = [{"value": field.text_of(one), "hint": field.hint_of(one)} for one in rows]
    return JsonResponse({"found": found}, json_dumps_params={"ensure_ascii": False})


@signed_in
def home(request: HttpRequest) -> HttpResponseBase:
    """Go to where the actor's day begins."""
    return redirect("/workers/me/" if actor_of(request).kind == Account.Kind.WORKER else "/dashboards/")


@public
def health(request: HttpRequest) -> HttpResponseBase:
    """Say that the application answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


class OrgFilter(FilterForm):
    """What narrows the list of organisations."""

    kind = forms.ChoiceField(label=_("种类"), choices=[("", _("全部")), *Org.Kind.choices])
    parent = OrgField(label=_("上级"))
    name = LineField(label=_("名称或拼音"), max_length=60)

    def narrow_name(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Find by a part of the name, or by the beginning of its pinyin."""
        return rows.filter(name__contains=value) | rows.filter(name_key__startswith=value.lower())


class OrgList(Listing):
    """The organisations."""

    model = Org
    title = _("组织")
    columns = (
        Column("name", _("名称"), sort="name_key", main=True),
        Column("kind", _("种类")),
        Column("parent", _("上级")),
        Column("host_city", _("驻在城市")),
        Column("opened_on", _("成立日期")),
    )
    order = "name_key"
    filters = OrgFilter
    new = ("open_org",)

    def rows(self) -> QuerySet[Any]:
        """Only those that stand."""
        return super().rows().standing()


class OrgDetail(Detail):
    """One organisation."""

    model = Org
    related = ("parent", "host_city")

    def panels(self) -> Iterable[Panel]:
        """Its facts, what stands below it, its history."""
        below = (
            Org.objects.visible_to(self.actor).standing().filter(parent=self.row).order_by("kind", "name_key")
        )
        return (
            facts(_("基本情况"), self.row, "name", "short_name", "kind", "parent", "host_city", "opened_on"),
            table(_("下级组织"), below[:100], Column("name", _("名称")), Column("kind", _("种类"))),
            self.history(),
        )
