"""What the solvers of others make of a plain assignment: OR-Tools, SciPy, HiGHS, PDLP and DuaLip."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from importlib import import_module
from io import StringIO
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow
from ortools.pdlp import solve_log_pb2, solvers_pb2
from ortools.pdlp.python import pdlp
from scipy.optimize import linprog
from scipy.sparse import coo_array, csc_matrix, vstack
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from zhitong.engines.matching.columns import Ints, Longs
from zhitong.engines.matching.edges import Edges

Floats = npt.NDArray[np.float64]

NEAR = 1e-5
"""Relative tolerance that the first-order methods are asked for."""
NOTHING = 1e-6
"""A share not above this is none."""
SOFTNESS = (1e-2, 3e-3, 1e-3, 3e-4, 1e-4)
"""DuaLip's ridge, turn after turn, where the best pair is worth 1."""
ITERATIONS = 400


class Answer(NamedTuple):
    """What a solver gave back."""

    share: Floats | None
    """(edges,) How much of each edge is used, 0 to 1; whole if exact. None when time was up before."""
    price: Floats | None
    """(posts,) What a seat is worth by its dual solution, if it tells one."""
    ended: str


def by_ortools(edges: Edges, seconds: float) -> Answer:
    """Minimum-cost flow by cost scaling; exact, and not to be cut short."""
    flow, sink = SimpleMinCostFlow(), edges.rows + len(edges.seats)
    rows, posts = np.arange(edges.rows), np.arange(edges.rows, sink)
    arcs = _arcs(flow, edges.row, edges.rows + edges.post, np.ones(len(edges.row)), -worth_of(edges))
    _arcs(flow, rows, np.full(edges.rows, sink), np.ones(edges.rows), np.zeros(edges.rows))
    _arcs(flow, posts, np.full(len(posts), sink), edges.seats, np.zeros(len(posts)))
    flow.set_nodes_supplies(rows.astype(np.int32), np.ones(edges.rows, np.int64))
    flow.set_node_supply(sink, -edges.rows)
    status = flow.solve()
    if status != SimpleMinCostFlow.OPTIMAL:
        raise RuntimeError(f"OR-Tools ended with {status}.")
    return Answer(np.asarray(flow.flows(arcs), np.float64), None, "optimal")


def _arcs(flow: SimpleMinCostFlow, tail: Any, head: Any, room: Any, cost: Any) -> Ints:
    ends, numbers = (
        (tail.astype(np.int32), head.astype(np.int32)),
        (room.astype(np.int64), cost.astype(np.int64)),
    )
    return np.asarray(flow.add_arcs_with_capacity_and_unit_cost(*ends, *numbers), np.int32)


def by_scipy(edges: Edges, seconds: float) -> Answer:
    """Shortest augmenting paths (LAPJVsp); seats as columns, and a column of its own for each row that stays."""
    useful = np.flatnonzero(worth_of(edges) > 0)
    row, post = edges.row[useful], edges.post[useful]
    copies = np.minimum(edges.seats, edges.rows)[post]
    first, edge = np.append(0, np.cumsum(edges.seats)), np.repeat(np.arange(len(copies)), copies)
    seat = first[post[edge]] + np.arange(len(edge)) - np.repeat(np.cumsum(copies) - copies, copies)
    rows, seats = np.arange(edges.rows), int(first[-1])
    cost = np.concatenate([-worth_of(edges)[useful][edge] - 1, np.full(edges.rows, -1)]).astype(float)
    at = np.concatenate([row[edge], rows]), np.concatenate([seat, seats + rows])
    shape = (edges.rows, seats + edges.rows)
    mine, sits = min_weight_full_bipartite_matching(coo_array((cost, at), shape=shape).tocsr())
    mine, sits = mine[sits < seats], sits[sits < seats]
    given = np.full(edges.rows, -1)
    given[mine] = np.searchsorted(first, sits, side="right") - 1
    return Answer((given[edges.row] == edges.post).astype(np.float64), None, "optimal")


def by_highs(edges: Edges, seconds: float) -> Answer:
    """The linear programme by whatever method HiGHS chooses."""
    found = linprog(
        -worth_of(edges), A_ub=_rules(edges), b_ub=_limits(edges), bounds=(0, 1), method="highs",
        options={"time_limit": seconds},
    )  # fmt: skip
    if found.x is None:
        return Answer(None, None, "out of time")
    price = -np.asarray(found.ineqlin.marginals)[edges.rows :]
    return Answer(np.asarray(found.x), price, "optimal" if found.status == 0 else "out of time")


