"""Matching rules: the list, and one of them in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zhitong.kernel.models import Account
from zhitong.kernel.web import Column, Detail, Listing, Panel, facts, panel, table

from ..forms import city_of
from ..frames import DEFAULT_RULES
from ..models import Round, RuleSet
from ..words import MODES, POINTS
from .shared import ROUND_COLOURS, joined

STANDING = {
    "now": gettext_lazy("现行"), "later": gettext_lazy("还没到生效日期"), "over": gettext_lazy("已由后来的规则代替")
}  # fmt: skip
NEWEST = 10


def standing_of(rules: Any) -> str:
    """Return whether rules read ``with_standing`` hold, are still to come, or are over."""
    if rules.is_over:
        return "over"
    return "now" if rules.begins_on <= timezone.localdate() else "later"


def standing_in_words(rules: Any) -> str:
    """Return the same as people read it."""
    return str(STANDING[standing_of(rules)])


def facts_before(rules: RuleSet) -> Mapping[str, int | str]:
    """Return what held until these rules came."""
    return DEFAULT_RULES if rules.replaces is None else rules.replaces.facts


def changes_in_words(rules: RuleSet) -> str:
    """Return what became different, as one line."""
    before, now = facts_before(rules), rules.facts
    changed = [
        _("%(part)s %(before)s→%(now)s") % {
            "part": _label(name), "before": _said(name, before[name]), "now": _said(name, now[name])
        }
        for name in now
        if now[name] != before[name]
    ]  # fmt: skip
    return joined(changed) or _("和此前的一样")


def explained(now: Mapping[str, int | str], before: Mapping[str, int | str] | None = None) -> dict[str, Any]:
    """Return rules as ``matching/rules.html`` shows them: each part with its points, bounds and meaning."""
    parts = [
        {
            "label": _label(name), "points": now[name], "meaning": POINTS[name], "least": least, "most": most,
            "before": None if before is None or before[name] == now[name] else before[name],
        }
        for name, (least, most) in RuleSet.BOUNDS.items()
    ]  # fmt: skip
    mode = str(now["priority_mode"])
    return {"parts": parts, "mode": _said("priority_mode", mode), "mode_meaning": MODES[mode]}


class RuleSetList(Listing):
    """The rules that a city decided, the last decided first, and above them those that hold now."""

    model = RuleSet
    title = pgettext_lazy("list", "匹配规则")
    template = "matching/rulesets.html"
    columns = (
        Column(str, gettext_lazy("匹配规则"), main=True, sort="number", known_as="name"),
        Column("begins_on", gettext_lazy("生效日期"), sort="begins_on"),
        Column(standing_in_words, gettext_lazy("状态")),
        Column(changes_in_words, gettext_lazy("和此前相比")),
        Column("reason", gettext_lazy("调整理由")),
        Column("decided_by", gettext_lazy("决定人")),
    )
    order = "-number"
    related = ("replaces", "decided_by")
    new = ("set_matching_rules",)
    empty = gettext_lazy("市里还没有定过匹配规则，各轮匹配都用平台的缺省分值。")

    def rows(self) -> Any:
        """Return the rules with their standing."""
        return super().rows().with_standing()

    def context(self) -> dict[str, Any]:
        """Explain what holds today."""
        now = next((one for one in self.rows() if standing_of(one) == "now"), None)
        return {"now": now, **explained(DEFAULT_RULES if now is None else now.facts)}


class RuleSetDetail(Detail):
    """One decision: what each part brings, what that was before, who decided it, and which rounds went by it."""

    model = RuleSet
    related = ("replaces", "decided_by", "city")

    def subtitle(self) -> str:
        """Return from when it holds."""
        return _("%(day)s起 · %(standing)s") % {
            "day": self.row.begins_on, "standing": standing_in_words(self._with_standing)
        }  # fmt: skip

    @property
    def _with_standing(self) -> Any:
        return RuleSet.objects.visible_to(self.actor).with_standing().get(pk=self.row.pk)

    def panels(self) -> Iterable[Panel]:
        """Return the points with their meaning, the decision, and the rounds."""
        told = explained(self.row.facts, facts_before(self.row))
        yield panel(_("各项分值"), "matching/rules.html", wide=True, **told)
        yield facts(
            _("决定"), self.row, "city", "begins_on", "reason", "decided_by", "decided_at", "replaces",
            (_("和此前相比"), changes_in_words(self.row)),
        )  # fmt: skip
        yield table(_("按这一版计算的轮次"), self._rounds(), *ROUND_COLUMNS, empty=_("还没有哪一轮用过。"))
        yield self.history()

    def _rounds(self) -> Any:
        held = Round.objects.visible_to(self.actor).filter(rules=self.row).select_related("org")
        return held.order_by("-asked_at")[:NEWEST]


ROUND_COLUMNS = (
    Column(lambda row: row.org.place_name, gettext_lazy("范围"), main=True),
    Column("held_on", gettext_lazy("匹配日期")),
    Column("state", gettext_lazy("状态"), badge=ROUND_COLOURS),
)


def about_rules(request: HttpRequest, row: Any) -> dict[str, Any]:
    """Say which rules hold now and which are still to come, before others are decided."""
    actor: Account = request.actor  # type: ignore[attr-defined]
    rules = RuleSet.objects.visible_to(actor).of_city(city_of(actor).pk).with_standing()
    standing = [one for one in rules if not one.is_over]
    back = reverse("rulesets")
    return {
        "back": back,
        "crumbs": [(_("匹配规则"), back)],
        "now": next((one for one in standing if standing_of(one) == "now"), None),
        "coming": [one for one in standing if standing_of(one) == "later"],
    }


def _label(name: str) -> str:
    return str(RuleSet._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _said(name: str, value: int | str) -> str:
    if name != "priority_mode":
        return str(value)
    return str(RuleSet.PriorityMode(str(value)).label)
