"""The processes of a running installation: the pages, and beside them the background jobs and the clock."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType

from zhitong.site.console import say

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
THREADS = 4
"""Requests answered at once by each process; every thread holds a database connection with its cache."""
MOST_PROCESSES = 4
PATIENCE = 10.0
"""Seconds given to a process to end what it is doing."""
SHORTEST_PAUSE, LONGEST_PAUSE = 0.5, 60.0
STEADY = 60.0
"""A process that lived so many seconds is started anew at once when it dies; others wait longer each time."""


@dataclass
class Process:
    """A process that is started anew when it dies."""

    title: str
    command: list[str]
    child: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    again: float = 0.0
    pause: float = SHORTEST_PAUSE

    def start(self) -> None:
        """Start it outside the terminal's reach, so that one signal ends it once and in order."""
        self.began = time.monotonic()
        self.child = subprocess.Popen(self.command, start_new_session=True)

    def look_after(self, now: float) -> None:
        """Start it anew when it died, later each time when it never lives long."""
        if self.child is not None and self.child.poll() is not None:
            say(f"{self.title}意外结束（退出码 {self.child.returncode}），将重新启动。")
            self._clear()
            self.pause = SHORTEST_PAUSE if now - self.began > STEADY else min(self.pause * 2, LONGEST_PAUSE)
            self.again = now + self.pause
        elif self.child is None and now >= self.again:
            self.start()

    def ask_to_end(self) -> None:
        """Ask it to end what it is doing."""
        if self.child is not None and self.child.poll() is None:
            self.child.terminate()

    def end(self, until: float) -> None:
        """Wait for its end, and force it when the time is over."""
        if self.child is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self.child.wait(timeout=max(until - time.monotonic(), 0.1))
        self._clear()

    def _clear(self) -> None:
        """End whatever it leaves behind: a process that was killed cannot end those that it started itself."""
        if self.child is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.child.pid, signal.SIGKILL)
            self.child.wait()
        self.child = None


def refusal_of(host: str, port: int) -> str:
    """Return the sentence that says why nothing can be served there, or nothing where it can."""
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return (
                f"端口 {port} 已被别的程序占用。请停掉那个程序，或换一个端口：zhitong run --port {port + 1}"
            )
        if error.errno == errno.EACCES:
            return f"没有权限使用端口 {port}。请用 1024 以上的端口：zhitong run --port 8000"
        return f"这台机器不能在 {host} 提供服务（{error.strerror or error}）。请用 127.0.0.1 或本机的地址。"
    except OverflowError:
        return f"端口应在 1 到 65535 之间，不能是 {port}。"
    return ""


def serve(host: str, port: int) -> int:
    """Serve until a signal comes; returns 0 then, and 1 when the pages never came up."""
    os.umask(0o077)
    pages = Process("网页服务", _pages_command(host, port))
    worker = Process("后台任务", [sys.executable, "-m", "zhitong.site.console", "worker"])
    stopping = _listen_for_signals()
    try:
        pages.start()
        if not _came_up(pages, host, port, stopping):
            return 0 if stopping else 1
        worker.start()
        say(f"\n直通已启动：http://{_shown(host)}:{port}/   （按 Ctrl+C 停止）")
        while not stopping:
            for one in (pages, worker):
                one.look_after(time.monotonic())
            time.sleep(0.25)
    finally:
        _end(pages, worker)
    say("直通已停止。")
    return 0


def _pages_command(host: str, port: int) -> list[str]:
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(min(max(os.cpu_count() or 1, 1), MOST_PROCESSES)), "--blocking-threads", str(THREADS),
        "--backlog", "256", "--no-ws", "--respawn-failed-workers", "--log-level", "warning",
        "zhitong.site.wsgi:application",
    ]  # fmt: skip


def _listen_for_signals() -> list[int]:
    """Return a list that is empty until one of the signals comes."""
    heard: list[int] = []

    def hear(number: int, frame: FrameType | None) -> None:
        heard.append(number)

    for number in SIGNALS:
        signal.signal(number, hear)
    return heard


def _came_up(pages: Process, host: str, port: int, stopping: list[int]) -> bool:
    """Wait until the pages answer; ``False`` when they ended or somebody asked to stop."""
    while not stopping and pages.child is not None and pages.child.poll() is None:
        try:
            socket.create_connection((_shown(host).strip("[]"), port), timeout=1).close()
            return True
        except OSError:
            time.sleep(0.1)
    return False


def _shown(host: str) -> str:
    """Return the address that a browser on this machine asks for."""
    local = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - it is compared, not bound
    return local.get(host, f"[{host}]" if ":" in host else host)


def _end(*processes: Process) -> None:
    for one in processes:
        one.ask_to_end()
    until = time.monotonic() + PATIENCE
    for one in processes:
        one.end(until)
