"""What the register holds of a person is emptied: every personal field of every row about him."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.apps import apps
from django.db.models import Q

from zhitong.kernel.actions import erase_account, erase_files
from zhitong.kernel.erasing import emptied, erasers
from zhitong.kernel.models import Account
from zhitong.kernel.people import way_to_person
from zhitong.kernel.state import move

from ..models import (
    EntryFacts,
    Household,
    ImportRow,
    Likeness,
    RowEffect,
    RowFinding,
    SpouseRequest,
    Worker,
)
from .households import unlink_spouse

NO_CELLS = json.dumps([])
NO_FINDING = json.dumps({"facts": {}, "differences": [], "told": []})
NO_EFFECT = json.dumps({"before": {}, "after": {}, "adds": {}, "stated": None})


def erase_person(by: Account, entries: Sequence[Worker]) -> None:
    """Empty all entries of a person and all rows about them, in this app and in those further along the journey."""
    for worker in entries:
        erase_files(by=by, person=worker)
        for verb in erasers():
            verb(by=by, worker=worker)
        if worker.spouse_id is not None:
            unlink_spouse(by=by, worker=worker)
            worker.refresh_from_db()
    _erase_lists(entries)
    _erase_belongings(entries)
    for worker in entries:
        _erase_entry(by, worker)


def _erase_belongings(entries: Sequence[Worker]) -> None:
    """Empty every row of this app that belongs to a person; those that say nothing else are removed."""
    Likeness.objects.filter(Q(first__in=entries) | Q(second__in=entries)).delete()
    EntryFacts.objects.filter(worker__in=entries).delete()
    SpouseRequest.objects.filter(asked__in=entries).update(asked=None)
    for model in apps.get_app_config("workers").get_models():
        way = way_to_person(model)
        if way is None or way[0] is not Worker or model is Worker:
            continue
        rows = model._base_manager.filter(**{"__".join((*way[1], "in")): entries})
        values = emptied(model)
        if values is None:
            rows.delete()
        elif values:
            rows.update(**values)


def _erase_lists(entries: Sequence[Worker]) -> None:
    """Empty the rows of lists in which a person came, what a check found about them, and what was done with them."""
    named = RowFinding.objects.filter(worker__in=entries), RowEffect.objects.filter(worker__in=entries)
    keys = {key for rows in named for key in rows.values_list("row", flat=True)}
    ImportRow.objects.filter(pk__in=keys).update(cells=NO_CELLS)
    RowFinding.objects.filter(row__in=keys).update(found=NO_FINDING)
    RowEffect.objects.filter(row__in=keys).update(held=NO_EFFECT)


def _erase_entry(by: Account, worker: Worker) -> None:
    household, account = worker.household_id, worker.account
    nothing = {**(emptied(Worker) or {}), "account": None, "merged_into": None, "version": worker.version + 1}
    move(worker, Worker.State.ERASED, **nothing)
    if household is not None and not Worker.objects.filter(household=household).exists():
        Household.objects.filter(pk=household).update(address="")
    if account is not None:
        erase_account(by=by, account=account)
