"""How fast every page answers for every role, in one process, with the city at the asked size."""

from __future__ import annotations

import math
import resource
from collections.abc import Iterator
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from zhitong.kernel.models import Account
from zhitong.site.commands.run import prepare
from zhitong.site.demo_accounts import ACCOUNTS

ROUNDS = 20
FEW = 3
SLOW_MS = 2000
LIBRARIES = ("/accounts/", "/api/", "/metrics", "/healthz")


def measure(*, scale: float, seed: int) -> dict[str, Any]:
    """Build the city, ask for every list and dashboard as every sample account, and return milliseconds."""
    settings.ALLOWED_HOSTS = ["*"]
    prepare(scale)
    rows = [row for account in _accounts() for row in _pages_of(account)]
    rows.sort(key=lambda row: -row["p95_ms"])
    return {
        "database": connection.vendor,
        "scale": scale,
        "pages": len(rows),
        "p50_ms": _quantile([row["p50_ms"] for row in rows], 0.5),
        "worst_p95_ms": rows[0]["p95_ms"] if rows else None,
        "over_300_ms": [f"{row['role']} {row['page']}" for row in rows if row["p95_ms"] > 300],
        "rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
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
