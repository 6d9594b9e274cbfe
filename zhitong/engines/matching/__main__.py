"""Solve and check rounds of matching from files: `python -m zhitong.engines.matching --help`."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from zhitong.engines.matching import solve
from zhitong.engines.matching.files import load_plan, load_problem, save_plan, save_problem
from zhitong.engines.matching.params import Params
from zhitong.engines.matching.sample import sample_problem

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
    solving = commands.add_parser("solve", help="make a plan for a problem")
    solving.add_argument("problem", type=Path, metavar="PROBLEM.npz")
    solving.add_argument("-o", "--output", type=Path, required=True, metavar="PLAN.npz")
    solving.add_argument("--seed", type=int, default=0, help="breaks ties (0)")
    solving.add_argument("--params", type=Path, metavar="PARAMS.json", help="what differs from the defaults")
    solving.set_defaults(run=_solve)
    checking = commands.add_parser("check", help="find what is wrong with a plan")
    checking.add_argument("problem", type=Path, metavar="PROBLEM.npz")
    checking.add_argument("plan", type=Path, metavar="PLAN.npz")
    checking.set_defaults(run=_check)
    making = commands.add_parser("sample", help="make up a problem")
    making.add_argument("output", type=Path, metavar="PROBLEM.npz")
    making.add_argument("--workers", type=int, default=1000)
    making.add_argument("--posts", type=int, default=63)
    making.add_argument("--seed", type=int, default=0)
    making.set_defaults(run=_sample)
    return parser


def _solve(given: argparse.Namespace) -> int:
    params = Params.from_json(given.params.read_text("utf-8")) if given.params else Params()
    plan = solve(load_problem(given.problem), params, seed=given.seed)
    save_plan(plan, given.output)
    print(json.dumps(plan.summary()))
    return RIGHT


def _check(given: argparse.Namespace) -> int:
    problem, plan = load_problem(given.problem), load_plan(given.plan)
    broken = plan.broken_rules(problem)
    print(json.dumps({**plan.summary(), "broken_rules": [asdict(fault) for fault in broken]}))
    return BROKEN if broken else RIGHT


def _sample(given: argparse.Namespace) -> int:
    save_problem(sample_problem(given.workers, given.posts, given.seed), given.output)
    print(json.dumps({"workers": given.workers, "posts": given.posts, "seed": given.seed}))
    return RIGHT


if __name__ == "__main__":
    sys.exit(main())
