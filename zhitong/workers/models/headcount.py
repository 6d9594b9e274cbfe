"""How many people there are, by township, standing and where they work."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.models import ReachQuerySet, Region, Tally

from .person import Worker


class HeadcountQuerySet(ReachQuerySet):
    """Questions about numbers of people."""

    def active(self) -> Self:
        """Return the numbers of those who are in the register and of whom more is expected."""
        return self.filter(state=Worker.State.ACTIVE)


class Headcount(Tally):
    """So many entries of one township in one state and status, working in one city or in none."""

    state = models.CharField(_("在册状态"), max_length=10, choices=Worker.State)
    status = models.CharField(_("就业状态"), max_length=14, choices=Worker.Status)
    work_region = models.ForeignKey(
        Region, models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False,
        verbose_name=_("务工城市"),
    )  # fmt: skip

    objects: ClassVar = HeadcountQuerySet.as_manager()

    class Meta:
        verbose_name = _("人数")
        verbose_name_plural = _("人数")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(many=0), name="headcount_says_something")
        ]

    class Counted:
        of = "workers.Worker"
        # What differs most stands first: rows are sorted by it when they are counted.
        by = ("town_id", "work_region_id", "status", "state", "county_id", "city_id")

    class Privacy:
        open = ("id", "city", "county", "town", "village", "state", "status", "work_region", "many")

    class Reach:
        places = ("",)
