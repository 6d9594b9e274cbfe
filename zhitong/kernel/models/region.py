"""Administrative divisions with their dated codes (GB/T 2260 and the statistics bureau's 12-digit codes)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from .org import Org

PLACES_UPWARDS = ("village", "town", "county", "city")

CITY_PROVINCES = tuple(code.ljust(12, "0") for code in ("11", "12", "31", "50", "81", "82"))
"""The four municipalities and the two special regions: provinces that are cities themselves."""

RUN_BY_PROVINCE = Q(level=3, code__regex=r"^\d\d90")
"""Counties without a prefecture above them: their codes have 90 where others have its number."""

IS_CITY = Q(level=2) | Q(level=1, code__in=CITY_PROVINCES) | RUN_BY_PROVINCE
"""Where people say that they work: prefectures, and what stands in the place of one."""


class RegionQuerySet(models.QuerySet["Region"]):
    """Questions about divisions. Divisions are public: every reader sees all of them."""

    def visible_to(self, actor: object) -> Self:
        return self.all()

    def standing(self, on: dt.date | None = None) -> Self:
        """Return the divisions that exist on a day (by default: those that have not ended)."""
        if on is None:
            return self.filter(ended_on=None)
        began = Q(began_on=None) | Q(began_on__lte=on)
        return self.filter(began, Q(ended_on=None) | Q(ended_on__gt=on))

    def cities(self) -> Self:
        """Return prefectures, municipalities, and counties that no prefecture stands above."""
        return self.filter(IS_CITY)

    def with_code(self, code: str) -> Self:
        """Return whatever division has or had this code, in any of its usual lengths (2, 4, 6, 9, 12)."""
        return self.filter(pk__in=RegionCode.objects.filter(code=full_code(code)).values("region"))

    def candidates_for(self, prefix: str) -> list[Region]:
        """Return the standing counties that an identity number's first six digits may stand for today.

        A county that was split leads to several, so a prefix gives candidates and never a fact.
        """
        found: dict[int, Region] = {}
        seen: set[int] = set()
        waiting = list(self.with_code(prefix[:6]))
        while waiting:
            region = waiting.pop()
            if region.pk in seen:
                continue
            seen.add(region.pk)
            heirs = [change.new for change in region.heirs.select_related("new")]
            if region.ended_on is None:
                found[region.pk] = region
            waiting.extend(heirs)
        return sorted(found.values(), key=lambda region: region.code)


def full_code(code: str) -> str:
    """Return the 12-digit form of a 2- to 12-digit code."""
    return code.strip().ljust(12, "0")


class Region(models.Model):
    """A division: province, prefecture, county, township or village."""

    class Level(models.IntegerChoices):
        PROVINCE = 1, _("省（自治区、直辖市）")
        PREFECTURE = 2, _("市（州、盟）")
        COUNTY = 3, _("县（市、区）")
        TOWNSHIP = 4, _("乡镇（街道）")
        VILLAGE = 5, _("村（社区）")

    code = models.CharField(_("区划代码"), max_length=12, db_index=True)
    name = models.CharField(_("名称"), max_length=80)
    short_name = models.CharField(_("简称"), max_length=80, blank=True)
    level = models.PositiveSmallIntegerField(_("层级"), choices=Level)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    prefecture = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    latitude = models.FloatField(_("纬度"), null=True, blank=True)
    longitude = models.FloatField(_("经度"), null=True, blank=True)
    point_source = models.CharField(_("坐标来源"), max_length=40, blank=True)
    began_on = models.DateField(_("设立日期"), null=True, blank=True)
    ended_on = models.DateField(_("撤销日期"), null=True, blank=True)

    objects: ClassVar = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("行政区划")
        verbose_name_plural = _("行政区划")
        indexes = [models.Index(fields=["level", "code"], name="region_level_code")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(began_on=None) | Q(ended_on__gte=F("began_on")),
                name="region_ends_after_it_began",
            ),
            models.UniqueConstraint(
                fields=["code"], condition=Q(ended_on=None), name="region_code_once_among_standing"
            ),
        ]

    class Privacy:
        open = (
            "id", "code", "name", "short_name", "level", "parent", "prefecture",
            "latitude", "longitude", "point_source", "began_on", "ended_on",
        )  # fmt: skip

    class Reach:
        """Everyone reads all of them; whoever reaches an organisation that manages a division changes it."""

        places = ("orgs__",)

    def __str__(self) -> str:
        return self.name

    @property
    def stands_at(self) -> Org | None:
        """The organisation closest to the place among those that manage the division."""
        managers = self.orgs.order_by(*(F(name).desc(nulls_last=True) for name in PLACES_UPWARDS), "pk")
        return managers.first()

    @property
    def is_city(self) -> bool:
        """Whether it is a prefecture or stands in the place of one."""
        run_by_province = self.level == self.Level.COUNTY and self.code[2:4] == "90"
        return self.level == self.Level.PREFECTURE or self.code in CITY_PROVINCES or run_by_province

    def full_name(self) -> str:
        """Return the name with those of its parents in front, province first."""
        names = [self.name]
        above = self.parent
        while above is not None:
            names.append(above.name)
            above = above.parent
        return "".join(reversed(names))


class RegionCode(models.Model):
    """A code that a division bears or bore, with the days between which it was valid."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="codes")
    code = models.CharField(_("区划代码"), max_length=12, db_index=True)
    valid_from = models.DateField(_("启用日期"), null=True, blank=True)
    valid_until = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("区划代码沿革")
        verbose_name_plural = _("区划代码沿革")
        constraints = [
            models.UniqueConstraint(fields=["region", "code", "valid_from"], name="region_code_once_a_day")
        ]

    class Privacy:
        open = ("id", "region", "code", "valid_from", "valid_until")

    def __str__(self) -> str:
        return self.code


class RegionChange(models.Model):
    """One division became (part of) another on a day."""

    class Kind(models.TextChoices):
        SPLIT = "split", _("析置")
        MERGER = "merger", _("合并")
        RENAME = "rename", _("更名")
        RECODE = "recode", _("变更代码")

    old = models.ForeignKey(Region, models.PROTECT, related_name="heirs")
    new = models.ForeignKey(Region, models.PROTECT, related_name="origins")
    kind = models.CharField(_("变更种类"), max_length=10, choices=Kind)
    changed_on = models.DateField(_("变更日期"))
    old_name = models.CharField(_("原名称"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("区划变更")
        verbose_name_plural = _("区划变更")

    class Privacy:
        open = ("id", "old", "new", "kind", "changed_on", "old_name")

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"
