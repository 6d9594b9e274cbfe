"""What people of the register are asked, by a link in a short message, and what they ask for themselves."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.models import Account, ReachQuerySet

from .belongings import OfWorker
from .person import Worker

SENDING = dt.timedelta(hours=2)
"""So long the work of sending may take; what has not gone out by then does not go out any more."""


class StatusQuestionQuerySet(ReachQuerySet):
    """Questions about questions."""

    def since(self, at: dt.datetime) -> Self:
        """Return those asked since an instant; whom no message reached was not asked."""
        return self.filter(asked_at__gt=at).filter(Q(sent_at__isnull=False) | _on_their_way())

    def unsent(self) -> Self:
        """Return those that wait to be sent."""
        return self.filter(_on_their_way(), sent_at=None, answered_at=None)


def _on_their_way() -> Q:
    """Return the condition under which an unsent question may still go out; later its person is asked anew."""
    return Q(asked_at__gt=timezone.now() - SENDING, expires_at__gt=timezone.now())


class StatusQuestion(OfWorker):
    """A person was asked by a link in a short message whether the status is still the same; it serves once."""

    class Answer(models.TextChoices):
        SAME = "same", _("没有变化")
        CHANGED = "changed", _("有变化")

    worker = models.ForeignKey(Worker, models.CASCADE, related_name="questions")
    asked_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("询问人"))
    asked_at = models.DateTimeField(_("询问时间"), default=timezone.now)
    expires_at = models.DateTimeField(_("有效期至"))
    sent_at = models.DateTimeField(_("发出时间"), null=True, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    answer = models.CharField(_("答复"), max_length=8, choices=Answer, blank=True)

    objects: ClassVar = StatusQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("核实询问")
        verbose_name_plural = _("核实询问")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="question_answered_at_an_instant",
            )
        ]

    class Privacy:
        open = ("id", "worker", "asked_by", "asked_at", "expires_at", "sent_at", "answered_at", "answer")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def is_over(self) -> bool:
        """Whether its days are past."""
        return bool(self.expires_at <= timezone.now())
