"""Files that people hand in."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..people import path_to_people
from .account import Account
from .placed import Placed

if TYPE_CHECKING:
    from ..access import Reaching


@cache
def _rows_of_end(kind: str) -> tuple[tuple[Any, str], ...]:
    """Return each model whose rows may belong to an end of a kind and name no people, with the path to the end."""
    paths = ((model, getattr(getattr(model, "Reach", None), "ends", {})) for model in apps.get_models())
    return tuple((model, ends[kind]) for model, ends in paths if kind in ends and not path_to_people(model))


class Attachment(Placed):
    """One file with its size, kind and digest; it belongs to the row named by type and number.

    The verb stores it under a random name, which says nothing about the person or the file's own name.
    """

    file = models.FileField(_("文件"), upload_to="attachments/%Y/%m")
    name = models.CharField(_("文件名"), max_length=200)
    kind = models.CharField(_("种类"), max_length=80)
    size = models.PositiveBigIntegerField(_("字节数"))
    digest = models.CharField(_("SHA-256"), max_length=64)
    subject_type = models.CharField(_("对象种类"), max_length=60)
    subject_id = models.BigIntegerField(_("对象"))
    attached_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    attached_at = models.DateTimeField(_("上传时间"), default=timezone.now)

    class Meta:
        verbose_name = _("附件")
        verbose_name_plural = _("附件")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject_type", "subject_id", "digest"], name="attachment_once")
        ]
        indexes: ClassVar = [models.Index(fields=["subject_type", "subject_id"], name="attachment_subject")]

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "kind", "size", "digest", "subject_type",
            "subject_id", "attached_by", "attached_at",
        )  # fmt: skip
        personal = ("file", "name")

    class Reach:
        places = ("",)
        mine = "attached_by"

        @staticmethod
        def tied(grant: Reaching) -> Q:
            """The files at its own rows are an end's (an employer's, a station's), whoever attached them: those of
            rows that are about nobody, such as its licence.
            """
            assert grant.org is not None
            found = Q(pk__in=())
            for model, path in _rows_of_end(grant.org.kind):
                rows = model._base_manager.filter(**{path: grant.org.pk})
                found |= Q(subject_type=model._meta.label, subject_id__in=rows.values("pk"))
            return found

    def __str__(self) -> str:
        return self.name
