"""A real browser: Debian's Chromium, driven by Playwright against a live server."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from zhitong.kernel.models import Account

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs a loop; the database is used beside it

CHROMIUM = os.environ.get("ZHITONG_CHROMIUM", "/usr/bin/chromium")
SWITCHES = [
    "--no-sandbox", "--headless", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1366, "height": 900}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pictures of pages go: the folder in ZHITONG_PICTURES, else a temporary one."""
    folder = Path(os.environ.get("ZHITONG_PICTURES") or tmp_path_factory.mktemp("pictures"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def visit(browser: Browser, live_server, transactional_db) -> Iterator[Callable[..., Page]]:  # type: ignore[no-untyped-def]
    """Open a page as an account, on a desk or a phone, with or without scripts; a script error fails the test."""
    opened: list[BrowserContext] = []
    errors: list[str] = []

    def open_page(account: Account | None = None, *, phone: bool = False, scripts: bool = True) -> Page:
        context = browser.new_context(
            viewport=PHONE if phone else DESK, locale="zh-CN", timezone_id="Asia/Shanghai",
            java_script_enabled=scripts, is_mobile=phone, has_touch=phone, base_url=live_server.url,
        )  # fmt: skip
        if account is not None:
            client = Client()
            client.force_login(account)
            cookie = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(90_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "console",
            lambda line: errors.append(line.text) if "Content Security Policy" in line.text else None,
        )
        return page

    yield open_page
    for context in opened:
        context.close()
    assert errors == []
