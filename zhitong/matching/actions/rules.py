"""Rules of a city's rounds: decided from a day on by a named officer, with a reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel import values
from zhitong.kernel.action import action, note_move
from zhitong.kernel.errors import Faster, Refusal
from zhitong.kernel.models import Account, Org, in_place
from zhitong.kernel.state import unless_taken

from ..frames import DEFAULT_RULES
from ..models import RuleSet

FURTHEST = dt.timedelta(days=366)
SHORTEST_REASON, LONGEST_REASON = 5, 200


@dataclass(frozen=True)
class RuleFacts:
    """What an office decides: from which day and why, the most points of each part of a fit, and who comes first."""

    begins_on: dt.date
    reason: str
    placed: int
    wish: int
    experience: int
    wage: int
    place: int
    lodging: int
    meals: int
    season: int
    fellows: int
    distance: int
    priority: int
    priority_mode: str


@action(at="org", title=_("调整匹配规则"), about=RuleSet)
def set_matching_rules(*, by: Account, org: Org, facts: RuleFacts, seen: int | None = None) -> RuleSet:
    """Decide by what rules the rounds of a city are computed from a day on; a round that was held keeps its own.

    ``seen`` is the number of the rules decided last that the officer knew of, 0 for none: raises ``Faster`` when
    others have been decided since.
    """
    city = _city(org)
    _in_order(facts)
    last = RuleSet.objects.of_city(city.pk).first()
    if seen is not None and seen != (0 if last is None else last.number):
        raise _overtaken(last)
    until_then = RuleSet.objects.holding(city.pk, facts.begins_on)
    told = _settled(facts)
    if until_then is not None and all(told[name] == value for name, value in until_then.facts.items()):
        raise Refusal("rules_unchanged", _("这些规则和那天本来要用的完全一样，不用再定。"))
    number = 1 if last is None else last.number + 1
    with unless_taken(Faster()):
        made = RuleSet.objects.create(
            number=number, replaces=until_then, decided_by=by, **told, **in_place(city)
        )
    _note(made, until_then)
    return made


def _city(org: Org) -> Org:
    """Return the city bureau; its labour company decides for it."""
    if org.level != "city" or org.city is None:
        raise Refusal("not_the_city", _("匹配规则由市里统一定，请选市人社局。"), field="org")
    return org.city


def _in_order(facts: RuleFacts) -> None:
    """Refuse days and points out of bounds, each in its own words."""
    today = timezone.localdate()
    if facts.begins_on < today:
        raise Refusal("day_past", _("生效日期不能早于今天；以前的轮次不会重算。"), field="begins_on")
    if facts.begins_on > today + FURTHEST:
        raise Refusal("day_too_far", _("生效日期最多可以选到一年以后。"), field="begins_on")
    within_bounds(facts)


def within_bounds(facts: Any) -> None:
    """Refuse points out of bounds and an unknown way of putting priority groups first, each in its own words."""
    if facts.priority_mode not in RuleSet.PriorityMode.values:
        raise Refusal("not_a_mode", _("优先方式请选“按分值优先”或“绝对优先”。"), field="priority_mode")
    for name, (least, most) in RuleSet.BOUNDS.items():
        _within(name, getattr(facts, name), least, most)


def _within(name: str, points: int, least: int, most: int) -> None:
    if not least <= points <= most:
        label = RuleSet._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        sentence = _("“%(part)s”的分值应在%(least)d到%(most)d之间。")
        told = sentence % {"part": label, "least": least, "most": most}
        raise Refusal("points_out_of_bounds", told, field=name)


def _settled(facts: RuleFacts) -> dict[str, Any]:
    reason = values.checked_line(facts.reason, field="reason", least=SHORTEST_REASON, most=LONGEST_REASON)
    return {**asdict(facts), "reason": reason}


def _overtaken(last: RuleSet | None) -> Faster:
    """Say what was decided while somebody was still filling in his own."""
    if last is None:
        return Faster()
    who = {"who": last.decided_by.name, "rules": str(last), "day": last.begins_on.isoformat()}
    return Faster(
        _("您填写的时候，%(who)s定了%(rules)s，从%(day)s起用。请先看那一版；您填的都还在，核对后可以再提交。")
        % who
    )


def _note(made: RuleSet, before: RuleSet | None) -> None:
    """Put what became different into the record line, for a city's first rules against the defaults."""
    known = DEFAULT_RULES if before is None else before.facts
    for name, value in made.facts.items():
        if known[name] != value:
            note_move(made, name, known[name], value)
