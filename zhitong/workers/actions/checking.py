"""Many people of a village checked at once: of each of them the check found that nothing has changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.action import action, note_people, note_rows
from zhitong.kernel.errors import Faster, Refusal
from zhitong.kernel.models import Account, Org
from zhitong.kernel.people import People
from zhitong.kernel.values import not_in_future

from ..models import EntryFacts, Worker
from .facts import told_by
from .standing import active
from .whereabouts import confirm_status

MOST_CHECKED = 500
"""People in one submission: a large village by itself."""


@dataclass(frozen=True)
class Same:
    """A person of whom a check found that the status is still the one shown at version ``seen`` of his entry."""

    worker: Worker
    seen: int


@dataclass(frozen=True)
class Checked:
    """What became of a submission: the numbers of those checked, and of each other one the sentence why not."""

    done: tuple[int, ...]
    refused: dict[int, str]


@action(at="village", title=_("批量核实就业状态"), keeps=("source",), about=Worker)
def confirm_statuses(
    *, by: Account, village: Org, same: tuple[Same, ...], source: str, checked_on: dt.date | None = None
) -> Checked:
    """Write down of many people of a village that a check found their status unchanged, in one record line.

    Whoever was changed since the list was shown, has left the register, stands in another village or was checked
    later is passed over, each with a sentence; everybody else is checked. Each of them finds the one line.
    """
    told_by(by, source)
    day = not_in_future("checked_on", checked_on or timezone.localdate())
    if not 0 < len(same) <= MOST_CHECKED:
        sentence = _("请先勾选要核实的人，一次最多%(most)d人。") % {"most": MOST_CHECKED}
        raise Refusal("nobody_chosen", sentence, field="same")
    rows = _held(same)
    refused = {
        one.worker.pk: no for one in same if (no := _why_not(rows.get(one.worker.pk), one, village, day))
    }
    done = tuple(key for key in rows if key not in refused)
    _write(by, [rows[key] for key in done], source, day)
    note_rows(len(done))
    note_people(people_of(done))
    return Checked(done, refused)


def _held(same: tuple[Same, ...]) -> dict[int, Worker]:
    keys = [one.worker.pk for one in same]
    rows = Worker.objects.select_for_update(of=("self",)).select_related("merged_into").filter(pk__in=keys)
    return {row.pk: row for row in rows.order_by("pk")}


def _why_not(row: Worker | None, one: Same, village: Org, day: dt.date) -> str:
    """Return the sentence that says why this person is passed over, or nothing."""
    if row is None or row.village_id != village.pk:
        return str(_("不在这个村（社区）的名单里。"))
    try:
        active(row)
    except Refusal as no:
        return str(no.sentence)
    if row.version != one.seen:
        return str(Faster().sentence)
    if day < row.status_checked_on:
        newer = {"day": row.status_checked_on.isoformat()}
        return str(_("%(day)s已有更新的核实，这次较早的核实没有记入。") % newer)
    return ""


def _write(by: Account, rows: list[Worker], source: str, day: dt.date) -> None:
    """Set day and source: at once for entries that stand alone, by their own rule for people with several."""
    several = set(EntryFacts.objects.filter(worker__in=rows).values_list("worker_id", flat=True))
    alone = [row.pk for row in rows if row.pk not in several]
    Worker.objects.filter(pk__in=alone).update(
        status_checked_on=day, status_source=source, version=F("version") + 1
    )
    for row in rows:
        if row.pk in several:
            confirm_status(
                by=by,
                worker=row,
                status=row.status,
                source=source,
                checked_on=day,
                work_region=row.work_region,
            )


def people_of(keys: Iterable[int]) -> People:
    """Return the people of the register with these numbers, for a line about many."""
    people = People(Worker._meta.label)
    for key in keys:
        people.add(key)
    return people
