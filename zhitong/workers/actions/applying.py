"""A checked list enters the register, all of it or nothing, and is taken back where it was wrong."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.action import action, note_people, note_rows
from zhitong.kernel.bulk import bulk_load
from zhitong.kernel.errors import Faster, Refusal
from zhitong.kernel.models import Account
from zhitong.kernel.people import People
from zhitong.kernel.pinyin import name_key
from zhitong.kernel.privacy import blind_index, seal_many
from zhitong.kernel.state import move

from ..consent import CURRENT
from ..deriving import restated, told_by
from ..frames import examine
from ..importing import Judgement, as_new
from ..models import (
    PLACES,
    SEALED,
    Consent,
    Import,
    LinkDecision,
    PriorityMembership,
    RowEffect,
    RowFinding,
    Skill,
    Source,
    Worker,
)
from ..reasons import AlikeReason
from .entries import restate, said_by
from .facts import one_of
from .homes import Homes, settle_homes
from .keeping import refuse_let_go

APPLY_LIST = "apply_list"
TRIES = 3
ROWS_AT_ONCE = 500
Decision = RowFinding.Decision
Verdict = RowFinding.Verdict


class Part(models.TextChoices):
    """How much of a list is applied."""

    ALL = "all", _("全部")
    GOOD = "good", _("可以入册的部分")


@dataclass
class Work:
    """What is to be done of a list: new people, changes, what changed meanwhile, and how many rest.

    ``apart`` names by row who decided that a new person is not the one he was taken for.
    """

    new: list[Judgement] = field(default_factory=list)
    changed: list[Judgement] = field(default_factory=list)
    missed: list[Judgement] = field(default_factory=list)
    apart: dict[int, Account] = field(default_factory=dict)
    same: int = 0
    left: int = 0


@action(at="imported", title=_("名单入册"), keeps=("part",), about=Import)
def apply_import(*, by: Account, imported: Import, part: str = Part.GOOD) -> Import:
    """Let a checked list enter the register: all of it, or what is good; in one transaction, with one line.

    Every row is compared once more while the entries are held: one whose entry changed since the check is told and
    left alone. ``part="all"`` refuses a list of which a row was refused or waits for a decision.
    """
    one_of("part", part, Part.values)
    imported = Import.objects.select_for_update(of=("self",)).select_related("org").get(pk=imported.pk)
    if imported.state == Import.State.CHECKED:
        refuse_let_go(imported)
        for _attempt in range(TRIES):
            try:
                with transaction.atomic():
                    outcome, people = _apply(by, imported, part)
                break
            except IntegrityError:
                continue  # somebody registered one of the new people just now: all rows are looked at anew
        else:
            raise Faster
        note_rows(outcome["created"] + outcome["changed"])
        note_people(people)
        imported.outcome = outcome
    also = {"outcome": imported.outcome, "applied_by": by, "applied_at": timezone.now()}
    return move(imported, Import.State.APPLIED, **also)


def _apply(by: Account, imported: Import, part: str) -> tuple[dict[str, Any], People]:
    work = _work_of(imported, part)
    homes = settle_homes(work.new, work.changed)
    workers = _create(imported, work.new, homes)
    _tell_apart(work, workers)
    effects = [*_created(work.new, workers), *_change(by, imported, work.changed, homes)]
    _keep_effects(imported, effects, work.missed)
    people = People(Worker._meta.label)
    for effect in effects:
        people.add(effect.worker)
    outcome = {
        "created": len(work.new), "changed": len(work.changed), "same": work.same, "missed": len(work.missed),
        "left": work.left, "households": homes.made,
    }  # fmt: skip
    return outcome, people


def _work_of(imported: Import, part: str) -> Work:
    """Compare every row once more and return what may be done, as far as the report still holds."""
    judged = examine(imported, lock=True)
    rows = RowFinding.objects.filter(imported=imported).select_related("decided_by")
    findings = {one.row_id: one for one in rows}
    work = Work()
    for one in judged:
        finding = findings.get(one.entry.key)
        if finding is None or not _is_wanted(finding):
            known_same = finding is not None and finding.verdict == Verdict.SAME
            work.same += known_same
            work.left += not known_same
        elif _holds(finding, one):
            chosen = one
            if finding.decision == Decision.OTHER_PERSON and finding.decided_by is not None:
                chosen, work.apart[one.entry.key] = as_new(one), finding.decided_by
            (work.new if chosen.verdict == Verdict.NEW else work.changed).append(chosen)
        elif one.verdict == Verdict.SAME:
            work.same += 1
        else:
            work.missed.append(one)
    if part == Part.ALL and work.left:
        sentence = _("有 %(count)d 行退回或还没有决定，不能全部入册。请先决定，或只办可以入册的部分。")
        raise Refusal("not_all_good", sentence % {"count": work.left}, field="part")
    if not (work.new or work.changed or work.missed or work.same):
        raise Refusal("nothing_to_apply", _("这份名单没有可以入册的行。"))
    return work


def _is_wanted(finding: RowFinding) -> bool:
    if finding.verdict in (Verdict.REFUSED, Verdict.SAME):
        return False
    return not finding.asks or finding.decision not in ("", Decision.LEAVE)


def _holds(finding: RowFinding, now: Judgement) -> bool:
    """Tell whether what the report said about a row is still so."""
    worker = None if now.person is None else now.person.pk
    if (str(now.verdict), worker) != (finding.verdict, finding.worker_id):
        return False
    return worker is None or [list(one) for one in now.differences] == finding.read["differences"]


def _create(imported: Import, new: Sequence[Judgement], homes: Homes) -> dict[int, Worker]:
    """Store the new people with consents, skills and groups; return each row's entry."""
    made = [(one.entry.key, _worker(imported, one, homes)) for one in new]
    # In one order everywhere, so that two lists with the same people never wait for each other.
    made.sort(key=lambda pair: blind_index(pair[1].id_number, "id_number"))
    Worker.objects.bulk_create([worker for _row, worker in made], batch_size=ROWS_AT_ONCE)
    workers = dict(made)
    Consent.objects.bulk_create(
        [
            Consent(worker=worker, purpose=purpose, text_version=CURRENT, given_through=Source.LIST)
            for worker in workers.values()
            for purpose in imported.consents
        ],
        batch_size=ROWS_AT_ONCE,
    )
    _add_beside(imported, ((one, workers[one.entry.key].pk) for one in new))
    return workers


