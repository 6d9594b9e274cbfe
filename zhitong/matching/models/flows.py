"""From which township to which city the proposals of a round would bring people: counted once, when it is kept."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.models import Placed, Region

from .rounds import Round


class Flow(Placed):
    """So many people of one township to whom a round proposes posts in one city."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="flows", verbose_name=_("匹配轮次"))
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("工作城市"))
    many = models.PositiveIntegerField(_("人数"))

    class Meta:
        verbose_name = _("匹配流向")
        verbose_name_plural = _("匹配流向")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "county", "town", "region"], name="flow_once_a_round"),
            models.CheckConstraint(condition=Q(many__gte=1), name="flow_of_somebody"),
        ]

    class Privacy:
        open = ("id", "city", "county", "town", "village", "round", "region", "many")

    class Reach:
        places = ("",)

    NAMED_BY = ("region",)

    def __str__(self) -> str:
        return f"→ {self.region}: {self.many}"
