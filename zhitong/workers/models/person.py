"""People of the register, in the care of a village, and the households in which they live."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.erasing import NO_DAY
from zhitong.kernel.models import Account, Education, Placed, ReachQuerySet, Region
from zhitong.kernel.models.placed import PLACE_COLUMNS
from zhitong.kernel.privacy import BlindIndexField, SealedField, blind_index
from zhitong.kernel.state import Versioned

PLACES = tuple(f"{name}_id" for name in PLACE_COLUMNS)
"""The columns of a place by attribute name, widest first."""
SEALED = ("id_number", "telephone")
"""The columns of a person that are sealed and found by a blind index."""


def years_between(birth_on: dt.date, day: dt.date) -> int:
    """Return the age in completed years on a day."""
    return day.year - birth_on.year - ((day.month, day.day) < (birth_on.month, birth_on.day))


class Source(models.TextChoices):
    """From where a fact came."""

    VISIT = "visit", _("上门走访")
    TELEPHONE = "telephone", _("电话核实")
    SELF = "self", _("本人自助")
    LIST = "list", _("名单导入")
    STATION = "station", _("劳务协作站")
    EMPLOYER = "employer", _("用人单位")


class Household(Placed):
    """People who live together."""

    address = models.CharField(_("住址"), max_length=200, blank=True)
    is_sample = models.BooleanField(_("样例"), default=False)

    class Meta:
        verbose_name = _("家庭户")
        verbose_name_plural = _("家庭户")
        indexes: ClassVar = [models.Index(fields=["village", "id"], name="household_village")]

    class Privacy:
        open = ("id", "city", "county", "town", "village", "is_sample")
        personal = ("address",)

    class Reach:
        places = ("",)

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class WorkerQuerySet(ReachQuerySet):
    """Questions about workers."""

    def active(self) -> Self:
        return self.filter(state=Worker.State.ACTIVE)

    def seeking(self) -> Self:
        """Return those who want a job found for them."""
        return self.active().filter(status__in=Worker.SEEKING)

    def with_id_number(self, id_number: str) -> Self:
        """Return whoever has exactly this identity number, through the blind index."""
        return self.filter(id_number_index=blind_index(id_number, "id_number"))

    def named(self, text: str) -> Self:
        """Return those whose name begins so, in characters or in pinyin."""
        from ..names import named  # reads names with the kernel's verbs, which are loaded after all models

        return self.filter(named(text))

    def with_telephone(self, telephone: str) -> Self:
        return self.filter(telephone_index=blind_index(telephone, "telephone"))

    def withdrawn_before(self, day: dt.date) -> Self:
        """Return those who left the register before a day and have not come back."""
        return self.filter(state=Worker.State.WITHDRAWN, withdrawn_on__lt=day)

    def unchecked_for(self, days: int, today: dt.date | None = None) -> Self:
        """Return those whose status nobody has checked for so many days."""
        day = (today or timezone.localdate()) - dt.timedelta(days=days)
        return self.active().filter(status_checked_on__lt=day)


ERASED_TO_NOTHING = tuple(
    f"{name}__isnull"
    for name in (
        "account", "household", "spouse", "work_region", "stated", "id_number", "id_number_index", "telephone",
        "telephone_index",
    )
)  # fmt: skip


class Worker(Placed, Versioned):
    """One person of the register, in the care of a village."""

    class State(models.TextChoices):
        ACTIVE = "active", _("在册")
        WITHDRAWN = "withdrawn", _("已退出")
        MERGED = "merged", _("已并入")
        ERASED = "erased", _("已删除")

    class Sex(models.TextChoices):
        MALE = "M", _("男")
        FEMALE = "F", _("女")

    class Status(models.TextChoices):
        SEEKING = "seeking", _("在家，想外出务工")
        HOME = "home", _("在家，暂不外出")
        LOCAL = "local", _("在本地就业")
        AWAY = "away", _("在外务工")
        AWAY_SEEKING = "away_seeking", _("在外，想换岗位")
        TRAINING = "training", _("培训中")
        RETURNED = "returned", _("已返乡")

    class HouseholdRole(models.TextChoices):
        HEAD = "head", _("户主")
        SPOUSE = "spouse", _("配偶")
        CHILD = "child", _("子女")
        PARENT = "parent", _("父母")
        OTHER = "other", _("其他")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.ACTIVE: (State.WITHDRAWN, State.MERGED, State.ERASED),
        State.WITHDRAWN: (State.ACTIVE, State.ERASED),
        State.MERGED: (State.ACTIVE, State.ERASED),
        State.ERASED: (),
    }
    RESTING = (State.WITHDRAWN, State.MERGED)
    SEEKING = (Status.SEEKING, Status.AWAY_SEEKING, Status.RETURNED)

    account = models.OneToOneField(
        Account, models.SET_NULL, null=True, blank=True, related_name="worker", verbose_name=_("账号")
    )
    state = models.CharField(_("在册状态"), max_length=10, choices=State, default=State.ACTIVE)
    name = models.CharField(_("姓名"), max_length=50)
    name_key = models.CharField(_("姓名拼音"), max_length=160, editable=False)
    sex = models.CharField(_("性别"), max_length=1, choices=Sex)
    birth_on = models.DateField(_("出生日期"))
    id_number = SealedField("id_number", verbose_name=_("身份证号"), null=True, blank=True)
    id_number_index = BlindIndexField("id_number")
    telephone = SealedField("telephone", verbose_name=_("手机号"), null=True, blank=True)
    telephone_index = BlindIndexField("telephone")
    education = models.PositiveSmallIntegerField(_("文化程度"), choices=Education, default=Education.JUNIOR)
    household = models.ForeignKey(
        Household, models.SET_NULL, null=True, blank=True, related_name="members", verbose_name=_("家庭户")
    )
    household_role = models.CharField(
        _("与户主关系"), max_length=10, choices=HouseholdRole, default=HouseholdRole.OTHER
    )
    spouse = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("配偶"),
    )
    status = models.CharField(_("就业状态"), max_length=14, choices=Status, default=Status.SEEKING)
    status_checked_on = models.DateField(_("核实日期"), default=timezone.localdate)
    status_source = models.CharField(_("核实方式"), max_length=10, choices=Source, default=Source.VISIT)
    work_region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("务工城市"),
    )
    source = models.CharField(_("登记方式"), max_length=10, choices=Source, default=Source.VISIT)
    registered_at = models.DateTimeField(_("登记时间"), default=timezone.now)
    withdrawn_on = models.DateField(_("退出日期"), null=True, blank=True)
    stated = models.JSONField(_("各项填写时间"), null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        db_index=False,
        verbose_name=_("并入的登记"),
    )
    is_sample = models.BooleanField(_("样例"), default=False)

    objects: ClassVar = WorkerQuerySet.as_manager()

    class Meta:
        verbose_name = _("劳动者")
        verbose_name_plural = _("劳动者")
        indexes: ClassVar = [
            # Rows of one name, or of one day, are few: they are sorted by number when they are read.
            # The whole order, so that nothing is sorted; names that only sound alike are passed over in the index.
            models.Index(
                fields=["city", "name_key", "id", "name"],
                opclasses=["int8_ops", "text_ops", "int8_ops", "varchar_pattern_ops"],
                name="worker_city_name",
            ),
            models.Index(fields=["county", "name_key"], name="worker_county_name"),
            models.Index(fields=["town", "name_key"], name="worker_town_name"),
            models.Index(fields=["village", "name_key"], name="worker_village_name"),
            models.Index(fields=["city", "status_checked_on", "state"], name="worker_city_checked"),
            # The city stands at the end, so that its reader counts a county without looking at the rows.
            models.Index(
                fields=["county", "status_checked_on", "state", "city"], name="worker_county_checked"
            ),
            models.Index(fields=["telephone_index"], name="worker_telephone"),
            models.Index(fields=["merged_into"], name="worker_parts", condition=Q(merged_into__isnull=False)),
            models.Index(
                fields=["withdrawn_on"], name="worker_withdrawn", condition=Q(withdrawn_on__isnull=False)
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["id_number_index"],
                condition=Q(id_number_index__isnull=False),
                name="worker_id_number_once",
            ),
            models.UniqueConstraint(
                fields=["spouse"], condition=Q(spouse__isnull=False), name="worker_one_spouse"
            ),
            models.CheckConstraint(condition=~Q(spouse=F("id")), name="worker_not_own_spouse"),
            models.CheckConstraint(condition=Q(village__isnull=False), name="worker_stands_in_a_village"),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into__isnull=True)),
                name="worker_merged_into_somebody",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="worker_not_its_own_part"),
            models.CheckConstraint(
                condition=~Q(state="erased")
                | Q(
                    name="",
                    name_key="",
                    sex="",
                    birth_on=NO_DAY,
                    education=0,
                    household_role="",
                    **dict.fromkeys(ERASED_TO_NOTHING, True),
                ),
                name="worker_erased_holds_nothing",
            ),
        ]

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "version", "account", "state", "status",
            "status_checked_on", "status_source", "source", "registered_at", "withdrawn_on", "is_sample",
            "merged_into",
        )  # fmt: skip
        personal = (
            "stated", "name", "name_key", "sex", "birth_on", "education", "household", "household_role", "spouse",
            "work_region",
        )  # fmt: skip
        sensitive = ("id_number", "id_number_index", "telephone", "telephone_index")

    class Reach:
        places = ("",)
        own = "account"
        rests_in = "merged_into"

    def __str__(self) -> str:
        return self.name or _now("已删除的登记")

    @property
    def concerns(self) -> Worker:
        """The person whom record lines about this row concern."""
        return self

    @property
    def kept_until(self) -> dt.date | None:
        """The last day on which the data of somebody who left the register are kept."""
        return None if self.withdrawn_on is None else self.withdrawn_on + settings.WITHDRAWN_KEPT

    def age_on(self, day: dt.date) -> int:
        """Return the age in completed years on a day."""
        return years_between(self.birth_on, day)
