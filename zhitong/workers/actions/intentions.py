"""What a worker wants."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.action import action
from zhitong.kernel.errors import Faster, Refusal
from zhitong.kernel.models import Account, Occupation
from zhitong.kernel.state import change

from ..models import Intention, Worker
from .facts import Wish, one_of, read_city
from .standing import on_register

MOST_WAGE_FEN = 10_000_000
LATEST_START = dt.timedelta(days=366)
ORDER = ("first", "second", "third")
OCCUPATION_LEVEL = 4


@action(at="worker", title=_("登记求职意向"), about=Intention)
def state_intention(*, by: Account, worker: Worker, wish: Wish, seen: int | None = None) -> Intention:
    """Write down what the worker wants, in place of what he wanted before.

    ``seen`` is the version of the intention that the actor changes. The wage floor is whole fen a month.
    """
    worker = on_register(worker)
    columns = _columns(wish)
    known = Intention.objects.filter(worker=worker).first()
    if known is not None:
        return change(known, seen, **columns)
    try:
        with transaction.atomic():
            return Intention.objects.create(worker=worker, **columns)
    except IntegrityError:
        raise Faster from None


def _columns(wish: Wish) -> dict[str, Any]:
    for occupation in wish.occupations:
        narrow(occupation, "occupations")
    for city in wish.cities:
        read_city("cities", city)
    if not 0 <= wish.wage_floor_fen <= MOST_WAGE_FEN:
        sentence = _("最低月工资应在0到10万元之间，请核对。")
        raise Refusal("wage_implausible", sentence, field="wage_floor_fen")
    return {
        **_ranked("occupation", "occupations", wish.occupations),
        **_ranked("region", "cities", wish.cities),
        "anywhere": wish.anywhere or not wish.cities,
        "earliest_on": _start(wish.earliest_on),
        "wage_floor_fen": wish.wage_floor_fen,
        "goes_with": one_of("goes_with", wish.goes_with, Intention.GoesWith.values),
        "needs_dormitory": wish.needs_dormitory,
        "stated_on": timezone.localdate(),
    }


def narrow(occupation: Occupation, field: str) -> Occupation:
    """Return the occupation when it is one of the classification's lowest level."""
    if occupation.level != OCCUPATION_LEVEL:
        sentence = _("“%(name)s”是一个大类，请选到具体职业。") % {"name": occupation.name}
        raise Refusal("occupation_too_broad", sentence, field=field)
    return occupation


def _ranked(name: str, field: str, wished: Sequence[models.Model]) -> dict[str, models.Model | None]:
    """Return the three columns of an ordered wish."""
    if len(wished) > len(ORDER):
        raise Refusal("too_many_wishes", _("最多填三项。"), field=field)
    if len({row.pk for row in wished}) != len(wished):
        raise Refusal("wished_twice", _("同一项只填一次。"), field=field)
    filled = [*wished, None, None, None]
    return {f"{place}_{name}": filled[rank] for rank, place in enumerate(ORDER)}


def _start(earliest_on: dt.date | None) -> dt.date:
    today = timezone.localdate()
    if earliest_on is not None and earliest_on > today + LATEST_START:
        raise Refusal("start_too_late", _("最早可出发日期请填一年以内。"), field="earliest_on")
    return earliest_on or today
