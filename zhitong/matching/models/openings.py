"""What a round found about its posts: what would fill seats, where a class would bring people, what a seat took."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhitong.employers.models import Demand
from zhitong.kernel.access import Reaching
from zhitong.kernel.models import CertificateKind, Occupation, Placed

from .rounds import Round


class Vacancy(Placed):
    """A post of which a round leaves seats empty, with why, and what would bring people to them."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="vacancies", verbose_name=_("匹配轮次"))
    demand = models.ForeignKey(Demand, models.CASCADE, related_name="vacancies", verbose_name=_("用工需求"))
    seats_left = models.PositiveIntegerField(_("空缺人数"))
    candidates = models.PositiveIntegerField(_("合条件的人数"))
    reason = models.CharField(_("原因"), max_length=20)
    remedies: Any = models.JSONField(_("怎样能招到人"), default=list)

    class Meta:
        verbose_name = _("空缺岗位")
        verbose_name_plural = _("空缺岗位")
        indexes: ClassVar = [models.Index(fields=["round", "seats_left", "id"], name="vacancy_round_seats")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "demand"], name="vacancy_once_a_round"),
            models.CheckConstraint(condition=Q(seats_left__gte=1), name="vacancy_has_seats"),
        ]

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "round", "demand", "seats_left", "candidates", "reason",
            "remedies",
        )  # fmt: skip

    class Reach:
        places = ("",)

        @staticmethod
        def also(grant: Reaching) -> Q | None:
            """Whoever reads the round reads which of its posts stay empty."""
            return Round.Reach.also(grant)

    NAMED_BY = ("demand__employer__org",)

    def __str__(self) -> str:
        return f"{self.demand}: {self.seats_left}"


class ClassOpening(Placed):
    """People of one county who lack one training for seats that stay empty: where a class should open."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="openings", verbose_name=_("匹配轮次"))
    rank = models.PositiveIntegerField(_("名次"))
    trade = models.ForeignKey(
        Occupation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("工种")
    )
    certificate = models.ForeignKey(
        CertificateKind, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("要考的证书")
    )
    people = models.PositiveIntegerField(_("可以培训的人数"))
    seats = models.PositiveIntegerField(_("等人的空缺"))
    placed = models.PositiveIntegerField(_("至少能上岗的人数"))
    demands: Any = models.JSONField(_("等人的岗位"), default=list)

    class Meta:
        verbose_name = _("订单班机会")
        verbose_name_plural = _("订单班机会")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "rank"], name="classopening_one_a_rank"),
            models.CheckConstraint(
                condition=Q(placed__gte=1)
                & Q(placed__lte=models.F("people"))
                & Q(placed__lte=models.F("seats")),
                name="classopening_places_somebody",
            ),
        ]

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "round", "rank", "trade", "certificate", "people", "seats",
            "placed", "demands",
        )  # fmt: skip

    class Reach:
        places = ("",)

    NAMED_BY = ("trade", "certificate")

    def __str__(self) -> str:
        return " · ".join(str(one) for one in (self.trade, self.certificate) if one is not None)


class Board(models.Model):
    """The posts of a great round as they stood when it was computed, each with its cut-off; nothing about any person.

    From it and a person's own wishes it is found, when somebody asks, which one change would have opened a better
    post.
    """

    round = models.OneToOneField(Round, models.CASCADE, related_name="board", verbose_name=_("匹配轮次"))
    posts = models.BinaryField(_("岗位和入选线"))

    class Meta:
        verbose_name = _("岗位底册")
        verbose_name_plural = _("岗位底册")

    class Privacy:
        open = ("id", "round", "posts")

    def __str__(self) -> str:
        return str(self.round)
