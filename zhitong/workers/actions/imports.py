"""Lists come in: staged row by row as they are, checked without writing anything of the register, and decided on."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import File
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.action import action, note_move, note_people, note_rows
from zhitong.kernel.actions import queue_job
from zhitong.kernel.bulk import bulk_load
from zhitong.kernel.errors import Faster, Refusal
from zhitong.kernel.files import clean_name
from zhitong.kernel.models import Account, Org, in_place
from zhitong.kernel.people import People
from zhitong.kernel.privacy import blind_indexes, seal_many
from zhitong.kernel.sheets import Table, heading_key, read_tables
from zhitong.kernel.state import move, unless_taken
from zhitong.kernel.values import not_in_future

from ..consent import AT_REGISTRATION, NEEDED
from ..frames.lists import cells_as_text, numbers_among
from ..importing import FIELDS, Judgement, find_head, leave_out_never_kept
from ..importing.fields import word_key
from ..models import Import, ImportRow, Layout, RowEffect, RowFinding, Worker
from .facts import one_of, read_line
from .keeping import refuse_let_go

CHECK_LIST = "check_list"
LEAST_FIELDS = ("name",)
MOST_MERGED = 5_000
MOST_COLUMNS = 200
MOST_WORDS = 200
Decision = RowFinding.Decision
Verdict = RowFinding.Verdict


@dataclass(frozen=True)
class Reading:
    """How a list is read: each heading with its field (empty: not kept), and what words mean, by field."""

    headings: tuple[str, ...]
    fields: tuple[str, ...]
    words: dict[str, Any] = field(default_factory=dict)

    @property
    def columns(self) -> list[list[str]]:
        """The pairs as they are stored."""
        return [list(pair) for pair in zip(self.headings, self.fields, strict=True)]


class Findings:
    """Judgements to be kept together. No dataclass: a verb would look for rows inside it, one by one."""

    def __init__(self, judged: Iterable[Judgement]) -> None:
        self.judged = list(judged)

    def __str__(self) -> str:
        return str(len(self.judged))


@action(at="org", title=_("上传名单"), keeps=("consents",), about=Import)
def stage_import(
    *,
    by: Account,
    org: Org,
    file: File[Any],
    listed_on: dt.date,
    consents: tuple[str, ...],
    layout: Layout | None = None,
) -> Import:
    """Keep every row of a list as it came, sealed, and guess what its columns mean; nothing enters the register.

    ``consents`` are the purposes to which the people on it agreed, ``listed_on`` the day for which it speaks. What
    people say only themselves, such as their ethnic group, is left out before anything is kept. Refuses what is no
    list, and a file that this organisation has sent already.
    """
    if org.level is None:
        raise Refusal("not_a_place", _("请选名单所属的村、乡镇或县。"), field="org")
    not_in_future("listed_on", listed_on)
    for one in consents:
        one_of("consents", one, AT_REGISTRATION)
    if not set(NEEDED) <= set(consents):
        sentence = _("名单上的人要先同意登记，并单独同意使用身份证号，才能报送。")
        raise Refusal("consent_missing", sentence, field="consents")
    digest, size = _digest_of(file)
    _refuse_second(org, digest)
    file.seek(0)
    tables = read_tables(file)
    leave_out_never_kept(tables)
    imported = Import(
        org=org, name=_name_of(file), digest=digest, size=size, listed_on=listed_on, consents=list(consents),
        layout=layout, words={} if layout is None else layout.words, staged_by=by, **in_place(org),
        sheets=[{"name": one.name, "merged": list(one.merged)[:MOST_MERGED]} for one in tables],
    )  # fmt: skip
    imported.columns = columns_of(tables, layout)
    with unless_taken(_sent_already(None)):
        imported.save()
    imported.row_count = _store_rows(imported, tables)
    Import.objects.filter(pk=imported.pk).update(row_count=imported.row_count)
    note_rows(imported.row_count)
    return imported


def _name_of(file: File[Any]) -> str:
    plain = clean_name(file.name or "", "application/zip")
    ending = str(file.name or "").rpartition(".")[2].lower()
    return plain.removesuffix(".zip") if ending != "zip" else plain


def _digest_of(file: File[Any]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for chunk in file.chunks():
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


def _refuse_second(org: Org, digest: str) -> None:
    before = Import.objects.standing().filter(org=org, digest=digest).select_related("staged_by").first()
    if before is not None:
        raise _sent_already(before)


def _sent_already(before: Import | None) -> Refusal:
    if before is None:
        return Refusal("file_sent_already", _("这个文件刚刚已经上传过，没有重复办理。"), field="file")
    told = {
        "who": before.staged_by.name, "state": before.get_state_display(),
        "when": timezone.localtime(before.staged_at).strftime("%Y-%m-%d %H:%M"),
    }  # fmt: skip
    sentence = _("这个文件已由%(who)s在%(when)s上传过（%(state)s），没有重复办理。") % told
    return Refusal("file_sent_already", sentence, field="file", imported=before.pk)


def columns_of(tables: Sequence[Table], layout: Layout | None = None) -> list[list[str]]:
    """Return each heading of a file's tables with the field that it means, by a layout or as far as it is guessed."""
    known = {} if layout is None else {heading_key(heading): field for heading, field in layout.columns}
    heads = [head for one in tables if (head := find_head(one, known)) is not None]
    if not heads:
        sentence = _("没有找到表头。表头里至少要有姓名一列，可以下载模板对照。")
        raise Refusal("headings_missing", sentence, field="file")
    pairs: dict[str, list[str]] = {}
    for head in heads:
        for heading, name in zip(head.headings, head.fields, strict=True):
            if heading and (heading_key(heading) not in pairs or not pairs[heading_key(heading)][1]):
                pairs[heading_key(heading)] = [heading, name]
    return list(pairs.values())[:MOST_COLUMNS]


