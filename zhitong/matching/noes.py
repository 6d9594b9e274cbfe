"""What a coded no means for the next rounds: one table, read by the verbs, the pages and the guide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .models import Consequence, Offer

Kind = Consequence.Kind


@dataclass(frozen=True)
class Effect:
    """One consequence of a no: its kind, and for how many months it stands (0: until somebody lifts it)."""

    kind: str
    months: int = 0


SAME_POST = Effect(Kind.POST)
"""Follows every no: the post is not proposed to the same person again."""
PLACE_MONTHS = 6
DISTRUST_MONTHS = 12
TURNED_AWAY_MONTHS = 3

DECLINED: Mapping[str, tuple[Effect, ...]] = {
    Offer.DeclineReason.WAGE: (Effect(Kind.WAGE),),
    Offer.DeclineReason.PLACE: (Effect(Kind.PLACE, PLACE_MONTHS),),
    Offer.DeclineReason.WORK: (Effect(Kind.OCCUPATION),),
    Offer.DeclineReason.DORMITORY: (Effect(Kind.DORMITORY),),
    Offer.DeclineReason.DATE: (Effect(Kind.DATE),),
    Offer.DeclineReason.DISTRUST: (Effect(Kind.EMPLOYER, DISTRUST_MONTHS),),
    Offer.DeclineReason.FAMILY: (Effect(Kind.DATE),),
    Offer.DeclineReason.HEALTH: (),
    Offer.DeclineReason.OTHER_JOB: (Effect(Kind.STATUS),),
    Offer.DeclineReason.COMPANION: (),
    Offer.DeclineReason.OTHER: (),
}
"""What follows from a worker's no, by its code, beside ``SAME_POST``."""
REFUSED: Mapping[str, tuple[Effect, ...]] = {
    Offer.RefuseReason.FILLED: (),
    Offer.RefuseReason.SKILL: (Effect(Kind.TRAINING),),
    Offer.RefuseReason.CERTIFICATE: (Effect(Kind.TRAINING),),
    Offer.RefuseReason.DATE: (Effect(Kind.DATE),),
    Offer.RefuseReason.UNREACHABLE: (Effect(Kind.TELEPHONE),),
    Offer.RefuseReason.CANCELLED: (),
    Offer.RefuseReason.OTHER: (Effect(Kind.EMPLOYER, TURNED_AWAY_MONTHS),),
}
"""What follows from an employer's no, by its code, beside ``SAME_POST``."""

MEANINGS: Mapping[str, str | Promise] = {
    Kind.POST: _("以后的匹配不再推荐这个岗位"),
    Kind.PLACE: _("一段时间内不再推荐这个城市的岗位"),
    Kind.EMPLOYER: _("一段时间内不再推荐这家单位的岗位"),
    Kind.WAGE: _("建议提高登记的最低月工资，本人同意后才改"),
    Kind.DORMITORY: _("建议在意向里写明需要住宿，本人同意后才改"),
    Kind.DATE: _("建议改最早可出发的日子，本人同意后才改"),
    Kind.OCCUPATION: _("建议重新说说想做什么工作"),
    Kind.TRAINING: _("建议参加培训，考取岗位要求的证书或技能"),
    Kind.STATUS: _("建议核实现在的就业状态"),
    Kind.TELEPHONE: _("建议核对手机号"),
}
"""What each kind does to the next rounds, as the worker and the officer read it."""
BRIEFLY: Mapping[str, str | Promise] = {
    Kind.PLACE: format_lazy(_("{months}个月内不再推荐这个城市"), months=PLACE_MONTHS),
    Kind.EMPLOYER: format_lazy(_("{months}个月内不再推荐这家单位"), months=DISTRUST_MONTHS),
    Kind.WAGE: _("会问您要不要提高最低工资"),
    Kind.DORMITORY: _("会问您要不要写明需要住宿"),
    Kind.DATE: _("会问您最早哪天能出发"),
    Kind.OCCUPATION: _("会请您再说说想做什么"),
    Kind.STATUS: _("会核实您现在的就业状态"),
}
"""What a worker reads beside a reason before he gives it."""


def explained_reasons() -> list[tuple[str, str | Promise]]:
    """Return the reasons of a worker's no, each with what follows from it."""
    return [(code, _explained(code, label)) for code, label in Offer.DeclineReason.choices]


def _explained(code: str, label: str | Promise) -> str | Promise:
    told = next((BRIEFLY[one.kind] for one in DECLINED[code]), None)
    return label if told is None else format_lazy(_("{reason}（{told}）"), reason=label, told=told)


def effects_of(offer: Offer) -> tuple[Effect, ...]:
    """Return everything that follows from the no that an offer was answered with."""
    if offer.state == Offer.State.DECLINED:
        return (SAME_POST, *DECLINED[offer.decline_reason])
    if offer.state == Offer.State.REFUSED:
        return (SAME_POST, *REFUSED[offer.refuse_reason])
    return ()
