"""An applied list is taken back: new people leave unless something refers to them, changes unless changed since."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import ForeignObjectRel
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.action import action, note_people, note_rows
from zhitong.kernel.models import Account
from zhitong.kernel.people import People
from zhitong.kernel.state import move

from ..deriving import stamps_back
from ..frames.duplicates import portions
from ..models import (
    Consent,
    EntryFacts,
    Household,
    Import,
    Likeness,
    LinkDecision,
    PriorityMembership,
    RowEffect,
    RowFinding,
    Skill,
    Source,
    Worker,
)
from ..reasons import AlikeReason
from .applying import ROWS_AT_ONCE, plain_value, put, store_columns, tally
from .entries import said_by, take_back
from .keeping import refuse_let_go

UNDO_LIST = "undo_list"
Adds = dict[str, list[int]]
"""What a list put beside an entry: keys of occupations (``skills``) and of priority groups (``groups``)."""
Kind, Undone = RowEffect.Kind, RowEffect.Undone
OWN = (RowFinding, RowEffect, Consent, Skill, PriorityMembership, Likeness, LinkDecision)
"""What a list itself puts beside a new entry, or what a search found; each is looked at by its own rule."""
OF_LIST = {"kind": LinkDecision.Kind.REJECT, "reasons": [str(AlikeReason.LIST)], "voided_at": None}
"""The decision that a list itself leaves beside a new entry."""
FOLLOWING = ("name_key", "stated", "status_checked_on", "status_source", "household_role")
DAYS = ("birth_on", "status_checked_on")


@action(at="imported", title=_("撤销名单"), about=Import)
def undo_import(*, by: Account, imported: Import) -> Import:
    """Take an applied list back: new people are removed unless something later refers to them, changed facts become
    what they were unless they were changed since. What could not be undone is listed with the reason.
    """
    imported = Import.objects.select_for_update().get(pk=imported.pk)
    if imported.state == Import.State.APPLIED:
        refuse_let_go(imported)
        effects = list(RowEffect.objects.filter(imported=imported).exclude(kind=Kind.MISSED).order_by("pk"))
        keys = [one.worker_id for one in effects if one.worker_id is not None]
        rows = {row.pk: row for some in portions(sorted(keys)) for row in _held(some)}
        people = People(Worker._meta.label)
        for key in rows:
            people.add(key)
        _restore(imported, [one for one in effects if one.kind == Kind.CHANGED], rows)
        _remove(imported, [one for one in effects if one.kind == Kind.CREATED], rows)
        RowEffect.objects.bulk_update(effects, ("undone", "reasons"), batch_size=ROWS_AT_ONCE)
        _remove_empty_homes(imported.outcome.get("households", ()))
        imported.outcome = {**imported.outcome, **tally((one.kind, one.undone) for one in effects)}
        note_rows(len(effects))
        note_people(people)
    return move(imported, Import.State.UNDONE, outcome=imported.outcome)


def _held(keys: list[int]) -> Iterator[Worker]:
    yield from Worker.objects.select_for_update().filter(pk__in=keys).order_by("pk")


def _several(keys: list[int]) -> set[int]:
    """Return those of the entries that are one of several of their person."""
    facts = (EntryFacts.objects.filter(worker__in=some) for some in portions(keys))
    return {key for some in facts for key in some.values_list("worker_id", flat=True)}


def _restore(imported: Import, effects: Sequence[RowEffect], rows: dict[int, Worker]) -> None:
    """Give changed entries back what stood there before, column by column."""
    plain: list[Worker] = []
    names: set[str] = set()
    several = _several(list(rows))
    for effect in effects:
        worker = rows.get(effect.worker_id or 0)
        if worker is None:
            effect.undone, effect.reasons = Undone.KEPT, ["entry_gone"]
            continue
        held = json.loads(effect.held.open())
        facts, reasons = _facts_before(worker, held, said_by(worker) if worker.pk in several else {})
        if facts and worker.pk in several:
            take_back(worker, held["stated"], **facts)
        elif facts:
            put(worker, facts, Source.LIST)
            worker.stated = stamps_back(worker.stated, held["stated"], facts)
            plain.append(worker)
            names.update(facts)
        _take_away(imported, worker.pk, held["adds"])
        effect.reasons = reasons
        effect.undone = Undone.WHOLLY if not reasons else Undone.PARTLY if facts else Undone.KEPT
    store_columns(plain, names)


def _facts_before(
    worker: Worker, held: dict[str, Any], said: dict[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    """Return the columns that may become what they were, and the names of those that were changed since.

    ``said`` is what an entry of a person with several says by itself; of others the columns tell it.
    """
    facts, reasons = {}, []
    for name, after in held["after"].items():
        before = held["before"][name]
        if said.get(name, plain_value(getattr(worker, name))) == after:
            facts[name] = dt.date.fromisoformat(before) if name in DAYS and before else before
        elif name not in FOLLOWING:
            reasons.append(f"changed_since:{name}")
    return facts, reasons


def _take_away(imported: Import, worker: int, adds: Adds) -> None:
    if adds.get("skills"):
        Skill.objects.filter(worker=worker, occupation__in=adds["skills"], years=0).delete()
    if adds.get("groups"):
        groups = PriorityMembership.objects.filter(worker=worker, group__in=adds["groups"])
        groups.filter(since_on=imported.listed_on).delete()


def _remove(imported: Import, effects: Sequence[RowEffect], rows: dict[int, Worker]) -> None:
    """Remove new entries to which nothing refers; say of the others why they stay."""
    adds = {one.worker_id: json.loads(one.held.open())["adds"] for one in effects if one.worker_id in rows}
    kept = _referred(imported, adds)
    removed = []
    for effect in effects:
        worker = rows.get(effect.worker_id or 0)
        if worker is None:
            effect.undone, effect.reasons = Undone.KEPT, ["entry_gone"]
            continue
        reasons = kept[worker.pk]
        if worker.version != effect.version:
            reasons = ["corrected_since", *reasons]
        if worker.account_id is not None:
            reasons = ["has_account", *reasons]
        effect.undone, effect.reasons = (Undone.KEPT, reasons) if reasons else (Undone.WHOLLY, [])
        if not reasons:
            removed.append(worker.pk)
            effect.worker = None
    for some in portions(removed):
        _delete(some)


def _delete(keys: list[int]) -> None:
    """Delete entries with what the list itself put beside them; the database refuses if anything else refers."""
    for model in (RowFinding, RowEffect):
        model.objects.filter(worker__in=keys).update(worker=None)
    for owned in (Skill, PriorityMembership, Consent):
        owned.objects.filter(worker__in=keys).delete()
    for end in ("first", "second"):
        Likeness.objects.filter(**{f"{end}__in": keys}).delete()
    LinkDecision.objects.filter(other__in=keys, **OF_LIST).delete()
    rows = Worker.objects.filter(pk__in=keys)
    rows._raw_delete(rows.db)


def _referred(imported: Import, adds: Mapping[int, Adds]) -> dict[int, list[str]]:
    """Return for each entry what refers to it that this list did not put there; ``adds`` is what it did."""
    found: dict[int, list[str]] = defaultdict(list)
    for some in portions(list(adds)):
        for relation in Worker._meta.get_fields(include_hidden=True):
            if not isinstance(relation, ForeignObjectRel):
                continue
            model, name = relation.related_model, relation.field.name
            if model in OWN:
                continue
            referring = model._base_manager.filter(**{f"{name}__in": some}).values_list(
                f"{name}_id", flat=True
            )
            for key in set(referring):
                found[key].append(f"referred_by:{model._meta.label}")
        _referred_by_own(imported, some, found)
        for code, key in _added_since(imported, some, adds):
            if code not in found[key]:
                found[key].append(code)
    return found


def _referred_by_own(imported: Import, keys: list[int], found: dict[int, list[str]]) -> None:
    """Later lists that name the person, decided likenesses, and consents given or withdrawn by hand."""
    others = RowFinding.objects.filter(worker__in=keys, imported__state=Import.State.APPLIED)
    decided = LinkDecision.objects.exclude(other__in=keys, **OF_LIST)
    questions = (
        ("in_other_list", others.exclude(imported=imported), "worker_id"),
        (
            "consent_changed",
            Consent.objects.filter(worker__in=keys).exclude(given_through=Source.LIST),
            "worker_id",
        ),
        ("consent_changed", Consent.objects.filter(worker__in=keys, withdrawn_at__isnull=False), "worker_id"),
        ("likeness_decided", Likeness.objects.filter(first__in=keys).exclude(state="open"), "first_id"),
        ("likeness_decided", Likeness.objects.filter(second__in=keys).exclude(state="open"), "second_id"),
        ("likeness_decided", decided.filter(kept__in=keys), "kept_id"),
        ("likeness_decided", decided.filter(other__in=keys), "other_id"),
    )
    for code, rows, column in questions:
        for key in set(rows.values_list(column, flat=True)):
            if code not in found[key]:
                found[key].append(code)


def _added_since(imported: Import, keys: list[int], adds: Mapping[int, Adds]) -> Iterator[tuple[str, int]]:
    """Yield the entries beside which a skill or a priority group stands that is not as the list put it there."""
    skills = Skill.objects.filter(worker__in=keys).values_list("worker_id", "occupation_id", "years")
    for worker, occupation, years in skills:
        if years or occupation not in adds[worker].get("skills", ()):
            yield "skill_added", worker
    groups = PriorityMembership.objects.filter(worker__in=keys).values_list(
        "worker_id", "group_id", "since_on"
    )
    for worker, group, since_on in groups:
        if since_on != imported.listed_on or group not in adds[worker].get("groups", ()):
            yield "group_added", worker


def _remove_empty_homes(keys: Sequence[int]) -> None:
    """Remove the households that the list opened and in which nobody lives now."""
    for some in portions(keys):
        empty = Household.objects.filter(pk__in=some, members=None)
        for key in empty.values_list("pk", flat=True):
            Household.objects.filter(pk=key)._raw_delete(Household.objects.db)
