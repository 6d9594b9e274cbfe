"""Matching rules: what each part of a fit may bring, and whether priority groups choose first, from a day on."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.access import Reaching
from zhitong.kernel.models import Account, Placed, ReachQuerySet


class RuleSetQuerySet(ReachQuerySet):
    """Questions about matching rules."""

    def of_city(self, city: int | None) -> Self:
        """Return the rules of one city, by the number of its organisation; the last decided comes first."""
        return self.filter(city=city).order_by("-number")

    def holding(self, city: int | None, day: dt.date) -> RuleSet | None:
        """Return the rules that hold in a city on a day: begun last, and of one day those decided last."""
        begun = self.filter(city=city, begins_on__lte=day)
        found: RuleSet | None = begun.order_by("-begins_on", "-number").first()
        return found

    def with_standing(self, today: dt.date | None = None) -> Self:
        """Add ``is_over``: whether other rules have taken the place of these, by today or before they began."""
        later = RuleSet.objects.filter(city=OuterRef("city")).filter(
            Q(begins_on=OuterRef("begins_on"), number__gt=OuterRef("number"))
            | Q(begins_on__gt=OuterRef("begins_on"), begins_on__lte=today or timezone.localdate())
        )
        return self.annotate(is_over=Exists(later))


def _points(label: Any) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(label)


class RuleSet(Placed):
    """What a city decided about its rounds from a day on. A row is never changed: another one takes its place."""

    class PriorityMode(models.TextChoices):
        WEIGHT = "weight", _("按分值优先")
        STRICT = "strict", _("绝对优先")

    BOUNDS: ClassVar[dict[str, tuple[int, int]]] = {
        "placed": (1, 4000),
        **dict.fromkeys(
            (
                "wish", "experience", "wage", "place", "lodging", "meals", "season", "fellows", "distance",
                "priority",
            ),
            (0, 1000),
        ),
    }  # fmt: skip
    """The least and the most points of each part, in the order in which a fit is taken apart."""

    number = models.PositiveIntegerField(_("第几版"))
    begins_on = models.DateField(_("生效日期"))
    placed = _points(_("有岗位"))
    wish = _points(_("意向职业"))
    experience = _points(_("经历"))
    wage = _points(_("工资"))
    place = _points(_("城市"))
    lodging = _points(_("住宿"))
    meals = _points(_("工作餐"))
    season = _points(_("等待时间"))
    fellows = _points(_("同村伙伴"))
    distance = _points(_("路程"))
    priority = _points(_("优先群体"))
    priority_mode = models.CharField(_("优先方式"), max_length=6, choices=PriorityMode)
    reason = models.CharField(_("调整理由"), max_length=200)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("此前的规则")
    )
    decided_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("决定人"))
    decided_at = models.DateTimeField(_("决定时间"), default=timezone.now)

    objects: ClassVar = RuleSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("匹配规则")
        verbose_name_plural = _("匹配规则")
        indexes: ClassVar = [models.Index(fields=["city", "begins_on", "number"], name="rule_set_holding")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["city", "number"], name="rule_set_numbered_once"),
            models.CheckConstraint(condition=Q(number__gte=1, city__isnull=False), name="rule_set_of_a_city"),
            models.CheckConstraint(
                condition=Q(priority_mode__in=("weight", "strict")), name="rule_set_priority_mode"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="rule_set_has_a_reason"),
            models.CheckConstraint(
                condition=Q(placed__gte=1, placed__lte=4000)
                & Q(wish__lte=1000, experience__lte=1000, wage__lte=1000, place__lte=1000, lodging__lte=1000)
                & Q(
                    meals__lte=1000,
                    season__lte=1000,
                    fellows__lte=1000,
                    distance__lte=1000,
                    priority__lte=1000,
                ),
                name="rule_set_within_bounds",
            ),
        ]

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "number", "begins_on", "placed", "wish", "experience",
            "wage", "place", "lodging", "meals", "season", "fellows", "distance", "priority", "priority_mode",
            "reason", "replaces", "decided_by", "decided_at",
        )  # fmt: skip

    class Reach:
        places = ("",)

        @staticmethod
        def also(grant: Reaching) -> Q | None:
            """Whoever works in the city reads by which rules its rounds are computed."""
            return None if grant.org is None else Q(city=grant.org.city_id)

    def __str__(self) -> str:
        return _now("第%(number)d版匹配规则") % {"number": self.number}

    @property
    def facts(self) -> dict[str, int | str]:
        """What the rules say, by field: the points of each part, and how priority groups come first."""
        return {name: getattr(self, name) for name in (*self.BOUNDS, "priority_mode")}
