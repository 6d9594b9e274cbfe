"""What must be true of the kernel's rows, and of every row that stands somewhere."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from cryptography.exceptions import InvalidTag
from django.apps import apps
from django.core.files.storage import Storage, default_storage
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from .action import label_of
from .chain import breaks, changed_people
from .integrity import invariant
from .models import Attachment, Org, OrgRegion, Placed, Record, Region, RegionCode
from .models.placed import PLACE_COLUMNS
from .models.tally import tallies_of
from .privacy import BlindIndexField, Sealed, SealedField, blind_index
from .tallies import disagreements, is_kept

SAMPLE = 50
"""Sealed values opened at each end of a table."""

KEYS = tuple(f"{name}_id" for name in PLACE_COLUMNS)
Place = tuple[int | None, ...]


@invariant(_("办理记录应当首尾相接，没有改动和缺失"))
def record_is_unbroken() -> Iterator[str]:
    """Yield the positions at which the chain of the record does not hold."""
    for one in breaks():
        yield f"{one.position} ({one.kind})"


@invariant(_("名单记录里的人应当和导出时一致"))
def people_of_lines_are_whole() -> Iterator[models.Model]:
    """Yield the lines about many people whose set was changed."""
    yield from changed_people()


@invariant(_("组织应当位于上级所在的地方"))
def orgs_stand_below_their_parents() -> Iterator[str]:
    """Yield organisations whose level columns do not follow from their parent and kind."""
    places: dict[int, Place] = {}
    rows = list(Org.objects.values_list("pk", "parent", "kind", *KEYS))
    for number, _parent, _kind, *place in rows:
        places[number] = tuple(place)
    for number, parent, kind, *place in rows:
        expected = list(places.get(parent, (None,) * len(KEYS)))
        if kind in Org.PLACE_KINDS:
            expected[PLACE_COLUMNS.index(Org.LEVELS[kind])] = number
        if place != expected:
            yield f"kernel.Org:{number}"


@invariant(_("每一行所在的市、县、乡镇、村应当和组织体系一致"))
def rows_stand_where_the_tree_says() -> Iterator[str]:
    """Yield each combination of level columns that no place of the tree has, with a row that bears it.

    Counts by the combinations, of which there are few, not by the rows.
    """
    tree = {
        (Org.LEVELS[kind], number): tuple(place)
        for number, kind, *place in Org.objects.places().values_list("pk", "kind", *KEYS)
    }
    for model in _models():
        if not issubclass(model, Placed) or model in (Org, Record):
            continue
        for place in model._base_manager.order_by().values_list(*KEYS).distinct():
            if any(place) and tree.get(_deepest(place)) != place:
                row = model._base_manager.filter(**dict(zip(KEYS, place, strict=True))).first()
                yield str(place) if row is None else label_of(row)


def _deepest(place: Place) -> tuple[str, int | None]:
    depth = max(index for index, key in enumerate(place) if key is not None)
    return PLACE_COLUMNS[depth], place[depth]


@invariant(_("现行区划在每一类组织里应当只有一个管理者，而且没有撤销"))
def regions_have_one_manager_of_a_kind() -> Iterator[str]:
    """Yield standing divisions with two managers of one kind, or with a closed one."""
    standing = OrgRegion.objects.filter(region__ended_on=None)
    pairs = Counter(standing.values_list("region", "org__kind"))
    yield from (f"kernel.Region:{region} ({kind})" for (region, kind), many in pairs.items() if many > 1)
    for region in standing.exclude(org__closed_on=None).values_list("region", flat=True):
        yield f"kernel.Region:{region}"


@invariant(_("现行区划的代码应当在代码沿革里有效"))
def regions_bear_their_codes() -> Iterator[models.Model]:
    """Yield standing divisions whose code is not the one that is valid in their history."""
    codes = RegionCode.objects.filter(region=models.OuterRef("pk"), code=models.OuterRef("code"))
    valid = models.Exists(codes.filter(valid_until=None))
    yield from Region.objects.standing().exclude(valid).iterator(2000)


@invariant(_("数据库应当有全部索引和约束"))
def indexes_stand() -> Iterator[str]:
    """Yield the indexes and constraints that the models declare and the database lacks."""
    for model in _models():
        held = _indexes_and_constraints(model._meta.db_table)
        for one in (*model._meta.indexes, *model._meta.constraints):
            if one.name not in held:
                yield f"{model._meta.db_table}.{one.name}"


def _indexes_and_constraints(table: str) -> set[str]:
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            return set(connection.introspection.get_constraints(cursor, table))
        # The framework's own reading of SQLite's tables stumbles over checks with lists in them.
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE tbl_name = %s", [table])
        rows = cursor.fetchall()
    return {name for name, _sql in rows} | set(
        re.findall(r'CONSTRAINT "(\w+)"', str([sql for _name, sql in rows]))
    )


@invariant(_("数据库自己记的数应当和逐行数出来的一致"))
def tallies_agree_with_the_rows() -> Iterator[str]:
    """Yield tallies that nothing keeps any more, and the values of which they say another number than the rows."""
    for tally in tallies_of():
        if not is_kept(tally):
            yield tally._meta.label
        yield from disagreements(tally)


@invariant(_("加密的内容应当能用现在的密钥打开，并和检索值一致"))
def sealed_values_open() -> Iterator[models.Model]:
    """Yield rows at either end of each table whose sealed values do not open, or belong to another index."""
    for model in _models():
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedField):
                filled = model._base_manager.exclude(**{field.name: None})
                ends = {row.pk: row for way in ("pk", "-pk") for row in filled.order_by(way)[:SAMPLE]}
                yield from (row for row in ends.values() if not _opens(row, field))


def _opens(row: models.Model, field: SealedField) -> bool:
    value: Sealed = getattr(row, field.attname)
    try:
        index = blind_index(value.open(), value.kind)
    except InvalidTag:
        return False
    indexes = [
        one for one in row._meta.concrete_fields if isinstance(one, BlindIndexField) and one.of == field.name
    ]
    return all(getattr(row, one.attname) == index for one in indexes)


@invariant(_("附件应当都在，而且没有改动"))
def attachments_are_whole() -> Iterator[models.Model]:
    """Yield attachments whose file is missing or differs from its digest."""
    for one in Attachment.objects.order_by("pk").iterator(500):
        if not default_storage.exists(str(one.file.name)) or _digest(one) != one.digest:
            yield one


def _digest(attachment: Attachment) -> str:
    with attachment.file.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@invariant(_("附件目录里不应当有不属于任何记录的文件"))
def no_file_is_left_over() -> Iterator[str]:
    """Yield stored files that no attachment names: what a failed upload left behind."""
    known = set(Attachment.objects.values_list("file", flat=True))
    yield from (path for path in _files(default_storage, "attachments") if path not in known)


def _files(storage: Storage, folder: str) -> Iterator[str]:
    if not storage.exists(folder):
        return
    folders, files = storage.listdir(folder)
    yield from (f"{folder}/{name}" for name in sorted(files))
    for name in sorted(folders):
        yield from _files(storage, f"{folder}/{name}")


def _models() -> list[Any]:
    """Return every model of the project."""
    return [model for model in apps.get_models() if model.__module__.startswith("zhitong.")]
