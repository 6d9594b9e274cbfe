"""How far targets are: kept by the clock for all of them."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.employers.models import Target
from zhitong.kernel.action import action, note_rows
from zhitong.kernel.models import Account, in_place

from ..models import TargetProgress


@action(at=None, title=_("统计岗位目标进展"))
def count_targets(*, by: Account, found: Mapping[int, Mapping[str, int]]) -> int:
    """Keep for every target what became of the posts that it counts, as ``counting.progress_of_all`` found it.

    Counting takes seconds for each and comes before, while nobody waits. Return how many targets were kept; one that
    was set meanwhile has its turn the next time.
    """
    now = timezone.now()
    targets = list(Target.objects.select_related("org").filter(pk__in=found).order_by("pk"))
    for one in targets:
        known = {
            "org": one.org, "begins_on": one.begins_on, "ends_on": one.ends_on, "seats": one.seats,
            "counted_at": now, **in_place(one), **found[one.pk],
        }  # fmt: skip
        TargetProgress.objects.update_or_create(target=one, defaults=known)
    note_rows(len(targets))
    return len(targets)
