"""News for apps further along the journey: told after the transaction is stored, heard by listeners.

An event is a frozen dataclass in an app's ``events`` module, named ``NounVerbed``. If losing the news would
cost someone money, a verb queues a job inside its transaction instead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

import structlog
from django.db import transaction

log = structlog.get_logger(__name__)
Event = TypeVar("Event")

_listeners: dict[type, list[Callable[[Any], None]]] = defaultdict(list)


def hears(event: type[Event]) -> Callable[[Callable[[Event], None]], Callable[[Event], None]]:
    """Register a function of a ``listeners`` module for one kind of event."""

    def register(listener: Callable[[Event], None]) -> Callable[[Event], None]:
        if listener not in _listeners[event]:
            _listeners[event].append(listener)
        return listener

    return register


def tell(event: object) -> None:
    """Tell every listener once the surrounding transaction is stored; a failing listener stops nobody else."""

    def deliver() -> None:
        for listener in _listeners[type(event)]:
            try:
                listener(event)
            except Exception:
                log.exception("listener_failed", listener=listener.__qualname__, news=type(event).__name__)

    transaction.on_commit(deliver)
