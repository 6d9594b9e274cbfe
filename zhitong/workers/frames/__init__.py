"""From rows of the register to what engines and reading need, and back to keys."""

from .duplicates import Arrival, Likely, duplicates_of
from .known import known_to, people, trade_coder
from .lists import cells_as_text, cells_from_text, examine, meanings, sheets_of

__all__ = [
    "Arrival",
    "Likely",
    "cells_as_text",
    "cells_from_text",
    "duplicates_of",
    "examine",
    "known_to",
    "meanings",
    "people",
    "sheets_of",
    "trade_coder",
]
