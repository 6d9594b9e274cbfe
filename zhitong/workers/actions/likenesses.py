"""The search for entries that are one person; what it found is kept for people to look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.action import action, note_rows
from zhitong.kernel.actions import queue_job
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account, Job, Org, in_place
from zhitong.kernel.models.placed import PLACE_COLUMNS

from ..models import Likeness, LinkScores, Worker

PORTION = 1000
KEYS = tuple(f"{name}_id" for name in PLACE_COLUMNS)


@dataclass(frozen=True)
class Alike:
    """Two entries, by key, that may be one person: the score in hundredths of a bit, and the reasons."""

    one: int
    other: int
    score: int
    reasons: tuple[str, ...] = ()


SEARCH_LIKENESSES = "search_likenesses"
"""The kind of the job that compares all entries of a place with each other."""


@action(at="org", title=_("查找疑似重复"))
def search_likenesses(*, by: Account, org: Org) -> Job:
    """Have all entries in the care of a place compared with each other, in a job that everybody there sees."""
    if org.level is None:
        raise Refusal("no_place", _("请选到市、县、乡镇或村。"), field="org")
    Org.objects.select_for_update(no_key=True).get(pk=org.pk)  # two at once begin one search
    known = Job.objects.filter(kind=SEARCH_LIKENESSES, **in_place(org))
    if known.filter(state__in=(Job.State.WAITING, Job.State.RUNNING)).exists():
        raise Refusal("search_runs", _("这个范围的查找正在进行，完成后再查。"), field="org")
    return queue_job(by=by, org=org, kind=SEARCH_LIKENESSES, given={"org": org.pk})


@dataclass(frozen=True)
class Learned:
    """What so many entries taught about pairs, as the engine stores it."""

    entries: int
    scores: bytes


@action(at="org", title=_("保存相像分值"), about=LinkScores)
def keep_scores(*, by: Account, org: Org, learned: Learned) -> LinkScores:
    """Keep what the entries of a place taught about pairs, in place of what they taught before."""
    facts = {"entries": learned.entries, "scores": learned.scores, "learned_at": timezone.now()}
    kept, _new = LinkScores.objects.update_or_create(org=org, defaults=facts)
    return kept


@action(at=None, title=_("保存疑似重复"), about=Likeness)
def keep_likenesses(*, by: Account, found: Sequence[Alike]) -> int:
    """Keep pairs for people to look at, and return how many are new; a pair that is known stays as it is."""
    count = 0
    for start in range(0, len(found), PORTION):
        count += _keep(found[start : start + PORTION])
    note_rows(count)
    return count


def _keep(found: Sequence[Alike]) -> int:
    pairs = {tuple(sorted((one.one, one.other))): one for one in found}
    known = Likeness.objects.filter(first__in={first for first, _second in pairs})
    for pair in known.values_list("first_id", "second_id"):
        pairs.pop(pair, None)
    places = _places({key for pair in pairs for key in pair})
    rows = [
        Likeness(first_id=first, second_id=second, score=one.score, reasons=list(one.reasons), **place)
        for (first, second), one in pairs.items()
        if first in places and second in places
        for place in (dict(_common(places[first], places[second])),)
    ]
    return len(Likeness.objects.bulk_create(rows))


def _places(keys: set[int]) -> dict[int, tuple[int | None, ...]]:
    """Return the level columns of the entries that are still on the register."""
    rows = Worker.objects.active().filter(pk__in=keys).values_list("pk", *KEYS)
    return {key: tuple(place) for key, *place in rows}


def _common(one: Sequence[int | None], other: Sequence[int | None]) -> Iterator[tuple[str, int | None]]:
    """Yield the level columns of the narrowest place that holds both."""
    both = zip(KEYS, one, other, strict=True)
    for name, place, _same in takewhile(lambda column: column[1] == column[2], both):
        yield name, place
