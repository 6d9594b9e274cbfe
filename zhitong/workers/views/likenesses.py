"""The review desk: two entries side by side, what differs marked, one key for each decision."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhitong.kernel import access
from zhitong.kernel.models import Account
from zhitong.kernel.values import row_number
from zhitong.kernel.web import Column, Detail, Listing, Panel, signed_in
from zhitong.kernel.web.detail import Button
from zhitong.kernel.web.show import said, shown
from zhitong.kernel.web.verbs import actor_of

from ..deriving import RULES
from ..forms.persons import LikenessFilter
from ..models import Likeness, LinkDecision, Worker
from ..reasons import said_reason
from .lines import Line, lines_panel, told_of
from .looks import note_looks

COMPARED = (
    "name", "sex", "birth_on", "id_number", "telephone", "education", "village", "household", "spouse", "status",
    "work_region", "status_checked_on", "source", "registered_at",
)  # fmt: skip
SKIPPED = "after"
"""The parameter that names the pair behind which the next one is looked for."""


class LikenessList(Listing):
    """Pairs of entries within reach that look alike."""

    model = Likeness
    title = _("疑似重复")
    columns = (
        Column("first", _("登记甲"), main=True),
        Column("second", _("登记乙")),
        Column(lambda row: _now("、").join(map(said_reason, row.reasons)), _("依据")),
        Column("bits", _("相像程度（比特）"), sort="score", css="number"),
        Column(lambda row: row.village or row.town or row.county or row.city, _("共同所在")),
        Column("state", _("核对结果"), badge={"open": "orange", "same": "green", "different": "blue"}),
    )
    order = "-score"
    filters = LikenessFilter
    related = ("first", "second", "village", "town", "county", "city")
    new = ("search_likenesses",)
    empty = _("没有疑似重复的登记。")
    template = "workers/likenesses.html"


@signed_in
def review_desk(request: HttpRequest) -> HttpResponseBase:
    """Go to the next pair that waits for the reader, or say that none does."""
    actor = actor_of(request)
    url = next_pair(actor, request.GET.get(SKIPPED, ""))
    if url is not None:
        return redirect(url)
    context = {"title": _("核对疑似重复"), "crumbs": [(_("疑似重复"), reverse("likenesses"))]}
    return render(request, "workers/review_done.html", context)


def waiting_for(actor: Account) -> QuerySet[Likeness]:
    """Return the pairs that the actor may decide, the most alike first; narrower places decide for themselves."""
    rows: QuerySet[Likeness] = Likeness.objects.visible_to(actor).open()
    return rows.order_by("-score", "-id")


def next_pair(actor: Account, after: str) -> str | None:
    """Return the address of the pair behind the one named, then of the first again."""
    rows = waiting_for(actor)
    seen = Likeness.objects.visible_to(actor).filter(pk=row_number(after))
    passed = seen.values("score", "pk").first()
    if passed is not None:
        behind = Q(score__lt=passed["score"]) | Q(score=passed["score"], pk__lt=passed["pk"])
        rows = rows.filter(behind)
    found = rows.values_list("pk", flat=True).first()
    return None if found is None else reverse("likeness", args=[found])


def to_next_pair(result: LinkDecision, request: HttpRequest) -> str:
    """Go on to the next pair after a decision, from wherever on the desk it was taken."""
    decided = Likeness.objects.visible_to(actor_of(request)).filter(
        Q(first=result.kept_id, second=result.other_id) | Q(first=result.other_id, second=result.kept_id)
    )
    after = decided.values_list("pk", flat=True).first()
    return f"{reverse('review_desk')}?{SKIPPED}={after}" if after else reverse("review_desk")


class LikenessDetail(Detail):
    """Two entries side by side."""

    model = Likeness
    template = "workers/likeness.html"
    related = tuple(
        f"{end}__{name}" for end in ("first", "second")
        for name in ("village", "town", "county", "household", "spouse", "work_region")
    )  # fmt: skip

    def answer(self) -> HttpResponseBase:
        """Show the page; opening it is a look at both people."""
        note_looks(self.actor, (self.row.first, self.row.second))
        return super().answer()

    def title(self) -> str:
        """Whom it is about."""
        return _now("%(first)s · %(second)s 是同一人吗？") % {
            "first": self.row.first,
            "second": self.row.second,
        }

    def crumbs(self) -> list[tuple[Any, str]]:
        """From the list."""
        return [(_("疑似重复"), reverse("likenesses"))]

    def panels(self) -> Iterable[Panel]:
        """The comparison, the decisions, the rules."""
        yield Panel(_("对照"), "workers/panel_compared.html", self.compared(), True)
        yield self.decisions()
        yield rules_panel()
        yield Panel(_("办理记录"), "workers/panel_told.html", {"told": told_of(self.actor, self.row)}, True)

    def compared(self) -> dict[str, Any]:
        """Return what the two say, and whether the reader may decide."""
        first, second = self.row.first, self.row.second
        lines = [_compared(name, first, second) for name in COMPARED]
        waits = self.row.state == Likeness.State.OPEN
        return {
            "row": self.row,
            "heads": [_head(self.actor, _("左：登记甲"), first), _head(self.actor, _("右：登记乙"), second)],
            "lines": lines,
            "reasons": [said_reason(one) for one in self.row.reasons],
            "decides": waits and access.may(self.actor, "accept_likeness", self.row),
            "skip": f"{reverse('review_desk')}?{SKIPPED}={self.row.pk}",
        }

    def decisions(self) -> Panel:
        """What was decided about the two, each with its undoing."""
        both = (self.row.first_id, self.row.second_id)
        rows = LinkDecision.objects.visible_to(self.actor).filter(kept__in=both, other__in=both)
        return decisions_panel(self.actor, rows)


def _compared(name: str, first: Worker, second: Worker) -> dict[str, Any]:
    label: Any = getattr(Worker._meta.get_field(name), "verbose_name", name)
    values = [_said(name, one) for one in (first, second)]
    raw = [getattr(one, name) for one in (first, second)]
    return {"label": label, "values": values, "differs": raw[0] != raw[1] and all(raw), "lacks": not all(raw)}


def _said(name: str, worker: Worker) -> str:
    if name == "village":
        places = (worker.county, worker.town, worker.village)
        return " · ".join(one.short_name or one.name for one in places)
    if name == "registered_at":
        return said(timezone.localtime(worker.registered_at).date())
    return shown(worker, name)


def _head(actor: Account, label: Any, worker: Worker) -> dict[str, Any]:
    visible = Worker.objects.visible_to(actor).filter(pk=worker.pk).exists()
    return {
        "label": label,
        "name": worker.name,
        "url": reverse("worker", args=[worker.pk]) if visible else "",
    }


def decisions_panel(actor: Account, rows: QuerySet[LinkDecision]) -> Panel:
    """Return the panel of decisions: by whom, when, why, and how each is undone."""
    found = rows.select_related("kept", "other", "decided_by", "voided_by").order_by("-pk")
    lines = [Line(_decided(one), _why(one), "", _undoing(actor, one)) for one in found]
    return lines_panel(_("归并决定"), lines, empty=_("还没有决定。"))


def _decided(one: LinkDecision) -> str:
    return _now("%(kind)s：%(kept)s，%(other)s") % {
        "kind": one.get_kind_display(), "kept": one.kept, "other": one.other
    }  # fmt: skip


def _why(one: LinkDecision) -> str:
    day = timezone.localtime(one.decided_at).date()
    parts = [_now("%(day)s，%(who)s") % {"day": day, "who": one.decided_by.name}]
    parts += [*map(said_reason, one.reasons), *([one.remark] if one.remark else [])]
    if one.voided_at is not None and one.voided_by is not None:
        voided = {"day": timezone.localtime(one.voided_at).date(), "who": one.voided_by.name}
        parts.append(_now("%(day)s 由%(who)s撤销") % voided)
    return _now("；").join(str(part) for part in parts)


def _undoing(actor: Account, one: LinkDecision) -> list[Button]:
    if one.voided_at is not None or not access.may(actor, "undo_decision", one):
        return []
    buttons = [Button(_("撤销"), reverse("undo_decision", args=[one.pk]), "undo_decision")]
    if one.kind == LinkDecision.Kind.MERGE and one.decided_by.kind == Account.Kind.SYSTEM:
        confirmed = LinkDecision.objects.visible_to(actor).standing()
        if not confirmed.filter(kind=LinkDecision.Kind.CONFIRM, other=one.other_id).exists():
            buttons.insert(0, Button(_("确认"), reverse("confirm_merge", args=[one.pk]), "confirm_merge"))
    return buttons


def rules_panel() -> Panel:
    """Return the rules by which a merged person's values are chosen."""
    lines = [Line(what, rule) for what, rule in RULES]
    return lines_panel(_("合并后显示什么"), lines, note=_("每份登记原来的内容都保留，撤销合并后各自恢复。"))


