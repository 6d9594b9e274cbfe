"""Seats that a round leaves empty: what would fill them, and where a class would bring people to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zhitong.kernel.web import Column, Detail, Listing, Panel, facts, page_of, panel
from zhitong.kernel.web.detail import Button

from ..forms import OpeningFilter, VacancyFilter
from ..models import ClassOpening, Leftover, Round, Vacancy
from ..tellings import SEAT_REASONS, remedies_in_words
from .proposals import post


def _to_round(held: Round) -> tuple[str, str]:
    return _("%(place)s的匹配") % {"place": held.org.place_name}, reverse("round", args=[held.pk])


def _training(row: ClassOpening) -> str:
    return str(row.certificate.name) if row.certificate is not None else _("学做这个工种")


def _share(row: ClassOpening) -> str:
    return f"{100 * row.placed // row.people}%"


def _first_remedy(row: Vacancy) -> str:
    told = remedies_in_words(row.remedies[:1])
    return told[0] if told else _("改变一项条件还招不来人")


class OpeningList(Listing):
    """Where an order-based class would bring people to seats, those first that place most for each trained."""

    model = ClassOpening
    parent: Any = Round
    title = pgettext_lazy("list", "订单班机会")
    columns = (
        Column("trade.name", gettext_lazy("工种"), main=True),
        Column(_training, gettext_lazy("要培训的")),
        Column("county.place_name", gettext_lazy("县（市、区）")),
        Column("people", gettext_lazy("只差这一样的人"), css="number"),
        Column("seats", gettext_lazy("等人的空缺"), css="number"),
        Column("placed", gettext_lazy("至少能上岗"), css="number", sort="placed"),
        Column(_share, gettext_lazy("每百名学员上岗"), css="number"),
    )
    order = "rank"
    filters = OpeningFilter
    related = ("trade", "certificate", "county")
    empty = gettext_lazy("没有只差一项培训就能上岗的人，或者没有等人的空缺。")

    def rows(self) -> QuerySet[Any]:
        """Return those of the round."""
        return super().rows().filter(round=self.parent)

    def crumbs(self) -> list[tuple[str, str]]:
        """Lead back to the round."""
        return [_to_round(self.parent)]


class OpeningDetail(Detail):
    """One class that could be opened: whom it would train, and to which seats it would bring them."""

    model = ClassOpening
    related = ("round__org", "trade", "certificate", "county")

    def title(self) -> str:
        """Name the trade."""
        return str(self.row.trade.name) if self.row.trade is not None else _("没有编码的岗位")

    def subtitle(self) -> str:
        """Say what would be trained, and where."""
        county = self.row.county.place_name if self.row.county is not None else ""
        return " · ".join(one for one in (_training(self.row), county) if one)

    def crumbs(self) -> list[tuple[Any, str]]:
        """Lead back to the round's list."""
        return [_to_round(self.row.round), (OpeningList.title, reverse("openings", args=[self.row.round_id]))]

    def panels(self) -> Iterable[Panel]:
        """Return the figures with the ways to the people and the posts behind them."""
        row = self.row
        people = Leftover.objects.visible_to(self.actor).filter(round=row.round_id, opening=row).count()
        yield panel(
            _("开班能带来什么"),
            "matching/opening.html",
            wide=True,
            opening=row,
            people=people,
            people_url=reverse("leftovers", args=[row.round_id]) + f"?opening={row.pk}",
            posts_url=reverse("vacancies", args=[row.round_id]) + f"?opening={row.pk}",
        )


class VacancyList(Listing):
    """The posts of which a round leaves seats empty, with why and the least change that would bring somebody."""

    model = Vacancy
    parent: Any = Round
    title = pgettext_lazy("list", "空缺岗位")
    columns = (
        Column("demand.title", gettext_lazy("岗位"), main=True),
        Column("demand.employer_org.name", gettext_lazy("用人单位")),
        Column("demand.region.name", gettext_lazy("工作城市")),
        Column("seats_left", gettext_lazy("空缺"), css="number", sort="seats_left"),
        Column(lambda row: SEAT_REASONS.get(row.reason, row.reason), gettext_lazy("为什么空着")),
        Column(_first_remedy, gettext_lazy("最小的改变")),
    )
    order = "-seats_left"
    filters = VacancyFilter
    related = ("demand__employer_org", "demand__region")
    empty = gettext_lazy("没有空着的名额。")

    def rows(self) -> QuerySet[Any]:
        """Return those of the round."""
        return super().rows().filter(round=self.parent)

    def crumbs(self) -> list[tuple[str, str]]:
        """Lead back to the round."""
        return [_to_round(self.parent)]


class VacancyDetail(Detail):
    """One post with empty seats: why, and what would fill them."""

    model = Vacancy
    related = ("round__org", "demand__employer_org", "demand__region", "demand__occupation")

    def title(self) -> str:
        """Name the post."""
        return str(self.row.demand.title)

    def subtitle(self) -> str:
        """Say how many seats stay empty, and why."""
        left = _("空缺%(seats)d人") % {"seats": self.row.seats_left}
        return f"{left} · {SEAT_REASONS.get(self.row.reason, self.row.reason)}"

    def crumbs(self) -> list[tuple[Any, str]]:
        """Lead back to the round's list."""
        return [
            _to_round(self.row.round),
            (VacancyList.title, reverse("vacancies", args=[self.row.round_id])),
        ]

    def buttons(self) -> Iterable[Button]:
        """Lead to the post itself."""
        url = page_of(self.row.demand)
        if url is not None:
            yield Button(_("岗位"), url, "demand")

    def panels(self) -> Iterable[Panel]:
        """Return why and what to do, and the post."""
        row = self.row
        yield panel(
            _("怎样能招到人"), "matching/vacancy.html", wide=True, remedies=remedies_in_words(row.remedies),
            lodges=row.demand.has_dormitory,
        )  # fmt: skip
        yield facts(
            _("空缺"), row, "seats_left", "candidates", (_("原因"), SEAT_REASONS.get(row.reason, row.reason))
        )
        yield post(row.demand, _("岗位"))
