"""Who collects posts: labour stations in host cities, and city departments that owe posts against a target."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Collector:
    """One collector. A station has a `host` (prefecture code) and a `line`; a department has a `target` of posts.

    `owner` is a key of `zunyi_orgs`; `diligence` weighs how much it collects among its like.
    """

    key: str
    kind: str
    name: str
    owner: str
    host: str
    line: str
    target: int
    diligence: float


@cache
def collectors() -> tuple[Collector, ...]:
    """All 32 stations and then all departments; `Demand.collected_by` holds positions in this table."""
    with (Path(__file__).parent / "collectors.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Collector(
                **{name: row[name] for name in ("key", "kind", "name", "owner", "host", "line")},
                target=int(row["target"]),
                diligence=float(row["diligence"]),
            )
            for row in csv.DictReader(file)
        )


def station_weights(prefectures: list[str]) -> NDArray[np.float64]:
    """Return (prefectures, collectors): the diligence of each station in the city that hosts it, else 0."""
    return np.array(
        [[one.diligence if one.host == code else 0.0 for one in collectors()] for code in prefectures]
    )


def department_weights() -> NDArray[np.float64]:
    """Return (collectors,): what each department enters, its target times its diligence; 0 for stations."""
    return np.array([one.target * one.diligence for one in collectors()])
