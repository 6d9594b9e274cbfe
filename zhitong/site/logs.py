"""The log: one JSON line for each entry, without anybody's personal data."""

from __future__ import annotations

import logging
from typing import Any

import structlog

DRESSED: tuple[Any, ...] = (
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=False),
    structlog.processors.format_exc_info,
)
"""Level and time; of an exception the traceback, never the values in its frames."""
JSON = structlog.processors.JSONRenderer(ensure_ascii=False)


def configure(level: str) -> None:
    """Write the product's own entries of at least this level to standard output."""
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, *DRESSED, JSON],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        cache_logger_on_first_use=True,
    )


def json_lines() -> logging.Formatter:
    """Return the formatter that gives the entries of libraries the same form."""
    strip = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[structlog.stdlib.add_logger_name, *DRESSED], processors=[strip, JSON]
    )
