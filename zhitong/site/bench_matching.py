"""How near to the best possible, and how fast, the market is cleared beside other methods, in one run."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

ENGINE = "zhitong.engines.matching"
SMALL = 20_000
"""So many workers at most are given to the general solvers too."""
PEERS = ("top-32-ortools", "lists-ours", "lists-ortools")
SLOW_PEERS = ("lists-scipy", "lists-highs")


def measure(*, workers: int, posts: int, family: str, seed: int, grouped: float = 0.0) -> dict[str, Any]:
    """Clear one made-up round by every method, each in a process of its own.

    `true_gap` is what `ours` lacks of the best fit that any of the methods found.
    """
    methods = ("ours", *PEERS, *(SLOW_PEERS if workers <= SMALL else ()))
    asked = {"workers": workers, "posts": posts, "family": family, "seed": seed}
    found = {method: _run(method, **asked, grouped=grouped) for method in methods}
    ours, top, exact = found["ours"], found["top-32-ortools"], found["lists-ortools"]
    best = max(result["fit"] for result in found.values())
    return {
        **asked,
        "grouped": grouped,
        **ours,
        "true_gap": round((best - ours["fit"]) / best, 9) if best else 0.0,
        "fit_above_top_32": round(ours["fit"] / top["fit"] - 1, 4) if top["fit"] else None,
        "placed_above_top_32": round(ours["placed"] / top["placed"] - 1, 4) if top["placed"] else None,
        "lists_true_gap": _lacking(found["lists-ours"]["fit"], exact["fit"]),
        "lists_times_faster_than_ortools": round(exact["cpu_s"] / max(found["lists-ours"]["cpu_s"], 1e-3), 1),
        "methods": found,
    }


def _lacking(fit: int, best: int) -> float:
    return round((best - fit) / best, 9) if best else 0.0


def _run(method: str, **asked: Any) -> dict[str, Any]:
    words = [word for name, value in asked.items() for word in (f"--{name}", str(value))]
    ran = subprocess.run([sys.executable, "-m", ENGINE, "measure", method, *words], stdout=subprocess.PIPE)
    if ran.returncode:
        raise RuntimeError(f"{ENGINE} measure {method} ended with {ran.returncode}.")
    found: dict[str, Any] = json.loads(ran.stdout)
    return found
