"""A sender that keeps what it was given, and a way to open pages as somebody."""

from __future__ import annotations

from typing import ClassVar


class Kept:
    """Keeps messages instead of sending them; `is_down` makes it fail as a service out of reach does."""

    messages: ClassVar[list[tuple[str, str]]] = []
    is_down: ClassVar[bool] = False

    def send(self, telephone: str, text: str) -> None:
        if Kept.is_down:
            raise OSError("out of reach")
        Kept.messages.append((telephone, text))
