"""The queue that carries background work: huey on SQLite or on the installation's PostgreSQL."""

from __future__ import annotations

from django.conf import settings
from huey import Huey, MemoryHuey, PostgresHuey, SqliteHuey


def make_queue() -> Huey:
    """Return the installation's queue; in tests work is done at once."""
    options = settings.HUEY
    if options.get("immediate"):
        return MemoryHuey("zhitong", immediate=True, utc=False)
    if options.get("dsn"):
        return PostgresHuey("zhitong", dsn=options["dsn"], utc=False)
    return SqliteHuey("zhitong", filename=options["path"], utc=False, fsync=False)


queue = make_queue()
