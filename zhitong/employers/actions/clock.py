"""What the installation's clock does to posts."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy

from zhitong.kernel.action import action, note_rows
from zhitong.kernel.models import Account

from ..models import Demand
from .demand import close_all


@action(at=None, title=gettext_lazy("关闭过期岗位"))
def close_stale_demands(*, by: Account) -> int:
    """Close posts whose validity is over, and open ones that nobody confirmed for too long; returns how many.

    Done a second time on a day it finds nothing left to close.
    """
    today = timezone.localdate()
    expired = close_all(Demand.objects.expired(today), Demand.CloseReason.EXPIRED)
    stale = close_all(Demand.objects.stale(today - settings.DEMAND_STALE_AFTER), Demand.CloseReason.STALE)
    note_rows(expired + stale)
    return expired + stale
