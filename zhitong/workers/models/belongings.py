"""What belongs to one person: abilities, priorities, what he wants, and to what he agreed."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.models import CertificateKind, Occupation, Reached, Region
from zhitong.kernel.privacy import SealedField
from zhitong.kernel.state import Versioned

from .person import Source, Worker


class OfWorker(Reached):
    """A row that belongs to one worker and is reached as the worker is."""

    class Meta:
        abstract = True

    class Reach:
        places = ("worker__",)
        own = "worker__account"

    @property
    def concerns(self) -> Any:
        """The person whom record lines about this row concern."""
        return self.worker  # type: ignore[attr-defined]


class Skill(OfWorker):
    """An occupation in which the worker has experience."""

    worker = models.ForeignKey(Worker, models.CASCADE, related_name="skills")
    occupation = models.ForeignKey(Occupation, models.PROTECT, related_name="+", verbose_name=_("职业"))
    years = models.PositiveSmallIntegerField(_("年限"), default=0)

    class Meta:
        verbose_name = _("技能经历")
        verbose_name_plural = _("技能经历")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["worker", "occupation"], name="skill_once"),
            models.CheckConstraint(condition=Q(years__lte=60), name="skill_years_plausible"),
        ]

    class Privacy:
        open = ("id", "worker")
        personal = ("occupation", "years")

    def __str__(self) -> str:
        return str(self.occupation)


class Certificate(OfWorker):
    """A certificate that the worker holds, as he says or as it was seen."""

    worker = models.ForeignKey(Worker, models.CASCADE, related_name="certificates")
    kind = models.ForeignKey(CertificateKind, models.PROTECT, related_name="+", verbose_name=_("证书"))
    number = SealedField("certificate_number", verbose_name=_("证书编号"), null=True, blank=True)
    issued_on = models.DateField(_("发证日期"), null=True, blank=True)
    valid_until = models.DateField(_("有效期至"), null=True, blank=True)
    was_seen = models.BooleanField(_("已查验原件"), default=False)

    class Meta:
        verbose_name = _("所持证书")
        verbose_name_plural = _("所持证书")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["worker", "kind"], name="certificate_once"),
            models.CheckConstraint(
                condition=Q(issued_on=None) | Q(valid_until=None) | Q(valid_until__gte=F("issued_on")),
                name="certificate_ends_after_issue",
            ),
        ]

    class Privacy:
        open = ("id", "worker", "was_seen")
        personal = ("kind", "issued_on", "valid_until")
        sensitive = ("number",)

    def __str__(self) -> str:
        return str(self.kind)


class PriorityGroupQuerySet(models.QuerySet["PriorityGroup"]):
    """Questions about priority groups, which are public rules."""

    def visible_to(self, actor: object) -> Self:
        return self.all()

    def in_force(self, on: dt.date | None = None) -> Self:
        day = on or timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=day), begins_on__lte=day)


class PriorityGroup(models.Model):
    """People who come first by a dated rule: the registered-poor, the relocated, and others."""

    code = models.CharField(_("代码"), max_length=30)
    name = models.CharField(_("名称"), max_length=60)
    weight = models.PositiveSmallIntegerField(_("优先权重"), default=0)
    legal_basis = models.CharField(_("依据"), max_length=200, blank=True)
    begins_on = models.DateField(_("起"))
    ends_on = models.DateField(_("止"), null=True, blank=True)

    objects: ClassVar = PriorityGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("优先群体")
        verbose_name_plural = _("优先群体")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "begins_on"], name="priority_group_once_a_day"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("begins_on")), name="priority_group_dates"
            ),
        ]

    class Privacy:
        open = ("id", "code", "name", "weight", "legal_basis", "begins_on", "ends_on")

    def __str__(self) -> str:
        return self.name


class PriorityMembership(OfWorker):
    """A worker's place in a priority group."""

    worker = models.ForeignKey(Worker, models.CASCADE, related_name="priorities")
    group = models.ForeignKey(PriorityGroup, models.PROTECT, related_name="+", verbose_name=_("优先群体"))
    since_on = models.DateField(_("认定日期"))

    class Meta:
        verbose_name = _("优先群体认定")
        verbose_name_plural = _("优先群体认定")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["worker", "group"], name="priority_membership_once")
        ]

    class Privacy:
        open = ("id", "worker")
        sensitive = ("group", "since_on")

    def __str__(self) -> str:
        return str(self.group)