def _store_rows(imported: Import, tables: Sequence[Table]) -> int:
    """Seal and store every row that is not blank."""
    places, texts, numbers = [], [], []
    for at, table in enumerate(tables):
        for number, row in enumerate(table.rows, start=1):
            if any(cell not in (None, "") for cell in row):
                places.append((imported.pk, at, number))
                texts.append(cells_as_text(row))
                numbers.append(next(numbers_among(row), ""))
    sealed = seal_many(texts, "import_cells")
    indexes = blind_indexes(numbers, "id_number")
    rows = ((*place, *held) for place, *held in zip(places, sealed, indexes, strict=True))
    return bulk_load(ImportRow, ("imported_id", "sheet", "number", "cells", "number_index"), rows)


@action(at="imported", title=_("检查名单"), about=Import)
def check_import(*, by: Account, imported: Import, reading: Reading | None = None) -> Import:
    """Have a list checked against the register, by a corrected column map where one is given; a dry run.

    The work goes on as a job; its report is kept with the import.
    """
    refuse_let_go(imported)
    if reading is not None:
        columns, words = checked_reading(reading)
        Import.objects.filter(pk=imported.pk).update(columns=columns, words=words, layout=None)
        imported.columns, imported.words = columns, words
    if not set(LEAST_FIELDS) <= {name for _heading, name in imported.columns}:
        raise Refusal("columns_missing", _("请至少指明哪一列是姓名。"), field="columns")
    if imported.state != Import.State.STAGED:
        move(imported, Import.State.STAGED)
    given = {"import": imported.pk, "language": get_language()}
    imported.job = queue_job(by=by, org=imported.org, kind=CHECK_LIST, given=given)
    Import.objects.filter(pk=imported.pk).update(job=imported.job)
    return imported


