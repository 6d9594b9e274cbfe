"""zhitong run: pages and background work come up together, are looked after, and end together."""

from __future__ import annotations

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.site.installation import Installation
from zhitong.site.commands.run import served_at
from zhitong.site.world import PASSWORD

pytestmark = [pytest.mark.slow, pytest.mark.sqlite]
PATIENCE = 120


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(found: Callable[[], object], what: str) -> None:
    """Wait for something that comes in its time."""
    end = time.monotonic() + PATIENCE
    while not found():
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.2)


@contextmanager
def served(home: Installation, port: int, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as output:
        process = subprocess.Popen(
            home.command("run", "--port", port), env=home.environment, stdout=output, stderr=output
        )
    try:
        until(lambda: "已启动" in log.read_text("utf-8") or process.poll() is not None, "the address")
        assert process.poll() is None, log.read_text("utf-8")
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)


def children(process: subprocess.Popen[bytes], word: str) -> list[int]:
    """Return the numbers of the process's own children whose command line holds a word."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((path / "stat").read_text().rpartition(")")[2].split()[1])
            line = (path / "cmdline").read_bytes().decode(errors="replace")
        except (OSError, ValueError):
            continue
        if parent == process.pid and word in line:
            found.append(int(path.name))
    return found


def lives(number: int) -> bool:
    try:
        return (Path("/proc") / str(number) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def sign_in(address: str, username: str) -> str:
    """Return the first page that a sample account sees."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    login = f"{address}/accounts/login/"
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', browser.open(login).read().decode())
    assert token is not None
    given = {"csrfmiddlewaretoken": token[1], "login": username, "password": PASSWORD}
    data = urllib.parse.urlencode(given).encode()
    return browser.open(urllib.request.Request(login, data, {"Referer": login})).read().decode()


def test_it_works(copy: Installation, tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "log"
    with served(copy, port, log) as process:
        assert f"http://127.0.0.1:{port}/" in log.read_text("utf-8")
        page = sign_in(f"http://127.0.0.1:{port}", "county")
        assert "正安县" in page and "样例数据" in page
        until(lambda: children(process, "site.console"), "the background process")
        (worker,) = children(process, "site.console")
        os.kill(worker, signal.SIGKILL)
        until(lambda: children(process, "site.console") not in ([], [worker]), "another background process")
        (pages,) = children(process, "granian")
        os.kill(pages, signal.SIGKILL)
        until(lambda: children(process, "granian") not in ([], [pages]), "another server")
        until(lambda: "样例" in _login_page(port), "its pages")
        everyone = children(process, "")
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0
        assert not any(map(lives, everyone))
    assert "已停止" in log.read_text("utf-8")


def _login_page(port: int) -> str:
    try:
        return str(urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/").read().decode())
    except OSError:
        return ""


@pytest.mark.parametrize(
    ("host", "address"),
    [("10.0.0.9", "http://10.0.0.9:81"), ("::", "http://[::1]:81"), ("::1", "http://[::1]:81")],
)
def test_links_in_messages_lead_to_where_it_is_served(host: str, address: str) -> None:
    assert served_at(host, 81) == address


def test_a_port_that_is_taken(empty: Installation) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        printed = empty.zhitong("run", "--port", port, expect=1)
    assert f"端口 {port} 已被别的程序占用" in printed and f"--port {port + 1}" in printed
    assert not (empty.home / "secrets.env").exists()


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 70000), ("203.0.113.7", 8000)])
def test_an_address_that_is_none_of_ours(empty: Installation, host: str, port: int) -> None:
    assert "。" in empty.zhitong("run", "--host", host, "--port", port, expect=1)
    assert not (empty.home / "secrets.env").exists()


def test_a_real_installation_gets_no_demo(real: Installation) -> None:
    real.ask(OPEN_FIRST_ACCOUNT)
    printed = real.zhitong("run", "--prepare-only", "--scale", "0.001")
    assert "样例城市" not in printed and not (real.home / "sample").exists()
    assert "已经有人员或账号" in real.zhitong("demo", expect=1)


OPEN_FIRST_ACCOUNT = """
from zhitong.kernel.actions import open_account
from zhitong.kernel.models import Account, Org
city = Org.objects.get(kind="city_bureau")
open_account(by=Account.objects.system(), org=city, kind="staff", username="first", name="第一位")
"""
