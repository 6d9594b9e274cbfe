"""Entries of the register that are one person: merged, told apart, and every such decision undone again.

Merging moves nothing between entries. The entry that is kept shows what all say together by the rules of
``deriving``; the others rest, with what they say kept by itself; offers, skills and households stay with the entry
that they name. Voiding a decision derives both sides anew.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.access import require
from zhitong.kernel.action import action, note_move
from zhitong.kernel.errors import Faster, Refusal
from zhitong.kernel.merging import in_the_way_of_merging
from zhitong.kernel.models import Account
from zhitong.kernel.state import move, unless_taken

from ..models import Likeness, LinkDecision, Worker
from ..reasons import AlikeReason, ApartReason
from .entries import derive, entries_of, held, ids_of
from .facts import one_of, read_line

Kind = LinkDecision.Kind


@action(at="kept", title=_("合并为一人"))
def merge_workers(
    *, by: Account, kept: Worker, other: Worker, score: int | None = None, reasons: tuple[str, ...] = ()
) -> LinkDecision:
    """Decide that two entries are one person, whose page is that of ``kept`` from now on.

    Refuses two valid identity numbers, an entry that was told apart from this person before, and an ``other``
    that holds an account or a spouse or under which something still waits: such an entry is kept, or cleared first.
    """
    require(by, "merge_workers", other)
    for one in reasons:
        one_of("reasons", one, AlikeReason.values)
    mine, theirs = _both(kept, other)
    _refuse_told_apart(mine, theirs)
    if len(ids_of(mine) | ids_of(theirs)) > 1:
        sentence = _("两份登记各有一个有效的身份证号，不能合并；有一份填错的，请先更正。")
        raise Refusal("two_id_numbers", sentence)
    with unless_taken(_merged_already()):
        decision = _decide(by, Kind.MERGE, kept, other, score=score, reasons=list(reasons))
    derive([*mine, *theirs])
    _note_likeness(kept, other, Likeness.State.SAME)
    return decision


@action(at="likeness", title=_("是同一人"), keeps=("keep",))
def accept_likeness(*, by: Account, likeness: Likeness, keep: str = "") -> LinkDecision:
    """Decide that two entries which look alike are one person; ``keep`` names the ``first`` or the ``second``.

    Left blank, the one with an account is kept, then with a spouse, with something that waits, with an identity
    number, or the earlier one.
    """
    if keep not in ("", "first", "second"):
        raise Refusal("not_a_choice", _("请从列出的选项里选一项。"), field="keep")
    pair = [likeness.first, likeness.second]
    kept = {"first": pair[0], "second": pair[1]}.get(keep) or max(pair, key=worth_keeping)
    other = pair[1] if kept is pair[0] else pair[0]
    return merge_workers(by=by, kept=kept, other=other, score=likeness.score, reasons=tuple(likeness.reasons))


def worth_keeping(worker: Worker) -> tuple[bool, bool, bool, bool, int]:
    """Return by what an entry is kept rather than merged: account, spouse, what waits, identity number, then age."""
    return (
        worker.account_id is not None,
        worker.spouse_id is not None,
        any(True for _one in in_the_way_of_merging(worker)),
        worker.id_number is not None,
        -worker.pk,
    )


@action(at="likeness", title=_("不是同一人"), keeps=("reason",))
def reject_likeness(*, by: Account, likeness: Likeness, reason: str = "", remark: str = "") -> LinkDecision:
    """Decide that two entries which look alike are two people; they are not proposed again."""
    told = _why_apart(reason, remark)
    mine, _theirs = _entries_held(likeness.first, likeness.second)
    if any(one.pk == likeness.second_id for one in mine):
        raise _merged_already()
    move(likeness, Likeness.State.DIFFERENT)
    return _decide(by, Kind.REJECT, likeness.first, likeness.second, score=likeness.score, **told)


@action(at="decision", title=_("确认自动合并"))
def confirm_merge(*, by: Account, decision: LinkDecision) -> LinkDecision:
    """Say that a merge which the platform made by itself is right."""
    decision = LinkDecision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    _standing(decision, Kind.MERGE)
    if decision.decided_by.kind != Account.Kind.SYSTEM:
        raise Refusal("decided_by_a_person", _("这次合并是人工决定的，不需要再确认。"))
    if LinkDecision.objects.standing().filter(kind=Kind.CONFIRM, other=decision.other_id).exists():
        raise Refusal("confirmed_already", _("这次合并已经确认过了。"))
    return _decide(by, Kind.CONFIRM, decision.kept, decision.other, score=decision.score)


@action(at="decision", title=_("撤销决定"))
def undo_decision(*, by: Account, decision: LinkDecision) -> LinkDecision:
    """Void a decision, so that everything is as if it had not been taken; what was written since stays written."""
    members = held(
        {row.pk: row for row in (*entries_of(decision.kept), *entries_of(decision.other))}.values()
    )
    _void(by, decision)
    if decision.kind == Kind.MERGE:
        _void_confirmations(by, decision)
        derive(members)
    _note_likeness(decision.kept, decision.other, Likeness.State.OPEN)
    return decision


@action(at="worker", title=_("拆分为另一人"), keeps=("reason",))
def separate_worker(*, by: Account, worker: Worker, reason: str = "", remark: str = "") -> Worker:
    """Take an entry that was merged into a person out again, and remember that it is somebody else."""
    told = _why_apart(reason, remark)
    members = held(entries_of(worker))
    merge = LinkDecision.objects.standing().merges().filter(other=worker).first()
    if merge is None:
        raise Refusal("not_merged", _("这份登记没有并入别人。"))
    _void(by, merge)
    _void_confirmations(by, merge)
    _decide(by, Kind.REJECT, merge.kept, worker, **told)
    derive(members)
    _note_likeness(merge.kept, worker, Likeness.State.DIFFERENT)
    worker.refresh_from_db()
    return worker


def _why_apart(reason: str, remark: str) -> dict[str, Any]:
    """Return the columns that say why two entries are two people; both may be left blank."""
    one_of("reason", reason, ("", *ApartReason.values))
    return {"reasons": [reason] if reason else [], "remark": read_line("remark", remark, 200)}


def _both(kept: Worker, other: Worker) -> tuple[list[Worker], list[Worker]]:
    """Return the entries of both people, held; refuses what cannot be merged for its own sake."""
    if kept.pk == other.pk:
        raise Refusal("same_entry", _("这是同一份登记。"), field="other")
    mine, theirs = _entries_held(kept, other)
    if any(one.pk == other.pk for one in mine):
        raise _merged_already()
    kept, other = _among(mine, kept), _among(theirs, other)
    for one in (kept, other):
        if one.state != Worker.State.ACTIVE:
            sentence = _("%(name)s的这份登记不在册，不能合并。") % {"name": one.name}
            raise Refusal("not_on_register", sentence)
    if other.account_id is not None:
        raise Refusal("other_has_account", _("被并入的登记有本人账号，请保留有账号的那一份。"), field="other")
    in_the_way = [str(one) for row in theirs for one in in_the_way_of_merging(row)]
    if in_the_way:
        waits = _("被并入的登记上还有没办结的岗位，请保留那一份，或先办结：%(what)s。")
        raise Refusal("other_in_use", waits % {"what": str(_("、")).join(in_the_way)}, field="other")
    if other.spouse_id is not None:
        raise Refusal(
            "other_has_spouse", _("被并入的登记关联了配偶，请保留那一份，或先解除关联。"), field="other"
        )
    return mine, theirs


def _entries_held(one: Worker, other: Worker) -> tuple[list[Worker], list[Worker]]:
    rows = {row.pk: row for row in held((*entries_of(one), *entries_of(other)))}
    return [rows[row.pk] for row in entries_of(one)], [rows[row.pk] for row in entries_of(other)]


def _among(rows: list[Worker], wanted: Worker) -> Worker:
    return next(row for row in rows if row.pk == wanted.pk)


def _refuse_told_apart(mine: list[Worker], theirs: list[Worker]) -> None:
    rejected = LinkDecision.objects.standing().filter(kind=Kind.REJECT)
    if rejected.filter(kept__in=mine, other__in=theirs).exists() or (
        rejected.filter(kept__in=theirs, other__in=mine).exists()
    ):
        sentence = _("这两份登记以前被确认不是同一人；确有把握的，请先撤销那次决定。")
        raise Refusal("told_apart_before", sentence)


def _merged_already() -> Refusal:
    return Refusal("merged_already", _("这两份登记已经合并为一人。"))


def _decide(by: Account, kind: str, kept: Worker, other: Worker, **also: Any) -> LinkDecision:
    decision = LinkDecision(kind=kind, kept=kept, other=other, decided_by=by, **also)
    decision.save(force_insert=True)
    return decision


def _standing(decision: LinkDecision, kind: str) -> None:
    if decision.kind != kind or decision.voided_at is not None:
        raise Refusal("not_a_standing_merge", _("这不是一次仍然有效的合并。"))


def _void(by: Account, decision: LinkDecision) -> None:
    now = timezone.now()
    voided = LinkDecision.objects.standing().filter(pk=decision.pk).update(voided_at=now, voided_by=by)
    if voided == 0:
        raise Faster
    decision.voided_at, decision.voided_by = now, by
    note_move(decision, "voided_at", None, now)


def _void_confirmations(by: Account, merge: LinkDecision) -> None:
    found = LinkDecision.objects.standing().filter(
        kind=Kind.CONFIRM, kept=merge.kept_id, other=merge.other_id
    )
    for one in found:
        _void(by, one)


def _note_likeness(one: Worker, other: Worker, state: str) -> None:
    """Move the pair, where the two were found to look alike, to what was decided."""
    likeness = Likeness.objects.between(one, other).first()
    if likeness is not None and likeness.state != state:
        with transaction.atomic():
            move(likeness, state)
