"""Targets: what is owed, and how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from zhitong.kernel.web import Column, Listing

from ..models import Target


class TargetList(Listing):
    """What departments, stations and places owe, and how far they are."""

    model = Target
    title = pgettext_lazy("list", "岗位目标")
    columns: ClassVar[Sequence[Column]] = (
        Column("org.name", gettext_lazy("责任单位"), main=True),
        Column("begins_on", gettext_lazy("起"), sort="begins_on"),
        Column("ends_on", gettext_lazy("止"), sort="ends_on"),
        Column("seats", gettext_lazy("应采集"), sort="seats", css="number"),
        Column("entered", gettext_lazy("已采集"), css="number"),
        Column("approved", gettext_lazy("已审核"), css="number"),
        Column(lambda row: f"{row.approved * 100 // row.seats}%", gettext_lazy("完成"), css="number"),
    )
    order = "-begins_on"
    new: ClassVar[Sequence[str]] = ("set_target",)
    empty = gettext_lazy("还没有下达岗位目标。")

    def rows(self) -> QuerySet[Any]:
        """Return the targets with what was counted for each."""
        found: Any = super().rows()
        return found.with_progress()

    def url_of(self, row: Any) -> str | None:
        """Lead to the posts that the organisation collected."""
        collects = row.org.kind not in Target.PLACES
        return f"{reverse('demands')}?collected_by={row.org_id}" if collects else None
