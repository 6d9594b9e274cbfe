"""What follows from a no: written down with the answer, lifted or taken up by the worker or for him."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.action import action
from zhitong.kernel.errors import Refusal
from zhitong.kernel.fields import yuan
from zhitong.kernel.models import Account, in_place
from zhitong.kernel.state import move
from zhitong.kernel.workdays import months_after
from zhitong.workers.actions import Wish, state_intention
from zhitong.workers.models import Intention, Source, Worker

from ..models import Consequence, Offer
from ..noes import Effect, effects_of

PROXY = (Source.VISIT, Source.TELEPHONE)
Kind = Consequence.Kind


def follow_up(offer: Offer) -> None:
    """Write down what the no that an offer was just answered with means for the next rounds."""
    today = timezone.localdate()
    Consequence.objects.bulk_create(_consequence(offer, one, today) for one in effects_of(offer))


@action(at="consequence", title=_("取消这条影响"), keeps=("through",))
def lift_consequence(*, by: Account, consequence: Consequence, through: str) -> Consequence:
    """Let a no have this effect no longer: what was kept out may be proposed again, a suggestion is put aside."""
    told_by(by, through)
    held = _open(consequence, Consequence.State.STANDING, Consequence.State.SUGGESTED)
    return move(held, Consequence.State.LIFTED, **_answered(by, through))


@action(at="consequence", title=_("提高最低工资"), keeps=("through",), about=Intention)
def raise_wage_floor(
    *, by: Account, consequence: Consequence, wage_floor_fen: int, through: str
) -> Consequence:
    """Raise the worker's stated wage floor after a no for the wage; he says himself to how much (fen a month)."""
    held = _suggestion(by, consequence, through, Kind.WAGE)
    wish = wish_of(held.worker)
    if wage_floor_fen <= wish.wage_floor_fen:
        sentence = _("现在登记的最低月工资已经是%(yuan)s元，提高才用改；要降低请改意向。")
        told = sentence % {"yuan": yuan(wish.wage_floor_fen)}
        raise Refusal("not_higher", told, field="wage_floor_fen")
    state_intention(by=by, worker=held.worker, wish=replace(wish, wage_floor_fen=wage_floor_fen))
    return move(held, Consequence.State.TAKEN, **_answered(by, through))


@action(at="consequence", title=_("改出发日期"), keeps=("through",), about=Intention)
def postpone_start(
    *, by: Account, consequence: Consequence, earliest_on: dt.date, through: str
) -> Consequence:
    """Write down from which day the worker can leave home, after a no for the date."""
    held = _suggestion(by, consequence, through, Kind.DATE)
    if earliest_on <= timezone.localdate():
        raise Refusal("not_later", _("请填今天以后、他能出发的日子。"), field="earliest_on")
    wish = replace(wish_of(held.worker), earliest_on=earliest_on)
    state_intention(by=by, worker=held.worker, wish=wish)
    return move(held, Consequence.State.TAKEN, **_answered(by, through))


@action(at="consequence", title=_("照建议办"), keeps=("through",))
def take_suggestion(*, by: Account, consequence: Consequence, through: str) -> Consequence:
    """Follow a suggestion that asks for no figure: the wish for a dormitory is written down, others were seen to."""
    held = _suggestion(by, consequence, through)
    if held.kind in (Kind.WAGE, Kind.DATE):
        raise Refusal("asks_for_more", _("这条建议要写明金额或日期，请从它自己的按钮办理。"))
    if held.kind == Kind.DORMITORY:
        wish = replace(wish_of(held.worker), needs_dormitory=True)
        state_intention(by=by, worker=held.worker, wish=wish)
    return move(held, Consequence.State.TAKEN, **_answered(by, through))


def told_by(by: Account, through: str) -> None:
    """Refuse an officer who answers as if he were the worker, and a worker who answers for somebody else."""
    himself = Worker.objects.filter(account=by).exists()
    if through != Source.SELF if himself else through not in PROXY:
        sentence = _("代本人答复要写明是上门还是电话问到的；本人答复只能由本人办理。")
        raise Refusal("not_said_how", sentence, field="through")


def wish_of(worker: Worker) -> Wish:
    """Return what the worker wants, as it would be stated again; nothing in particular where he stated nothing."""
    known = Intention.objects.filter(worker=worker).first()
    if known is None:
        return Wish()
    cities = (known.first_region, known.second_region, known.third_region)
    return Wish(
        occupations=tuple(known.occupations),
        cities=tuple(one for one in cities if one is not None),
        anywhere=known.anywhere,
        earliest_on=known.earliest_on,
        wage_floor_fen=known.wage_floor_fen,
        goes_with=known.goes_with,
        needs_dormitory=known.needs_dormitory,
    )


def _consequence(offer: Offer, effect: Effect, today: dt.date) -> Consequence:
    keeps_out = effect.kind in Consequence.KEEPS_OUT
    return Consequence(
        worker_id=offer.worker_id,
        offer=offer,
        kind=effect.kind,
        state=Consequence.State.STANDING if keeps_out else Consequence.State.SUGGESTED,
        begins_on=today,
        until_on=months_after(today, effect.months) if effect.months else None,
        is_sample=offer.is_sample,
        **in_place(offer),
    )


def _suggestion(by: Account, consequence: Consequence, through: str, kind: str = "") -> Consequence:
    told_by(by, through)
    held = _open(consequence, Consequence.State.SUGGESTED)
    if kind and held.kind != kind:
        raise Refusal("another_suggestion", _("这条建议不是这个内容，请刷新后再看。"))
    return held


def _open(consequence: Consequence, *states: str) -> Consequence:
    """Return the consequence, held, while it is in one of these states."""
    rows = Consequence.objects.select_for_update(of=("self",)).select_related("worker", "offer__demand")
    held = rows.get(pk=consequence.pk)
    if held.state in (Consequence.State.TAKEN, Consequence.State.LIFTED):
        raise Refusal("settled_already", _("这一条已经有人办过了，请刷新后再看。"), state=str(held.state))
    if held.state not in states:
        raise Refusal("no_suggestion", _("这一条不是建议，可以取消，不用照办。"))
    return held


def _answered(by: Account, through: str) -> dict[str, object]:
    return {"settled_at": timezone.now(), "settled_by": by, "settled_through": through}
