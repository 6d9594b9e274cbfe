"""Walks through the pages as somebody clicks through them, and says which links lead nowhere."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

Get = Callable[[str], tuple[int, str]]
"""Asks for an address; gives the status, and the page, or for a redirect where it leads."""

NOT_CLICKED = ("/accounts/logout/", "/static/", "/api/")
MOST_OF_A_KIND = 2


class _Links(HTMLParser):
    """Gathers the addresses of a page's links."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += [value for name, value in attrs if name == "href" and value]


def links_in(page: str) -> list[str]:
    """Return the addresses to which a page's links lead."""
    parser = _Links()
    parser.feed(page)
    return parser.found


def dead_links(get: Get, start: str = "/", most: int = MOST_OF_A_KIND) -> tuple[list[str], int]:
    """Return a sentence for each link that answers neither 200 nor a redirect, and how many links were followed.

    Of addresses that differ by number only, ``most`` are followed; of those that differ by the values asked for, one.
    """
    waiting, seen, kinds, dead = deque([(start, "")]), {start}, Counter[Any](), []
    followed = 0
    while waiting:
        address, source = waiting.popleft()
        followed += 1
        status, answer = get(address)
        if status not in (200, 301, 302):
            dead.append(f"{source or 'the start'} leads to {address}, which answers {status}")
            continue
        for link in [answer] if status != 200 else links_in(answer):
            target = urljoin(address, link).partition("#")[0]
            if (
                not _is_ours(target)
                or target in seen
                or kinds[_kind(target)] >= (1 if "?" in target else most)
            ):
                continue
            seen.add(target)
            kinds[_kind(target)] += 1
            waiting.append((target, address))
    return dead, followed


def _is_ours(address: str) -> bool:
    return address.startswith("/") and not address.startswith(("//", *NOT_CLICKED))


def _kind(address: str) -> Any:
    parts = urlsplit(address)
    return re.sub(r"\d+", "0", parts.path), tuple(sorted(name for name, _value in parse_qsl(parts.query)))
