"""How near to the best possible, and how fast, the market is cleared beside other methods, in one run."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

ENGINE = "zhitong.engines.matching"
ALL = (
    "top-32-ortools", "all-ortools", "lists-ours", "lists-ortools", "lists-pdlp", "lists-highs", "lists-scipy",
    "lists-dualip",
)  # fmt: skip
EXACT = ("lists-ortools", "lists-scipy", "lists-highs")
SIZES = (
    (20_000, ALL[:-1]),
    (120_000, ALL[:-2]),
    (400_000, ("top-32-ortools", "lists-ours", "lists-ortools")),
)
"""The peers that are run by default up to so many workers; beyond, only the first of all."""
FIGURES = ("certified_gap", "true_gap", "fit", "placed", "cpu_s", "wall_s", "rss_mb")


def measure(
    *,
    workers: int,
    posts: int,
    family: str,
    seed: int,
    grouped: float = 0.0,
    threads: int = 1,
    gap_ppm: int | None = None,
    limit: float = 600.0,
    peers: str | None = None,
) -> dict[str, Any]:
    """Clear one made-up round by every method, each in a process of its own.

    `peers` (names of `ALL` between commas) replaces those that are sensible for the size; where people go in groups,
    which no peer knows of, that is none. Each method gives `FIGURES`, None where it has none, the true gap where the
    best possible is known: from `all-ortools` for methods that see all pairs, from an exact peer for equal lists.
    `threads` and `gap_ppm` are for `ours`, `limit` is the seconds of each solver that can be cut short. ValueError on
    a peer that there is not.
    """
    asked = {"workers": workers, "posts": posts, "family": family, "seed": seed, "grouped": grouped}
    ours = {"threads": threads, **({} if gap_ppm is None else {"gap-ppm": gap_ppm})}
    chosen = _peers(workers, grouped, peers)
    methods = {"ours": _run("ours", **asked, **ours)}
    methods |= {name: _run(name, **asked, limit=limit) for name in chosen}
    _add_true_gaps(methods)
    return {
        **asked,
        "threads": threads,
        **methods["ours"],
        **_beside_top_lists(methods),
        **_beside_lists(methods),
        "methods": methods,
    }


def _peers(workers: int, grouped: float, named: str | None) -> tuple[str, ...]:
    if named is not None:
        names = tuple(name.strip() for name in named.split(",") if name.strip())
        for name in names:
            if name not in ALL:
                raise ValueError(f"There is no peer {name!r}; there are {', '.join(ALL)}.")
        return names
    return () if grouped else next((names for most, names in SIZES if workers <= most), ALL[:1])


def _add_true_gaps(methods: dict[str, dict[str, Any]]) -> None:
    """Write what each lacks of the best possible, where that is known, and put the figures in their order."""
    ended = [methods[name] for name in EXACT if name in methods and methods[name]["ended"] == "optimal"]
    on_lists = ended[0]["fit"] if ended else None
    at_all = methods["all-ortools"]["fit"] if "all-ortools" in methods else None
    for name, found in methods.items():
        best = on_lists if name.startswith("lists-") else at_all
        known = best and found["fit"] is not None
        found["true_gap"] = round((best - found["fit"]) / best, 9) if known else None
        methods[name] = {figure: found[figure] for figure in FIGURES} | found


def _beside_top_lists(methods: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """What we give and place more than the best 32 posts each, and what any method could give more at most."""
    ours, top = methods["ours"], methods.get("top-32-ortools")
    if top is None or not top["fit"]:
        return {}
    return {
        "fit_above_top_32": round(ours["fit"] / top["fit"] - 1, 4),
        "placed_above_top_32": round(ours["placed"] / top["placed"] - 1, 4),
        "bound_above_top_32": round(ours["bound"] / top["fit"] - 1, 4),
    }


def _beside_lists(methods: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """On equal lists: what we lack of the best, and how many times as long each peer takes."""
    ours = methods.get("lists-ours")
    if ours is None:
        return {}
    peers = {
        name: found for name, found in methods.items() if name.startswith("lists-") and found is not ours
    }
    times = {name: round(found["cpu_s"] / max(ours["cpu_s"], 1e-3), 1) for name, found in peers.items()}
    return {"lists_true_gap": ours["true_gap"], "lists_times_faster": times}


def _run(method: str, **asked: Any) -> dict[str, Any]:
    words = [word for name, value in asked.items() for word in (f"--{name}", str(value))]
    ran = subprocess.run([sys.executable, "-m", ENGINE, "measure", method, *words], stdout=subprocess.PIPE)
    if ran.returncode:
        raise RuntimeError(f"{ENGINE} measure {method} ended with {ran.returncode}.")
    found: dict[str, Any] = json.loads(ran.stdout)
    return found
