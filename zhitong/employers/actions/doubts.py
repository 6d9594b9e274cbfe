"""What posts usually pay is counted, and posts are marked where somebody should look twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Avg, F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from zhitong.kernel.action import action, note_rows
from zhitong.kernel.models import Account, Occupation

from ..adverts import Usual, usual_of
from ..doubts import MIDDLE, as_kept, as_usual, doubts_about, usual_for
from ..models import Demand, UsualWage

COUNTED_FOR = dt.timedelta(days=365)
PORTION = 500
MOST = 10_000
"""Posts that are looked at in one go."""


@action(at=None, title=gettext_lazy("统计常见工资"))
def count_usual_wages(*, by: Account) -> int:
    """Count anew what posts of each occupation and middle class pay; returns how many rows there are.

    Of the posts of the last year that were checked and not found untrue, each employer counts once for a kind of
    work, by the mean of what it pays, so that many posts of one employer move nothing. Posts that wait for their
    check are to be looked at again.
    """
    day = timezone.localdate()
    found = {code: usual for code, wages in _wages(day).items() if (usual := usual_of(wages)) is not None}
    keys = dict(Occupation.objects.filter(code__in=found).values_list("code", "pk"))
    rows = [_row(keys[code], usual, day) for code, usual in found.items() if code in keys]
    UsualWage.objects.all().delete()
    UsualWage.objects.bulk_create(rows, batch_size=PORTION)
    Demand.objects.filter(state=Demand.State.SUBMITTED).update(doubts=None, is_doubtful=False)
    note_rows(len(rows))
    return len(rows)


@action(at=None, title=gettext_lazy("标出存疑岗位"))
def note_doubts(*, by: Account) -> int:
    """Look at posts that wait for their check and were not looked at yet, and keep their doubts; returns how many."""
    usual = {
        row.occupation.code: as_usual(row)
        for row in UsualWage.objects.select_related("occupation").iterator(PORTION)
    }
    looked = list(_looked_at(Demand.objects.filter(state=Demand.State.SUBMITTED, doubts__isnull=True), usual))
    plain = [one.pk for one in looked if not one.is_doubtful]
    for start in range(0, len(plain), PORTION):
        part = Demand.objects.filter(pk__in=plain[start : start + PORTION])
        part.update(doubts=[], is_doubtful=False)
    doubtful = [one for one in looked if one.is_doubtful]
    Demand.objects.bulk_update(doubtful, ("doubts", "is_doubtful"), batch_size=PORTION)
    note_rows(len(looked))
    return len(looked)


def doubted(demand: Demand) -> dict[str, Any]:
    """Return the columns that keep what is doubtful about a post as it stands now."""
    return as_kept(doubts_about(demand, usual_for(demand)))


def keep_doubts(demand: Demand) -> None:
    """Keep what is doubtful about a post within the verb that runs; a warning is no new version."""
    columns = doubted(demand)
    Demand.objects.filter(pk=demand.pk).update(**columns)
    vars(demand).update(columns)


def _wages(day: dt.date) -> dict[str, list[int]]:
    """Return the mean pay of each employer, by code of the occupation and of its middle class."""
    checked = Q(state=Demand.State.APPROVED) | (
        Q(state=Demand.State.CLOSED, approved_at__isnull=False) & ~Q(close_reason=Demand.CloseReason.UNTRUE)
    )
    rows = (
        Demand.objects.filter(checked, collected_on__gt=day - COUNTED_FOR)
        .order_by()
        .values_list("occupation__code", "employer_id")
        .annotate(mean=Avg((F("wage_low_fen") + F("wage_high_fen")) / 2))
    )
    wages: dict[str, list[int]] = {}
    middle: dict[tuple[str, int], list[int]] = {}
    for code, employer, mean in rows.iterator(5000):
        wages.setdefault(code, []).append(round(mean))
        middle.setdefault((code[:MIDDLE], employer), []).append(round(mean))
    for (code, _employer), means in middle.items():
        wages.setdefault(code, []).append(sum(means) // len(means))
    return wages


def _row(occupation: int, usual: Usual, day: dt.date) -> UsualWage:
    return UsualWage(
        occupation_id=occupation,
        employers=usual.employers,
        low_fen=usual.low,
        middle_fen=usual.middle,
        high_fen=usual.high,
        counted_on=day,
    )


def _looked_at(demands: QuerySet[Demand], usual: dict[str, Usual]) -> Iterator[Demand]:
    for demand in demands.select_related("occupation").order_by("pk")[:MOST]:
        code = demand.occupation.code
        found = doubts_about(demand, usual.get(code) or usual.get(code[:MIDDLE]))
        vars(demand).update(as_kept(found))
        yield demand
