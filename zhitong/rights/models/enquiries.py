"""Enquiries: questions that no answer met, each with an office that owes a reply and a day by which."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.models import Account, Org, Placed, ReachQuerySet
from zhitong.kernel.privacy import SealedField
from zhitong.workers.models import Worker

from .answers import Topic


class EnquiryQuerySet(ReachQuerySet):
    """Questions about enquiries."""

    def waiting(self) -> Self:
        """Return those to which a reply is owed."""
        return self.filter(state__in=Enquiry.WAITING)

    def overdue(self, now: dt.datetime | None = None) -> Self:
        """Return those whose reply is late, also when a level above has them by now."""
        late = Q(due_at__lt=now or timezone.now()) | Q(late_since__isnull=False)
        return self.waiting().filter(late)

    def to_escalate(self, now: dt.datetime) -> Self:
        """Return those whose clock has run out where they lie, except what the top has been told of already."""
        told = Q(owner=F("city"), late_since__isnull=False)
        return self.waiting().filter(due_at__lt=now).exclude(told)

    def asked_by_person(self, account: Account) -> Self:
        """Return a person's own: asked by his account, or by somebody for him."""
        return self.filter(Q(asked_by=account) | Q(worker__account=account))


class Enquiry(Placed):
    """A question put to an office: by the person himself, by an officer for him, or on the telephone."""

    class State(models.TextChoices):
        OPEN = "open", _("待接办")
        TAKEN = "taken", _("办理中")
        ANSWERED = "answered", _("已答复")
        REOPENED = "reopened", _("追问")
        CLOSED = "closed", _("已办结")

    class Through(models.TextChoices):
        SELF = "self", _("本人登录提问")
        GUEST = "guest", _("未登录提问")
        VISIT = "visit", _("当面代问")
        TELEPHONE = "telephone", _("电话")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.OPEN: (State.TAKEN, State.CLOSED),
        State.TAKEN: (State.ANSWERED, State.OPEN),
        State.ANSWERED: (State.REOPENED, State.CLOSED),
        State.REOPENED: (State.TAKEN, State.CLOSED),
        State.CLOSED: (),
    }
    RESTING = (State.ANSWERED,)
    UNTAKEN = (State.OPEN, State.REOPENED)
    WAITING = (*UNTAKEN, State.TAKEN)

    asked_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("提交人")
    )
    worker = models.ForeignKey(
        Worker, models.PROTECT, null=True, blank=True, related_name="enquiries", verbose_name=_("劳动者")
    )
    through = models.CharField(_("提问方式"), max_length=10, choices=Through)
    name = models.CharField(_("称呼"), max_length=50, blank=True)
    telephone = SealedField("telephone", verbose_name=_("联系电话"), null=True, blank=True)
    topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("问题类别")
    )
    text = models.TextField(_("问题"), max_length=1000)
    more = models.TextField(_("追问"), blank=True)
    owner = models.ForeignKey(Org, models.PROTECT, related_name="+", verbose_name=_("答复单位"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN)
    asked_at = models.DateTimeField(_("提问时间"), default=timezone.now)
    due_at = models.DateTimeField(_("答复期限"))
    late_since = models.DateTimeField(_("超期起"), null=True, blank=True)
    taken_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("接办人")
    )
    reply = models.TextField(_("答复"), max_length=2000, blank=True)
    earlier_reply = models.TextField(_("先前的答复"), blank=True)
    answered_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("答复人")
    )
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)

    objects: ClassVar = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("咨询工单")
        verbose_name_plural = _("咨询工单")
        indexes: ClassVar = [
            models.Index(fields=["city", "due_at", "id"], name="enquiry_city"),
            models.Index(fields=["county", "due_at", "id"], name="enquiry_county"),
            models.Index(fields=["owner", "due_at", "id"], name="enquiry_owner"),
            models.Index(fields=["state", "due_at"], name="enquiry_waiting"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="taken") | Q(taken_by__isnull=False), name="enquiry_taken_by_somebody"
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | (~Q(reply="") & Q(answered_at__isnull=False)),
                name="enquiry_answer_has_a_reply",
            ),
            models.CheckConstraint(
                condition=Q(through="guest", asked_by__isnull=True)
                | (~Q(through="guest") & Q(asked_by__isnull=False)),
                name="enquiry_guest_has_no_account",
            ),
        ]

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "asked_by", "worker", "through", "topic", "owner", "state",
            "asked_at", "due_at", "late_since", "taken_by", "answered_by", "answered_at",
        )  # fmt: skip
        personal = ("name", "text", "more", "reply", "earlier_reply")
        sensitive = ("telephone",)

    class Reach:
        places = ("",)
        own = "worker__account"
        mine = "asked_by"
        ends: ClassVar[dict[str, str]] = {Org.Kind.STATION: "owner"}

    def __str__(self) -> str:
        return self.text[:30]

    @property
    def concerns(self) -> Worker | None:
        """The person whom record lines about this row concern, where he is on the register."""
        return self.worker

    @property
    def asker(self) -> str:
        """How whoever asks is called."""
        return self.worker.name if self.worker is not None else self.name

    @property
    def above(self) -> Any:
        """The level above the office that owes the reply: a station's county, a county's city; none above that."""
        if self.owner_id == self.city_id:
            return None
        return self.city if self.owner_id == self.county_id or self.county is None else self.county

    def is_late(self, now: dt.datetime | None = None) -> bool:
        """Tell whether the reply is owed and late."""
        return self.state in self.WAITING and (
            self.late_since is not None or self.due_at < (now or timezone.now())
        )
