"""Where a round would bring people: a diagram drawn by the server, and the same numbers as a table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.models import Account, Org, Region
from zhitong.kernel.values import row_number
from zhitong.kernel.web import signed_in, visible_row
from zhitong.kernel.web.ribbons import Diagram, ribbons
from zhitong.kernel.web.verbs import actor_of

from ..models import Flow, Proposal, Round

MOST_CITIES = 14
"""Beyond so many cities the provinces are shown, each leading to its cities."""
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8A6D00", "#4D4D4D")
"""Distinct also to the colour-blind (Okabe and Ito, 2008); every band is named beside its colour."""
WIDE, NARROW = (960, 170, 460), (360, 90, 460)
"""Width, margin for labels, and height of all people together: for a desk and paper, and for a phone."""
SHORT = 5


@dataclass(frozen=True)
class Found:
    """Flows of a round by place and region as far as a reader sees them, and by which place column."""

    level: str
    counts: Counter[tuple[int, int]]


@signed_in
def round_flows(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show from where to where the proposals of a round would bring the people whom the reader answers for."""
    actor = actor_of(request)
    held: Round = visible_row(Round, actor, pk, "org")
    county = _county(actor, request.GET.get("county", ""))
    province = _province(actor, request.GET.get("province", ""))
    found = flows_of(actor, held, county)
    page = _Page(actor, held, found, county, province)
    context = {
        "title": _("%(place)s的匹配流向") % {"place": (county or held.org).place_name},
        "subtitle": str(held.held_on),
        "crumbs": page.crumbs(),
        "round": held,
        **page.context(),
    }
    return render(request, "matching/flows.html", context)


round_flows.about = Round  # type: ignore[attr-defined]


def flows_of(actor: Account, held: Round, county: Org | None = None) -> Found:
    """Return what the reader sees of a round's flows: by county where there are several, else by township.

    A village's own are few and counted as they stand; everything else was counted when the round was kept.
    """
    rows = Flow.objects.visible_to(actor).filter(round=held)
    rows = rows if county is None else rows.filter(county=county)
    several = county is None and len(set(rows.order_by().values_list("county_id").distinct()[:2])) > 1
    level = "county" if several else "town"
    grouped = rows.order_by().values_list(f"{level}_id", "region_id").annotate(n=Sum("many"))
    counts = Counter({(place, region): many for place, region, many in grouped if place})
    return Found(level, counts) if counts else _of_villages(actor, held)


def _of_villages(actor: Account, held: Round) -> Found:
    villages = [one.org for one in actor.held if one.org is not None and one.org.level == "village"]
    towns = {org.town_id for org in villages}
    rows = Proposal.objects.visible_to(actor).filter(round=held, town__in=towns).order_by()
    grouped = rows.values_list("village_id", "demand__region_id").annotate(n=Count("pk"))
    return Found("village", Counter({(place, region): many for place, region, many in grouped if place}))


