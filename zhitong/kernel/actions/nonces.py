"""Numbers of submissions are kept while a device may send again, and no longer."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..action import action, note_rows
from ..models import Account, Nonce

AT_ONCE = 20_000
"""So many go in one transaction, so that others need not wait for it."""


@action(at=None, title=_("清理用过的提交编号"))
def drop_old_nonces(*, by: Account) -> int:
    """Delete numbers of submissions whose days are over, a portion at a time, and return how many went."""
    old = Nonce.objects.filter(used_at__lt=timezone.now() - settings.NONCE_KEPT)
    last = old.order_by("used_at").values_list("used_at", flat=True)[AT_ONCE - 1 : AT_ONCE].first()
    count, _by_model = (old if last is None else old.filter(used_at__lte=last)).delete()
    note_rows(count)
    return count
