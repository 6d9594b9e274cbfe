"""Proposals: stored as the engine made them, adopted or passed over by a named person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.action import action, note_people, note_rows
from zhitong.kernel.actions import queue_job
from zhitong.kernel.bulk import bulk_load
from zhitong.kernel.errors import Faster, Refusal
from zhitong.kernel.models import Account
from zhitong.kernel.news import tell
from zhitong.kernel.state import move

from ..events import RoundAdopted
from ..frames import (
    FLOW_COLUMNS,
    LEFTOVER_COLUMNS,
    OFFER_COLUMNS,
    OPENING_COLUMNS,
    PROPOSAL_COLUMNS,
    VACANCY_COLUMNS,
    Adoption,
    Findings,
    adoption,
    chosen,
    sliced,
)
from ..models import Board, ClassOpening, Flow, Leftover, Offer, Proposal, Round, Vacancy
from .rounds import locked

NOTICES = "send_offer_notices"
FAIRNESS = "count_fairness"


@action(at="round", title=_("保存匹配建议"))
def keep_proposals(*, by: Account, round: Round, findings: Findings) -> Round:
    """Store what the engine proposes, whom it left over and why; a person decides what becomes of it."""
    held = locked(round)
    count = bulk_load(Proposal, PROPOSAL_COLUMNS, findings.made or findings.proposals(held.pk))
    left = bulk_load(Leftover, LEFTOVER_COLUMNS, findings.leftovers(held.pk, _keep_openings(held, findings)))
    bulk_load(Flow, FLOW_COLUMNS, findings.flows(held.pk))
    note_rows(count + left)
    if count + left:
        queue_job(by=by, org=held.org, kind=FAIRNESS, given={"round": held.pk})
    move(held, Round.State.PROPOSED, summary=findings.summary())
    return held if count else move(held, Round.State.ADOPTED)


def _keep_openings(held: Round, findings: Findings) -> dict[int | None, int]:
    """Store what would fill the seats that stay empty; return the keys of the classes by rank."""
    place = (held.city_id, held.county_id, held.town_id, held.village_id)
    bulk_load(Vacancy, VACANCY_COLUMNS, findings.vacancies(held.pk, place))
    board = findings.board
    if board is not None:
        Board.objects.create(round=held, posts=board)
    bulk_load(ClassOpening, OPENING_COLUMNS, findings.classes(held.pk, held.city_id))
    return dict(ClassOpening.objects.filter(round=held).values_list("rank", "pk"))


@action(at="round", title=_("采纳匹配建议"))
def adopt_proposals(*, by: Account, round: Round, proposals: Sequence[int] | None = None) -> Round:
    """Offer the proposed posts: all that are undecided, or those of the given numbers with their companions.

    What has been overtaken since the round (someone no longer looks, a post closed, its seats are gone) is
    passed over instead; the round's summary counts both.
    """
    held = _awaiting(round)
    numbers = _undecided(held, proposals)
    found = adoption(held, numbers, timezone.localdate())
    now = timezone.now()
    _offer(by, found, now)
    _decide(by, found.numbers, Proposal.State.ADOPTED, now)
    _decide(by, found.lapsed, Proposal.State.PASSED_OVER, now)
    note_rows(len(found.kept))
    note_people(found.people())
    if len(found.kept):
        queue_job(by=by, org=held.org, kind=NOTICES, given={"round": held.pk, "sent_at": now.isoformat()})
        tell(RoundAdopted(held.pk, len(found.kept)))
    return _counted(held, adopted=len(found.kept), lapsed=len(found.lapsed))


@action(at="round", title=_("不采纳匹配建议"))
def pass_over_proposals(*, by: Account, round: Round, proposals: Sequence[int] | None = None) -> Round:
    """Decide against proposals: all that are undecided, or those of the given numbers with their companions."""
    held = _awaiting(round)
    numbers = _undecided(held, proposals)
    _decide(by, numbers, Proposal.State.PASSED_OVER, timezone.now())
    note_rows(len(numbers))
    return _counted(held, passed_over=len(numbers))


def _awaiting(round: Round) -> Round:
    """Return the round, held, while its proposals wait for a person."""
    held = locked(round)
    if held.state == Round.State.PROPOSED:
        return held
    if held.state == Round.State.ADOPTED:
        raise Refusal("round_decided", _("这一轮已经全部审定完，没有待审定的建议了。"))
    raise Refusal("round_not_proposed", _("这一轮还没有可以审定的建议。"), state=str(held.state))


def _undecided(held: Round, proposals: Sequence[int] | None) -> list[int]:
    numbers = chosen(held, proposals)
    if not numbers:
        raise Refusal("nothing_undecided", _("所选的建议已经有人审定过了，请刷新后再看。"), field="proposals")
    return numbers


def _offer(by: Account, found: Adoption, now: dt.datetime) -> None:
    due_on = timezone.localdate(now) + dt.timedelta(days=settings.OFFER_ANSWER_DAYS)
    try:
        with transaction.atomic():
            bulk_load(Offer, OFFER_COLUMNS, found.offers(by.pk, now, due_on))
    except IntegrityError:
        raise Faster from None


def _decide(by: Account, numbers: list[int], state: str, now: dt.datetime) -> None:
    """Settle proposals that were read under the round's lock."""
    for part in sliced(numbers):
        waiting = Proposal.objects.filter(pk__in=part).undecided()
        waiting.update(state=state, decided_by=by, decided_at=now)


def _counted(held: Round, **more: int) -> Round:
    """Add to the round's counts, and close it when nothing is left to decide."""
    summary = {**held.summary, **{name: held.summary.get(name, 0) + count for name, count in more.items()}}
    if held.proposals.undecided().exists():
        Round.objects.filter(pk=held.pk).update(summary=summary)
        held.summary = summary
        return held
    return move(held, Round.State.ADOPTED, summary=summary)
