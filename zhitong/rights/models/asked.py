"""What was looked for and opened each day, counted without who."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.models import Org, Placed, ReachQuerySet

from .answers import Answer


class AskedQuerySet(ReachQuerySet):
    """Questions about counts."""

    def between(self, first: dt.date, last: dt.date) -> Self:
        return self.filter(asked_on__range=(first, last))

    def searches(self) -> Self:
        """Return each text that was looked for with its sum, most often first."""
        terms = self.filter(answer=None).order_by().values("term")
        return terms.annotate(times=Sum("times")).order_by("-times", "term")

    def unanswered(self) -> Self:
        """Return those of the searches that found nothing."""
        return self.filter(found=False).searches()

    def openings(self) -> Self:
        """Return each answer that was opened with its sum, most often first."""
        opened = self.exclude(answer=None).order_by().values("answer", "answer__question")
        return opened.annotate(times=Sum("times")).order_by("-times", "answer")


class Asked(Placed):
    """How often a text was looked for, or an answer opened, on a day, counted at a bureau."""

    counted_at = models.ForeignKey(Org, models.PROTECT, related_name="+", verbose_name=_("计入单位"))
    asked_on = models.DateField(_("日期"))
    term = models.CharField(_("查找内容"), max_length=30, blank=True)
    found = models.BooleanField(_("找到了"), default=True)
    answer = models.ForeignKey(
        Answer, models.CASCADE, null=True, blank=True, related_name="asked", verbose_name=_("常见问题")
    )
    times = models.PositiveIntegerField(_("次数"), default=1)

    objects: ClassVar = AskedQuerySet.as_manager()

    class Meta:
        verbose_name = _("提问次数")
        verbose_name_plural = _("提问次数")
        indexes: ClassVar = [
            models.Index(fields=["city", "asked_on"], name="asked_city"),
            models.Index(fields=["county", "asked_on"], name="asked_county"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["asked_on", "counted_at", "term"], condition=Q(answer=None), name="asked_term_once"
            ),
            models.UniqueConstraint(
                fields=["asked_on", "counted_at", "answer"],
                condition=Q(answer__isnull=False),
                name="asked_answer_once",
            ),
            models.CheckConstraint(
                condition=(Q(answer__isnull=True) & ~Q(term="")) | Q(answer__isnull=False, term=""),
                name="asked_term_or_answer",
            ),
        ]

    class Privacy:
        open = (
            "id",
            "city",
            "county",
            "town",
            "village",
            "counted_at",
            "asked_on",
            "found",
            "answer",
            "times",
        )
        personal = ("term",)

    class Reach:
        places = ("",)

    def __str__(self) -> str:
        return self.term or str(self.answer)