def _tell_apart(work: Work, workers: dict[int, Worker]) -> None:
    """Remember who is not the person for whom a row was taken, so that no search finds the two again."""
    LinkDecision.objects.bulk_create(
        [
            LinkDecision(
                kind=LinkDecision.Kind.REJECT, kept_id=one.told_apart.pk, other=workers[one.entry.key],
                reasons=[str(AlikeReason.LIST)], decided_by=work.apart[one.entry.key],
            )
            for one in work.new
            if one.told_apart is not None
        ],
        batch_size=ROWS_AT_ONCE,
    )  # fmt: skip


def _worker(imported: Import, one: Judgement, homes: Homes) -> Worker:
    assert one.village is not None
    household, role = homes.of(one)
    return Worker(
        **one.changes,
        **dict(zip(PLACES, one.village.places, strict=True)),
        name_key=name_key(one.changes["name"])[:160],
        household_id=household,
        household_role=role,
        source=Source.LIST,
        status_source=Source.LIST,
        status_checked_on=imported.listed_on,
        is_sample=one.village.is_sample,
    )


def _add_beside(imported: Import, rows: Iterable[tuple[Judgement, int]]) -> None:
    """Add the skills and priority groups of rows whose entries stand."""
    skills, groups = [], []
    for one, worker in rows:
        skills += [Skill(worker_id=worker, occupation_id=key) for key in one.adds.get("skills", ())]
        groups += [
            PriorityMembership(worker_id=worker, group_id=key, since_on=imported.listed_on)
            for key in one.adds.get("groups", ())
        ]
    Skill.objects.bulk_create(skills, batch_size=ROWS_AT_ONCE, ignore_conflicts=True)
    PriorityMembership.objects.bulk_create(groups, batch_size=ROWS_AT_ONCE, ignore_conflicts=True)


@dataclass(frozen=True)
class Effect:
    """What was done to one entry for one row."""

    row: int
    kind: str
    worker: int
    version: int
    held: dict[str, Any]


