"""The hash chain of the record: each line's digest covers its content and the digest of the line before.

The digest is HMAC-SHA256 under a key of the installation, over the canonical JSON of the line (keys sorted,
no blanks, UTF-8) preceded by the previous digest. The head row holds the last position and digest, so that
lines missing at the end show as well.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from .models import Record, RecordHead, RecordPeople
from .models.placed import place_of
from .people import digest_of_blocks
from .privacy import key_for

if TYPE_CHECKING:
    from .action import Doing

FIRST = "0" * 64
SIGNED = (
    "position", "verb", "actor_id", "acting_for_id", "subject_type", "subject_id", "concerns_type",
    "concerns_id", "given", "moves", "row_count", "city_id", "county_id", "town_id", "village_id",
)  # fmt: skip


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold: ``kind`` is ``changed``, ``missing`` or ``head``."""

    position: int
    kind: str


def digest_of(line: Record, previous: str) -> str:
    """Return the digest of a line after the digest of the one before it."""
    content = {name: getattr(line, name) for name in SIGNED}
    content["at"] = line.at.astimezone(UTC).isoformat(timespec="microseconds")
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(key_for("record"), (previous + text).encode(), hashlib.sha256).hexdigest()


def add_lines(finished: Sequence[Doing]) -> None:
    """Append one line for each verb, in the order in which they ended; the head is locked until commit."""
    if not finished:
        return
    head = _held_head()
    lines = []
    for now in finished:
        line = _line(now)
        head.position += 1
        line.position = head.position
        head.digest = line.digest = digest_of(line, head.digest)
        lines.append(line)
    Record.objects.bulk_create(lines)
    RecordPeople.objects.bulk_create(_people(finished, lines), batch_size=500)
    RecordHead.objects.filter(pk=head.pk).update(position=head.position, digest=head.digest)


def _people(finished: Sequence[Doing], lines: Sequence[Record]) -> list[RecordPeople]:
    """Return the blocks of people of the lines that concern many."""
    return [
        RecordPeople(record=line, block=block, members=members)
        for now, line in zip(finished, lines, strict=True)
        if now.people is not None
        for block, members in now.people.blocks()
    ]


def changed_people() -> Iterator[Record]:
    """Yield the lines whose people are no longer those whose digest the line keeps."""
    kept = Record.objects.filter(concerns_id=None).exclude(concerns_type="")
    for line in kept.order_by("position").iterator(200):
        blocks = line.people.order_by("block").values_list("block", "members")
        if digest_of_blocks(line.concerns_type, blocks) != line.given.get("people"):
            yield line


def _held_head() -> RecordHead:
    held = RecordHead.objects.select_for_update()
    for head in held.filter(pk=1):
        return head
    RecordHead.objects.get_or_create(pk=1)
    return held.get(pk=1)


def breaks() -> Iterator[Break]:
    """Walk the chain from its first line and yield each place where it does not hold."""
    previous, expected = FIRST, 1
    for line in Record.objects.order_by("position").iterator(2000):
        if line.position != expected:
            yield Break(expected, "missing")
        elif line.digest != digest_of(line, previous):
            yield Break(line.position, "changed")
        previous, expected = line.digest, line.position + 1
    head = RecordHead.objects.filter(pk=1).first() or RecordHead()
    if (head.position, head.digest) != (expected - 1, previous):
        yield Break(max(head.position, expected - 1), "head")


def holds(position: int, digest: str) -> bool:
    """Tell whether the record still has this end, noted earlier and kept elsewhere: position 0 is the empty one."""
    if position == 0:
        return digest == FIRST
    return Record.objects.filter(position=position, digest=digest).exists()


def _line(now: Doing) -> Record:
    from .action import what_was_given

    subject = _subject(now)
    person = getattr(subject, "concerns", None)
    return Record(
        at=timezone.now(),
        verb=now.verb.name,
        actor=now.by,
        acting_for_id=now.acting_for,
        subject_type=subject._meta.label if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        concerns_type=_kind_of_person(now, person),
        concerns_id=person.pk if person is not None and now.people is None else None,
        concerns_account_id=getattr(person, "account_id", None),
        given=what_was_given(now),
        moves=now.moves,
        row_count=now.row_count,
        **place_of(subject, _at(now), person),
    )


def _kind_of_person(now: Doing, person: models.Model | None) -> str:
    if now.people is not None:
        return now.people.label
    return "" if person is None else person._meta.label


def _at(now: Doing) -> models.Model | None:
    at = None if now.verb.at is None else now.given[now.verb.at]
    return at if isinstance(at, models.Model) else None


def _subject(now: Doing) -> models.Model | None:
    """Return the row the line is about: what the verb made, else the row at which it acted."""
    return now.result if isinstance(now.result, models.Model) else _at(now)
