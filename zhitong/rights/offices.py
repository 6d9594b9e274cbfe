"""Which offices somebody may choose from, and at which bureau a question is counted; all of them are public."""

from __future__ import annotations

from django.db.models import QuerySet

from zhitong.kernel.models import Account, Org

from .holes import own_record
from .models import Hotline


def counties() -> QuerySet[Org]:
    """Return the county bureaus in the order of their names."""
    rows: QuerySet[Org] = (
        Org.objects.standing().filter(kind=Org.Kind.COUNTY_BUREAU).order_by("name_key", "pk")
    )
    return rows


def county_of(actor: Account | None, chosen: Org | None) -> Org | None:
    """Return the county whose answers somebody reads: that of his own entry, else the one that he chose."""
    worker = own_record(actor)
    return chosen if worker is None else worker.county


def counting_place(county: Org | None) -> Org | None:
    """Return the bureau at which a question is counted: the county, else the city where there is one alone."""
    if county is not None:
        return county
    cities = list(Org.objects.standing().filter(kind=Org.Kind.CITY_BUREAU)[:2])
    return cities[0] if len(cities) == 1 else None


def hotlines_for(county: Org | None) -> list[Hotline]:
    """Return the public telephones that help somebody of a county: its own and the city's."""
    rows = Hotline.objects.select_related("org").filter(org__closed_on=None).order_by("-org__county", "pk")
    ours = rows.filter(org__kind=Org.Kind.CITY_BUREAU)
    return list(ours if county is None else ours | rows.filter(org=county))
