"""The record: one line for each verb that was carried out, chained so that a changed or missing line shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Substr
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..people import people_with_account, place_in_block
from .account import Account
from .org import Org
from .placed import Placed, Reached, ReachQuerySet

if TYPE_CHECKING:
    from ..access import Reaching

READ_AGAIN_AFTER = dt.timedelta(minutes=10)


class RecordQuerySet(ReachQuerySet):
    """Questions about the record."""

    def of(self, row: models.Model) -> RecordQuerySet:
        """Return the lines whose subject is this row, oldest first."""
        return self.filter(subject_type=row._meta.label, subject_id=row.pk).order_by("position")

    def concerning(self, row: models.Model) -> RecordQuerySet:
        """Return the lines that concern this person, newest first."""
        return self.filter(concerns_type=row._meta.label, concerns_id=row.pk).order_by("-position")

    def read_lately(self, row: models.Model, reader: Account) -> bool:
        """Tell whether this reader's opening of the row left a line a moment ago, so that another says nothing."""
        since = timezone.now() - READ_AGAIN_AFTER
        return self.of(row).filter(verb="note_reading", actor=reader, at__gt=since).exists()

    def told_to(self, *rows: models.Model) -> RecordQuerySet:
        """Return the lines that concern the person of these rows alone or among many, newest first."""
        return self.filter(_telling(rows)).order_by("-position")


class Record(Placed):
    """Who did what to which row, where and when. Personal values are never kept here."""

    position = models.BigIntegerField(_("序号"), unique=True)
    at = models.DateTimeField(_("时间"), default=timezone.now)
    verb = models.CharField(_("动作"), max_length=60)
    actor = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="records", verbose_name=_("经办人")
    )
    acting_for = models.ForeignKey(
        Org, models.PROTECT, null=True, related_name="+", verbose_name=_("所属组织")
    )
    subject_type = models.CharField(_("对象种类"), max_length=60, blank=True)
    subject_id = models.BigIntegerField(_("对象"), null=True)
    concerns_type = models.CharField(_("涉及的人的种类"), max_length=60, blank=True)
    concerns_id = models.BigIntegerField(_("涉及的人"), null=True)
    concerns_account = models.ForeignKey(
        Account, models.SET_NULL, null=True, related_name="+", db_index=True, verbose_name=_("涉及的账号")
    )
    given: Any = models.JSONField(_("内容"), default=dict)
    moves: Any = models.JSONField(_("变化"), default=list)
    row_count = models.IntegerField(_("行数"), default=1)
    digest = models.CharField(_("链值"), max_length=64)

    objects: ClassVar = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("办理记录")
        verbose_name_plural = _("办理记录")
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="record_subject"),
            models.Index(fields=["concerns_type", "concerns_id", "position"], name="record_concerns"),
            models.Index(fields=["county", "position"], name="record_county"),
            models.Index(fields=["town", "position"], name="record_town"),
            models.Index(fields=["village", "position"], name="record_village"),
        ]

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "position", "at", "verb", "actor", "acting_for",
            "subject_type", "subject_id", "concerns_type", "given", "moves", "row_count", "digest",
        )  # fmt: skip
        personal = ("concerns_id", "concerns_account")

    class Reach:
        places = ("",)
        ends: ClassVar[dict[str, str]] = dict.fromkeys(Org.END_KINDS, "acting_for")
        own = "concerns_account"

        @staticmethod
        def also(grant: Reaching) -> Q | None:
            """Whoever stood among many, in a list that was taken away, reads it; so does he of his other rows."""
            if grant.org is not None or not grant.account.is_worker:
                return None
            people = people_with_account(grant.account)
            return _telling(people) if people else None

    def __str__(self) -> str:
        return f"{self.position} {self.verb}"


def _telling(rows: Iterable[models.Model]) -> Q:
    """Return the condition under which a line is about one of the rows, alone or among many."""
    found = Q(pk__in=())
    for row in rows:
        found |= Q(concerns_type=row._meta.label, concerns_id=row.pk)
        lines = RecordPeople.objects.lines_with(row)
        found = found | Q(pk__in=lines) if lines else found
    return found


class RecordPeopleQuerySet(models.QuerySet["RecordPeople"]):
    """Questions about the people of lines."""

    def lines_with(self, row: models.Model) -> list[int]:
        """Return the keys of the lines among whose people this person is."""
        block, byte, values = place_in_block(row.pk)
        held = Substr("members", byte, 1, output_field=models.BinaryField())
        found = self.filter(block=block, record__concerns_type=row._meta.label).alias(held=held)
        return list(found.filter(held__in=values).values_list("record_id", flat=True))


class RecordPeople(models.Model):
    """Whom a line about many concerns: one row for each block of 4,096 numbers, one bit for each person.

    The line keeps the digest of the whole set, so that the chain covers it.
    """

    record = models.ForeignKey(Record, models.CASCADE, related_name="people", db_index=False)
    block = models.BigIntegerField()
    members = models.BinaryField(max_length=512)

    objects: ClassVar = RecordPeopleQuerySet.as_manager()

    class Meta:
        verbose_name = _("记录涉及的人群")
        verbose_name_plural = _("记录涉及的人群")
        constraints = [models.UniqueConstraint(fields=["record", "block"], name="record_block_once")]
        indexes = [models.Index(fields=["block", "record"], name="record_block")]

    class Privacy:
        open = ("id", "record", "block")
        personal = ("members",)

    def __str__(self) -> str:
        return f"{self.record_id}: {self.block}"


class RecordHead(models.Model):
    """The last line of the chain; locked while lines are added, so that their order is the order of storing."""

    position = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        verbose_name = _("记录链头")
        verbose_name_plural = _("记录链头")

    class Privacy:
        open = ("id", "position", "digest")

    def __str__(self) -> str:
        return str(self.position)


class Nonce(Reached):
    """A submission that was carried out: a device that sends it again changes nothing."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    nonce = models.CharField(max_length=64)
    verb = models.CharField(max_length=60)
    result = models.CharField(max_length=80, blank=True)
    used_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects: ClassVar = ReachQuerySet.as_manager()

    class Meta:
        verbose_name = _("一次性编号")
        verbose_name_plural = _("一次性编号")
        constraints = [models.UniqueConstraint(fields=["account", "nonce"], name="nonce_once")]

    class Privacy:
        open = ("id", "account", "nonce", "verb", "result", "used_at")

    class Reach:
        own = "account"

    def __str__(self) -> str:
        return self.nonce
