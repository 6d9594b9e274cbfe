"""Placements: made from what employers accepted, and received by a station."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.action import action, note_move, note_rows
from zhitong.kernel.errors import Faster, Refusal
from zhitong.kernel.models import Account, Org, Region, in_place
from zhitong.matching.models import Offer

from ..models import Placement, RetentionCheck
from .leaving import UNANSWERED
from .standing import city_of, waiting

AT_ONCE = 500
STANDING = (Placement.State.AWAITED, Placement.State.ARRIVED)


@action(at="offer", title=_("登记安置"), about=Placement)
def place_worker(*, by: Account, offer: Offer) -> Placement:
    """Make the placement of an accepted offer; a second time returns the first one."""
    held = Offer.objects.select_for_update(of=("self",)).select_related("demand__region").get(pk=offer.pk)
    placed = Placement.objects.filter(offer=held).first()
    if placed is not None:
        return placed
    if held.state != Offer.State.ACCEPTED or held.released_at is not None:
        raise Refusal("not_accepted", _("用人单位录用以后才能登记安置。"))
    try:
        with transaction.atomic():
            return Placement.objects.create(**_columns(held))
    except IntegrityError:
        raise Refusal("placed_already", _("他还在另一个岗位上，要先登记离岗。")) from None


@action(at=None, title=_("补登安置"))
def place_accepted_offers(*, by: Account) -> int:
    """Make the placements of accepted offers whose news was lost; return how many were made.

    Whoever still stands at another post waits until he has left it, and keeps nobody behind him from being placed.
    """
    elsewhere = Placement.objects.filter(worker=OuterRef("worker"), state__in=STANDING)
    accepted = Offer.objects.taken().filter(state=Offer.State.ACCEPTED, placement=None)
    lost = accepted.exclude(Exists(elsewhere)).order_by("pk")
    count = sum(_placed(by, offer) for offer in lost[:AT_ONCE])
    note_rows(count)
    return count


@action(at="placement", title=_("指定接收站"))
def assign_station(*, by: Account, placement: Placement, station: Org) -> Placement:
    """Name the station that receives the worker: one of the city where the post is."""
    held = waiting(placement, *STANDING, Placement.State.MISSED)
    _receives(station, held)
    before = held.station
    claimed = Placement.objects.filter(pk=held.pk, station=before, state=held.state)
    if not claimed.update(station=station):
        raise Faster
    RetentionCheck.objects.filter(placement=held, state__in=UNANSWERED).update(station=station)
    note_move(held, "station", before, station)
    held.station = station
    return held


def station_for(offer: Offer) -> Org | None:
    """Return the station that receives: one in the post's city, the worker's own county's first, else the city's."""
    here = _stations_at(offer.demand.region).filter(city=offer.city_id)
    own = here.filter(county=offer.county_id).order_by("pk").first()
    return own or here.order_by("county_id", "pk").first()


def stations_for(placement: Placement) -> QuerySet[Any]:
    """Return the stations that may receive: all that stand in the city of the post."""
    return _stations_at(placement.demand.region)


def _stations_at(region: Region) -> QuerySet[Any]:
    here = {region.pk, city_of(region).pk}
    return Org.objects.standing().filter(kind=Org.Kind.STATION, host_city__in=here)


def _placed(by: Account, offer: Offer) -> int:
    try:
        place_worker(by=by, offer=offer)
    except Refusal:
        return 0
    return 1


def _columns(offer: Offer) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "offer": offer,
        "worker_id": offer.worker_id,
        "demand_id": offer.demand_id,
        "employer_org_id": offer.employer_org_id,
        "station": station_for(offer),
        "expected_on": max(offer.demand.begins_on, today),
        "is_sample": offer.is_sample,
        **in_place(offer),
    }


def _receives(station: Org, placement: Placement) -> None:
    if station.kind != Org.Kind.STATION or station.closed_on is not None:
        raise Refusal("not_a_station", _("请选一个正在运行的劳务协作站。"), field="station")
    if not stations_for(placement).filter(pk=station.pk).exists():
        city = city_of(placement.demand.region)
        sentence = _("岗位在%(city)s，请选驻在那里的劳务协作站。") % {"city": city.name}
        raise Refusal("other_city", sentence, field="station")
