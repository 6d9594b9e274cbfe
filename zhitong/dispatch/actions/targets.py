"""How far targets are: counted by the clock for all of them."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.employers.models import Target
from zhitong.kernel.action import action, note_rows
from zhitong.kernel.models import Account, in_place

from ..counting import progress_of
from ..models import TargetProgress


@action(at=None, title=_("统计岗位目标进展"))
def count_targets(*, by: Account) -> int:
    """Count for every target what became of the posts that it counts; return how many targets there are."""
    today, now = timezone.localdate(), timezone.now()
    targets = list(Target.objects.select_related("org").order_by("pk"))
    for one in targets:
        known = {
            "org": one.org, "begins_on": one.begins_on, "ends_on": one.ends_on, "seats": one.seats,
            "counted_at": now, **in_place(one), **progress_of(one, today),
        }  # fmt: skip
        TargetProgress.objects.update_or_create(target=one, defaults=known)
    note_rows(len(targets))
    return len(targets)
