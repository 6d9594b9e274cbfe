"""Contracts: entered and corrected by the employer or the office, confirmed or disputed by the worker."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel import values
from zhitong.kernel.action import action
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account, in_place
from zhitong.kernel.news import tell
from zhitong.kernel.state import change, move, unless_taken

from ..contract_law import law_on, most_trial_months
from ..events import ContractEntered
from ..models import Contract, Offer
from .consequences import told_by
from .offers import locked

MOST_WAGE_FEN = 10_000_000
LONGEST_HOST = 100
EARLIEST = dt.timedelta(days=366 * 10)
LATEST = dt.timedelta(days=366)


@dataclass(frozen=True)
class ContractFacts:
    """What a contract says. Wages are fen a month; without ``trial_wage_fen`` a trial pays the full wage."""

    signed_on: dt.date
    begins_on: dt.date
    term: str
    wage_fen: int
    insurance: str
    ends_on: dt.date | None = None
    trial_months: int = 0
    trial_wage_fen: int | None = None
    host_name: str = ""


@action(at="offer", title=_("登记劳动合同"), about=Contract)
def enter_contract(*, by: Account, offer: Offer, facts: ContractFacts) -> Contract:
    """Write down what was agreed with somebody who was taken on; he confirms it or says what is wrong.

    Refuses what the law does not allow (trial period, trial wage); a wage below the offer is kept and shown.
    """
    held = locked(offer)
    if held.state != Offer.State.ACCEPTED:
        raise Refusal("not_taken_on", _("用人单位录用以后才能登记合同。"), state=str(held.state))
    columns = _columns(facts)
    with unless_taken(Refusal("entered_already", _("这份推荐已经登记过合同，要改请用“更正”。"))):
        made = Contract.objects.create(
            offer=held,
            worker_id=held.worker_id,
            employer_org_id=held.employer_org_id,
            entered_by=by,
            is_sample=held.is_sample,
            **columns,
            **_compared(held, facts),
            **in_place(held),
        )
    tell(ContractEntered(made.pk))
    return made


@action(at="contract", title=_("更正劳动合同"), about=Contract)
def correct_contract(
    *, by: Account, contract: Contract, facts: ContractFacts, seen: int | None = None
) -> Contract:
    """Correct what was written down; the worker is asked anew. What was offered stays as it was."""
    held = Contract.objects.select_for_update(of=("self",)).select_related("offer").get(pk=contract.pk)
    columns = {**_columns(facts), "short_fen": max(0, held.offered_low_fen - facts.wage_fen)}
    changed = change(held, seen, **columns)
    if changed.state != Contract.State.ENTERED:
        nobody = {"answered_by": None, "answered_at": None, "answered_through": "", "dispute_point": ""}
        move(changed, Contract.State.ENTERED, **nobody)
    tell(ContractEntered(changed.pk))
    return changed


@action(at="contract", title=_("确认劳动合同"), keeps=("through",))
def confirm_contract(*, by: Account, contract: Contract, through: str, seen: int | None = None) -> Contract:
    """Say that this is what was agreed: the worker himself, or an officer who heard it."""
    held = _asked(by, contract, through, seen)
    if held.state == Contract.State.CONFIRMED:
        raise Refusal("confirmed_already", _("本人已经确认过这份合同。"))
    return move(held, Contract.State.CONFIRMED, dispute_point="", **_answered(by, through))


@action(at="contract", title=_("对合同有异议"), keeps=("through",))
def dispute_contract(
    *, by: Account, contract: Contract, point: str, through: str, seen: int | None = None
) -> Contract:
    """Say what is wrong with a contract as it was written down, by a code; also after it was confirmed."""
    held = _asked(by, contract, through, seen)
    if point not in Contract.Point.values:
        raise Refusal("not_a_choice", _("请从列出的几项里选一项。"), field="point")
    if held.state == Contract.State.DISPUTED:
        raise Refusal("disputed_already", _("已经登记过异议，正在等用人单位更正。"))
    return move(held, Contract.State.DISPUTED, dispute_point=point, **_answered(by, through))


def _columns(facts: ContractFacts) -> dict[str, Any]:
    _days(facts)
    _money(facts)
    _trial(facts)
    if facts.insurance not in Contract.Insurance.values:
        raise Refusal("not_a_choice", _("请选一项社会保险。"), field="insurance")
    host = values.checked_line(facts.host_name, field="host_name", most=LONGEST_HOST, least=0)
    return {**asdict(facts), "host_name": host}


def _days(facts: ContractFacts) -> None:
    today = timezone.localdate()
    values.not_in_future("signed_on", facts.signed_on)
    if facts.term not in Contract.Term.values:
        raise Refusal("not_a_choice", _("请选一种合同期限。"), field="term")
    if not today - EARLIEST <= facts.begins_on <= today + LATEST:
        raise Refusal("day_implausible", _("合同起始日不合理，请核对年份。"), field="begins_on")
    if facts.term == Contract.Term.FIXED and facts.ends_on is None:
        raise Refusal("end_missing", _("固定期限的合同要写终止日。"), field="ends_on")
    if facts.term == Contract.Term.OPEN and facts.ends_on is not None:
        raise Refusal("end_not_expected", _("无固定期限的合同没有终止日。"), field="ends_on")
    if facts.ends_on is not None and facts.ends_on < facts.begins_on:
        raise Refusal("days_out_of_order", _("终止日不能早于起始日。"), field="ends_on")


def _money(facts: ContractFacts) -> None:
    if not 0 < facts.wage_fen <= MOST_WAGE_FEN:
        raise Refusal("wage_implausible", _("月工资应在0到10万元之间，请核对。"), field="wage_fen")
    if facts.trial_wage_fen is None:
        return
    least = facts.wage_fen * law_on(facts.begins_on).trial_wage_percent
    if not facts.trial_months:
        raise Refusal("no_trial", _("没有试用期的，不用填试用期工资。"), field="trial_wage_fen")
    if facts.trial_wage_fen * 100 < least:
        sentence = _("试用期工资不能低于约定工资的百分之八十（劳动合同法第二十条）。")
        raise Refusal("trial_wage_too_low", sentence, field="trial_wage_fen")


def _trial(facts: ContractFacts) -> None:
    """Article 19 of the Labour Contract Law: how long a trial may be goes by the term."""
    has_end = facts.term != Contract.Term.OPEN
    ends_on = facts.ends_on if facts.term == Contract.Term.FIXED else None
    most = most_trial_months(facts.begins_on, ends_on, has_end=has_end)
    if not 0 <= facts.trial_months <= most:
        sentence = _("这样期限的合同，试用期最多%(most)d个月（劳动合同法第十九条）。") % {"most": most}
        raise Refusal("trial_too_long", sentence, field="trial_months")


def _compared(offer: Offer, facts: ContractFacts) -> dict[str, Any]:
    """Hold the contract against what the post promised when the worker said yes; every yes kept that."""
    return {
        "offered_low_fen": offer.agreed_low_fen,
        "offered_insurance": offer.agreed_insurance,
        "offered_begins_on": offer.agreed_begins_on,
        "short_fen": max(0, (offer.agreed_low_fen or 0) - facts.wage_fen),
    }


def _asked(by: Account, contract: Contract, through: str, seen: int | None) -> Contract:
    """Return the contract, held, as whoever answers has read it."""
    told_by(by, through)
    held = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    if seen is not None and held.version != seen:
        raise Refusal("corrected_since", _("合同刚刚被更正过，请重新看过再答复。"))
    return held


def _answered(by: Account, through: str) -> dict[str, Any]:
    return {"answered_by": by, "answered_at": timezone.now(), "answered_through": through}
