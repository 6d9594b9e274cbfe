"""From a solved market to a plan that explains itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from zhitong.engines.matching.apart import Crew
from zhitong.engines.matching.arrange import Arranged, Order, arranged
from zhitong.engines.matching.clearing import Market, clear
from zhitong.engines.matching.columns import Bytes, Ints, Shorts
from zhitong.engines.matching.pairs import points_of
from zhitong.engines.matching.params import Params
from zhitong.engines.matching.plan import Plan
from zhitong.engines.matching.problem import Problem
from zhitong.engines.matching.rules import PARTS, Reason, Rule, SeatReason
from zhitong.engines.matching.standing import Bound, Stop

PIECE = 65_536


def _nothing() -> None:
    """What is done when nobody asked to be told."""


def solved(
    problem: Problem,
    params: Params,
    seed: int,
    stop: Stop,
    crew: Crew | None = None,
    cleared: Callable[[], None] = _nothing,
) -> Plan:
    """The plan for a problem, in the order of its own rows; `cleared` is called when only the reasons are missing."""
    laid = arranged(problem, seed)
    market, bound = clear(laid.problem, params, seed, stop, crew)
    cleared()
    return Plan(
        **_of_workers(market, laid),
        **_of_posts(market, bound, laid),
        total=market.standing.total,
        bound=bound.most,
        seed=seed,
        params=params,
        problem_digest=problem.digest(),
    )


def _of_workers(market: Market, laid: Arranged) -> dict[str, Any]:
    standing, survey = market.standing, market.survey
    refused = market.search.refused(standing.score, market.stop())
    columns = {
        "post": _positions(standing.post, laid.posts),
        "score": standing.score,
        "parts": _parts(market),
        "reason": _reasons(market),
        "blocked_by": np.where(survey.available == 0, survey.rule, Rule.NONE).astype(np.int8),
        "missing_post": _positions(refused.post[:, 0], laid.posts),
        "missing_rule": refused.rule.astype(np.int8),
        "missing_score": refused.value[:, 0],
        "choices": survey.available,
        "best_score": survey.value[:, 0],
    }
    return {name: _given_order(column, laid.workers) for name, column in columns.items()}


def _of_posts(market: Market, bound: Bound, laid: Arranged) -> dict[str, Any]:
    columns = {
        "seats_left": market.standing.seats,
        "seat_reason": _seat_reasons(market),
        "candidates": market.candidates,
        "price": bound.price,
    }
    return {name: _given_order(column, laid.posts) for name, column in columns.items()}


def _given_order(column: npt.NDArray[Any], order: Order) -> npt.NDArray[Any]:
    given = np.empty_like(column)
    given[order] = column
    return given


def _positions(post: Ints, order: Order) -> Ints:
    """Positions of the order of solving as positions of the problem given."""
    return np.append(order, -1)[post].astype(np.int32)


def _parts(market: Market) -> Shorts:
    standing = market.standing
    parts = np.zeros((len(standing.post), PARTS), np.int16)
    placed = np.flatnonzero(standing.post >= 0)
    for start in range(0, len(placed), PIECE):
        rows = placed[start : start + PIECE]
        parts[rows] = points_of(market.problem, market.params, rows, standing.post[rows])
    return parts


def _reasons(market: Market) -> Bytes:
    standing, survey = market.standing, market.survey
    grouped, placed = market.problem.workers.group >= 0, standing.post >= 0
    reason = np.where(grouped, Reason.WITH_GROUP, Reason.BETTER_FULL)
    reason = np.where(standing.score == survey.value[:, 0], Reason.BEST, reason)
    left = np.where(grouped, Reason.GROUP_APART, Reason.ALL_FULL)
    left = np.full_like(left, Reason.TIME_UP) if market.stop() else left
    left = np.where(survey.available == 0, Reason.NO_POST, left)
    return np.where(placed, reason, left).astype(np.int8)


def _seat_reasons(market: Market) -> Bytes:
    seats, candidates = market.problem.posts.seats, market.candidates
    closed = (seats == 0) | (market.problem.posts.valid_until_day < market.problem.on_day)
    checks = [closed, market.standing.seats == 0, candidates == 0, candidates < seats]
    codes = [SeatReason.CLOSED, SeatReason.FULL, SeatReason.NO_CANDIDATE, SeatReason.TOO_FEW]
    return np.select(checks, codes, SeatReason.OUTBID).astype(np.int8)