def checked_reading(reading: Reading) -> tuple[list[list[str]], dict[str, Any]]:
    """Return columns and words of a reading; refuses unknown fields, and one field for two columns."""
    if len(reading.headings) != len(reading.fields) or len(reading.headings) > MOST_COLUMNS:
        raise Refusal("columns_uneven", _("列对照不完整，请重新选择。"), field="columns")
    known = {one.name for one in FIELDS}
    chosen = [one for one in reading.fields if one]
    for one in chosen:
        one_of("columns", one, known)
    twice = next((one for one in chosen if chosen.count(one) > 1), None)
    if twice is not None:
        label = next(one.label for one in FIELDS if one.name == twice)
        raise Refusal("field_twice", _("“%(field)s”只能对应一列。") % {"field": label}, field="columns")
    words = {
        one_of("words", name, known): {
            word_key(str(theirs))[:60]: ours for theirs, ours in list(said.items())[:MOST_WORDS]
        }
        for name, said in reading.words.items()
    }
    headings = (read_line("columns", one, 200) for one in reading.headings)
    return [list(pair) for pair in zip(headings, reading.fields, strict=True)], words


@action(at="imported", title=_("写下检查结论"))
def keep_findings(*, by: Account, imported: Import, findings: Findings) -> Import:
    """Store what a check found, in place of what an earlier one did; decisions about the same person stand."""
    imported = Import.objects.select_for_update().get(pk=imported.pk)
    if imported.state != Import.State.STAGED:
        raise Faster
    before = _decisions(imported)
    RowFinding.objects.filter(imported=imported)._raw_delete(RowFinding.objects.db)
    columns = ("imported_id", "row_id", "verdict", "codes", "asks", "decision", "decided_by_id", "village_id",
               "worker_id", "seen", "found")  # fmt: skip
    sealed = seal_many((_told_of(one) for one in findings.judged), "import_finding")
    rows = (_finding(imported, one, before, data) for one, data in zip(findings.judged, sealed, strict=True))
    note_rows(bulk_load(RowFinding, columns, rows))
    return move(imported, Import.State.CHECKED, counts=counts_of(findings.judged), checked_at=timezone.now())


def counts_of(judged: Iterable[Judgement]) -> dict[str, int]:
    """Return how many rows there are of each verdict, and how many a person has to decide about."""
    counts = dict.fromkeys((*map(str, Verdict.values), "asks"), 0)
    for one in judged:
        counts[str(one.verdict)] += 1
        counts["asks"] += one.asks
    return counts


def _decisions(imported: Import) -> dict[int, tuple[Any, ...]]:
    """Return earlier decisions by row, with what they were about."""
    decided = RowFinding.objects.filter(imported=imported).exclude(decision="")
    kept = decided.values_list("row_id", "decision", "decided_by_id", "verdict", "worker_id", "codes")
    return {
        row: (decision, who, verdict, worker, codes) for row, decision, who, verdict, worker, codes in kept
    }


def _finding(
    imported: Import, one: Judgement, before: dict[int, tuple[Any, ...]], sealed: bytes | None
) -> tuple[Any, ...]:
    codes = [told.code for told in one.entry.told]
    worker = None if one.person is None else one.person.pk
    decision, who = "", None
    kept = before.get(one.entry.key)
    if kept is not None and one.asks and kept[2:] == (str(one.verdict), worker, codes):
        decision, who = kept[:2]
    village = None if one.village is None else one.village.pk
    seen = None if one.person is None else one.person.version
    return (
        imported.pk, one.entry.key, str(one.verdict), codes, one.asks, decision, who, village, worker, seen, sealed
    )  # fmt: skip


def _told_of(one: Judgement) -> str:
    found = {"facts": one.entry.facts, "differences": one.differences, "told": one.entry.told}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


@action(at="finding", title=_("决定这一行"), keeps=("decision",))
def decide_row(*, by: Account, finding: RowFinding, decision: str) -> RowFinding:
    """Write down what a person decided about a row that the check had to ask about; it may be decided anew.

    ``Faster`` when somebody decided it, or had the list checked again, since it was read.
    """
    one_of("decision", decision, Decision.values)
    imported = Import.objects.select_for_update().get(pk=finding.imported_id)
    possible = possible_decisions(finding)
    if not possible or imported.state != Import.State.CHECKED:
        raise Refusal("nothing_to_decide", _("这一行现在没有要决定的。"), field="decision")
    if decision not in possible:
        sentence = _("没有身份证号的人不能另行登记，请补填身份证号后再报。")
        if Verdict.DUPLICATE != finding.verdict:
            sentence = _("请从列出的选项里选一项。")
        raise Refusal("decision_not_possible", sentence, field="decision")
    as_seen = RowFinding.objects.filter(pk=finding.pk, decision=finding.decision)
    if not as_seen.update(decision=decision, decided_by=by):
        raise Faster
    finding.decision, finding.decided_by = decision, by
    return finding


