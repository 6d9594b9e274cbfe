"""National classifications: occupations, industries, certificates. Rows with official codes, never choices."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class Education(models.IntegerChoices):
    """Schooling, in the order in which posts ask for it and people have it."""

    NONE = 0, _("未上学")
    PRIMARY = 1, _("小学")
    JUNIOR = 2, _("初中")
    SENIOR = 3, _("高中（中专、技校）")
    COLLEGE = 4, _("大专")
    BACHELOR = 5, _("本科")
    MASTER = 6, _("研究生")


class CodeQuerySet(models.QuerySet[Any]):
    """Questions about code lists, which are public."""

    def visible_to(self, actor: object) -> Self:
        return self.all()

    def at_level(self, level: int) -> Self:
        return self.filter(level=level)


class Occupation(models.Model):
    """An entry of the occupational classification of 2022 (职业分类大典): level 1 major … 4 occupation."""

    code = models.CharField(_("职业编码"), max_length=20, unique=True)
    name = models.CharField(_("职业名称"), max_length=120)
    level = models.PositiveSmallIntegerField(_("层级"))
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")

    objects: ClassVar = CodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("职业")
        verbose_name_plural = _("职业")
        indexes: ClassVar = [models.Index(fields=["level", "code"], name="occupation_level_code")]

    class Privacy:
        open = ("id", "code", "name", "level", "parent")

    def __str__(self) -> str:
        return self.name


class Industry(models.Model):
    """An entry of the industrial classification GB/T 4754-2017: level 1 section … 4 class."""

    code = models.CharField(_("行业代码"), max_length=10, unique=True)
    name = models.CharField(_("行业名称"), max_length=120)
    level = models.PositiveSmallIntegerField(_("层级"))
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")

    objects: ClassVar = CodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("行业")
        verbose_name_plural = _("行业")
        indexes: ClassVar = [models.Index(fields=["level", "code"], name="industry_level_code")]

    class Privacy:
        open = ("id", "code", "name", "level", "parent")

    def __str__(self) -> str:
        return self.name


class CertificateKind(models.Model):
    """A kind of certificate. Codes of different families clash, so the family belongs to the code."""

    family = models.CharField(_("证书类别"), max_length=60)
    code = models.CharField(_("证书代码"), max_length=40)
    name = models.CharField(_("证书名称"), max_length=160)
    is_current = models.BooleanField(_("现行"), default=True)

    objects: ClassVar = CodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("证书种类")
        verbose_name_plural = _("证书种类")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["family", "code"], name="certificate_kind_once")
        ]

    class Privacy:
        open = ("id", "family", "code", "name", "is_current")

    def __str__(self) -> str:
        return self.name
