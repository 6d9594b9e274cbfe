"""The ``zhitong`` command: one sub-command for each thing that an installation's keeper does."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

COMMANDS = {
    "run": "prepare this installation, build the demo city if it is empty, and serve it",
    "demo": "build the demo city, which is synthetic throughout",
    "import": "read a file of people or posts that somebody else wrote",
    "code-title": "find the occupation of each title in a CSV file",
    "match": "hold a matching round over a place",
    "bench": "measure this installation and print JSON",
    "check": "verify the installation and the invariants of its database",
    "backup": "write the database and the files into one archive",
    "restore": "bring back an archive into an empty installation",
    "account": "open the first administrator's account, or another of staff",
    "docs": "write the generated pages of docs/reference",
    "worker": "carry background jobs and the clock; `run` starts it by itself",
}

_MODULES = {"import": "import_file", "code-title": "code_title"}
"""Where the module of a command is called otherwise than the command."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a sub-command and return its exit status: 0 done, 1 refused or found wanting, 2 wrongly called."""
    parser = argparse.ArgumentParser(
        prog="zhitong", description="Zhitong 直通: organised labour mobility, from register to placement."
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    given = list(sys.argv[1:] if arguments is None else arguments)
    for name, promise in COMMANDS.items():
        module = _module(name) if name in given[:1] else None
        command = commands.add_parser(
            name,
            help=promise,
            description=promise[0].upper() + promise[1:] + ".",
            epilog=getattr(module, "EXAMPLE", ""),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        if module is not None:
            module.arguments(command)
    wanted = parser.parse_args(given)
    module = _module(wanted.command)
    if getattr(module, "NEEDS_DATABASE", False) and not _is_prepared():
        say("数据库还没有准备好，或者不是这个版本的。请先运行 zhitong run --prepare-only --no-demo。")
        return 1
    return int(module.perform(wanted) or 0)


def _is_prepared() -> bool:
    """Tell whether the database has the shape that this release works with."""
    set_up()
    from zhitong.kernel.integrity import lacking_migrations

    return next(lacking_migrations(), None) is None


def _module(name: str) -> Any:
    return import_module(f"zhitong.site.commands.{_MODULES.get(name, name)}")


def set_up() -> None:
    """Make the secrets of a new installation and start the framework; files are their owner's alone from here on."""
    from zhitong.site.secrets import ensure_secrets

    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhitong.site.settings")
    ensure_secrets()
    import django

    django.setup()


def say(text: str) -> None:
    """Print a line of progress at once."""
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
