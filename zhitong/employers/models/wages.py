"""What posts of an occupation usually pay, counted from the posts held."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.models import Occupation


class UsualWage(models.Model):
    """Quartiles of what employers pay in an occupation or a middle class, in fen a month; counted anew daily."""

    occupation = models.OneToOneField(
        Occupation, models.CASCADE, related_name="usual_wage", verbose_name=_("职业")
    )
    employers = models.PositiveIntegerField(_("用人单位数"))
    low_fen = models.PositiveIntegerField(_("下四分位（分）"))
    middle_fen = models.PositiveIntegerField(_("中位数（分）"))
    high_fen = models.PositiveIntegerField(_("上四分位（分）"))
    counted_on = models.DateField(_("统计日期"))

    class Meta:
        verbose_name = _("常见工资")
        verbose_name_plural = _("常见工资")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(low_fen__gt=0, middle_fen__gte=F("low_fen"), high_fen__gte=F("middle_fen")),
                name="usual_wage_in_order",
            ),
        ]

    class Privacy:
        open = ("id", "occupation", "employers", "low_fen", "middle_fen", "high_fen", "counted_on")

    def __str__(self) -> str:
        return str(self.occupation)
