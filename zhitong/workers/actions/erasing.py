"""What the register holds of a person is emptied: every personal field of every row about him."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from django.apps import apps
from django.db.models import Q

from zhitong.kernel.actions import erase_account, erase_files
from zhitong.kernel.erasing import emptied, erasers
from zhitong.kernel.models import Account
from zhitong.kernel.people import way_to_person
from zhitong.kernel.privacy import blind_index
from zhitong.kernel.state import move

from ..frames.duplicates import portions
from ..frames.lists import cells_from_text, numbers_among
from ..models import (
    EntryFacts,
    Household,
    ImportRow,
    Likeness,
    LinkDecision,
    RowEffect,
    RowFinding,
    SpouseRequest,
    StatedEthnicity,
    Worker,
)
from .entries import ids_of
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
    StatedEthnicity.objects.filter(worker__in=entries).delete()
    LinkDecision.objects.filter(other__in=entries).update(remark="")
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
    """Empty the rows of lists in which a person came, what a check found about them, and what was done with them.

    Those are the rows in which somebody recognised him, and those that bear his identity number, also in lists that
    were refused, given up or never checked.
    """
    named = RowFinding.objects.filter(worker__in=entries), RowEffect.objects.filter(worker__in=entries)
    keys = {key for rows in named for key in rows.values_list("row", flat=True)}
    keys |= {key for number in ids_of(entries) for key in _rows_with(number)}
    for some in portions(sorted(keys)):
        ImportRow.objects.filter(pk__in=some).update(cells=NO_CELLS, number_index=None)
        RowFinding.objects.filter(row__in=some).update(found=NO_FINDING)
        RowEffect.objects.filter(row__in=some).update(held=NO_EFFECT)


def _rows_with(number: str) -> Iterator[int]:
    """Yield the rows of lists that bear an identity number."""
    rows = ImportRow.objects.filter(number_index=blind_index(number, "id_number"))
    for row in rows.iterator(500):
        if number in numbers_among(cells_from_text(row.cells.open())):
            yield row.pk


def _erase_entry(by: Account, worker: Worker) -> None:
    household, account = worker.household_id, worker.account
    nothing = {**(emptied(Worker) or {}), "account": None, "merged_into": None, "version": worker.version + 1}
    move(worker, Worker.State.ERASED, **nothing)
    if household is not None and not Worker.objects.filter(household=household).exists():
        Household.objects.filter(pk=household).update(address="")
    if account is not None:
        erase_account(by=by, account=account)
