"""Notes in the record that change nothing else."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..action import action
from ..models import Account, Record


@action(at="row", title=_("查看资料"), keeps=("purpose",))
def note_reading(*, by: Account, row: models.Model, purpose: str) -> models.Model:
    """Leave a line that somebody opened a person's record, and for what."""
    return row


@action(at="row", title=_("把以往记录交给本人"))
def claim_lines(*, by: Account, row: models.Model, account: Account) -> models.Model:
    """Let a person whose entry was made by others read the lines that concern him from before."""
    Record.objects.concerning(row).filter(concerns_account=None).update(concerns_account=account)
    return row
