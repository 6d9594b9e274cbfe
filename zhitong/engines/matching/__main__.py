"""Solve and check rounds of matching from files: `python -m zhitong.engines.matching --help`."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from pathlib import Path

from zhitong.engines.matching import solve
from zhitong.engines.matching.apart import Crew, Processes
from zhitong.engines.matching.certify import certificate
from zhitong.engines.matching.cluster import Cluster
from zhitong.engines.matching.convert import read_edges, read_ratings
from zhitong.engines.matching.edges import certificate as edges_certificate
from zhitong.engines.matching.edges import solve_edges
from zhitong.engines.matching.families import FAMILIES, family_problem
from zhitong.engines.matching.files import (
    holds_edges,
    load_edge_plan,
    load_edges,
    load_plan,
    load_problem,
    save_edge_plan,
    save_edges,
    save_plan,
    save_problem,
)
from zhitong.engines.matching.params import Params
from zhitong.engines.matching.sample import GROUPED_SHARE
from zhitong.engines.matching.telling import about_office, about_post, about_worker, load_groups

RIGHT, BROKEN, NONSENSE = 0, 1, 2


def main(words: list[str] | None = None) -> int:
    """Run one command and print one JSON object; 0 done, 1 the plan breaks a rule, 2 the input makes no sense."""
    given = _parser().parse_args(words)
    try:
        code: int = given.run(given)
    except (ValueError, OSError) as fault:
        print(json.dumps({"error": str(fault)}, ensure_ascii=False), file=sys.stderr)
        return NONSENSE
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m zhitong.engines.matching",
        description="Match workers and posts.",
        epilog="Example: sample problem.npz, then solve problem.npz -o plan.npz, then check problem.npz plan.npz",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, run, summary in (
        ("solve", _solve, "make a plan for a problem"),
        ("certify", _certify, "how far a plan is from the best at most, computed without the solver"),
        ("check", _check, "find what is wrong with a plan"),
        ("explain", _explain, "tell a worker, a post or the office why, and what would change it"),
        ("convert", _convert, "read a DIMACS or OR-Library file, or a list of ratings"),
        ("compare", _compare, "solve a plain assignment by other solvers too"),
        ("sample", _sample, "make up a problem"),
        ("measure", _measure, "time one method on a made-up problem"),
    ):
        command = commands.add_parser(name, help=summary)
        command.set_defaults(run=run)
        _ARGUMENTS[name](command)
    return parser


def _solving(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("problem", type=Path, metavar="PROBLEM.npz")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="PLAN.npz")
    parser.add_argument("--seed", type=int, default=0, help="breaks ties (0)")
    parser.add_argument("--seconds", type=float, help="give the best plan found after so many seconds")
    parser.add_argument("--params", type=Path, metavar="PARAMS.json", help="what differs from the defaults")
    apart = parser.add_mutually_exclusive_group()
    apart.add_argument("--processes", type=int, metavar="N", help="so many processes of this machine search")
    apart.add_argument(
        "--cluster", metavar="ADDRESS", help="machines of a Dask cluster search; 'local' makes one here"
    )
    parser.add_argument("--partitions", type=int, metavar="P", help="so many parts of the workers there (2)")


def _judging(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("problem", type=Path, metavar="PROBLEM.npz")
    parser.add_argument("plan", type=Path, metavar="PLAN.npz")


def _telling(parser: argparse.ArgumentParser) -> None:
    _judging(parser)
    about = parser.add_mutually_exclusive_group(required=True)
    about.add_argument(
        "--worker", type=int, metavar="N", help="why this post, and what one change would bring"
    )
    about.add_argument(
        "--post", type=int, metavar="N", help="who has the seats, and what would fill the others"
    )
    about.add_argument(
        "--office", type=Path, metavar="GROUPS.npy", help="which classes would bring people to seats"
    )


def _converting(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", type=Path, metavar="FILE")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="PROBLEM.npz")
    parser.add_argument(
        "--ratings",
        type=int,
        metavar="SEATS",
        help="lines of user, item, rating, time; so many seats an item",
    )


def _comparing(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("problem", type=Path, metavar="PROBLEM.npz")
    parser.add_argument("--peers", default="ortools", help="of ortools, highs, pdlp, scipy, dualip (ortools)")
    parser.add_argument("--limit", type=float, default=600.0, help="seconds of a linear solver (600)")


def _making(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("output", type=Path, metavar="PROBLEM.npz")
    parser.add_argument("--workers", type=int, default=1000)
    parser.add_argument("--posts", type=int, default=63)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--family", choices=sorted(FAMILIES), default="city")
    parser.add_argument(
        "--grouped", type=float, default=GROUPED_SHARE, help="share of workers in groups (0.06)"
    )


def _measuring(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "method",
        help="ours, top-32-ortools, all-ortools, lists-ours, lists-ortools, lists-highs, lists-pdlp, lists-scipy, "
        "lists-dualip",
    )
    parser.add_argument("--workers", type=int, default=10_000)
    parser.add_argument("--posts", type=int, default=660)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--family", choices=sorted(FAMILIES), default="city")
    parser.add_argument("--grouped", type=float, default=0.0, help="share of workers in groups (0)")
    parser.add_argument("--threads", type=int, default=1, help="ours: threads that search all pairs (1)")
    parser.add_argument("--gap-ppm", type=int, help="ours: end when proven so near, in millionths (500)")
    parser.add_argument("--limit", type=float, default=600.0, help="seconds of a linear solver (600)")


_ARGUMENTS = {
    "solve": _solving, "certify": _judging, "check": _judging, "explain": _telling, "convert": _converting,
    "compare": _comparing, "sample": _making, "measure": _measuring,
}  # fmt: skip


def _stop_after(seconds: float | None) -> Callable[[], bool] | None:
    if seconds is None:
        return None
    if not seconds > 0:
        raise ValueError(f"seconds must be above 0, not {seconds}.")
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end


def _crew(given: argparse.Namespace) -> AbstractContextManager[Crew | None]:
    """Whoever searches beside this process."""
    if given.partitions is not None and given.cluster is None:
        raise ValueError("--partitions says nothing without --cluster.")
    if given.cluster is not None:
        return Cluster(given.cluster, 2 if given.partitions is None else given.partitions)
    return nullcontext() if given.processes is None else Processes(given.processes)


def _solve(given: argparse.Namespace) -> int:
    stop = _stop_after(given.seconds)
    if holds_edges(given.problem):
        if given.processes is not None or given.cluster is not None:
            raise ValueError("A plain assignment is solved in one process.")
        edges = load_edges(given.problem)
        answer = solve_edges(edges, seed=given.seed, stop=stop)
        save_edge_plan(answer, given.output)
        print(json.dumps(edges_certificate(edges, answer)))
        return RIGHT
    params = Params.from_json(given.params.read_text("utf-8")) if given.params else Params()
    problem = load_problem(given.problem)
    with _crew(given) as crew:
        plan = solve(problem, params, seed=given.seed, stop=stop, crew=crew)
    save_plan(plan, given.output)
    print(json.dumps(plan.summary()))
    return RIGHT


def _certify(given: argparse.Namespace) -> int:
    if holds_edges(given.problem):
        found = edges_certificate(load_edges(given.problem), load_edge_plan(given.plan))
    else:
        found = certificate(load_problem(given.problem), load_plan(given.plan))
    print(json.dumps(found, ensure_ascii=False))
    return BROKEN if found["broken_rules"] else RIGHT


def _measure(given: argparse.Namespace) -> int:
    from zhitong.engines.matching.measuring import METHODS, Setting, measure

    if given.method not in METHODS:
        raise ValueError(f"There is no method {given.method!r}; there are {', '.join(METHODS)}.")
    asked = (given.family, given.workers, given.posts, given.seed, given.grouped)
    setting = Setting(given.threads, given.gap_ppm, given.limit)
    print(json.dumps(measure(given.method, *asked, setting)))
    return RIGHT


def _compare(given: argparse.Namespace) -> int:
    from zhitong.engines.matching.measuring import compare
    from zhitong.engines.matching.peers import PEERS

    peers = tuple(name.strip() for name in given.peers.split(",") if name.strip())
    for name in set(peers) - set(PEERS):
        raise ValueError(f"There is no peer {name!r}; there are {', '.join(PEERS)}.")
    print(json.dumps(compare(load_edges(given.problem), peers, given.limit)))
    return RIGHT


def _convert(given: argparse.Namespace) -> int:
    edges = read_edges(given.text) if given.ratings is None else read_ratings(given.text, given.ratings)
    save_edges(edges, given.output)
    print(json.dumps({"rows": edges.rows, "posts": len(edges.seats), "edges": len(edges.row)}))
    return RIGHT


def _check(given: argparse.Namespace) -> int:
    problem, plan = load_problem(given.problem), load_plan(given.plan)
    broken = plan.broken_rules(problem)
    print(json.dumps({**plan.summary(), "broken_rules": [asdict(fault) for fault in broken]}))
    return BROKEN if broken else RIGHT


def _explain(given: argparse.Namespace) -> int:
    problem, plan = load_problem(given.problem), load_plan(given.plan)
    if plan.problem_digest != problem.digest():
        raise ValueError("The plan was made for another problem.")
    if given.worker is not None:
        found = about_worker(problem, plan, given.worker)
    elif given.post is not None:
        found = about_post(problem, plan, given.post)
    else:
        found = about_office(problem, plan, load_groups(given.office))
    print(json.dumps(found))
    return RIGHT


def _sample(given: argparse.Namespace) -> int:
    asked = (given.family, given.workers, given.posts, given.seed)
    save_problem(family_problem(*asked, grouped=given.grouped), given.output)
    print(json.dumps({"workers": given.workers, "posts": given.posts, "seed": given.seed}))
    return RIGHT


if __name__ == "__main__":
    sys.exit(main())
