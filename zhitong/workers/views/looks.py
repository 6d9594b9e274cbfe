"""Pages that show people beside what they are about: opening one is a look at each of them."""

from __future__ import annotations

from collections.abc import Iterable

from zhitong.kernel import access
from zhitong.kernel.actions import note_reading
from zhitong.kernel.models import Account, Record

from ..models import Worker


def note_looks(reader: Account, people: Iterable[Worker | None]) -> None:
    """Leave a line with each person whom a page shows, unless the same reader looked a moment ago."""
    for one in people:
        if one is None or Record.objects.visible_to(reader).read_lately(one, reader):
            continue
        if access.may(reader, "note_reading", one):
            note_reading(by=reader, row=one, purpose="page")
