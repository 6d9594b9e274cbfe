"""Organisations: the tree in whose care people and posts stand. It is not the tree of divisions."""

from __future__ import annotations

import re
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .placed import PLACE_COLUMNS, Placed, ReachQuerySet
from .region import Region

OFFICE = re.compile(r"(?:人力资源和社会保障局|劳务办|村民委员会|居民委员会)$")


class OrgQuerySet(ReachQuerySet):
    """Questions about organisations."""

    def standing(self) -> Self:
        return self.filter(closed_on=None)

    def places(self) -> Self:
        """Return the organisations in whose care a place stands: bureaus, township offices, villages."""
        return self.filter(kind__in=Org.PLACE_KINDS)

    def managing(self, region: Region) -> Self:
        """Return the standing organisations that manage this division."""
        return self.standing().filter(org_regions__region=region)


class Org(Placed):
    """An organisation. Place columns name the bureau, office and village above it, and itself where it is one."""

    class Kind(models.TextChoices):
        CITY_BUREAU = "city_bureau", _("市人社局")
        COUNTY_BUREAU = "county_bureau", _("县（市、区）人社局")
        TOWNSHIP_OFFICE = "township_office", _("乡镇（街道）劳务办")
        VILLAGE = "village", _("村（社区）")
        CITY_COMPANY = "city_company", _("市劳务公司")
        COUNTY_COMPANY = "county_company", _("县（市、区）劳务公司")
        TOWNSHIP_BRANCH = "township_branch", _("乡镇劳务分公司")
        COOPERATIVE = "cooperative", _("村劳务合作社")
        STATION = "station", _("劳务协作站")
        DEPARTMENT = "department", _("市直部门")
        EMPLOYER = "employer", _("用人单位")
        AGENCY = "agency", _("劳务中介机构")
        TRAINING_PROVIDER = "training_provider", _("培训机构")
        PARTY = "party", _("党组织")

    PLACE_KINDS = (Kind.CITY_BUREAU, Kind.COUNTY_BUREAU, Kind.TOWNSHIP_OFFICE, Kind.VILLAGE)
    END_KINDS = (
        Kind.STATION, Kind.DEPARTMENT, Kind.EMPLOYER, Kind.AGENCY, Kind.TRAINING_PROVIDER, Kind.PARTY
    )  # fmt: skip
    LEVELS: ClassVar[dict[str, str]] = {
        Kind.CITY_BUREAU: "city",
        Kind.CITY_COMPANY: "city",
        Kind.COUNTY_BUREAU: "county",
        Kind.COUNTY_COMPANY: "county",
        Kind.TOWNSHIP_OFFICE: "town",
        Kind.TOWNSHIP_BRANCH: "town",
        Kind.VILLAGE: "village",
        Kind.COOPERATIVE: "village",
    }
    """The place column through which an organisation of each kind reaches rows; other kinds are ends."""

    name = models.CharField(_("名称"), max_length=120)
    short_name = models.CharField(_("简称"), max_length=60, blank=True)
    name_key = models.CharField(_("名称拼音"), max_length=240, blank=True, editable=False)
    kind = models.CharField(_("种类"), max_length=20, choices=Kind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级")
    )
    host_city = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("驻在城市")
    )
    regions = models.ManyToManyField(Region, through="OrgRegion", related_name="orgs")
    opened_on = models.DateField(_("成立日期"), null=True, blank=True)
    closed_on = models.DateField(_("撤销日期"), null=True, blank=True)
    is_sample = models.BooleanField(_("样例"), default=False)

    objects: ClassVar = OrgQuerySet.as_manager()

    class Meta:
        verbose_name = _("组织")
        verbose_name_plural = _("组织")
        indexes = [
            models.Index(fields=["kind", "name_key", "id"], name="org_kind_name"),
            models.Index(fields=["parent", "kind"], name="org_parent_kind"),
            models.Index(fields=["county", "kind", "name_key"], name="org_county_kind"),
            models.Index(fields=["town", "kind", "name_key"], name="org_town_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="station") | Q(host_city__isnull=False), name="org_station_has_host_city"
            )
        ]

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "name", "short_name", "name_key", "kind", "parent",
            "host_city", "regions", "opened_on", "closed_on", "is_sample",
        )  # fmt: skip

    class Reach:
        places = ("",)
        ends: ClassVar[dict[str, str]] = dict.fromkeys(
            ("station", "department", "employer", "agency", "training_provider", "party"), "pk"
        )
        public = True

    def __str__(self) -> str:
        return self.name

    @property
    def level(self) -> str | None:
        """The place column through which it reaches rows, or ``None`` for an end (employer, station …)."""
        return self.LEVELS.get(self.kind)

    @property
    def place_name(self) -> str:
        """The name of its place as it is said, without the office or committee that manages it."""
        return self.short_name or OFFICE.sub("", self.name)

    @property
    def place_id(self) -> int | None:
        """The deepest place in whose care it stands."""
        return next((key for name in reversed(PLACE_COLUMNS) if (key := getattr(self, f"{name}_id"))), None)


class OrgRegion(models.Model):
    """A division that an organisation manages; each standing division has one manager of a kind."""

    org = models.ForeignKey(Org, models.CASCADE, related_name="org_regions")
    region = models.ForeignKey(Region, models.PROTECT, related_name="org_regions")

    class Meta:
        verbose_name = _("管理范围")
        verbose_name_plural = _("管理范围")
        constraints = [models.UniqueConstraint(fields=["org", "region"], name="org_region_once")]

    class Privacy:
        open = ("id", "org", "region")

    def __str__(self) -> str:
        return f"{self.org}: {self.region}"
