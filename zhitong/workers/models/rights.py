"""What people ask for themselves: that their data be deleted, and that somebody be written down as their spouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.models import Account, Placed, ReachQuerySet

from ..reasons import KeepReason
from .belongings import OfWorker
from .person import Worker

if TYPE_CHECKING:
    from zhitong.kernel.access import Reaching


class DeletionRequestQuerySet(ReachQuerySet):
    """Questions about requests for deletion."""

    def open(self) -> Self:
        return self.filter(state=DeletionRequest.State.OPEN)

    def overdue(self) -> Self:
        """Return those that nobody answered in time."""
        return self.open().filter(due_on__lt=timezone.localdate())


class DeletionRequest(Placed):
    """A person asks that his data be deleted: a case of his county's bureau, with a last day for the answer.

    It stands in the care of the county alone: neither township nor village reads it.
    """

    class State(models.TextChoices):
        OPEN = "open", _("待答复")
        GRANTED = "granted", _("已删除")
        REFUSED = "refused", _("不予删除")
        WITHDRAWN = "withdrawn", _("本人撤回")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.OPEN: (State.GRANTED, State.REFUSED, State.WITHDRAWN),
        State.GRANTED: (),
        State.REFUSED: (),
        State.WITHDRAWN: (),
    }

    worker = models.ForeignKey(
        Worker, models.PROTECT, related_name="deletion_requests", verbose_name=_("劳动者")
    )
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN)
    asked_at = models.DateTimeField(_("申请时间"), default=timezone.now)
    due_on = models.DateField(_("答复期限"))
    reason = models.CharField(_("不予删除的原因"), max_length=12, choices=KeepReason, blank=True)
    decided_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("答复人")
    )
    decided_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    escalated_at = models.DateTimeField(_("转市级督办时间"), null=True, blank=True)

    objects: ClassVar = DeletionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("删除申请")
        verbose_name_plural = _("删除申请")
        indexes: ClassVar = [
            models.Index(fields=[place, "state", "due_on", "id"], name=f"deletion_{place}")
            for place in ("city", "county")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["worker"], condition=Q(state="open"), name="deletion_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(county__isnull=False, town__isnull=True, village__isnull=True),
                name="deletion_stands_in_a_county",
            ),
            models.CheckConstraint(
                condition=Q(state="refused", decided_at__isnull=False) & ~Q(reason="")
                | Q(state="granted", decided_at__isnull=False, reason="")
                | Q(state__in=("open", "withdrawn"), decided_at__isnull=True, reason=""),
                name="deletion_decided_with_a_reason",
            ),
        ]

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "worker", "state", "asked_at", "due_on", "reason",
            "decided_by", "decided_at", "escalated_at",
        )  # fmt: skip

    class Reach:
        places = ("",)
        own = "worker__account"

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def concerns(self) -> Worker:
        """The person whom record lines about this row concern."""
        return self.worker

    @property
    def is_overdue(self) -> bool:
        """Whether nobody answered in time."""
        return self.state == self.State.OPEN and self.due_on < timezone.localdate()


class SpouseRequestQuerySet(ReachQuerySet):
    """Questions about requests to be written down as spouses."""

    def waiting(self) -> Self:
        """Return those that can still be answered."""
        return self.filter(state=SpouseRequest.State.OPEN, expires_at__gt=timezone.now())


class SpouseRequest(OfWorker):
    """A person asks another to be written down as his spouse; both must agree.

    ``asked`` is empty where nobody on the register bears the name and number that were given. Whoever asks cannot
    tell the two apart.
    """

    class State(models.TextChoices):
        OPEN = "open", _("待对方答复")
        AGREED = "agreed", _("对方已同意")
        DECLINED = "declined", _("对方不同意")
        REPLACED = "replaced", _("已被新的请求代替")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.OPEN: (State.AGREED, State.DECLINED, State.REPLACED),
        State.AGREED: (),
        State.DECLINED: (),
        State.REPLACED: (),
    }

    worker = models.ForeignKey(Worker, models.CASCADE, related_name="spouse_requests")
    asked = models.ForeignKey(
        Worker, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("对方")
    )
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN)
    asked_at = models.DateTimeField(_("提出时间"), default=timezone.now)
    expires_at = models.DateTimeField(_("有效期至"))
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)

    objects: ClassVar = SpouseRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("配偶关联请求")
        verbose_name_plural = _("配偶关联请求")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["worker"], condition=Q(state="open"), name="spouse_request_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(asked__isnull=True) | ~Q(asked=F("worker")), name="spouse_request_to_another"
            ),
        ]

    class Privacy:
        open = ("id", "worker", "state", "asked_at", "expires_at", "answered_at")
        personal = ("asked",)

    class Reach:
        places = ("worker__",)
        own = "worker__account"

        @staticmethod
        def also(grant: Reaching) -> Q | None:
            """Whoever is asked reads the request."""
            if grant.org is not None or not grant.account.is_worker:
                return None
            return Q(asked__account=grant.account)

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
