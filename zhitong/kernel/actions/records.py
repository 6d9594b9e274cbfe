"""Notes in the record that change nothing else."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..action import action
from ..models import Account


@action(at="row", title=_("查看资料"), keeps=("purpose",))
def note_reading(*, by: Account, row: models.Model, purpose: str) -> models.Model:
    """Leave a line that somebody opened a person's record, and for what."""
    return row
