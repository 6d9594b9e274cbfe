"""Make the virtual environment `.venv` and install a lock file into it, once per lock.

    python3 tools/environment.py run     what `make run` needs: requirements.txt
    python3 tools/environment.py test    what the tests need as well: requirements-test.txt

A stamp inside `.venv` says which lock was installed; nothing is done when it is the wanted one. Uses the
standard library only, because it runs before anything is installed.
"""

import fcntl
import hashlib
import importlib.util
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

from packages import obtain

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed"
OLDEST_PYTHON = (3, 11)
LOCKS = {"run": ROOT / "requirements.txt", "test": ROOT / "requirements-test.txt"}
PIP = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--no-compile"]


def stamp_for(kind: str) -> str:
    """What the stamp says once the lock of this kind is installed at this place with this Python."""
    lock = hashlib.sha256(LOCKS[kind].read_bytes()).hexdigest()
    return f"{kind} {lock} python {sys.version_info.major}.{sys.version_info.minor} at {ROOT}"


def is_installed(kind: str) -> bool:
    """Whether `.venv` holds the lock; the lock of the tests holds that of the run."""
    if not (STAMP.exists() and PYTHON.exists()):
        return False
    return STAMP.read_text() in {stamp_for(kind), stamp_for("test")}


def refuse(sentence: str) -> NoReturn:
    """End with a sentence for a person and exit code 1."""
    raise SystemExit(sentence)


def require_python() -> None:
    """Refuse a Python that is too old, and see that it can make virtual environments."""
    if sys.version_info < OLDEST_PYTHON:
        wanted = ".".join(map(str, OLDEST_PYTHON))
        refuse(
            f"{sys.executable} is older than Python {wanted}; name a newer one: make PYTHON=python{wanted}"
        )
    if importlib.util.find_spec("ensurepip") is not None:
        return
    if not obtain(["python3-venv"], "virtual environments"):
        raise SystemExit(1)


def make_venv() -> None:
    """Make `.venv` anew, unless a sound one for this place is there; what was installed is unknown then."""
    known = STAMP.read_text() if STAMP.exists() else ""
    STAMP.unlink(missing_ok=True)
    if known.endswith(f" at {ROOT}") and PYTHON.exists():
        return
    print("Making the virtual environment .venv", flush=True)
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)


def named_by_pip(line: str) -> str:
    """The package that a line of pip's output begins to fetch, or "" for any other line."""
    word, _, rest = line.strip().partition(" ")
    if word == "Collecting":
        return rest.split(" (")[0].replace("==", " ")
    if word == "Processing":
        return " ".join(Path(rest).name.split("-")[:2])
    return ""


def install_lock(lock: Path) -> None:
    """Install every package of the lock, wheels only and with hashes, one printed line for each."""
    total = sum(1 for line in lock.read_text().splitlines() if line[:1].isalnum())
    command = [*PIP, "--only-binary", ":all:", "--require-hashes", "-r", str(lock)]
    said, seen = [], 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        for line in pip.stdout or ():
            said.append(line)
            if name := named_by_pip(line):
                seen += 1
                print(f"  {seen}/{total} {name}", flush=True)
            elif line.startswith("Installing collected packages"):
                print("  unpacking all of them", flush=True)
    if pip.returncode:
        refuse("".join(said) + f"\nThe packages of {lock.name} could not be installed; pip says why above.")


def install_project() -> None:
    """Install the project itself as it stands, with the build tool that came with the lock."""
    editable = ["--quiet", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
    subprocess.run([*PIP, *editable], check=True)


def main() -> int:
    """Bring `.venv` to the wanted lock; 0 when it is there."""
    kind = sys.argv[1] if len(sys.argv) == 2 else ""
    if kind not in LOCKS:
        refuse(__doc__ or "")
    if is_installed(kind):
        return 0
    require_python()
    with (ROOT / "tools" / "environment.py").open() as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if is_installed(kind):
            return 0
        began = time.monotonic()
        make_venv()
        install_lock(LOCKS[kind])
        install_project()
        STAMP.write_text(stamp_for(kind))
    print(f"The virtual environment is ready ({time.monotonic() - began:.0f} s)", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
