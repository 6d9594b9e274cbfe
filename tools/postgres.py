"""A private PostgreSQL that lives as long as one command, or from `start` to `stop`.

    python3 tools/postgres.py run -- COMMAND…   start it, run COMMAND with DATABASE_URL set, stop it always
    python3 tools/postgres.py start             start it and print its DATABASE_URL
    python3 tools/postgres.py stop              stop what `start` started

It listens on a socket and on a free port of the loopback address, keeps its data in a temporary folder that
is removed in the end, and trades durability for speed: nothing in it survives. Uses Debian's server and the
standard library only. PostgreSQL refuses to run as root, so root starts it as the user `postgres`.
"""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
STATE = ROOT / "var" / "postgres.json"
OWNER = "zhitong"
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "autovacuum": "on",
    "timezone": "UTC",
}


@dataclass(frozen=True)
class Server:
    """A running server: its folder, and the address under which Django finds it."""

    folder: str
    url: str


def server_bin() -> Path:
    """The folder of the newest installed server's programs; ends with a sentence where there is none."""
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: float(path.parts[4])
    )
    if not versions:
        raise SystemExit(
            "PostgreSQL is missing; as root, run: apt-get install -y --no-install-recommends postgresql"
        )
    return versions[-1].parent


def as_server_user(command: list[str]) -> None:
    """Run a program of the server as someone who may; its output is shown only when it fails."""
    is_root = os.geteuid() == 0
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd="/",
        check=False,
        user="postgres" if is_root else None,
        group="postgres" if is_root else None,
        extra_groups=[] if is_root else None,
        start_new_session=True,
    )
    if done.returncode:
        raise SystemExit(f"{done.stdout}\n{Path(command[0]).name} failed")


def make_folder() -> Path:
    """A new folder that the server's user owns and may reach, with a path short enough for a socket."""
    folder = Path(tempfile.mkdtemp(prefix="zhitong-postgres-", dir="/tmp"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    return folder


def free_port() -> int:
    """A port of the loopback address that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def prepare(folder: Path, password: str) -> None:
    """Lay out an empty cluster in the folder, whose only role is the owner with this password."""
    secret = folder / "password"
    secret.write_text(password)
    if os.geteuid() == 0:
        shutil.chown(secret, "postgres", "postgres")
    locale = ["--encoding=UTF8", "--locale=C.UTF-8"]
    access = [f"--username={OWNER}", "--auth=scram-sha-256", f"--pwfile={secret}"]
    as_server_user([str(server_bin() / "initdb"), "-D", str(folder / "data"), "--no-sync", *locale, *access])
    secret.unlink()


def start() -> Server:
    """Start a new server and wait until it answers."""
    program = server_bin()
    folder, port, password = make_folder(), free_port(), secrets.token_hex(16)
    settings = FAST | {
        "port": str(port),
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": str(folder),
    }
    try:
        prepare(folder, password)
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        control = [str(program / "pg_ctl"), "-D", str(folder / "data"), "-l", str(folder / "log")]
        as_server_user([*control, "-w", "-t", "60", "-o", options, "start"])
    except BaseException:
        stop(Server(str(folder), url=""))
        raise
    return Server(str(folder), f"postgresql://{OWNER}:{password}@127.0.0.1:{port}/postgres")


def stop(server: Server) -> None:
    """Stop the server without waiting for anybody and remove its folder."""
    data = Path(server.folder) / "data"
    if (data / "postmaster.pid").exists():
        as_server_user([str(server_bin() / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop"])
    shutil.rmtree(server.folder, ignore_errors=True)


def end_by_signal(number: int, frame: FrameType | None) -> None:
    """Turn a signal into an exit, so that whatever must be stopped is stopped on the way out."""
    raise SystemExit(128 + number)


def run(command: list[str]) -> int:
    """Run the command beside a server of its own; its exit code, or 128 + the signal that ended us."""
    for number in SIGNALS:
        signal.signal(number, end_by_signal)
    server = start()
    try:
        with subprocess.Popen(command, env=os.environ | {"DATABASE_URL": server.url}) as child:
            try:
                return child.wait()
            except SystemExit:
                child.terminate()
                raise
    finally:
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        stop(server)


def start_and_remember() -> int:
    """Start a server that outlives us and print its address; refuses while an earlier one is remembered."""
    if STATE.exists():
        raise SystemExit(f"A server was started before: {remembered().url}")
    server = start()
    STATE.parent.mkdir(exist_ok=True)
    STATE.write_text(json.dumps(asdict(server)))
    print(server.url)
    return 0


def remembered() -> Server:
    """The server that `start` started; ends with a sentence where there is none."""
    if not STATE.exists():
        raise SystemExit("No server was started")
    return Server(**json.loads(STATE.read_text()))


def stop_remembered() -> int:
    """Stop the server that `start` started."""
    stop(remembered())
    STATE.unlink()
    return 0


def main(words: list[str]) -> int:
    """Do what the command line asks."""
    match words:
        case ["run", "--", _, *_]:
            return run(words[2:])
        case ["start"]:
            return start_and_remember()
        case ["stop"]:
            return stop_remembered()
    raise SystemExit(__doc__)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
