"""Every link that somebody sees on the pages that he can reach leads somewhere."""

from __future__ import annotations

import pytest
from django.test import Client

from zhitong.kernel.models import Account
from zhitong.site.roles import ROLES
from zhitong.site.world import World

from .crawl import Get, dead_links
from .specimens import build_specimens


def through(account: Account) -> Get:
    """Return how an account asks for pages."""
    client = Client()
    client.force_login(account)

    def get(address: str) -> tuple[int, str]:
        answer = client.get(address)
        if answer.status_code != 200:
            return answer.status_code, answer.headers.get("Location", "")
        is_page = answer.headers["Content-Type"].startswith("text/html")
        page = answer.content.decode() if is_page else ""
        if answer.streaming:  # read to its end the answer closes its file, as a browser would have it
            list(answer.streaming_content)
        return answer.status_code, page

    return get


@pytest.mark.sqlite
@pytest.mark.slow
@pytest.mark.django_db
def test_every_link_leads_somewhere(world: World) -> None:
    specimens = build_specimens(world)
    assert set(specimens.inside) == {role.name for role in ROLES} - {"system"}
    followed = {}
    found = []
    for role, account in specimens.inside.items():
        dead, followed[role] = dead_links(through(account))
        found += [f"{role}: {one}" for one in dead]
    assert found == [], "; ".join(found)
    assert min(followed.values()) > 10, followed


PAGES = {
    "/": (302, "/home/"),
    "/home/": (200, '<a href="/a/1/">a</a><a href="b/">b</a><a href="https://a.org/">out</a><a href="#b">up</a>'),
    "/a/1/": (200, '<a href="/a/2/">next</a>'),
    "/a/2/": (200, '<a href="?page=2">next</a>'),
    "/a/2/?page=2": (500, ""),
    "/home/b/": (200, '<a href="/gone/">gone</a>'),
}  # fmt: skip


def test_breaches_are_found() -> None:
    dead, followed = dead_links(lambda address: PAGES.get(address, (404, "")))
    assert dead == [
        "/home/b/ leads to /gone/, which answers 404",
        "/a/2/ leads to /a/2/?page=2, which answers 500",
    ]
    assert followed == 7
