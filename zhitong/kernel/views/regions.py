"""Divisions: those that the reader looks after, and one of them with what it was and became."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .. import actions, values
from ..access import actionable, holds
from ..actions.regions import CHANGING
from ..fields import LineField, RegionField
from ..models import Org, Region
from ..web import Column, Detail, FilterForm, Listing, Panel, facts, table

MOST_SHOWN = 100


class RegionFilter(FilterForm):
    """What narrows the list of divisions."""

    level = forms.ChoiceField(label=_("层级"), choices=[("", _("全部")), *Region.Level.choices])
    parent = RegionField(label=_("上级"), levels=(1, 2, 3, 4))
    name = LineField(label=_("名称或代码"), max_length=60)
    standing = forms.ChoiceField(
        label=_("状态"), choices=[("", _("全部")), ("standing", _("现行")), ("ended", _("已撤销"))]
    )

    def narrow_name(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Find by a part of the name, or by the beginning of a code that it has or had."""
        number = values.half_width(value)
        borne = Q(codes__code__startswith=number) if values.is_digits(number) else Q(name__contains=value)
        return rows.filter(pk__in=Region.objects.visible_to(self.actor).filter(borne).values("pk"))

    def narrow_standing(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Keep those that stand, or those that ended."""
        return rows.filter(ended_on__isnull=value == "standing")


class RegionList(Listing):
    """The divisions: for those who change them, the ones within their reach."""

    model = Region
    title = pgettext_lazy("list", "行政区划")
    columns = (
        Column("name", _("名称"), main=True),
        Column("code", _("区划代码"), sort="code", css="keep"),
        Column("level", _("层级")),
        Column("parent", _("上级")),
        Column("began_on", _("设立日期")),
        Column("ended_on", _("撤销日期")),
    )
    order = "code"
    filters = RegionFilter
    related = ("parent",)
    empty = _("您的管理范围里还没有区划。请先到组织页面划定管理范围。")

    def rows(self) -> Any:
        found = super().rows()
        if not holds(self.actor, "rename_region"):
            return found
        mine = actionable(Region, self.actor, "rename_region")
        return found.filter(pk__in=Region.objects.visible_to(self.actor).filter(mine).values("pk"))


class RegionDetail(Detail):
    """One division: its codes, what it came from and became, who manages it, what stands below it."""

    model = Region
    related = ("parent", "prefecture")
    verbs = (actions.rename_region, actions.split_region, actions.merge_regions)

    def subtitle(self) -> str:
        above = "" if self.row.parent is None else f"{self.row.parent.full_name()} · "
        return f"{above}{self.row.get_level_display()}"

    def crumbs(self) -> list[Any]:
        """The list, then what stands above."""
        above = self.row.parent
        return super().crumbs() + ([] if above is None else [(str(above), f"/regions/{above.pk}/")])

    def buttons(self) -> Iterable[Any]:
        """What has ended changes no more; only townships and villages split and merge here."""
        if self.row.ended_on is not None:
            return ()
        fits = self.row.level in CHANGING
        return (one for one in super().buttons() if fits or one.name == "rename_region")

    def panels(self) -> Iterable[Panel]:
        known = ("name", "code", "level", (_("上级"), self.row.parent), "began_on", "ended_on")
        return (
            facts(_("基本情况"), self.row, *known), self.codes(), self.managers(), self.changes(), self.below(),
            self.history(),
        )  # fmt: skip

    def codes(self) -> Panel:
        """The codes that it bears and bore."""
        columns = (
            Column("code", _("区划代码")),
            Column("valid_from", _("启用日期"), css="keep"),
            Column("valid_until", _("停用日期"), css="keep"),
        )
        return table(_("区划代码沿革"), self.row.codes.order_by("-valid_from", "-pk"), *columns)

    def managers(self) -> Panel:
        """The organisations that manage it and that the reader may see."""
        rows = Org.objects.visible_to(self.actor).managing(self.row).order_by("kind", "name_key")
        columns = (Column("name", _("名称")), Column("kind", _("种类")))
        return table(_("管理它的组织"), rows[:MOST_SHOWN], *columns, empty=_("您的范围里没有组织管理它。"))

    def changes(self) -> Panel:
        """What it came from and what it became."""
        found = (self.row.heirs.all() | self.row.origins.all()).select_related("old", "new")
        columns = (
            Column("kind", _("变更种类")),
            Column("changed_on", _("变更日期")),
            Column(lambda one: f"{one.old_name or one.old} （{one.old.code}）", _("变更前")),
            Column(lambda one: f"{one.new} （{one.new.code}）", _("变更后")),
        )
        return table(_("区划变更"), found.order_by("-changed_on", "-pk"), *columns, empty=_("没有变更过。"))

    def below(self) -> Panel:
        """The divisions directly below it that stand."""
        rows = Region.objects.visible_to(self.actor).standing().filter(parent=self.row).order_by("code")
        columns = (Column("name", _("名称")), Column("code", _("区划代码"), css="keep"))
        return table(_("下级区划"), rows[:MOST_SHOWN], *columns, empty=_("下面没有区划。"))
