"""How groups of people fared in a round, counted after it for the office alone, and what it has to explain."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.models import Account, Placed, ReachQuerySet

from .rounds import Round


class Dimension(models.TextChoices):
    """By what people are told apart when a round is looked at, never while it is computed."""

    EVERYBODY = "everybody", _("全体")
    SEX = "sex", _("性别")
    AGE = "age", _("年龄段")
    PLACE = "place", _("地方")
    PRIORITY = "priority", _("优先群体")
    ETHNICITY = "ethnicity", _("本人说明的民族")


class FairnessCell(Placed):
    """One group of a round: how many took part, how many got a post, and their fit. Too small ones hold nothing."""

    FEWEST: ClassVar[int] = 10
    """Groups of fewer people are withheld, so that nobody is recognised."""
    UNSTATED: ClassVar[str] = "unstated"
    SMALL: ClassVar[str] = "small"
    """Of ethnic groups: those who stated none, and those of groups so small that they are counted as one."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="fairness", verbose_name=_("匹配轮次"))
    dimension = models.CharField(_("分组方式"), max_length=10, choices=Dimension)
    group = models.CharField(_("组别"), max_length=30, blank=True)
    is_withheld = models.BooleanField(_("人数太少，不公开"), default=False)
    people = models.PositiveIntegerField(_("参加人数"), default=0)
    placed = models.PositiveIntegerField(_("可以推荐人数"), default=0)
    fit_sum = models.BigIntegerField(_("契合度之和"), default=0)
    fit_square_sum = models.BigIntegerField(_("契合度平方和"), default=0)

    class Meta:
        verbose_name = _("公平性分组统计")
        verbose_name_plural = _("公平性分组统计")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "dimension", "group"], name="fairness_cell_once_a_round"
            ),
            models.CheckConstraint(
                condition=Q(is_withheld=False, placed__lte=F("people"))
                | Q(is_withheld=True, people=0, placed=0, fit_sum=0, fit_square_sum=0),
                name="fairness_cell_withheld_holds_nothing",
            ),
            models.CheckConstraint(
                condition=Q(is_withheld=True) | Q(people__gte=10) | Q(dimension="everybody"),
                name="fairness_cell_is_large_enough",
            ),
        ]

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "round", "dimension", "group", "is_withheld", "people",
            "placed", "fit_sum", "fit_square_sum",
        )  # fmt: skip

    class Reach:
        places = ("",)

    NAMED_BY = ("round__org",)

    def __str__(self) -> str:
        return f"{self.round}: {self.get_dimension_display()} {self.group}"


class FairnessAlarmQuerySet(ReachQuerySet):
    """Questions about alarms."""

    def open(self) -> Self:
        """Return the alarms that nobody has answered."""
        return self.filter(state=FairnessAlarm.State.OPEN)


class FairnessAlarm(Placed):
    """A group that fared otherwise in a round than it used to, beside the others; a named person says why."""

    class State(models.TextChoices):
        OPEN = "open", _("待说明")
        ANSWERED = "answered", _("已说明")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {State.OPEN: (State.ANSWERED,), State.ANSWERED: ()}
    RESTING = (State.OPEN,)

    round = models.ForeignKey(Round, models.CASCADE, related_name="alarms", verbose_name=_("匹配轮次"))
    dimension = models.CharField(_("分组方式"), max_length=10, choices=Dimension)
    group = models.CharField(_("组别"), max_length=30)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN)
    now_share: Any = models.FloatField(_("这一轮和其他人相差"))
    before_share: Any = models.FloatField(_("以前平均相差"))
    chance: Any = models.FloatField(_("偶然的可能"))
    compared = models.PositiveSmallIntegerField(_("比了几轮"))
    raised_at = models.DateTimeField(_("发现时间"), default=timezone.now)
    answer = models.CharField(_("说明"), max_length=300, blank=True)
    answered_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("说明人")
    )
    answered_at = models.DateTimeField(_("说明时间"), null=True, blank=True)

    objects: ClassVar = FairnessAlarmQuerySet.as_manager()

    class Meta:
        verbose_name = _("公平性警示")
        verbose_name_plural = _("公平性警示")
        indexes: ClassVar = [
            models.Index(fields=["state", "raised_at", "id"], name="fairness_alarm_state"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "dimension", "group"], name="fairness_alarm_once_a_round"
            ),
            models.CheckConstraint(
                condition=Q(state="open", answer="", answered_by=None)
                | (Q(state="answered", answered_by__isnull=False) & ~Q(answer="")),
                name="fairness_alarm_is_answered_by_somebody",
            ),
        ]

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "round", "dimension", "group", "state", "now_share",
            "before_share", "chance", "compared", "raised_at", "answer", "answered_by", "answered_at",
        )  # fmt: skip

    class Reach:
        places = ("",)

    NAMED_BY = ("round__org",)

    def __str__(self) -> str:
        return f"{self.round}: {self.get_dimension_display()}"
