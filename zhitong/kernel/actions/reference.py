"""Reference data: divisions, classifications and the tree of places, loaded once into an empty installation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..action import action, note_rows
from ..bulk import bulk_load
from ..errors import Refusal
from ..models import Account, Org, OrgRegion

Table = tuple[type[models.Model], Sequence[str], Sequence[tuple[Any, ...]]]


@action(at=None, title=_("载入基础数据"))
def load_reference(*, by: Account, tables: Sequence[Table]) -> int:
    """Store whole tables of reference data, in their order, and return the number of rows.

    Refuses when one of them holds rows already: reference data is loaded once and then changed by verbs.
    """
    for model, _columns, _rows in tables:
        if model._base_manager.exists():
            raise Refusal("reference_loaded_already", _("基础数据已经载入过。"), table=model._meta.label)
    count = sum(bulk_load(model, columns, rows) for model, columns, rows in tables)
    note_rows(count)
    return count


@action(at=None, title=_("载入组织体系"))
def load_orgs(
    *,
    by: Account,
    columns: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
    manages: Mapping[int, Sequence[int]],
) -> int:
    """Store a prepared tree of organisations with the divisions that each manages; returns their number."""
    if Org.objects.filter(kind=Org.Kind.CITY_BUREAU).exists():
        raise Refusal("orgs_loaded_already", _("组织体系已经载入过。"))
    count = bulk_load(Org, columns, rows)
    pairs = ((org, region) for org, regions in manages.items() for region in regions)
    bulk_load(OrgRegion, ("org_id", "region_id"), pairs)
    note_rows(count)
    return count
