"""A person asks that his data be deleted: the case, its clock, and the deletion itself."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.action import action, note_people, note_rows
from zhitong.kernel.erasing import objections
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account, in_place
from zhitong.kernel.people import People
from zhitong.kernel.sms import notify
from zhitong.kernel.state import move, unless_taken
from zhitong.kernel.workdays import after_working_days

from ..models import DeletionRequest, Worker
from ..reasons import KeepReason
from .checking import people_of
from .entries import entries_of, held
from .erasing import erase_person
from .facts import one_of
from .standing import locked, refuse_erased

ERASED_AT_ONCE = 100
"""So many people are deleted in one transaction, so that others need not wait for it."""
State = DeletionRequest.State


@action(at="worker", title=_("申请删除资料"), about=DeletionRequest)
def ask_deletion(*, by: Account, worker: Worker) -> DeletionRequest:
    """Open a case at the bureau of the person's county: it answers within so many working days.

    Refuses somebody whose data are deleted, an entry that is part of another, and a second case beside an open one.
    """
    worker = refuse_erased(locked(worker))
    if worker.state == Worker.State.MERGED:
        sentence = _("这份登记已并入%(name)s的登记，请在那份登记上办理。")
        raise Refusal("merged_entry", sentence % {"name": worker.merged_into})
    assert worker.county is not None
    due_on = after_working_days(timezone.localdate(), settings.DELETION_ANSWER_DAYS)
    again = Refusal("deletion_asked_already", _("已经申请过了，请等待县级人社部门答复。"))
    with unless_taken(again):
        return DeletionRequest.objects.create(worker=worker, due_on=due_on, **in_place(worker.county))


@action(at="request", title=_("撤回删除申请"), about=DeletionRequest)
def withdraw_deletion_request(*, by: Account, request: DeletionRequest) -> DeletionRequest:
    """End a case because its person no longer wants his data deleted."""
    return move(request, State.WITHDRAWN)


@action(at="request", title=_("不予删除"), keeps=("reason",), about=DeletionRequest)
def refuse_deletion(*, by: Account, request: DeletionRequest, reason: str) -> DeletionRequest:
    """Answer that the data stay, for a coded reason that the person reads."""
    one_of("reason", reason, KeepReason.values)
    return move(request, State.REFUSED, reason=reason, decided_by=by, decided_at=timezone.now())


@action(at="request", title=_("同意删除"), about=DeletionRequest)
def grant_deletion(*, by: Account, request: DeletionRequest) -> DeletionRequest:
    """Delete what the system holds of a person; a row without personal data remains, so that counts stay right.

    Every field that is declared personal or sensitive is emptied in every row about the person, in all his entries;
    his account is closed and its telephone freed. The record keeps its lines: they hold no personal values. Refuses,
    with every reason, while an offer or placement is open or a period of keeping has not passed.
    """
    entries = held(entries_of(request.worker))
    reasons = must_stay(entries)
    if reasons:
        raise Refusal("data_must_stay", _now("；").join(reasons) + _now("。"))
    telephone = next((one.telephone.open() for one in entries if one.telephone is not None), "")
    erase_person(by, entries)
    if telephone:
        transaction.on_commit(lambda: notify(telephone, _now("【直通】您申请删除的资料已经删除。")))
    note_people(people_of(one.pk for one in entries))
    return move(request, State.GRANTED, decided_by=by, decided_at=timezone.now())


def must_stay(entries: Iterable[Worker]) -> list[str]:
    """Return why the data of a person cannot be deleted yet, each reason once."""
    return list(dict.fromkeys(str(one).rstrip("。") for entry in entries for one in objections(entry)))


@action(at=None, title=_("删除退出登记者的到期资料"))
def erase_withdrawn_workers(*, by: Account) -> int:
    """Delete what is held of people who left the register ``WITHDRAWN_KEPT`` ago; return how many they were.

    Each is deleted as by ``grant_deletion``. Who must stay for another reason waits until it has passed, and who
    asked for his deletion has a case of his own; neither keeps others behind him waiting.
    """
    waiting = DeletionRequest.objects.filter(worker=OuterRef("pk"), state=State.OPEN)
    due = Worker.objects.withdrawn_before(timezone.localdate() - settings.WITHDRAWN_KEPT)
    people, count = People(Worker._meta.label), 0
    for key in due.exclude(Exists(waiting)).order_by("withdrawn_on", "pk").values_list("pk", flat=True):
        worker = due.select_for_update().filter(pk=key).first()  # he may have come back meanwhile
        entries = [] if worker is None else held(entries_of(worker))
        if not entries or must_stay(entries):
            continue
        erase_person(by, entries)
        for one in entries:
            people.add(one.pk)
        count += 1
        if count == ERASED_AT_ONCE:
            break
    note_rows(count)
    note_people(people)
    return count


@action(at=None, title=_("删除申请超期，转市级督办"), about=DeletionRequest)
def escalate_overdue_deletions(*, by: Account) -> int:
    """Put every case that nobody answered in time onto the city's list, and return how many."""
    waiting = DeletionRequest.objects.overdue().filter(escalated_at=None)
    late = list(waiting.select_for_update().order_by("pk"))
    DeletionRequest.objects.filter(pk__in=[one.pk for one in late]).update(escalated_at=timezone.now())
    note_rows(len(late))
    note_people(people_of(one.worker_id for one in late))
    return len(late)
