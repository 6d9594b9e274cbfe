"""Lists that were taken away and took longer than a page may."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .account import Account
from .job import Job
from .placed import Reached, ReachQuerySet


class ExportQuerySet(ReachQuerySet):
    """Questions about exports."""

    def standing(self) -> ExportQuerySet:
        """Return those that can still be fetched."""
        return self.filter(expires_at__gt=timezone.now())


class Export(Reached):
    """The spreadsheet that a job wrote, kept for a few days for the one person who asked for it."""

    job = models.OneToOneField(Job, models.PROTECT, related_name="export", verbose_name=_("后台任务"))
    file = models.FileField(_("文件"), upload_to="exports/%Y/%m")
    name = models.CharField(_("文件名"), max_length=200)
    size = models.PositiveBigIntegerField(_("字节数"))
    digest = models.CharField(_("SHA-256"), max_length=64)
    made_for = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("申请人"))
    made_at = models.DateTimeField(_("生成时间"), default=timezone.now)
    expires_at = models.DateTimeField(_("保留到"), db_index=True)

    objects: ClassVar = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("导出文件")
        verbose_name_plural = _("导出文件")

    class Privacy:
        open = ("id", "job", "size", "digest", "made_for", "made_at", "expires_at")
        personal = ("file", "name")

    class Reach:
        mine = "made_for"

    def __str__(self) -> str:
        return self.name
