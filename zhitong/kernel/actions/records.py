"""Notes in the record that change nothing else."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..action import action
from ..models import Account, Record


@action(at="row", title=_("查看资料"), keeps=("purpose",))
def note_reading(*, by: Account, row: models.Model, purpose: str) -> models.Model:
    """Leave a line that somebody opened a person's record, and for what."""
    return row


@action(at="row", title=_("把以往记录交给本人"))
def claim_lines(*, by: Account, row: models.Model, account: Account) -> models.Model:
    """Let a person whose entry was made by others read the lines that concern him from before.

    Lines of an account that was closed go to the one that took the entry over.
    """
    free = Q(concerns_account=None) | Q(concerns_account__is_active=False)
    lines = Record.objects.concerning(row).filter(free).order_by().values("pk")
    Record.objects.filter(pk__in=lines).update(concerns_account=account)
    return row
