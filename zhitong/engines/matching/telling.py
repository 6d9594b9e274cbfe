"""An explanation as plain values, fit for JSON; and what it takes to find them."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np

from zhitong.engines.matching.changes import Change
from zhitong.engines.matching.classes import openings
from zhitong.engines.matching.columns import Ints
from zhitong.engines.matching.explain import cutoffs, explain
from zhitong.engines.matching.families import family_problem
from zhitong.engines.matching.plan import Plan
from zhitong.engines.matching.problem import Problem
from zhitong.engines.matching.recount import wrong_explanations
from zhitong.engines.matching.rules import Part, Reason, Rule, SeatReason
from zhitong.engines.matching.vacant import vacant

COUNTED_AGAIN = 20
"""So many workers of a measured round are counted again in plain NumPy."""


def about_worker(problem: Problem, plan: Plan, worker: int) -> dict[str, Any]:
    """Why one worker has a post or none, what stood in the way of better ones, and the one change that would have
    opened one; ValueError for a worker who is not there."""
    cutoff = cutoffs(problem, plan)
    told = explain(problem, plan, np.array([worker], np.int32), cutoff)
    better = int(told.better_post[0])
    return {
        "worker": worker,
        "post": _some(plan.post[worker]),
        "reason": _name(Reason, plan.reason[worker]),
        "score": int(plan.score[worker]),
        "parts": {
            part.name.lower(): int(plan.parts[worker, part]) for part in Part if plan.parts[worker, part]
        },
        "choices": int(plan.choices[worker]),
        "better": None
        if better < 0
        else {
            "post": better,
            "score": int(told.better_fit[0]),
            "claim": int(told.claim[0]),
            "cutoff": int(cutoff[better]),
        },
        "refused": None
        if plan.missing_post[worker] < 0
        else {"post": int(plan.missing_post[worker]), "rule": _name(Rule, plan.missing_rule[worker])},
        "costliest_wish": {"change": _name(Change, told.costliest[0]), "points": int(told.cost[0])},
        "change": {
            "change": _name(Change, told.change[0]),
            "amount": int(told.amount[0]),
            "post": _some(told.post[0]),
            "points": int(told.gain[0]),
        },
    }


def about_post(problem: Problem, plan: Plan, post: int) -> dict[str, Any]:
    """Who has the seats of a post, why others stay empty and what would fill them; ValueError for one not there."""
    if not 0 <= post < len(problem.posts):
        raise ValueError(f"There is no post {post}; there are {len(problem.posts)}.")
    found, has = vacant(problem, plan), np.flatnonzero(plan.post == post)
    number = np.flatnonzero(found.post == post)
    remedies = found.remedies(int(number[0])) if len(number) else []
    return {
        "post": post,
        "seats": int(problem.posts.seats[post]),
        "seats_left": int(plan.seats_left[post]),
        "reason": _name(SeatReason, plan.seat_reason[post]),
        "candidates": int(plan.candidates[post]),
        "cutoff": int(cutoffs(problem, plan)[post]),
        "workers": [{"worker": int(one), "score": int(plan.score[one])} for one in has],
        "remedies": [
            {"easing": one.easing.name.lower(), "amount": one.amount, "people": one.people}
            for one in remedies
        ],
    }


def about_office(problem: Problem, plan: Plan, groups: Ints) -> dict[str, Any]:
    """Where classes should open, those first that place most people for each trained; see `openings`."""
    return {"classes": [one._asdict() for one in openings(problem, vacant(problem, plan), groups)]}


def load_groups(path: Path | str) -> Ints:
    """A whole number for each worker from an ``.npy`` file; ValueError where it holds anything else."""
    try:
        groups = np.load(path, allow_pickle=False)
    except (OSError, EOFError, ValueError) as fault:
        raise ValueError(f"{path} cannot be read as an .npy file: {fault}") from fault
    if not isinstance(groups, np.ndarray) or groups.ndim != 1 or groups.dtype.kind not in "iu":
        raise ValueError(f"{path} must hold one whole number for each worker.")
    return groups


def measure_explaining(
    family: str, workers: int, posts: int, seed: int, grouped: float = 0.0
) -> dict[str, Any]:
    """Microseconds of processor time for each person of a made-up round, laying out included, and for one alone; how
    many are told a change; and how many of some drawn by lot a recount finds wrong."""
    from zhitong.engines.matching import solve

    problem = family_problem(family, workers, posts, seed, grouped=grouped)
    plan = solve(problem, seed=seed)
    explain(problem, plan, np.zeros(1, np.int32))  # loads the compiled loops
    began = time.process_time()
    cutoff = cutoffs(problem, plan)
    told = explain(problem, plan, cutoff=cutoff)
    spent = time.process_time() - began
    began = time.process_time()
    explain(problem, plan, np.zeros(1, np.int32), cutoff)
    alone = time.process_time() - began
    some = np.random.default_rng(seed).choice(workers, min(COUNTED_AGAIN, workers), replace=False)
    again = explain(problem, plan, some.astype(np.int32), cutoff)
    return {
        "workers": workers,
        "posts": posts,
        "us_each": round(1e6 * spent / max(workers, 1), 1),
        "one_ms": round(1000 * alone, 1),
        "told_a_change": int((told.change != Change.NONE).sum()),
        "counted_again": len(some),
        "wrong": len(wrong_explanations(problem, plan, again, cutoff)),
    }


def _some(position: Any) -> int | None:
    return int(position) if position >= 0 else None


def _name(kind: Any, code: Any) -> str:
    return str(kind(int(code)).name.lower())
