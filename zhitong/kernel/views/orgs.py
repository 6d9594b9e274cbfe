"""The tree of organisations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .. import actions
from ..fields import LineField, OrgField
from ..models import Grant, Org, Region
from ..roles import roles
from ..web import Column, Detail, FilterForm, Listing, Panel, facts, table

MOST_BELOW = 100


class OrgFilter(FilterForm):
    """What narrows the list of organisations."""

    kind = forms.ChoiceField(label=_("种类"), choices=[("", _("全部")), *Org.Kind.choices])
    parent = OrgField(label=_("上级"))
    name = LineField(label=_("名称或拼音"), max_length=60)

    def narrow_name(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Find by a part of the name, or by the beginning of its pinyin."""
        return rows.filter(name__contains=value) | rows.filter(name_key__startswith=value.lower())


class OrgList(Listing):
    """The organisations that stand."""

    model = Org
    title = pgettext_lazy("list", "组织")
    columns = (
        Column("name", _("名称"), sort="name_key", main=True),
        Column("kind", _("种类")),
        Column("parent", _("上级")),
        Column("host_city", _("驻在城市")),
        Column("opened_on", _("成立日期")),
    )
    order = "name_key"
    filters = OrgFilter
    empty = _("还没有组织。先用“初始化”载入组织体系。")

    def rows(self) -> Any:
        return super().rows().standing()


def role_title(name: str) -> Any:
    """Return a role as people read it."""
    known = roles().get(name)
    return name if known is None else known.title


class OrgDetail(Detail):
    """One organisation: what it is, what stands below it, who works for it."""

    model = Org
    related = ("parent", "host_city")
    verbs = (
        actions.invite_account, actions.invite_employer, actions.open_org, actions.give_role,
        actions.open_account, actions.assign_regions, actions.release_regions, actions.rename_org,
        actions.close_org,
    )  # fmt: skip

    def subtitle(self) -> Any:
        return self.row.get_kind_display()

    def buttons(self) -> Iterable[Any]:
        """Only an employer's organisation has employers' clerks, and those only; only places manage divisions."""
        wrong = ["invite_account" if self.row.kind == Org.Kind.EMPLOYER else "invite_employer"]
        wrong += [] if self.row.level else ["assign_regions"]
        wrong += [] if self.row.org_regions.exists() else ["release_regions"]
        return (one for one in super().buttons() if self.row.closed_on is None and one.name not in wrong)

    def crumbs(self) -> list[Any]:
        """The list, then what stands above."""
        above = self.row.parent
        return super().crumbs() + ([(str(above), f"/orgs/{above.pk}/")] if above is not None else [])

    def panels(self) -> Iterable[Panel]:
        known = ("name", "short_name", "kind", "parent", "host_city", "opened_on", "closed_on")
        return (
            facts(_("基本情况"), self.row, *known),
            *([self.regions()] if self.row.level else []),
            self.below(),
            self.people(),
            self.history(),
        )

    def regions(self) -> Panel:
        """The divisions that it manages."""
        rows = Region.objects.visible_to(self.actor).standing().filter(org_regions__org=self.row)
        columns = (
            Column("name", _("名称")),
            Column("code", _("区划代码"), css="keep"),
            Column("level", _("层级")),
        )
        empty = _("它还不管理区划。")
        return table(_("管理的区划"), rows.order_by("level", "code")[:MOST_BELOW], *columns, empty=empty)

    def below(self) -> Panel:
        """The organisations directly below."""
        rows = Org.objects.visible_to(self.actor).standing().filter(parent=self.row)
        columns = (Column("name", _("名称")), Column("kind", _("种类"), css="keep"))
        return table(_("下级组织"), rows.order_by("kind", "name_key")[:MOST_BELOW], *columns)

    def people(self) -> Panel:
        """Who holds a role here."""
        rows = Grant.objects.visible_to(self.actor).standing().filter(org=self.row).select_related("account")
        columns = (
            Column("account.name", _("姓名")),
            Column(lambda one: role_title(one.role), _("角色")),
            Column("begins_on", _("起")),
            Column("ends_on", _("止")),
        )
        return table(_("经办人"), rows.order_by("pk")[:MOST_BELOW], *columns)
