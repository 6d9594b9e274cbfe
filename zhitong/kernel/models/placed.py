"""Rows that stand somewhere in the tree of organisations, and the question who may read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from .account import Account

PLACE_COLUMNS = ("city", "county", "town", "village")


class ReachQuerySet(models.QuerySet[Any]):
    """Rows that are shown to people: every chain begins with ``visible_to``."""

    def visible_to(self, actor: Account | None) -> Self:
        """Return the rows that the actor may read, by the grants that they hold today."""
        from zhitong.kernel.access import readable

        return self.filter(readable(self.model, actor))

    def active(self) -> Self:
        """Return the rows of which more is expected: their state is neither final nor one of ``RESTING``.

        Rows without states belong to another row and expect nothing themselves.
        """
        moves: dict[str, tuple[str, ...]] = getattr(self.model, "MOVES", {})
        resting = getattr(self.model, "RESTING", ())
        if not moves:
            return self.none()
        return self.filter(state__in=[one for one, to in moves.items() if to and one not in resting])


class Reached(models.Model):
    """A row with a reach: inner ``class Reach`` says to whom it belongs (see ``kernel.access``)."""

    objects: ClassVar = ReachQuerySet.as_manager()

    class Meta:
        abstract = True


def _place_key(label: Any) -> Any:
    return models.ForeignKey(
        "kernel.Org",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=label,
    )


class Placed(Reached):
    """A row in the care of a place: one column for each level, so that scope is an equality."""

    city = _place_key(_("市"))
    county = _place_key(_("县（市、区）"))
    town = _place_key(_("乡镇（街道）"))
    village = _place_key(_("村（社区）"))

    class Meta:
        abstract = True


def in_place(where: Placed) -> dict[str, int | None]:
    """Return the level columns of a row that stands in the same care as ``where``, an organisation or a row."""
    return {f"{name}_id": getattr(where, f"{name}_id") for name in PLACE_COLUMNS}


def counting_indexes(noun: str, *columns: str) -> list[models.Index]:
    """Return the indexes from which rows are counted by place: each level below the one above it."""
    steps = (("city", "county"), ("county", "town"), ("town", "village"))
    return [
        models.Index(fields=[above, below, *columns], name=f"{noun}_{above}_counts") for above, below in steps
    ]


def place_of(*rows: models.Model | None) -> dict[str, int | None]:
    """Return the level columns of the first of the rows that stands somewhere."""
    nowhere: dict[str, int | None] = {f"{name}_id": None for name in PLACE_COLUMNS}
    places = (_level_columns(row) for row in rows if row is not None)
    return next((one for one in places if any(one.values())), nowhere)


def _level_columns(row: models.Model) -> dict[str, int | None]:
    """Return a row's own level columns, or those of the organisation that it names as ``stands_at``."""
    holder = getattr(row, "stands_at", None) or row
    return {f"{name}_id": getattr(holder, f"{name}_id", None) for name in PLACE_COLUMNS}
