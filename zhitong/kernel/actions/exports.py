"""Lists taken away."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ..action import action, note_rows
from ..models import Account, Org


@action(at="org", title=_("导出名单"), keeps=("list_name", "narrowed_by"))
def export_list(*, by: Account, org: Org, list_name: str, narrowed_by: str, row_count: int) -> Org:
    """Leave a line that somebody took a list away for an organisation: which, narrowed by what, how many rows."""
    note_rows(row_count)
    return org
