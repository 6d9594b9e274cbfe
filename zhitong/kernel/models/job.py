"""Work that is done while nobody waits, visible to whoever asked for it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from .account import Account
from .placed import Placed, ReachQuerySet

MOST_MESSAGE = 200


class JobQuerySet(ReachQuerySet):
    """Questions about jobs."""

    def unfinished(self) -> Self:
        return self.filter(state__in=(Job.State.WAITING, Job.State.RUNNING))

    def stale(self, after: dt.timedelta) -> Self:
        """Return running jobs whose last sign of life is older than ``after``."""
        return self.filter(state=Job.State.RUNNING, beat_at__lt=timezone.now() - after)

    def left_waiting(self, after: dt.timedelta) -> Self:
        """Return the jobs that nobody took up since they were last handed out, longer ago than ``after``.

        ``beat_at`` of a job that waits is when it was handed out again.
        """
        waiting = self.filter(state=Job.State.WAITING).alias(handed_out=Coalesce("beat_at", "asked_at"))
        return waiting.filter(handed_out__lt=timezone.now() - after)


class Job(Placed):
    """One piece of background work with its progress, its outcome and the person who asked for it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("排队中")
        RUNNING = "running", _("进行中")
        DONE = "done", _("已完成")
        FAILED = "failed", _("未成功")
        CANCELLED = "cancelled", _("已取消")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.WAITING: (State.RUNNING, State.CANCELLED),
        State.RUNNING: (State.DONE, State.FAILED, State.WAITING, State.CANCELLED),
        State.DONE: (),
        State.FAILED: (State.WAITING,),
        State.CANCELLED: (),
    }
    RESTING = (State.FAILED,)
    TOLD_BY: ClassVar[dict[str, str]] = {"message": "said"}
    """What is shown instead of a field that is kept otherwise than it is read."""

    kind = models.CharField(_("种类"), max_length=60)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.WAITING)
    given: Any = models.JSONField(_("要求"), default=dict)
    result: Any = models.JSONField(_("结果"), default=dict)
    done_permille = models.PositiveSmallIntegerField(_("进度（千分之）"), default=0)
    message = models.CharField(_("进展"), max_length=MOST_MESSAGE, blank=True)
    attempts = models.PositiveSmallIntegerField(_("次数"), default=0)
    asked_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("申请人"))
    asked_at = models.DateTimeField(_("申请时间"), default=timezone.now)
    beat_at = models.DateTimeField(_("最近进展"), null=True, blank=True)
    finished_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    objects: ClassVar = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("后台任务")
        verbose_name_plural = _("后台任务")
        indexes: ClassVar = [models.Index(fields=["state", "beat_at"], name="job_state_beat")]

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "kind", "state", "given", "result", "done_permille",
            "message", "attempts", "asked_by", "asked_at", "beat_at", "finished_at",
        )  # fmt: skip

    class Reach:
        places = ("",)
        mine = "asked_by"

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def said(self) -> str:
        """The note on how far it is, in the reader's language."""
        return self.told(self.message)

    @staticmethod
    def told(note: str) -> str:
        """Return a note that was kept by ``noted``, in the reader's language."""
        sentence, _separator, values = note.partition("\n")
        if not sentence:
            return ""
        return gettext(sentence) % json.loads(values) if values else gettext(sentence)

    @staticmethod
    def noted(sentence: object, values: Mapping[str, object]) -> str:
        """Return a note as it is kept, to be translated for each reader: the source's sentence, then its values."""
        with override(settings.LANGUAGE_CODE):
            plain = str(sentence)
        kept = f"{plain}\n{json.dumps(values, ensure_ascii=False)}" if values else plain
        return kept if len(kept) <= MOST_MESSAGE else plain[:MOST_MESSAGE]
