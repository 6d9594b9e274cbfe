"""The entries of one person: found through the merges that stand, derived anew after each change.

Standing merges form a forest: an entry is merged into another at most once, and only while it is nobody's part.
The entry that was merged into none is the person's kept entry.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.action import note_move
from zhitong.kernel.errors import Faster, Refusal
from zhitong.kernel.models import Account
from zhitong.kernel.state import change, move, unless_taken

from ..deriving import (
    FIELDS,
    FOLLOWING,
    Told,
    columns_of,
    restated,
    shown,
    stamps_back,
    told_by,
)
from ..models import EntryFacts, LinkDecision, Source, Worker


def entries_of(worker: Worker) -> list[Worker]:
    """Return all entries of the person whose entry this is, the kept one first, then by key."""
    merges = LinkDecision.objects.standing().merges()
    known, fresh = {worker.pk}, {worker.pk}
    parts: set[int] = set()
    while fresh:
        pairs = set(merges.filter(Q(kept__in=fresh) | Q(other__in=fresh)).values_list("kept_id", "other_id"))
        parts |= {other for _kept, other in pairs}
        fresh = {one for pair in pairs for one in pair} - known
        known |= fresh
    rows = Worker.objects.filter(pk__in=known)
    return sorted(rows, key=lambda row: (row.pk in parts, row.pk))


def held(entries: Iterable[Worker]) -> list[Worker]:
    """Return the rows as they are now, in the same order, held by their keys' order until the transaction ends."""
    keys = [one.pk for one in entries]
    rows = {row.pk: row for row in Worker.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    return [rows[key] for key in keys]


def ids_of(entries: Iterable[Worker]) -> set[str]:
    """Return the different identity numbers that the entries hold by themselves."""
    return {told["id_number"] for told in _told(list(entries)).values() if told["id_number"]}


def entries_saying(worker: Worker, name: str, value: Any) -> list[Worker]:
    """Return the entries of the person that by themselves say this value of a column of ``FIELDS``."""
    entries = entries_of(worker)
    told = _told(entries)
    return [one for one in entries if told[one.pk][name] == value]


def derive(touched: Iterable[Worker]) -> None:
    """Derive every person of whom one of the touched entries is a part, from the decisions that stand now."""
    rows = held(touched)
    told = _told(rows)
    people: dict[int, list[int]] = {}
    for row in rows:
        keys = [one.pk for one in entries_of(row)]
        people[keys[0]] = keys
    _let_go_of_numbers(rows, people, told)
    for keys in people.values():
        _settle(keys, told)


def said_by(worker: Worker) -> Told:
    """Return what an entry says by itself, whatever its columns show."""
    return _told([worker])[worker.pk]


def restate(
    by: Account, worker: Worker, seen: int | None = None, *, through: str | None = None, **facts: Any
) -> Worker:
    """Set facts that somebody states about an entry, and note when and from whom; the person is derived anew.

    They come from the person or from a visit, as who acts tells, unless ``through`` names another source. Raises
    ``Faster`` when the entry was corrected since version ``seen``, and refuses an identity number beside which
    another entry of the same person holds a different one.
    """
    source = Source.SELF if by.is_worker else Source.VISIT
    stamp = {"at": timezone.now().isoformat(), "source": str(through or source)}
    entries = held(entries_of(worker))
    kept_facts = EntryFacts.objects.filter(worker=worker).first()
    if kept_facts is None:
        after = restated(told_by(worker), facts, stamp)["stated"]
        return change(worker, seen, **facts, stated=after)
    if seen is not None and seen != worker.version:
        raise Faster
    return _say(worker, entries, restated(said_by(worker), facts, stamp), facts)


def take_back(worker: Worker, stamps: dict[str, Any] | None, **facts: Any) -> Worker:
    """Let an entry of a person with several say again what it said before, stated when and by whom it was then."""
    told = restated(said_by(worker), facts, {})
    told["stated"] = stamps_back(told["stated"], stamps, facts)
    return _say(worker, held(entries_of(worker)), told, facts)


def _say(worker: Worker, entries: list[Worker], told: Told, facts: dict[str, Any]) -> Worker:
    """Let an entry say ``told`` and derive the person; columns that only one entry has are set as they are."""
    _refuse_second_number(worker, told)
    EntryFacts.objects.filter(worker=worker).update(told=json.dumps(told))
    for name in facts:
        if name in FIELDS:
            note_move(worker, name, "•", "•")
    beside = {name: value for name, value in facts.items() if name not in (*FIELDS, *FOLLOWING)}
    change(worker, **beside)
    derive(entries)
    worker.refresh_from_db()
    return worker


def _refuse_second_number(worker: Worker, told: Told) -> None:
    others = ids_of(one for one in entries_of(worker) if one.pk != worker.pk)
    if told["id_number"] and others - {told["id_number"]}:
        sentence = _("这个人的另一份登记有不同的身份证号；请先核对，不是同一人的先拆分。")
        raise Refusal("two_id_numbers", sentence, field="id_number")


def _told(entries: list[Worker]) -> dict[int, Told]:
    """Return what each entry says by itself."""
    stored = EntryFacts.objects.filter(worker__in=entries)
    kept = {one.worker_id: json.loads(one.told.open()) for one in stored}
    return {one.pk: kept.get(one.pk) or told_by(one) for one in entries}


def _let_go_of_numbers(rows: list[Worker], people: dict[int, list[int]], told: dict[int, Told]) -> None:
    """Take the identity number off every entry that will not show it, before another takes it up."""
    for row in rows:
        keys = people.get(row.pk)
        wanted = shown([told[key] for key in keys])["id_number"] if keys else None
        if row.id_number is not None and row.id_number.open() != wanted:
            change(row, id_number=None)


def _settle(keys: list[int], told: dict[int, Told]) -> None:
    """Write the columns of a person's entries, and keep what each says by itself while there are several."""
    rows = {row.pk: row for row in Worker.objects.filter(pk__in=keys)}
    kept = rows[keys[0]]
    if kept.state == Worker.State.MERGED:
        move(kept, Worker.State.ACTIVE, merged_into=None)
    if len(keys) == 1:
        EntryFacts.objects.filter(worker=kept).delete()
        _write(kept, columns_of(told[kept.pk]))
        return
    for key in keys:
        EntryFacts.objects.update_or_create(worker_id=key, defaults={"told": json.dumps(told[key])})
    for key in keys[1:]:
        _write(rows[key], columns_of(told[key]) | {"id_number": None, "telephone": None})
        _rest(rows[key], kept)
    _write(kept, shown([told[key] for key in keys]))


def _rest(row: Worker, kept: Worker) -> None:
    if row.state == Worker.State.ACTIVE:
        move(row, Worker.State.MERGED, merged_into=kept)
    elif row.merged_into_id != kept.pk:
        Worker.objects.filter(pk=row.pk).update(merged_into=kept)


def _write(row: Worker, columns: dict[str, Any]) -> None:
    with unless_taken(_number_taken()):
        change(row, **columns)


def _number_taken() -> Refusal:
    sentence = _("其中一份登记的身份证号此后又被登记过，请先核对那份登记。")
    return Refusal("id_number_registered", sentence, field="id_number")
