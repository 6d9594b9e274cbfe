"""The simplest method, to compare with: rows with the same valid identity number are one person."""

from __future__ import annotations

import numpy as np

from zhitong.engines.linkage.keys import Key, candidate_pairs
from zhitong.engines.linkage.params import Params
from zhitong.engines.linkage.plan import Plan, Reason, Verdict
from zhitong.engines.linkage.problem import Problem, no_pairs
from zhitong.engines.linkage.scores import PARTS


def equal_numbers(problem: Problem, params: Params) -> Plan:
    """A plan that joins whatever has the same checked number, and nothing else."""
    rows = problem.rows
    one, other = candidate_pairs(rows, (Key.NUMBER,))
    kept = rows.whole[one] & rows.whole[other]
    one, other = one[kept], other[kept]
    cluster = np.arange(len(rows))
    np.minimum.at(cluster, other, one)
    return Plan(
        row_a=one,
        row_b=other,
        bits=np.full(len(one), params.same_bits),
        verdict=np.full(len(one), Verdict.SAME, np.int8),
        reason=np.full(len(one), Reason.SCORE, np.int8),
        parts=np.zeros((len(one), len(PARTS)), np.float32),
        against=np.zeros(len(one), np.int8),
        cluster=cluster,
        unmet=no_pairs(),
        params=params,
        seed=0,
        problem_digest=problem.digest(),
    )