def _created(new: Sequence[Judgement], workers: dict[int, Worker]) -> Iterator[Effect]:
    for one in new:
        worker = workers[one.entry.key]
        yield Effect(one.entry.key, RowEffect.Kind.CREATED, worker.pk, worker.version, {"adds": one.adds})


def _change(by: Account, imported: Import, changed: Sequence[Judgement], homes: Homes) -> list[Effect]:
    """Write the changes of entries that stand; those of people with several entries are derived anew."""
    rows = Worker.objects.in_bulk([one.person.pk for one in changed if one.person is not None])
    plain, effects = [], []
    for one in changed:
        assert one.person is not None
        worker, facts = rows[one.person.pk], _facts_of(imported, one, homes)
        said = said_by(worker) if one.person.several else {"stated": worker.stated}
        before = {name: said.get(name, plain_value(getattr(worker, name))) for name in facts}
        stated = said["stated"]
        if one.person.several:
            worker = restate(by, worker, through=Source.LIST, **facts)
        else:
            put(worker, facts, Source.LIST)
            plain.append(worker)
        after = {name: plain_value(value) for name, value in facts.items()}
        held = {"before": before, "after": after, "adds": one.adds, "stated": stated}
        effects.append(Effect(one.entry.key, RowEffect.Kind.CHANGED, worker.pk, worker.version, held))
    store_columns(plain, {name for one in effects for name in one.held["before"]})
    _add_beside(imported, ((one, one.person.pk) for one in changed if one.person is not None))
    return effects


def _facts_of(imported: Import, one: Judgement, homes: Homes) -> dict[str, Any]:
    """Return the columns that a row sets, with those that follow from them."""
    facts = dict(one.changes)
    if "name" in facts:
        facts["name_key"] = name_key(facts["name"])[:160]
    if "status" in facts:
        facts |= {"status_checked_on": imported.listed_on, "status_source": str(Source.LIST)}
    household, role = homes.of(one)
    if household is not None and one.person is not None and one.person.household is None:
        facts |= {"household_id": household, "household_role": role}
    return facts


def put(worker: Worker, facts: dict[str, Any], source: str) -> None:
    """Set columns of an entry that is held, with blind indexes, version, and when each was stated."""
    stamp = {"at": timezone.now().isoformat(), "source": str(source)}
    worker.stated = restated(told_by(worker), facts, stamp)["stated"]
    for name, value in facts.items():
        setattr(worker, name, value)
        if name in SEALED:
            setattr(worker, f"{name}_index", None if value is None else blind_index(value, name))
    worker.version += 1


def store_columns(workers: Sequence[Worker], names: Iterable[str]) -> None:
    """Write these columns of entries that were ``put``, with blind indexes and version; a few statements for all."""
    fields = {name.removesuffix("_id") for name in names} | {"stated", "version"}
    fields |= {f"{name}_index" for name in SEALED if name in fields}
    if workers:
        Worker.objects.bulk_update(workers, sorted(fields), batch_size=ROWS_AT_ONCE)


def plain_value(value: Any) -> Any:
    """Return a column's value as JSON keeps it."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return value.open() if hasattr(value, "open") else value


def _keep_effects(imported: Import, effects: Sequence[Effect], missed: Sequence[Judgement]) -> None:
    columns = ("imported_id", "row_id", "kind", "worker_id", "version", "held", "undone", "reasons")
    sealed = seal_many((json.dumps(one.held, ensure_ascii=False) for one in effects), "import_effect")
    bulk_load(
        RowEffect, columns,
        [
            (imported.pk, one.row, one.kind, one.worker, one.version, data, "", [])
            for one, data in zip(effects, sealed, strict=True)
        ],
    )  # fmt: skip
    nothing = seal_many(("{}" for _one in missed), "import_effect")
    bulk_load(
        RowEffect, columns,
        [
            (imported.pk, one.entry.key, str(RowEffect.Kind.MISSED), _pk(one), 0, data, "", ["changed_meanwhile"])
            for one, data in zip(missed, nothing, strict=True)
        ],
    )  # fmt: skip


def _pk(one: Judgement) -> int | None:
    return None if one.person is None else one.person.pk


def tally(effects: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Return how many effects were undone, by what became of them."""
    counts = Counter(undone for _kind, undone in effects)
    return {str(one): counts[str(one)] for one in RowEffect.Undone.values if one}
