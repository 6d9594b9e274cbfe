"""How fast every page answers for every role, in one process, with the city at the asked size."""

from __future__ import annotations

import math
import resource
from collections.abc import Callable, Iterator
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from zhitong.kernel.models import Account
from zhitong.kernel.web.paging import Order, Page, page_of_rows
from zhitong.site.commands.run import prepare
from zhitong.site.demo_accounts import ACCOUNTS
from zhitong.workers.models import Worker

ROUNDS = 20
FEW = 3
SLOW_MS = 2000
SEARCHED = 60
MOST_LOOKED_THROUGH = 100_000
LIBRARIES = ("/accounts/", "/api/", "/metrics", "/healthz")


def measure(*, scale: float, seed: int) -> dict[str, Any]:
    """Build the city, ask for every list and dashboard as every sample account, search, and return milliseconds."""
    settings.ALLOWED_HOSTS = ["*"]
    prepare(scale)
    rows = [row for account in _accounts() for row in _pages_of(account)]
    rows.sort(key=lambda row: -row["p95_ms"])
    searches = [row for account in _accounts() for row in _searches_of(account)]
    return {
        "database": connection.vendor,
        "scale": scale,
        "pages": len(rows),
        "p50_ms": _quantile([row["p50_ms"] for row in rows], 0.5),
        "worst_p95_ms": rows[0]["p95_ms"] if rows else None,
        "over_300_ms": [f"{row['role']} {row['page']}" for row in rows if row["p95_ms"] > 300],
        "rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "searches_over_50_ms": [f"{row['role']} {row['search']}" for row in searches if row["p95_ms"] > 50],
        "searches": searches,
        "each": rows,
    }


def _accounts() -> Iterator[Account]:
    for one in ACCOUNTS:
        yield from Account.objects.filter(username=one.username)


def _pages_of(account: Account) -> Iterator[dict[str, Any]]:
    client = Client()
    client.force_login(account)
    for page in sorted(set(addresses(get_resolver().url_patterns))):
        first = client.get(page)
        if first.status_code != 200:
            continue
        times = [_timed(client, page) for _round in range(FEW)]
        if max(times) < SLOW_MS:
            times += [_timed(client, page) for _round in range(ROUNDS - FEW)]
        yield {
            "role": account.username, "page": page, "requests": len(times),
            "p50_ms": _quantile(times, 0.5), "p95_ms": _quantile(times, 0.95),
        }  # fmt: skip


def _searches_of(account: Account) -> Iterator[dict[str, Any]]:
    """Search as this account for some people of its own, from what is typed to the rows, without a page around."""
    people = _some_people(account)
    for name, search in SEARCHES.items():
        for one in people[:1]:
            search(account, one)
        times = [_took(search, account, one) for one in people]
        if times:
            yield {
                "role": account.username, "search": name, "requests": len(times),
                "p50_ms": _quantile(times, 0.5), "p95_ms": _quantile(times, 0.95),
            }  # fmt: skip


def _some_people(account: Account) -> list[Worker]:
    within = Worker.objects.visible_to(account).active()
    numbers = list(within.values_list("pk", flat=True)[:MOST_LOOKED_THROUGH])
    some = numbers[:: max(len(numbers) // SEARCHED, 1)][:SEARCHED]
    return [one for one in within.filter(pk__in=some) if one.id_number and one.telephone]


def _by_name(account: Account, typed: str) -> Page:
    rows = Worker.objects.visible_to(account).active().named(typed).select_related("village")
    return page_of_rows(rows, Order("name_key", ("name_key",)), "", 50)


SEARCHES: dict[str, Callable[[Account, Worker], Any]] = {
    "name": lambda account, one: _by_name(account, one.name),
    "surname": lambda account, one: _by_name(account, one.name[0]),
    "pinyin": lambda account, one: _by_name(account, one.name_key.replace(" ", "")),
    "id_number": lambda account, one: list(
        Worker.objects.visible_to(account).with_id_number(one.id_number.open())
    ),
    "telephone": lambda account, one: list(
        Worker.objects.visible_to(account).with_telephone(one.telephone.open())
    ),
}


def _took(search: Callable[[Account, Worker], Any], account: Account, one: Worker) -> float:
    began = perf_counter()
    search(account, one)
    return (perf_counter() - began) * 1000


def addresses(patterns: list[URLPattern | URLResolver], prefix: str = "/") -> Iterator[str]:
    """Yield every address of ours that needs no number: the lists, the desks and the dashboards."""
    for one in patterns:
        address = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, address)
        elif "<" not in address and not address.startswith(LIBRARIES) and "^" not in address:
            yield address


def _timed(client: Client, page: str) -> float:
    began = perf_counter()
    response = client.get(page)
    if response.streaming:
        for _part in response:
            pass
    return (perf_counter() - began) * 1000


def _quantile(times: list[float], share: float) -> float:
    """Return the smallest measured value that at least this share does not exceed."""
    ordered = sorted(times)
    return round(ordered[max(math.ceil(share * len(ordered)) - 1, 0)], 1) if ordered else 0.0
