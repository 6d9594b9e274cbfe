"""What a worker wants to hear of when new posts come, by a short message."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.models import ReachQuerySet, Region
from zhitong.workers.models import OfWorker, Source, Worker


class SavedSearchQuerySet(ReachQuerySet):
    """Questions about saved searches."""

    def running(self, day: dt.date | None = None) -> Self:
        """Return those that nobody ended and whose days are not over."""
        return self.filter(ended_at=None, expires_on__gte=day or timezone.localdate())

    def due(self, day: dt.date) -> Self:
        """Return those running whose worker can be told today: on the register, reachable, not told yet."""
        told = SavedSearch._base_manager.filter(worker=models.OuterRef("worker"), told_on__gte=day)
        return self.running(day).filter(
            ~models.Exists(told), worker__state=Worker.State.ACTIVE, worker__telephone__isnull=False
        )


class SavedSearch(OfWorker):
    """What somebody looks for among posts: new ones that suit him are told once a day, for 90 days at most."""

    LASTS = dt.timedelta(days=90)
    MOST = 5
    """Searches that one person may have running at once."""

    worker = models.ForeignKey(
        Worker, models.CASCADE, related_name="saved_searches", verbose_name=_("劳动者")
    )
    words = models.CharField(_("想做什么"), max_length=40, blank=True)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("去哪里")
    )
    wage_least_fen = models.PositiveIntegerField(_("月工资不低于（分）"), null=True, blank=True)
    has_dormitory = models.BooleanField(_("要包住"), default=False)
    begins_by = models.DateField(_("最晚哪天到岗"), null=True, blank=True)
    saved_at = models.DateTimeField(_("保存时间"), default=timezone.now)
    saved_through = models.CharField(_("保存方式"), max_length=10, choices=Source)
    expires_on = models.DateField(_("有效期至"))
    told_until = models.DateTimeField(_("已告知到"), default=timezone.now)
    told_on = models.DateField(_("最近短信"), null=True, blank=True)
    ended_at = models.DateTimeField(_("停止时间"), null=True, blank=True)

    objects: ClassVar = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("找岗位提醒")
        verbose_name_plural = _("找岗位提醒")
        indexes: ClassVar = [
            models.Index(
                fields=["expires_on", "worker", "id"], condition=Q(ended_at=None), name="search_running"
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(wage_least_fen=None) | Q(wage_least_fen__lte=10_000_000),
                name="search_wage_plausible",
            ),
        ]

    class Privacy:
        open = (
            "id",
            "worker",
            "saved_at",
            "saved_through",
            "expires_on",
            "told_until",
            "told_on",
            "ended_at",
        )
        personal = ("words", "region", "wage_least_fen", "has_dormitory", "begins_by")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