def by_pdlp(edges: Edges, seconds: float) -> Answer:
    """The linear programme by OR-Tools' primal-dual hybrid gradient on one thread (Applegate et al. 2021)."""
    program, limits = pdlp.QuadraticProgram(), _limits(edges)
    program.resize_and_initialize(len(edges.row), len(limits))
    program.objective_vector = -worth_of(edges).astype(np.float64)
    program.constraint_matrix = csc_matrix(_rules(edges))
    program.constraint_lower_bounds = np.full(len(limits), -np.inf)
    program.constraint_upper_bounds = limits
    program.variable_lower_bounds = np.zeros(len(edges.row))
    program.variable_upper_bounds = np.ones(len(edges.row))
    asked = solvers_pb2.PrimalDualHybridGradientParams()
    asked.num_threads = 1
    asked.termination_criteria.time_sec_limit = seconds
    asked.termination_criteria.simple_optimality_criteria.eps_optimal_relative = NEAR
    found = pdlp.primal_dual_hybrid_gradient(program, asked)
    reason = solve_log_pb2.TerminationReason.Name(found.solve_log.termination_reason)
    price = -np.asarray(found.dual_solution)[edges.rows :]
    ended = {"OPTIMAL": "optimal", "TIME_LIMIT": "out of time"}
    return Answer(
        np.asarray(found.primal_solution),
        price,
        ended.get(reason.removeprefix("TERMINATION_REASON_"), reason),
    )


def by_dualip(edges: Edges, seconds: float) -> Answer:
    """Ridge-regularised dual ascent on one processor; ValueError where `dualip` and PyTorch are not installed.

    The ridge is made smaller turn after turn, each from the prices reached before (Basu et al. 2020).
    """
    try:
        torch, projections = import_module("torch"), import_module("dualip.projections.base")
        matching, ascent = import_module("dualip.objectives.matching"), import_module("dualip.optimizers.agd")
    except ImportError as fault:
        raise ValueError(f"DuaLip cannot be run here: {fault}.") from fault
    torch.set_num_threads(1)
    order = np.lexsort((edges.post, edges.row))
    most = float(worth_of(edges).max(initial=1))
    ends = np.searchsorted(edges.row[order], np.arange(edges.rows + 1))

    def table(values: Floats) -> Any:
        places = torch.from_numpy(ends), torch.from_numpy(edges.post[order].astype(np.int64))
        return torch.sparse_csc_tensor(*places, torch.from_numpy(values), (len(edges.seats), edges.rows))

    given = matching.MatchingInputArgs(
        A=table(np.ones(len(order), np.float32)),
        c=table((-worth_of(edges)[order] / most).astype(np.float32)),
        projection_map=projections.create_projection_map("simplex", {"z": 1}, edges.rows),
        b_vec=torch.from_numpy(edges.seats.astype(np.float32)),
    )
    end, price, ended = time.monotonic() + seconds, torch.zeros(len(edges.seats)), "out of time"
    used: Floats = np.zeros(len(order))
    for ridge in SOFTNESS:
        objective = matching.MatchingSolverDualObjectiveFunction(given, gamma=ridge)
        with redirect_stdout(StringIO()):
            found = ascent.AcceleratedGradientDescent(
                ITERATIONS, ridge, initial_step_size=ridge / 100, max_step_size=ridge, save_primal=True
            ).maximize(objective, price)
        price, used = found.dual_val, found.objective_result.primal_var.numpy().astype(np.float64)
        if time.monotonic() > end:
            break
    else:
        ended = "all turns done"
    share = np.empty(len(order))
    share[order] = used
    return Answer(share, price.numpy().astype(np.float64) * most, ended)


PEERS: dict[str, Callable[[Edges, float], Answer]] = {
    "ortools": by_ortools,
    "highs": by_highs,
    "pdlp": by_pdlp,
    "scipy": by_scipy,
    "dualip": by_dualip,
}
"""Each takes the problem and how many seconds it may take, as far as it can be told."""


def worth_of(edges: Edges) -> Longs:
    """(edges,) What each pair is worth more than staying."""
    return edges.value - edges.staying[edges.row]


def _rules(edges: Edges) -> Any:
    """Each row at most once, each post at most as often as it has seats."""
    edge, one = np.arange(len(edges.row)), np.ones(len(edges.row))
    rows = coo_array((one, (edges.row, edge)), shape=(edges.rows, len(edge)))
    posts = coo_array((one, (edges.post, edge)), shape=(len(edges.seats), len(edge)))
    return vstack([rows, posts]).tocsr()


def _limits(edges: Edges) -> Floats:
    return np.concatenate([np.ones(edges.rows), edges.seats]).astype(np.float64)


def whole(edges: Edges, share: Floats) -> Ints:
    """(rows,) A post or -1 for each row, within the seats: edges are taken by falling share, then worth."""
    worth, seats = worth_of(edges), edges.seats.tolist()
    used = np.flatnonzero((share > NOTHING) & (worth > 0))
    used = used[np.lexsort((-worth[used], -np.round(share[used], 3)))]
    post = [-1] * edges.rows
    for row, wanted in zip(edges.row[used].tolist(), edges.post[used].tolist(), strict=True):
        if post[row] < 0 < seats[wanted]:
            post[row] = wanted
            seats[wanted] -= 1
    return np.array(post, np.int32)


def bound_at(edges: Edges, price: Floats | Ints) -> int:
    """What no plan can exceed, by linear programming duality, at these prices; negative ones count as 0."""
    price, gain = np.maximum(price, 0), np.zeros(edges.rows)
    np.maximum.at(gain, edges.row, worth_of(edges) - price[edges.post])
    most = float(gain.sum() + (price * edges.seats).sum())
    return math.ceil(most - NOTHING) + int(edges.staying.sum())