def possible_decisions(finding: RowFinding) -> tuple[str, ...]:
    """Return what may be decided about a row; nothing where the check asks nothing."""
    if not finding.asks:
        return ()
    if finding.verdict != Verdict.DUPLICATE:
        return (Decision.TAKE, Decision.LEAVE)
    other = (Decision.OTHER_PERSON,) if "id_number" in finding.read["facts"] else ()
    return (Decision.SAME_PERSON, *other, Decision.LEAVE)


@action(at="imported", title=_("作废名单"))
def discard_import(*, by: Account, imported: Import) -> Import:
    """Give up a list that was not applied; its rows stay on record, and the file may be sent again."""
    return move(imported, Import.State.DISCARDED)


@action(at="imported", title=_("取回退回的行"))
def take_refused_rows(*, by: Account, imported: Import) -> Import:
    """Leave a line that somebody took the rows that were not applied back, with all that the sender wrote.

    Who was recognised in a row finds the line among those about him.
    """
    taken = list(rows_not_applied(imported).values_list("worker", flat=True))
    if not taken:
        raise Refusal("nothing_refused", _("这份名单没有退回的行。"))
    people = People(Worker._meta.label)
    for number in taken:
        if number is not None:
            people.add(number)
    note_rows(len(taken))
    note_people(people)
    return imported


def rows_not_applied(imported: Import) -> models.QuerySet[RowFinding]:
    """Return the findings whose rows did not enter the register, or would not if the good part were applied now."""
    rows: models.QuerySet[RowFinding] = RowFinding.objects.filter(imported=imported)
    if imported.state in (Import.State.APPLIED, Import.State.UNDONE):
        missed = models.Q(row__effect=None) | models.Q(row__effect__kind=RowEffect.Kind.MISSED)
        return rows.exclude(verdict=Verdict.SAME).filter(missed)
    waiting = models.Q(asks=True) & models.Q(decision__in=("", Decision.LEAVE))
    return rows.filter(models.Q(verdict=Verdict.REFUSED) | waiting)


@action(at="org", title=_("保存版式"), keeps=("name",), about=Layout)
def save_layout(
    *,
    by: Account,
    org: Org,
    name: str,
    reading: Reading,
    layout: Layout | None = None,
    seen: int | None = None,
) -> Layout:
    """Keep a column map under a name, for reading lists and for writing exports as this organisation has them.

    With ``layout`` an earlier one of the same organisation is corrected, as seen at version ``seen``.
    """
    name = read_line("name", name, 60)
    if not name:
        raise Refusal("too_short", _("请给版式起一个名称。"), field="name")
    columns, words = checked_reading(reading)
    if not any(one for _heading, one in columns):
        raise Refusal("columns_missing", _("请至少指明一列。"), field="columns")
    taken = Refusal("layout_taken", _("已有同名的版式，请换一个名称。"), field="name")
    if layout is not None:
        if layout.org_id != org.pk:
            raise Refusal("other_org", _("这个版式是别的单位的，请另存为自己的版式。"), field="layout")
        return _corrected_layout(layout, seen, taken, name=name, columns=columns, words=words)
    made = Layout(org=org, name=name, columns=columns, words=words, saved_by=by, **in_place(org))
    with unless_taken(taken):
        made.save()
    return made


def _corrected_layout(layout: Layout, seen: int | None, taken: Refusal, **facts: Any) -> Layout:
    """Put a column map in the place of the one that was seen; a line names the versions and not every column."""
    version = layout.version if seen is None else seen
    with unless_taken(taken):
        claimed = Layout.objects.filter(pk=layout.pk, version=version).update(**facts, version=version + 1)
    if not claimed:
        raise Faster
    note_move(layout, "version", version, version + 1)
    return Layout.objects.get(pk=layout.pk)
