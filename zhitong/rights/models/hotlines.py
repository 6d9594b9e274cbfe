"""Under which number an office answers questions by telephone."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.models import Org, Reached, ReachQuerySet
from zhitong.kernel.state import Versioned


class HotlineQuerySet(ReachQuerySet):
    """Questions about hotlines, which everybody may read."""

    def visible_to(self, actor: object) -> HotlineQuerySet:
        return self.all()


class Hotline(Reached, Versioned):
    """An office's public telephone number and when it is answered."""

    org = models.OneToOneField(Org, models.CASCADE, related_name="hotline", verbose_name=_("单位"))
    number = models.CharField(_("咨询电话"), max_length=20)
    hours = models.CharField(_("接听时间"), max_length=60, blank=True)

    objects: ClassVar = HotlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("咨询电话")
        verbose_name_plural = _("咨询电话")

    class Privacy:
        open = ("id", "version", "org", "number", "hours")

    class Reach:
        places = ("org__",)
        ends: ClassVar[dict[str, str]] = {Org.Kind.STATION: "org"}

    NAMED_BY = ("org",)

    def __str__(self) -> str:
        return f"{self.org} {self.number}"
