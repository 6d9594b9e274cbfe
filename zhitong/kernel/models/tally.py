"""Counts that the database keeps by itself, so that a page reads a sum instead of a million rows."""

from __future__ import annotations

from typing import Any, ClassVar

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from .placed import Reached


def _counted_place(label: Any) -> Any:
    """Return a place column that refers without a constraint: the counted row's own holds it."""
    return models.ForeignKey(
        "kernel.Org",
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
        verbose_name=label,
    )


class Tally(Reached):
    """So many rows more, or fewer, that share their values in the columns counted by.

    Inner ``class Counted`` names the model counted (``of``, a label) and its columns (``by``, attribute names
    that both models have). The number of rows is the sum of ``many``: a change appends what it adds and takes
    away, so that two at once never wait for each other, and ``kernel.tallies.fold`` sums up now and then. Triggers
    write it in the transaction of the change itself; nobody else does.
    """

    city = _counted_place(_("市"))
    county = _counted_place(_("县（市、区）"))
    town = _counted_place(_("乡镇（街道）"))
    village = _counted_place(_("村（社区）"))
    many = models.IntegerField(_("数量"))

    class Meta:
        abstract = True

    Counted: ClassVar[Any]

    def __str__(self) -> str:
        return f"{self.many:+d}"


def tallies_of(*counted: type[models.Model]) -> list[type[Tally]]:
    """Return the tallies of these models, or all there are."""
    labels = {model._meta.label for model in counted}
    return [
        model
        for model in apps.get_models()
        if issubclass(model, Tally) and (not labels or model.Counted.of in labels)
    ]
