"""How far a plan is from the best possible at most, computed again from the problem and the prices of the plan.

The solver's search is not believed: a small problem is gone through pair by pair in plain NumPy; in a large one the
best post of every worker is found by the pruned scan and, for workers drawn by lot, held against plain NumPy.
"""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from zhitong.engines.matching.columns import Ints
from zhitong.engines.matching.pairs import points_of
from zhitong.engines.matching.params import Params
from zhitong.engines.matching.plan import BrokenRule, Plan
from zhitong.engines.matching.problem import Problem
from zhitong.engines.matching.rules import GroupRule
from zhitong.engines.matching.vacancies import passing_pairs

SMALL = 4_000_000
"""So many pairs at most are gone through one by one."""
DRAWN = 300
"""So many workers of a large problem are held against plain NumPy."""

Rows = npt.NDArray[np.int64]


def certificate(problem: Problem, plan: Plan) -> dict[str, Any]:
    """Placed, fit, bound, certified gap and broken rules of `plan`, all computed without the solver.

    A plan that claims to be nearer to the best than its prices prove breaks the rule `bound_claimed`.
    """
    broken, bound = list(plan.broken_rules(problem)), plan.bound
    if not any(fault.code == "other_problem" for fault in broken):
        bound = min(bound_at(problem, plan), most_at_all(problem, plan.params))
    if plan.bound < bound:
        sentence = f"The plan claims that {plan.bound} cannot be exceeded; its prices prove {bound}."
        broken.append(BrokenRule("bound_claimed", sentence))
    fit = int(plan.score.sum(dtype=np.int64))
    return {
        "placed": plan.placed,
        "fit": fit,
        "bound": bound,
        "certified_gap": (bound - fit) / bound if bound else 0.0,
        "broken_rules": [asdict(fault) for fault in broken],
    }


def most_at_all(problem: Problem, params: Params) -> int:
    """What no plan can exceed whoever sits where: all points that weights can give, for as many as have seats."""
    weights, priority = params.weights, problem.workers.priority.astype(np.int64)
    points = [getattr(weights, entry.name) for entry in fields(weights) if entry.name != "priority"]
    most = np.sort(sum(points) + weights.priority * priority)[::-1]
    return int(most[: int(problem.posts.seats.sum(dtype=np.int64))].sum())


def bound_at(problem: Problem, plan: Plan) -> int:
    """No plan that keeps the rules reaches more fit than this: the Lagrangian bound at the prices of the plan."""
    price = plan.price.astype(np.int64)
    seats = int((problem.posts.seats * price).sum())
    return seats + _alone(problem, plan, price) + _together(problem, plan, price)


def _alone(problem: Problem, plan: Plan, price: Rows) -> int:
    singles = np.flatnonzero(problem.workers.group < 0)
    if len(singles) * len(problem.posts) <= SMALL:
        return int(_gains(problem, plan, price, singles).sum())
    return int(_scanned(problem, plan, singles).sum())


def _gains(problem: Problem, plan: Plan, price: Rows, workers: Rows) -> Rows:
    """The most fit less price that each worker could have; 0 for staying."""
    gain = np.zeros(len(problem.workers), np.int64)
    for worker, post in passing_pairs(problem, plan.params, workers, np.arange(len(problem.posts))):
        fit = points_of(problem, plan.params, worker, post).sum(axis=1, dtype=np.int64)
        np.maximum.at(gain, worker, fit - price[post])
    return gain[workers]


def _scanned(problem: Problem, plan: Plan, singles: Rows) -> Rows:
    from zhitong.engines.matching.arrange import arranged
    from zhitong.engines.matching.shelf import Shelves

    laid = arranged(problem, plan.seed)
    place = np.empty(len(laid.workers), np.int64)
    place[laid.workers] = np.arange(len(laid.workers))
    price: Ints = plan.price[laid.posts]
    shelves = Shelves(laid.problem, plan.params).sorted_at(price)
    found = shelves.best(place[singles].astype(np.int32), 1, price).value[:, 0].astype(np.int64)
    lot = np.random.default_rng(plan.seed + 1).choice(len(singles), min(DRAWN, len(singles)), replace=False)
    known = _gains(problem, plan, plan.price.astype(np.int64), singles[lot])
    if (known != found[lot]).any():
        raise ValueError("The scan of all pairs disagrees with the definition; no bound can be given.")
    return found


def _together(problem: Problem, plan: Plan, price: Rows) -> int:
    """What the groups could have at most: each the unit where the best posts of its members bring most."""
    members = np.flatnonzero(problem.workers.group >= 0)
    group, total = problem.workers.group[members], 0
    order = members[np.argsort(group, kind="stable")]
    cuts = np.flatnonzero(np.diff(problem.workers.group[order])) + 1
    pieces = max(1, len(members) * len(problem.posts) // SMALL)
    cuts = cuts[:: max(1, len(cuts) // pieces)]
    for some in np.split(order, cuts):
        total += _of_groups(problem, plan, price, some)
    return total


def _of_groups(problem: Problem, plan: Plan, price: Rows, members: Rows) -> int:
    found = list(passing_pairs(problem, plan.params, members, np.arange(len(problem.posts))))
    worker = np.concatenate([np.zeros(0, np.int64), *(pair[0] for pair in found)])
    post = np.concatenate([np.zeros(0, np.int64), *(pair[1] for pair in found)])
    if not len(worker):
        return 0
    gain = points_of(problem, plan.params, worker, post).sum(axis=1, dtype=np.int64) - price[post]
    sizes = np.bincount(problem.workers.group[members], minlength=len(problem.group_rule))
    unit = _units(problem, worker, post)
    best, of_worker, of_unit = _highest(gain, worker, unit)
    group = problem.workers.group[of_worker].astype(np.int64)
    pair, at = np.unique(group * (int(unit.max()) + 1) + of_unit, return_inverse=True)
    worth = np.bincount(at, weights=best, minlength=len(pair)).astype(np.int64)
    whole = np.bincount(at, minlength=len(pair)) == sizes[pair // (int(unit.max()) + 1)]
    most = np.zeros(len(problem.group_rule), np.int64)
    np.maximum.at(most, (pair // (int(unit.max()) + 1))[whole], worth[whole])
    return int(most.sum())


def _units(problem: Problem, worker: Rows, post: Rows) -> Rows:
    """What the members of a group must share: the place, or the employer in the place."""
    posts = problem.posts
    site = np.unique(np.stack([posts.place, posts.employer], axis=1), axis=0, return_inverse=True)[1].reshape(
        -1
    )
    same_employer = problem.group_rule[problem.workers.group[worker]] == GroupRule.SAME_EMPLOYER
    places = int(posts.place.max(initial=0)) + 1
    return np.where(same_employer, places + site[post], posts.place[post]).astype(np.int64)


def _highest(gain: Rows, worker: Rows, unit: Rows) -> tuple[Rows, Rows, Rows]:
    """The highest gain of each worker in each unit."""
    order = np.lexsort((-gain, unit, worker))
    first = (np.diff(worker[order], prepend=-1) != 0) | (np.diff(unit[order], prepend=-1) != 0)
    kept = order[first]
    return gain[kept], worker[kept], unit[kept]
