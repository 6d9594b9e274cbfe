"""The register written as an organisation used to send it: its headings, its order, its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from zhitong.kernel.models import Account
from zhitong.kernel.web import Column
from zhitong.kernel.web.layout import matched
from zhitong.kernel.web.show import NOTHING, NUMBER, shown

from ..importing.fields import WORDS, first_word
from ..models import Layout, Worker

PATHS = {
    "name": "name", "id_number": "id_number", "telephone": "telephone", "birth_on": "birth_on", "sex": "sex",
    "education": "education", "town": "town.place_name", "village": "village.place_name", "role": "household_role",
    "status": "status", "work_city": "work_region",
}  # fmt: skip


def columns_in(layout: Layout) -> tuple[Column, ...]:
    """Return the columns of a layout, those that we do not keep empty; numbers leave masked as in every export."""
    return tuple(_column(heading, field, layout.words.get(field) or {}) for heading, field in layout.columns)


def _column(heading: str, field: str, words: Mapping[str, Any]) -> Column:
    if not field and matched([heading], {"number": NUMBER}) == ["number"]:
        return Column(NUMBER.value, heading)
    written = _writer(field, words)
    return Column(written, heading, export=written)


def with_layout(actor: Account, rows: QuerySet[Worker]) -> QuerySet[Worker]:
    """Return the rows with what a layout may show beside them."""
    heads = Worker.objects.visible_to(actor).filter(household_role=Worker.HouseholdRole.HEAD)
    head = heads.filter(household=OuterRef("household"))
    return rows.annotate(head_name=Subquery(head.values("name")[:1])).prefetch_related(
        "skills__occupation", "priorities__group"
    )


def _writer(field: str, words: Mapping[str, Any]) -> Callable[[Worker], Any]:
    theirs = {str(ours): word for word, ours in reversed(list(words.items()))}
    return partial(_written, field, theirs)


def _written(field: str, theirs: Mapping[str, str], worker: Worker) -> Any:
    """Return one cell in the layout's words."""
    if field in WORDS:
        value = getattr(worker, "household_role" if field == "role" else field)
        return theirs.get(str(value)) or first_word(field, value)
    text = _plain(field, worker)
    return theirs.get(text, text)


def _plain(field: str, worker: Worker) -> str:
    if field == "head":
        return getattr(worker, "head_name", None) or ""
    if field == "skill":
        return _("、").join(str(one.occupation) for one in worker.skills.all())
    if field == "priority":
        return _("、").join(str(one.group) for one in worker.priorities.all())
    text = shown(worker, PATHS[field]) if field in PATHS else ""
    return "" if text == NOTHING else text