class _Page:
    """One reader's view of the flows of a round."""

    def __init__(
        self, actor: Account, held: Round, found: Found, county: Org | None, province: Region | None
    ) -> None:
        self.actor, self.held, self.found = actor, held, found
        self.county, self.province = county, province
        regions = {region for _place, region in found.counts}
        self.regions = Region.objects.visible_to(actor).in_bulk(regions)
        self.places = Org.objects.visible_to(actor).in_bulk({place for place, _region in found.counts})
        self.provinces = self._provinces()
        self.shown, self.by_province = self._shown()

    def _provinces(self) -> dict[str, Region]:
        codes = {region.code[:2].ljust(12, "0") for region in self.regions.values()}
        rows = Region.objects.visible_to(self.actor).standing().filter(level=1, code__in=codes)
        return {one.code[:2]: one for one in rows}

    def _shown(self) -> tuple[Counter[tuple[int, int]], bool]:
        """Return the flows as they are shown: to cities, or to provinces where there would be too many."""
        counts = {
            pair: many for pair, many in self.found.counts.items() if pair[0] in self.places and self._within(pair[1])
        }  # fmt: skip
        cities = {region for _place, region in counts}
        if self.province is not None or len(cities) <= MOST_CITIES:
            return Counter(counts), False
        merged: Counter[tuple[int, int]] = Counter()
        for (place, region), many in counts.items():
            above = self.provinces.get(self.regions[region].code[:2])
            merged[place, region if above is None else above.pk] += many
        return merged, True

    def _within(self, region: int) -> bool:
        return self.province is None or self.regions[region].code[:2] == self.province.code[:2]

    def crumbs(self) -> list[tuple[str, str]]:
        name = _("%(place)s的匹配") % {"place": self.held.org.place_name}
        crumbs = [(name, reverse("round", args=[self.held.pk]))]
        if self.county is not None or self.province is not None:
            crumbs.append((_("流向"), reverse("round_flows", args=[self.held.pk])))
        return crumbs

    def context(self) -> dict[str, Any]:
        table = self._table()
        return {
            "table": table,
            "wide": self._drawn(table, *WIDE),
            "narrow": self._drawn(table, *NARROW, short=True),
            "level": {"county": _("县（市、区）"), "town": _("乡镇（街道）"), "village": _("村（社区）")}[
                self.found.level
            ],
            "by_province": self.by_province,
            "province": self.province,
        }

    def _region(self, key: int) -> Region:
        named = {one.pk: one for one in self.provinces.values()}
        return self.regions.get(key) or named[key]

    def _list_url(self, place: int | None, region: int | None) -> str:
        """Return the list of the proposals behind a number."""
        asked: dict[str, Any] = {"state": "all"}
        if place is not None and self.found.level != "village":
            asked[self.found.level] = place
        elif self.county is not None:
            asked["county"] = self.county.pk
        if region is not None:
            asked["region"] = self._region(region).code[:6]
        elif self.province is not None:
            asked["region"] = self.province.code[:6]
        return f"{reverse('proposals', args=[self.held.pk])}?{urlencode(asked)}"

    def _deeper(self, **asked: Any) -> str:
        known = {
            "county": self.county.pk if self.county else "",
            "province": self.province.code[:2] if self.province else "",
        } | asked
        return f"?{urlencode({name: value for name, value in known.items() if value})}"

    def _table(self) -> dict[str, Any]:
        """Return places down and regions across, the most frequent first, each number with its list."""
        lefts: Counter[int] = Counter()
        rights: Counter[int] = Counter()
        for (place, region), many in self.shown.items():
            lefts[place] += many
            rights[region] += many
        columns = [self._column(key, many) for key, many in rights.most_common()]
        rows = [self._row(key, many, columns, at) for at, (key, many) in enumerate(lefts.most_common())]
        return {"columns": columns, "rows": rows, "total": lefts.total(), "url": self._list_url(None, None)}

    def _column(self, key: int, many: int) -> dict[str, Any]:
        region = self._region(key)
        deeper = self._deeper(province=region.code[:2]) if self.by_province else ""
        name = region.short_name or region.name
        return {"key": key, "name": name, "many": many, "deeper": deeper, "url": self._list_url(None, key)}

    def _row(self, key: int, many: int, columns: list[dict[str, Any]], at: int) -> dict[str, Any]:
        deeper = self._deeper(county=key) if self.found.level == "county" else ""
        cells = [
            {"many": self.shown[key, one["key"]], "url": self._list_url(key, one["key"])} for one in columns
        ]
        return {
            "key": key, "name": self.places[key].place_name, "many": many, "deeper": deeper, "cells": cells,
            "url": self._list_url(key, None), "colour": COLOURS[at % len(COLOURS)],
        }  # fmt: skip

    def _drawn(
        self, table: dict[str, Any], width: int, margin: int, tall: int, short: bool = False
    ) -> dict[str, Any]:
        """Return the diagram with names, colours and addresses on it."""
        laid: Diagram = ribbons(
            ((place, region, many) for (place, region), many in self.shown.items()),
            width=width,
            margin=margin,
            tall=tall,
        )
        lefts = {row["key"]: row for row in table["rows"]}
        rights = {column["key"]: column for column in table["columns"]}
        return {
            "width": laid.width,
            "height": laid.height,
            "left_bar": margin,
            "right_bar": width - margin - 8,
            "left_text": margin - 6,
            "right_text": width - margin + 6,
            "left": [_labelled(end, lefts[end.key], short) for end in laid.left],
            "right": [_labelled(end, rights[end.key], short) for end in laid.right],
            "bands": [
                {
                    "path": band.path,
                    "many": band.many,
                    "colour": lefts[band.left]["colour"],
                    "from": lefts[band.left]["name"],
                    "to": rights[band.right]["name"],
                    "url": self._list_url(int(str(band.left)), int(str(band.right))),
                }
                for band in laid.bands
            ],
        }


def _labelled(end: Any, known: dict[str, Any], short: bool) -> dict[str, Any]:
    name = str(known["name"])
    name = f"{name[: SHORT - 1]}…" if short and len(name) > SHORT else name
    return {
        "top": end.top, "height": end.height, "middle": end.middle, "many": end.many, "name": name,
        "colour": known.get("colour", "#5b6875"), "url": known["url"],
    }  # fmt: skip


def _county(actor: Account, asked: str) -> Org | None:
    """Return the county whose townships are asked for; ``OutOfReach`` for one that the reader does not know."""
    if not asked:
        return None
    number = row_number(asked)
    found = (
        Org.objects.visible_to(actor).filter(pk=number, kind=Org.Kind.COUNTY_BUREAU).first()
        if number
        else None
    )
    if found is None:
        raise OutOfReach
    return found


def _province(actor: Account, asked: str) -> Region | None:
    """Return the province whose cities are asked for, by the first two figures of its code."""
    if not asked:
        return None
    rows = Region.objects.visible_to(actor).standing().filter(level=1, code=asked[:12].ljust(12, "0"))
    found: Region | None = rows.first()
    if found is None:
        raise OutOfReach
    return found