def parts_panel(actor: Account, worker: Worker) -> Iterable[Panel]:
    """Yield the entries that were merged into a person and what was decided, where there is anything to show."""
    ends = Q(kept=worker) | Q(other=worker) | Q(kept__merged_into=worker) | Q(other__merged_into=worker)
    decisions = LinkDecision.objects.visible_to(actor).filter(ends)
    if not decisions.exists():
        return
    parts = (
        Worker.objects.visible_to(actor).filter(merged_into=worker).select_related("village").order_by("pk")
    )
    lines = [
        Line(one.name, _part(one), reverse("worker", args=[one.pk]), _separating(actor, one)) for one in parts
    ]
    if lines:
        yield lines_panel(_("并入的登记"), lines, note=_("这些登记是同一个人；原来的内容都保留着。"))
    yield decisions_panel(actor, decisions)


def _part(one: Worker) -> str:
    day = timezone.localtime(one.registered_at).date()
    return _now("%(village)s，%(day)s %(source)s") % {
        "village": one.village, "day": day, "source": one.get_source_display()
    }  # fmt: skip


def _separating(actor: Account, one: Worker) -> list[Button]:
    if not access.may(actor, "separate_worker", one):
        return []
    return [Button(_("拆分"), reverse("separate_worker", args=[one.pk]), "separate_worker")]
