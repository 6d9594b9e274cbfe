"""What an office may decide about a round: weights, tables, bounds, and how hard the engine tries."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from typing import Any

HIGHEST_WEIGHT = 1000
WEIGHT_MODE = "weight"
STRICT_MODE = "strict"


@dataclass(frozen=True, slots=True)
class Weights:
    """The most points that each part of the fit can bring; whole numbers in 0..1000, `placed` in 1..4000."""

    placed: int = 1000
    wish: int = 400
    experience: int = 200
    wage: int = 300
    place: int = 300
    lodging: int = 120
    meals: int = 20
    season: int = 80
    fellows: int = 60
    distance: int = 60
    priority: int = 150
    """Points for each step of `Workers.priority`."""

    def __post_init__(self) -> None:
        for entry in fields(self):
            low, high = (1, 4000) if entry.name == "placed" else (0, HIGHEST_WEIGHT)
            _check_whole(f"weights.{entry.name}", getattr(self, entry.name), low, high)


@dataclass(frozen=True, slots=True)
class Params:
    """Everything beside the problem and the seed that decides a plan.

    Tables are in per cent of the weight. Occupations stand at distance 0 (the same), 1 (same minor class), 2
    (same middle class), 3 (same major class) or 4 (elsewhere, or not coded). Raises ValueError on values out
    of bounds.
    """

    weights: Weights = field(default_factory=Weights)
    priority_mode: str = WEIGHT_MODE
    """`weight`: priority adds points. `strict`: those of higher priority choose first, the others after them."""
    occupation_percent: tuple[int, int, int, int, int] = (100, 75, 45, 15, 0)
    """Share of the wish and experience weights by distance in the tree; must not rise."""
    wish_unstated_percent: int = 40
    """Share of the wish weight for a worker who states no occupation, at every post."""
    furthest_occupation: int = 3
    """Hard: the largest distance from an occupation wished for or practised; 4 means that none is too far.

    A worker who states neither a wish nor experience is refused nowhere on this account.
    """
    full_experience_years: int = 5
    full_wage_fen: int = 300_000
    """Expected monthly wage above the floor that earns the whole wage weight."""
    place_percent: tuple[int, ...] = (100, 80, 65, 55)
    """Share of the place weight for the first, second, … destination stated; the last value holds beyond."""
    place_accepted_percent: int = 30
    """Share of the place weight for a place not stated, when the worker goes anywhere."""
    longest_wait_days: int = 90
    """A wait of so many days for the work to begin earns nothing; no wait earns the whole season weight."""
    longest_journey_minutes: int = 1800
    candidates: int = 16
    """Posts drawn for each worker in each round of clearing."""
    rounds: int = 8
    """How often lists are drawn again, under the prices that the last clearing found."""
    gap_ppm: int = 500
    """An auction ends once its plan is proven to be so near to the best possible, in millionths of it."""
    threads: int = 1
    """Threads that draw the lists; the plan does not depend on it."""

    def __post_init__(self) -> None:
        if self.priority_mode not in (WEIGHT_MODE, STRICT_MODE):
            raise ValueError(f"priority_mode must be 'weight' or 'strict', not {self.priority_mode!r}.")
        for name, (low, high) in _BOUNDS.items():
            _check_whole(name, getattr(self, name), low, high)
        _check_falling("occupation_percent", self.occupation_percent, 5, 5)
        _check_falling("place_percent", self.place_percent, 1, 32)

    def as_json(self) -> str:
        """The parameters as one line of JSON, read back by `from_json`."""
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Params:
        """Parameters from JSON, with defaults for what is left out; ValueError on an unknown or wrong entry."""
        given = json.loads(text)
        if not isinstance(given, dict) or not isinstance(given.get("weights", {}), dict):
            raise ValueError("Parameters must be one JSON object, with an object under 'weights'.")
        _check_known("params", given, cls)
        _check_known("weights", given.get("weights", {}), Weights)
        tables = {
            name: tuple(given[name]) for name in ("occupation_percent", "place_percent") if name in given
        }
        return cls(**{**given, **tables, "weights": Weights(**given.get("weights", {}))})


_BOUNDS = {
    "wish_unstated_percent": (0, 100),
    "furthest_occupation": (0, 4),
    "full_experience_years": (1, 40),
    "full_wage_fen": (10_000, 100_000_000),
    "place_accepted_percent": (0, 100),
    "longest_wait_days": (7, 3660),
    "longest_journey_minutes": (60, 100_000),
    "candidates": (1, 256),
    "rounds": (1, 50),
    "gap_ppm": (0, 1_000_000),
    "threads": (1, 256),
}


def _check_whole(name: str, value: Any, low: int, high: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise ValueError(f"{name} must be a whole number in {low}..{high}, not {value!r}.")


def _check_falling(name: str, table: tuple[int, ...], shortest: int, longest: int) -> None:
    if not shortest <= len(table) <= longest:
        raise ValueError(f"{name} must have {shortest} to {longest} values, not {len(table)}.")
    for value in table:
        _check_whole(name, value, 0, 100)
    if list(table) != sorted(table, reverse=True):
        raise ValueError(f"{name} must not rise: {table!r}.")


def _check_known(name: str, given: dict[str, Any], kind: type[Params] | type[Weights]) -> None:
    unknown = sorted(set(given) - {entry.name for entry in fields(kind)})
    if unknown:
        raise ValueError(f"{name} has no entry {unknown[0]!r}.")
