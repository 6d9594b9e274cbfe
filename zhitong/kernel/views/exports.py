"""Long lists that were taken away, fetched by whoever ordered them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from ..errors import OutOfReach
from ..files import as_download
from ..models import Export
from ..web import signed_in
from ..web.verbs import actor_of


@signed_in
def export(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give the spreadsheet to the one person for whom it was written, as long as it is kept."""
    row = Export.objects.visible_to(actor_of(request)).standing().filter(pk=pk).first()
    if row is None or not row.file.storage.exists(str(row.file.name)):
        raise OutOfReach
    return as_download(row)


export.about = Export  # type: ignore[attr-defined]
