"""One worker's explanation from the posts and their cut-offs alone is the one of the whole round."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from zhitong.engines.matching import Params, Plan, Problem, solve
from zhitong.engines.matching.alone import explain_alone
from zhitong.engines.matching.arrange import taken
from zhitong.engines.matching.explain import Explanation, cutoffs, explain
from zhitong.engines.matching.recount import wrong_explanations
from zhitong.engines.matching.sample import sample_problem

SAME = ("better_fit", "claim", "costliest", "cost", "change", "gain")


@pytest.fixture(scope="module")
def problem() -> Problem:
    made = sample_problem(300, 40, 3, grouped=0.2)
    declined = np.random.default_rng(3).integers(-1, 40, (300, 2)).astype(np.int32)
    return replace(made, workers=replace(made.workers, declined_posts=declined))


@pytest.fixture(scope="module")
def plan(problem: Problem) -> Plan:
    return solve(problem, seed=0)


def by_oneself(problem: Problem, worker: int) -> Problem:
    """The same posts and one worker, who keeps the rule of the group."""
    row, group = taken(problem.workers, np.array([worker])), int(problem.workers.group[worker])
    alone = replace(row, group=np.full(1, min(group, 0), np.int32))
    return replace(problem, workers=alone, group_rule=problem.group_rule[group : group + 1] if group >= 0 else
                   problem.group_rule[:0])  # fmt: skip


def test_it_works(problem: Problem, plan: Plan) -> None:
    cutoff = cutoffs(problem, plan)
    told = explain(problem, plan, None, cutoff)
    assert len({int(one) for one in told.change}) > 3
    for worker in range(0, len(problem.workers), 5):
        one = explain_alone(by_oneself(problem, worker), plan.params, int(plan.post[worker]), cutoff)
        for name in SAME:
            assert getattr(one, name)[0] == getattr(told, name)[worker], (worker, name)
        assert (one.post[0] < 0) == (told.post[worker] < 0)


def test_it_is_counted_again_without_the_loops(problem: Problem, plan: Plan) -> None:
    cutoff = cutoffs(problem, plan)
    for worker in range(0, len(problem.workers), 30):
        one = explain_alone(by_oneself(problem, worker), plan.params, int(plan.post[worker]), cutoff)
        assert wrong_explanations(problem, plan, _of(one, worker), cutoff) == ()


def _of(told: Explanation, worker: int) -> Explanation:
    return replace(told, workers=np.array([worker], np.int32))


def test_nonsense_is_refused(problem: Problem) -> None:
    one, cutoff = by_oneself(problem, 0), np.zeros(len(problem.posts), np.int32)
    for wrong in (
        lambda: explain_alone(problem, Params(), -1, cutoff),
        lambda: explain_alone(one, Params(), len(problem.posts), cutoff),
        lambda: explain_alone(one, Params(), -1, cutoff[1:]),
    ):
        with pytest.raises(ValueError, match="cut-offs"):
            wrong()
