"""Answers that everybody may read: by topic, dated, with their basis, and every earlier wording kept."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.models import Account, Org, Placed, Reached, ReachQuerySet
from zhitong.kernel.state import Versioned

from ..searching import NoTerms, ranked


class TopicQuerySet(models.QuerySet["Topic"]):
    """Questions about topics, which everybody knows."""

    def visible_to(self, actor: object) -> Self:
        return self.all()

    def standing(self) -> Self:
        return self.filter(closed_on=None)


class Topic(models.Model):
    """What questions are about."""

    name = models.CharField(_("名称"), max_length=20)
    order = models.PositiveSmallIntegerField(_("排列"), default=100)
    closed_on = models.DateField(_("停用日期"), null=True, blank=True)

    objects: ClassVar = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("问题类别")
        verbose_name_plural = _("问题类别")
        ordering: ClassVar = ["order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["name"], condition=Q(closed_on=None), name="topic_standing_name_once"
            )
        ]

    class Privacy:
        open = ("id", "name", "order", "closed_on")

    def __str__(self) -> str:
        return self.name


class AnswerQuerySet(ReachQuerySet):
    """Questions about answers."""

    def visible_to(self, actor: Account | None) -> Self:
        """Return what is in force, which everybody may read, and what the actor's office keeps."""
        from zhitong.kernel.access import readable

        return self.filter(readable(self.model, actor) | _in_force(timezone.localdate()))

    def in_force(self, on: dt.date | None = None) -> Self:
        """Return the published answers that hold on a day (by default today), its last day included."""
        return self.filter(_in_force(on or timezone.localdate()))

    def said_in(self, county: Org | None) -> Self:
        """Return the answers for everybody and those of one county's own."""
        return self.filter(Q(county=None) | Q(county=county)) if county else self.filter(county=None)

    def search(self, text: str, most: int = 20) -> list[Answer]:
        """Return the best answers to what was typed: words, pinyin or initials, whole or half; best first."""
        try:
            return ranked(self, text, most)
        except NoTerms:
            return []

    def most_opened(self, since: dt.date) -> Self:
        """Order by how often they were opened since a day, most often first; then as they were written."""
        opened = Coalesce(Sum("asked__times", filter=Q(asked__asked_on__gte=since)), 0)
        return self.annotate(opened=opened).order_by("-opened", "pk")


def _in_force(day: dt.date) -> Q:
    lasts = Q(valid_until=None) | Q(valid_until__gte=day)
    return Q(state=Answer.State.PUBLISHED, valid_from__lte=day) & lasts


class Answer(Placed, Versioned):
    """A question that many ask, with its answer; without a county it holds for the whole city."""

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        PUBLISHED = "published", _("已发布")
        WITHDRAWN = "withdrawn", _("已撤下")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.DRAFT: (State.PUBLISHED, State.WITHDRAWN),
        State.PUBLISHED: (State.WITHDRAWN,),
        State.WITHDRAWN: (State.PUBLISHED,),
    }
    RESTING = (State.PUBLISHED, State.WITHDRAWN)
    WORDING = ("question", "text", "topic", "keywords", "basis", "valid_from", "valid_until")
    """What an office writes and corrects, and what every version keeps."""

    keeper = models.ForeignKey(Org, models.PROTECT, related_name="+", verbose_name=_("由谁维护"))
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="answers", verbose_name=_("问题类别"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    question = models.CharField(_("问题"), max_length=120)
    text = models.TextField(_("答复"), max_length=3000)
    keywords = models.CharField(_("关键词"), max_length=200, blank=True)
    basis = models.CharField(_("依据"), max_length=300, blank=True)
    valid_from = models.DateField(_("适用起"), default=timezone.localdate)
    valid_until = models.DateField(_("适用止"), null=True, blank=True)
    checked_on = models.DateField(_("本地核对日期"), null=True, blank=True)
    checked_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("核对人")
    )
    made_from = models.OneToOneField(
        "rights.Enquiry",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="made",
        verbose_name=_("来自工单"),
    )
    written_at = models.DateTimeField(_("写成时间"), default=timezone.now)
    touched_at = models.DateTimeField(_("改动时间"), default=timezone.now)
    search_head = models.CharField(max_length=600, editable=False, default="")
    search_sound = models.TextField(editable=False, default="")
    search_body = models.TextField(editable=False, default="")

    objects: ClassVar = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("常见问题")
        verbose_name_plural = _("常见问题")
        indexes: ClassVar = [
            models.Index(fields=["city", "written_at", "id"], name="answer_city"),
            models.Index(fields=["county", "written_at", "id"], name="answer_county"),
            # A search asks which answers may be read, and whether any was reworded, along these alone.
            models.Index(fields=["state", "valid_from", "valid_until", "county"], name="answer_in_force"),
            models.Index(fields=["touched_at", "version"], name="answer_touched"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="answer_ends_after_it_begins",
            )
        ]

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "version", "keeper", "topic", "state", "question",
            "text", "keywords", "basis", "valid_from", "valid_until", "checked_on", "checked_by", "made_from",
            "written_at", "touched_at", "search_head", "search_sound", "search_body",
        )  # fmt: skip

    class Reach:
        places = ("",)

    def __str__(self) -> str:
        return self.question


class AnswerVersion(Reached):
    """An answer as it was worded before a correction."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="versions", verbose_name=_("常见问题"))
    number = models.PositiveIntegerField(_("版本"))
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+", verbose_name=_("问题类别"))
    question = models.CharField(_("问题"), max_length=120)
    text = models.TextField(_("答复"))
    keywords = models.CharField(_("关键词"), max_length=200, blank=True)
    basis = models.CharField(_("依据"), max_length=300, blank=True)
    valid_from = models.DateField(_("适用起"))
    valid_until = models.DateField(_("适用止"), null=True, blank=True)
    replaced_at = models.DateTimeField(_("改动时间"), default=timezone.now)
    replaced_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("改动人"))

    class Meta:
        verbose_name = _("答复版本")
        verbose_name_plural = _("答复版本")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["answer", "number"], name="answer_version_once")
        ]

    class Privacy:
        open = (
            "id", "answer", "number", "topic", "question", "text", "keywords", "basis", "valid_from",
            "valid_until", "replaced_at", "replaced_by",
        )  # fmt: skip

    class Reach:
        places = ("answer__",)

    def __str__(self) -> str:
        return f"{self.question} · {self.number}"

    @property
    def stands_at(self) -> Any:
        """The office that keeps the answer."""
        return self.answer.keeper
