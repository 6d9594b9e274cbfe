"""What a no means for the next rounds: posts, cities and employers left out, and what is suggested instead."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.models import Account, Placed, ReachQuerySet
from zhitong.workers.models import Source, Worker

from .offers import Offer


class ConsequenceQuerySet(ReachQuerySet):
    """Questions about consequences."""

    def standing(self, day: dt.date | None = None) -> Self:
        """Return those that keep something out of a round of a day."""
        last = Q(until_on=None) | Q(until_on__gt=day or timezone.localdate())
        return self.filter(last, state=Consequence.State.STANDING)

    def suggested(self) -> Self:
        """Return the suggestions that nobody has answered."""
        return self.filter(state=Consequence.State.SUGGESTED)


class Consequence(Placed):
    """One effect of one no on the next rounds; the worker and his officers see it and may lift it."""

    class Kind(models.TextChoices):
        POST = "post", _("不再推荐这个岗位")
        PLACE = "place", _("暂不推荐这个城市")
        EMPLOYER = "employer", _("暂不推荐这家单位")
        WAGE = "wage", _("建议提高最低工资")
        DORMITORY = "dormitory", _("建议写明需要住宿")
        DATE = "date", _("建议改出发日期")
        OCCUPATION = "occupation", _("建议重报意向职业")
        TRAINING = "training", _("建议参加培训")
        STATUS = "status", _("建议核实就业状态")
        TELEPHONE = "telephone", _("建议核对手机号")

    class State(models.TextChoices):
        STANDING = "standing", _("生效中")
        SUGGESTED = "suggested", _("待答复")
        TAKEN = "taken", _("已照办")
        LIFTED = "lifted", _("已取消")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.STANDING: (State.LIFTED,),
        State.SUGGESTED: (State.TAKEN, State.LIFTED),
        State.TAKEN: (),
        State.LIFTED: (),
    }
    RESTING = (State.STANDING,)
    KEEPS_OUT = (Kind.POST, Kind.PLACE, Kind.EMPLOYER)
    """The kinds that keep something out of rounds by themselves; the others only suggest."""

    worker = models.ForeignKey(Worker, models.PROTECT, related_name="consequences", verbose_name=_("劳动者"))
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="consequences", verbose_name=_("岗位推荐"))
    kind = models.CharField(_("影响"), max_length=10, choices=Kind)
    state = models.CharField(_("状态"), max_length=10, choices=State)
    begins_on = models.DateField(_("起"), default=timezone.localdate)
    until_on = models.DateField(_("到期日"), null=True, blank=True)
    settled_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    settled_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("答复登记人")
    )
    settled_through = models.CharField(_("答复方式"), max_length=10, choices=Source, blank=True)
    is_sample = models.BooleanField(_("样例"), default=False)

    objects: ClassVar = ConsequenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("答复影响")
        verbose_name_plural = _("答复影响")
        indexes: ClassVar = [
            models.Index(fields=["state", "kind", "worker"], name="consequence_state"),
            models.Index(fields=["city", "id"], name="consequence_city"),
            models.Index(fields=["county", "id"], name="consequence_county"),
            models.Index(fields=["town", "id"], name="consequence_town"),
            models.Index(fields=["village", "id"], name="consequence_village"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["offer", "kind"], name="consequence_once_a_kind"),
            models.CheckConstraint(
                condition=Q(kind__in=("post", "place", "employer"), state__in=("standing", "lifted"))
                | Q(
                    ~Q(kind__in=("post", "place", "employer")),
                    state__in=("suggested", "taken", "lifted"),
                    until_on=None,
                ),
                name="consequence_keeps_out_or_suggests",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gt=models.F("begins_on")),
                name="consequence_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("standing", "suggested")) | Q(settled_at__isnull=False),
                name="consequence_settled_by_somebody",
            ),
        ]

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "worker", "offer", "state", "begins_on", "until_on",
            "settled_at", "settled_by", "settled_through", "is_sample",
        )  # fmt: skip
        personal = ("kind",)

    class Reach:
        places = ("",)
        own = "worker__account"

    NAMED_BY = ("worker", "offer__demand__employer_org", "offer__demand__region")

    def __str__(self) -> str:
        return f"{self.worker}: {self.get_kind_display()}"

    @property
    def concerns(self) -> Worker:
        """The person whom record lines about this row concern."""
        return self.worker

    @property
    def keeps_out(self) -> Any:
        """What it keeps out of rounds: the post, its city or its employer; nothing for a suggestion."""
        demand = self.offer.demand
        things = {
            self.Kind.POST: demand.title,
            self.Kind.PLACE: demand.region,
            self.Kind.EMPLOYER: demand.employer_org,
        }
        return things.get(self.Kind(self.kind), "")
