"""Answers as an office keeps them, and the topics."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zhitong.kernel.web import Column, Detail, Listing, Panel, facts, panel

from .. import actions
from ..forms import AnswerFilter
from ..models import Answer, AnswerVersion, Asked, Topic

COLOURS = {"draft": "orange", "published": "green", "withdrawn": "secondary"}


class AnswerList(Listing):
    """The answers within reach, the newest first."""

    model = Answer
    title = pgettext_lazy("list", "常见问题")
    columns = (
        Column("question", gettext_lazy("问题"), main=True),
        Column("topic.name", gettext_lazy("问题类别")),
        Column("keeper.name", gettext_lazy("由谁维护")),
        Column("state", gettext_lazy("状态"), badge=COLOURS),
        Column("checked_on", gettext_lazy("本地核对")),
        Column("valid_until", gettext_lazy("适用止"), css="keep"),
        Column(lambda row: timezone.localdate(row.written_at), gettext_lazy("写成"), sort="written_at"),
    )
    order = "-written_at"
    filters = AnswerFilter
    new = ("draft_answer",)
    empty = gettext_lazy("没有这样的常见问题。")


class AnswerDetail(Detail):
    """One answer: its wording, its basis, who keeps it, how often it was read, its earlier wordings."""

    model = Answer
    template = "rights/answer.html"
    verbs = (
        actions.correct_answer, actions.publish_answer, actions.confirm_answer, actions.withdraw_answer,
    )  # fmt: skip
    states = {
        "publish_answer": ("draft", "withdrawn"),
        "confirm_answer": ("published",),
        "withdraw_answer": ("draft", "published"),
    }
    related = ("topic", "keeper", "checked_by", "county", "made_from")

    def subtitle(self) -> str:
        """Return the state."""
        return str(self.row.get_state_display())

    def panels(self) -> Iterable[Panel]:
        """The wording, its dates and keeper, versions, what was done."""
        row = self.row
        yield panel(_("答复"), "rights/wording.html", wide=True, answer=row)
        yield facts(
            _("适用"), row, "topic", "keeper", "keywords", "basis", "valid_from", "valid_until", "checked_on",
            "checked_by", (_("打开次数"), self._opened()),
        )  # fmt: skip
        if row.version > 1:
            yield self._versions()
        yield self.history()

    def _opened(self) -> int:
        counts = Asked.objects.visible_to(self.actor).filter(answer=self.row)
        return int(counts.aggregate(times=Sum("times"))["times"] or 0)

    def _versions(self) -> Panel:
        rows = AnswerVersion.objects.visible_to(self.actor).filter(answer=self.row).order_by("-number")
        versions = rows.select_related("replaced_by")
        return panel(_("以前的写法"), "rights/versions.html", wide=True, versions=versions)


class TopicList(Listing):
    """The topics in their order."""

    model = Topic
    title = pgettext_lazy("list", "问题类别")
    columns = (
        Column("name", gettext_lazy("名称"), main=True, css="keep"),
        Column("order", gettext_lazy("排列"), sort="order", css="number"),
        Column("closed_on", gettext_lazy("停用日期")),
    )
    order = "order"
    new = ("open_topic",)
    one_click = (actions.close_topic,)


def to_topics(result: Any, request: HttpRequest) -> str:
    """Go back to the topics."""
    return reverse("topics")
