"""How quickly and how well rows that arrive are linked with a register that stands ready by its keys."""

from __future__ import annotations

from time import perf_counter
from typing import Any

import numpy as np

from zhitong.engines.linkage import link_arrivals
from zhitong.engines.linkage.keys import LARGEST, Keys, keys_of
from zhitong.engines.linkage.learning import learn
from zhitong.engines.linkage.mixing import Ints
from zhitong.engines.linkage.plan import Verdict
from zhitong.engines.linkage.problem import Problem
from zhitong.engines.linkage.rows import Rows


class Shelf:
    """The keys of a register in order of their value, as an index of a database holds them."""

    def __init__(self, rows: Rows) -> None:
        keys = keys_of(rows)
        order = np.argsort(keys.value)
        self.row, self.value = keys.row[order], keys.value[order]

    def near(self, keys: Keys) -> Ints:
        """The rows that share one of the keys; of a key that too many rows share none."""
        start = np.searchsorted(self.value, keys.value)
        stop = np.searchsorted(self.value, keys.value, side="right")
        most = np.array([LARGEST[kind] for kind in sorted(LARGEST)])[keys.kind]
        kept = stop - start < most
        found = [self.row[a:b] for a, b in zip(start[kept].tolist(), stop[kept].tolist(), strict=True)]
        return np.unique(np.concatenate([np.zeros(0, np.int64), *found]))


def measured_arrivals(rows: Rows, person: Ints, count: int, seed: int) -> dict[str, Any]:
    """Let up to `count` rows of the largest village arrive, the others being the register; seconds and rightness.

    Learning and keys of the register are prepared; what is timed begins with the rows that arrive and ends with the
    plan.
    """
    villages, sizes = np.unique(rows.village[rows.village != 0], return_counts=True)
    arriving = np.flatnonzero(rows.village == villages[sizes.argmax()])[:count]
    register = np.setdiff1d(np.arange(len(rows)), arriving)
    standing = rows.taken(register)
    scores, shelf = learn(Problem(standing), seed=seed), Shelf(standing)
    new = rows.taken(arriving)
    began = perf_counter()
    near = shelf.near(keys_of(new))
    plan = link_arrivals(new, standing.taken(near), scores)
    seconds = perf_counter() - began
    place = np.concatenate([arriving, register[near]])
    right = person[place[plan.row_a]] == person[place[plan.row_b]]
    same = plan.verdict == Verdict.SAME
    known = np.isin(person[arriving], person[register])
    return {
        "register_rows": len(register),
        "arriving_rows": len(arriving),
        "candidates": len(near),
        "seconds": round(seconds, 3),
        "known_before": int(known.sum()),
        "same": int(same.sum()),
        "same_wrong": int((same & ~right).sum()),
        "review": int((~same).sum()),
        "right": int(right.sum()),
    }