def _wished(to: Any, label: Any) -> Any:
    return models.ForeignKey(to, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=label)


class Intention(OfWorker, Versioned):
    """What the worker wants: up to three occupations and three cities in his order, and his conditions."""

    class GoesWith(models.TextChoices):
        ALONE = "alone", _("独自")
        SPOUSE = "spouse", _("和配偶同去")

    worker = models.OneToOneField(Worker, models.CASCADE, related_name="intention")
    first_occupation = _wished(Occupation, _("第一意向职业"))
    second_occupation = _wished(Occupation, _("第二意向职业"))
    third_occupation = _wished(Occupation, _("第三意向职业"))
    first_region = _wished(Region, _("第一意向城市"))
    second_region = _wished(Region, _("第二意向城市"))
    third_region = _wished(Region, _("第三意向城市"))
    anywhere = models.BooleanField(_("其他城市也可以"), default=True)
    earliest_on = models.DateField(_("最早可出发"), default=timezone.localdate)
    wage_floor_fen = models.PositiveIntegerField(_("最低月工资（分）"), default=0)
    goes_with = models.CharField(_("同行"), max_length=10, choices=GoesWith, default=GoesWith.ALONE)
    needs_dormitory = models.BooleanField(_("需要住宿"), default=False)
    stated_on = models.DateField(_("登记日期"), default=timezone.localdate)

    class Meta:
        verbose_name = _("就业意向")
        verbose_name_plural = _("就业意向")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(wage_floor_fen__lte=10_000_000), name="intention_wage_plausible"
            )
        ]

    class Privacy:
        open = ("id", "worker", "version", "stated_on")
        personal = (
            "first_occupation", "second_occupation", "third_occupation", "first_region", "second_region",
            "third_region", "anywhere", "earliest_on", "wage_floor_fen", "goes_with", "needs_dormitory",
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def occupations(self) -> list[Occupation]:
        """The wished occupations in the worker's order."""
        wished = (self.first_occupation, self.second_occupation, self.third_occupation)
        return [one for one in wished if one is not None]

    @property
    def cities(self) -> list[Region]:
        """The wished cities in the worker's order."""
        return [one for one in (self.first_region, self.second_region, self.third_region) if one is not None]


class Consent(OfWorker):
    """Permission to process personal data for a purpose, with the text that was agreed to."""

    class Purpose(models.TextChoices):
        REGISTER = "register", _("登记和就业服务")
        SENSITIVE = "sensitive", _("处理身份证号等敏感信息")
        SHARE = "share", _("向用人单位提供必要信息")
        ETHNICITY = "ethnicity", _("登记民族，只用来核对匹配是否公平")

    worker = models.ForeignKey(Worker, models.CASCADE, related_name="consents")
    purpose = models.CharField(_("目的"), max_length=12, choices=Purpose)
    text_version = models.CharField(_("文本版本"), max_length=20)
    given_at = models.DateTimeField(_("同意时间"), default=timezone.now)
    given_through = models.CharField(_("同意方式"), max_length=10, choices=Source)
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("个人信息处理同意")
        verbose_name_plural = _("个人信息处理同意")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["worker", "purpose"], condition=Q(withdrawn_at=None), name="consent_once_at_a_time"
            )
        ]

    class Privacy:
        open = ("id", "worker", "purpose", "text_version", "given_at", "given_through", "withdrawn_at")

    def __str__(self) -> str:
        return self.get_purpose_display()
