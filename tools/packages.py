"""Install the Debian packages that the whole test run needs, where they are missing.

    python3 tools/packages.py

Installs as root, or through sudo where it asks for no password; anyone else gets one sentence that says
what to install. Uses the standard library only, because it runs before anything is installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

# The package of the server makes and starts a cluster of its own unless it finds this file.
CLUSTER_CHOICE = Path("/etc/postgresql-common/createcluster.d/zhitong-tests.conf")
QUIET_APT = {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}


def has_postgresql() -> bool:
    """Whether a PostgreSQL server is installed where Debian puts it."""
    return any(Path("/usr/lib/postgresql").glob("*/bin/postgres"))


def has_chromium() -> bool:
    """Whether Debian's Chromium can be started by name."""
    return shutil.which("chromium") is not None


def has_chinese_font() -> bool:
    """Whether the fonts that Chromium needs to draw Chinese are installed."""
    return any(Path("/usr/share/fonts").glob("*/noto/NotoSansCJK-Regular*"))


NEEDED = {"postgresql": has_postgresql, "chromium": has_chromium, "fonts-noto-cjk": has_chinese_font}


def missing_packages() -> list[str]:
    """Names of the needed packages that are not installed, in a fixed order."""
    return [name for name, is_there in NEEDED.items() if not is_there()]


def right_to_install() -> list[str] | None:
    """The words to put before a command so that it may install, or None where it may not."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    allowed = sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0
    return [sudo, "-n"] if sudo and allowed else None


def install(names: list[str], prefix: list[str]) -> None:
    """Install Debian packages and show the progress; raises CalledProcessError where apt fails."""
    environment = [f"{name}={value}" for name, value in QUIET_APT.items()]

    def command(*words: str) -> None:
        subprocess.run([*prefix, "env", *environment, *words], check=True)

    try:
        if "postgresql" in names:
            folder = CLUSTER_CHOICE.parent
            command("sh", "-c", f"mkdir -p {folder} && echo create_main_cluster=false > {CLUSTER_CHOICE}")
        command("apt-get", "update")
        command("apt-get", "install", "-y", "--no-install-recommends", *names)
    finally:
        command("rm", "-f", str(CLUSTER_CHOICE))


def obtain(names: list[str], purpose: str) -> bool:
    """Install Debian packages where we may; otherwise say in one sentence what to install, and answer False."""
    by_hand = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(names)}"
    prefix = right_to_install()
    if prefix is None:
        print(f"Debian packages are missing for {purpose}; as root, run: {by_hand}", file=sys.stderr)
        return False
    print(f"Installing Debian packages for {purpose}: {', '.join(names)}", flush=True)
    try:
        install(names, prefix)
    except subprocess.CalledProcessError:
        print(f"The packages could not be installed; as root, run: {by_hand}", file=sys.stderr)
        return False
    return True


def main() -> int:
    """Install what is missing; 0 when everything is there, 1 with a sentence when it cannot be."""
    missing = missing_packages()
    return 0 if not missing or obtain(missing, "the tests") else 1


if __name__ == "__main__":
    sys.exit(main())
