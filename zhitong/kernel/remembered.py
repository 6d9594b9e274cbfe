"""What was worked out once is looked up afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

MOST_REMEMBERED = 50_000


class Remembered(dict[Any, Any]):
    """Days and instants repeat: each is turned into text once in a while, not for every row."""

    def __init__(self, turn: Callable[[Any], Any]) -> None:
        super().__init__()
        self.turn = turn

    def __missing__(self, value: Any) -> Any:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        self[value] = turned = None if value is None else self.turn(value)
        return turned
