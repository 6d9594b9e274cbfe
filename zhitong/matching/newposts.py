"""Each day the saved searches are held against the posts that came since, and whoever has new ones is told."""

from __future__ import annotations

import datetime as dt

import structlog
from django.utils import timezone

from zhitong.employers.models import Demand
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account

from .actions import tell_new_posts
from .frames.codes import Codes
from .frames.seeking import codes_of_seeking, ranked
from .models import SavedSearch
from .seeking import Wanted, candidates, open_posts

log = structlog.get_logger(__name__)
PORTION = 200


def tell_all_new_posts() -> int:
    """Tell everyone whose saved searches found new posts that break no rule; return how many were told.

    Done a second time on a day it tells nobody again. A search that cannot be told is left for the next day.
    """
    day, system, codes, told = timezone.localdate(), Account.objects.system(), codes_of_seeking(), 0
    newest = _newest(day)
    due = SavedSearch.objects.due(day).filter(told_until__lt=newest) if newest else SavedSearch.objects.none()
    for number in list(due.order_by("worker", "pk").values_list("pk", flat=True)):
        search = (
            SavedSearch.objects.due(day).filter(pk=number).select_related("worker__city", "region").first()
        )
        if search is not None:
            told += _told(system, search, day, codes)
    return told


def new_posts(search: SavedSearch, day: dt.date, codes: Codes | None = None) -> tuple[int, ...]:
    """Return the posts approved since the search was last told of that suit its worker, best first."""
    since = open_posts(Demand.objects.filter(approved_at__gt=search.told_until), day)
    keys = candidates(since, wanted_of(search), search.worker)
    return tuple(ranked(search.worker, keys, day, codes).keys(only_fitting=True)) if keys else ()


def wanted_of(search: SavedSearch) -> Wanted:
    """Return what a saved search asks for."""
    return Wanted(
        words=search.words,
        region=search.region,
        wage_least_fen=search.wage_least_fen,
        has_dormitory=search.has_dormitory,
        begins_by=search.begins_by,
    )


def _newest(day: dt.date) -> dt.datetime | None:
    found: dt.datetime | None = (
        Demand.objects.filter(state=Demand.State.APPROVED, approved_at__isnull=False)
        .order_by("-approved_at")
        .values_list("approved_at", flat=True)
        .first()
    )
    return found


def _told(system: Account, search: SavedSearch, day: dt.date, codes: Codes) -> bool:
    posts = new_posts(search, day, codes)[:PORTION]
    if not posts:
        return False
    try:
        tell_new_posts(by=system, search=search, posts=posts)
    except Refusal as no:
        log.info("new_posts_not_told", search=search.pk, code=no.code)
        return False
    return True
