"""How far targets are: the list by department, station and place, and the steps of one of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zhitong.employers.models import Target
from zhitong.kernel import fields
from zhitong.kernel.models import Org
from zhitong.kernel.web import Column, Detail, FilterForm, Listing, Panel, facts, panel

from .models import TargetProgress

KINDS = [(kind, Org.Kind(kind).label) for kind in Target.KINDS]


def _beside(row: TargetProgress) -> str:
    """Return what of the collected posts is not to be counted on."""
    parts = []
    if row.stale:
        parts.append(_("长期未更新 %(many)s") % {"many": f"{row.stale:,}"})
    if row.doubtful:
        parts.append(_("存疑 %(many)s") % {"many": f"{row.doubtful:,}"})
    return _("；").join(parts)


def _share(row: TargetProgress) -> str:
    """Return how much of a target was employed; small parts with a decimal, so that a beginning shows."""
    percent = row.employed * 100 / row.seats
    return f"{percent:.1f}%" if 0 < percent < 10 else f"{int(percent)}%"


class ProgressFilter(FilterForm):
    """What narrows the targets."""

    kind = forms.ChoiceField(label=gettext_lazy("责任单位种类"), choices=[("", gettext_lazy("全部")), *KINDS])
    county = fields.OrgField(label=gettext_lazy("县（市、区）"), kinds=("county_bureau",))
    running = forms.BooleanField(label=gettext_lazy("只看正在进行的"), required=False)

    def narrow_kind(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Keep those of one kind of organisation."""
        return rows.filter(org__kind=value)

    def narrow_running(self, rows: QuerySet[Any], value: bool) -> QuerySet[Any]:
        """Keep those whose period runs today."""
        today = timezone.localdate()
        return rows.filter(begins_on__lte=today, ends_on__gte=today) if value else rows


class TargetProgressList(Listing):
    """The targets within reach and how far each is, from collecting to people still at work."""

    model = TargetProgress
    title = pgettext_lazy("list", "目标进展")
    columns = (
        Column("org.name", gettext_lazy("责任单位"), main=True),
        Column("begins_on", gettext_lazy("起"), sort="begins_on"),
        Column("ends_on", gettext_lazy("止"), sort="ends_on"),
        Column("seats", gettext_lazy("目标"), sort="seats", css="number"),
        Column("entered", gettext_lazy("已采集"), sort="entered", css="number"),
        Column(_beside, gettext_lazy("其中要核实的"), known_as="beside"),
        Column("approved", gettext_lazy("已审核"), sort="approved", css="number"),
        Column("proposed", gettext_lazy("匹配建议"), sort="proposed", css="number"),
        Column("offered", gettext_lazy("已推荐"), sort="offered", css="number"),
        Column("employed", gettext_lazy("已录用"), sort="employed", css="number"),
        Column("still_there", gettext_lazy("仍在岗"), sort="still_there", css="number"),
        Column(_share, gettext_lazy("录用占目标"), css="number", known_as="share"),
    )
    order = "-begins_on"
    filters = ProgressFilter
    empty = gettext_lazy("还没有统计。下达岗位目标后，每天夜里统计一次。")


class TargetProgressDetail(Detail):
    """One target's steps, with what of the collected posts is not to be counted on."""

    model = TargetProgress
    related = ("org", "target")

    def title(self) -> str:
        """Name who owes the posts."""
        return _("%(org)s的目标进展") % {"org": self.row.org}

    def subtitle(self) -> str:
        """Return the period and when it was counted."""
        return _("%(begins)s 至 %(ends)s · 统计于 %(at)s") % {
            "begins": self.row.begins_on, "ends": self.row.ends_on,
            "at": timezone.localtime(self.row.counted_at).strftime("%Y-%m-%d %H:%M"),
        }  # fmt: skip

    def crumbs(self) -> list[tuple[Any, str]]:
        """Lead back to the list."""
        return [(TargetProgressList.title, reverse("targetprogresses"))]

    def panels(self) -> Iterable[Panel]:
        """Return the steps, then the target."""
        yield panel(_("从目标到在岗"), "dispatch/target_progress.html", wide=True, steps=self._steps())
        yield facts(_("岗位目标"), self.row, "org", "begins_on", "ends_on", "seats", "counted_at")

    def _steps(self) -> list[dict[str, Any]]:
        row = self.row
        collects = row.org.kind not in Target.PLACES
        lists = f"{reverse('demands')}?collected_by={row.org_id}" if collects else ""
        steps = [
            (_("目标（岗位人数）"), row.seats, "", ""),
            (_("已采集"), row.entered, lists, _beside(row)),
            (_("已审核"), row.approved, "", ""),
            (_("匹配建议（人次）"), row.proposed, "", ""),
            (_("已推荐（人次）"), row.offered, "", ""),
            (_("本人确认"), row.agreed, "", ""),
            (_("已录用"), row.employed, "", ""),
            (_("仍在岗"), row.still_there, "", ""),
        ]
        most = max(1, *(count for _label, count, _url, _note in steps))
        return [
            {"label": label, "count": count, "width": 100 * count / most, "url": url, "note": note}
            for label, count, url, note in steps
        ]
