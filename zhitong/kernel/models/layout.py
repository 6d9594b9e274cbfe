"""The layouts in which organisations had their lists before, and have them again when they take one away."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..state import Versioned
from .account import Account
from .org import Org
from .placed import PLACE_COLUMNS, Placed, ReachQuerySet


class ListLayoutQuerySet(ReachQuerySet):
    """Questions about layouts of lists."""

    def standing(self) -> Self:
        """Return those that were not withdrawn."""
        return self.filter(state=ListLayout.State.KEPT)

    def of_list(self, name: str) -> Self:
        """Return those of the list that is ordered under this name."""
        return self.filter(listing=name)

    def kept_for(self, actor: Account) -> Self:
        """Return those of the organisations for which the actor acts, and of the places above them."""
        held = [one.org for one in actor.held if one.org is not None]
        above = {getattr(one, f"{level}_id") for one in held for level in PLACE_COLUMNS}
        return self.filter(org__in={one.pk for one in held} | (above - {None}))


class ListLayout(Placed, Versioned):
    """How an organisation writes one list: its own headings in its own order, each with our column.

    ``columns`` are pairs of heading and the key of our column (``Column.kept_as``), which is empty for a column
    that we do not keep. ``listing`` is the name under which the list is ordered (``kernel.lists``).
    """

    class State(models.TextChoices):
        KEPT = "kept", _("在用")
        WITHDRAWN = "withdrawn", _("已撤回")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {State.KEPT: (State.WITHDRAWN,), State.WITHDRAWN: ()}
    RESTING = (State.KEPT,)

    org = models.ForeignKey(Org, models.PROTECT, related_name="+", verbose_name=_("所属组织"))
    listing = models.CharField(_("名单"), max_length=120)
    name = models.CharField(_("名称"), max_length=60)
    columns: Any = models.JSONField(_("列对照"), default=list)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.KEPT)
    saved_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("保存人"))
    saved_at = models.DateTimeField(_("保存时间"), default=timezone.now)

    objects: ClassVar = ListLayoutQuerySet.as_manager()

    class Meta:
        verbose_name = _("导出版式")
        verbose_name_plural = _("导出版式")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["org", "listing", "name"], condition=Q(state="kept"), name="list_layout_once"
            )
        ]

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "version", "org", "listing", "name", "columns", "state",
            "saved_by", "saved_at",
        )  # fmt: skip

    class Reach:
        """Layouts hold headings and no people: whoever takes lists away may read anybody's."""

        places = ("",)
        ends: ClassVar[dict[str, str]] = dict.fromkeys(
            ("station", "department", "employer", "agency", "training_provider", "party"), "org"
        )
        public = True

    NAMED_BY = ("org",)

    def __str__(self) -> str:
        return f"{self.name}（{self.org.place_name}）"
