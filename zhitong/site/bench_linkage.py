"""How well and how fast rows are linked, beside the simplest method on the same file, in one run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

PEOPLE = 1_050_000
ENGINE = "zhitong.engines.linkage"


def measure(*, scale: float, seed: int, errors: float = 1.0) -> dict[str, Any]:
    """Make up a file with known truth, link it, and link it again by equal identity numbers alone.

    Each method runs in a process of its own, from the file that it reads to the file that it writes; its seconds and
    the most memory that it held are of that process. `errors` multiplies the rates of the error model. The arrival of
    a village list of up to 600 rows is timed from its rows to its plan, learning and keys of the register prepared.
    """
    with TemporaryDirectory(prefix="zhitong-linkage-") as folder:
        rows, truth, pairs = (str(Path(folder) / name) for name in ("rows.csv", "truth.csv", "pairs.csv"))
        people = max(1, round(PEOPLE * scale))
        drawn = ("--people", str(people), "--seed", str(seed), "--errors", str(errors))
        made = _run("sample", rows, truth, *drawn)
        ours = _linked(rows, truth, pairs, "--seed", str(seed))
        simple = _linked(rows, truth, pairs, "--only-equal-numbers")
        arrivals = _run("arrivals", rows, truth, "--seed", str(seed))["printed"]
    return {
        "rows": made["printed"]["rows"],
        "people": people,
        "errors": errors,
        "seed": seed,
        "f1": ours["listed"]["f1"],
        "automatic_wrong_rate": ours["automatic_wrong_rate"],
        "twins_merged": ours["twins_merged"],
        "review_share_of_rows": ours["review_share_of_rows"],
        "seconds": ours["seconds"],
        "rss_mb": ours["rss_mb"],
        "baseline_f1": simple["listed"]["f1"],
        "baseline_seconds": simple["seconds"],
        "baseline_rss_mb": simple["rss_mb"],
        "times_the_baseline": round(ours["seconds"] / simple["seconds"], 2),
        "linkage": ours,
        "equal_numbers_only": simple,
        "arrivals": arrivals,
    }


def _linked(rows: str, truth: str, pairs: str, *more: str) -> dict[str, Any]:
    ran = _run("pairs", rows, pairs, *more)
    return {
        "seconds": ran["seconds"],
        "processor_seconds": ran["processor_seconds"],
        "rss_mb": ran["rss_mb"],
        **_run("measure", truth, pairs)["printed"],
    }


def _run(*words: str) -> dict[str, Any]:
    """Run one command of the engine; what it printed, its seconds and its memory. RuntimeError where it fails."""
    began = perf_counter()
    with subprocess.Popen([sys.executable, "-m", ENGINE, *words], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        printed = child.stdout.read()
        _pid, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{ENGINE} {words[0]} ended with {child.returncode}.")
    return {
        "printed": json.loads(printed),
        "seconds": round(perf_counter() - began, 2),
        "processor_seconds": round(used.ru_utime + used.ru_stime, 2),
        "rss_mb": round(used.ru_maxrss / 1024),
    }
