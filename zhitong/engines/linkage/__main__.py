"""Link rows of files: `python -m zhitong.engines.linkage --help`."""

from __future__ import annotations

import argparse
import gc
import json
import sys
from pathlib import Path

from zhitong.engines.linkage import Params, Problem, solve
from zhitong.engines.linkage.arrivals import measured_arrivals
from zhitong.engines.linkage.baseline import equal_numbers
from zhitong.engines.linkage.files import load_pairs, load_rows, load_truth, save_pairs
from zhitong.engines.linkage.measuring import measured
from zhitong.engines.linkage.sample import PEOPLE, write_sample

RIGHT, BROKEN, NONSENSE = 0, 1, 2


def main(words: list[str] | None = None) -> int:
    """Run one command and print one JSON object; 0 done, 1 the plan breaks a rule, 2 the input makes no sense."""
    given = _parser().parse_args(words)
    gc.disable()  # a million rows make no cycles, and looking for them takes a fifth of the time
    try:
        code: int = given.run(given)
    except (ValueError, OSError) as fault:
        print(str(fault), file=sys.stderr)
        return NONSENSE
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m zhitong.engines.linkage",
        description="Find rows that are about the same person.",
        epilog="Example: sample rows.csv truth.csv, then pairs rows.csv pairs.csv, then measure truth.csv pairs.csv",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    pairing = commands.add_parser("pairs", help="link the rows of a file")
    pairing.add_argument(
        "input", type=Path, metavar="INPUT.csv", help="row,id_number,name,sex,birth_on,phone,village"
    )
    pairing.add_argument("output", type=Path, metavar="OUTPUT.csv", help="row_a,row_b,bits,verdict")
    pairing.add_argument("--params", type=Path, metavar="PARAMS.json", help="what differs from the defaults")
    pairing.add_argument("--seed", type=int, default=0, help="draws the random pairs to learn from (0)")
    pairing.add_argument("--check", action="store_true", help="hold the plan against its rules")
    pairing.add_argument(
        "--only-equal-numbers", action="store_true", help="the simplest method, to compare with"
    )
    pairing.set_defaults(run=_pairs)
    making = commands.add_parser("sample", help="make up a file and, apart from it, the truth")
    making.add_argument("output", type=Path, metavar="ROWS.csv")
    making.add_argument("truth", type=Path, metavar="TRUTH.csv", help="row,person,twin")
    making.add_argument("--people", type=int, default=PEOPLE)
    making.add_argument("--errors", type=float, default=1.0, help="multiplies every rate of errors (1)")
    making.add_argument("--seed", type=int, default=0)
    making.set_defaults(run=_sample)
    measuring = commands.add_parser("measure", help="hold pairs against the truth")
    measuring.add_argument("truth", type=Path, metavar="TRUTH.csv")
    measuring.add_argument("pairs", type=Path, metavar="PAIRS.csv")
    measuring.set_defaults(run=_measure)
    arriving = commands.add_parser(
        "arrivals", help="time how a village list is linked with the rest of a file"
    )
    arriving.add_argument("input", type=Path, metavar="INPUT.csv")
    arriving.add_argument("truth", type=Path, metavar="TRUTH.csv")
    arriving.add_argument("--rows", type=int, default=600)
    arriving.add_argument("--seed", type=int, default=0)
    arriving.set_defaults(run=_arrivals)
    return parser


def _pairs(given: argparse.Namespace) -> int:
    params = Params.from_json(given.params.read_text("utf-8")) if given.params else Params()
    rows, labels = load_rows(given.input)
    problem = Problem(rows)
    plan = (
        equal_numbers(problem, params)
        if given.only_equal_numbers
        else solve(problem, params, seed=given.seed)
    )
    save_pairs(given.output, labels, plan)
    broken = plan.broken_rules(problem) if given.check else ()
    print(
        json.dumps(
            {**plan.summary(), **({"broken_rules": [one.sentence for one in broken]} if given.check else {})}
        )
    )
    return BROKEN if broken else RIGHT


def _sample(given: argparse.Namespace) -> int:
    rows = write_sample(given.output, given.truth, people=given.people, seed=given.seed, errors=given.errors)
    print(json.dumps({"rows": rows, "people": given.people, "errors": given.errors, "seed": given.seed}))
    return RIGHT


def _measure(given: argparse.Namespace) -> int:
    labels, person, twin = load_truth(given.truth)
    one, other, bits, same = load_pairs(given.pairs, labels)
    print(json.dumps(measured(person, twin, (one, other), bits, same)))
    return RIGHT


def _arrivals(given: argparse.Namespace) -> int:
    rows, labels = load_rows(given.input)
    known, person, _twin = load_truth(given.truth)
    if len(known) != len(labels) or not len(rows) or (known != labels).any():
        raise ValueError(f"{given.truth} does not tell of the rows of {given.input}, in their order.")
    print(json.dumps(measured_arrivals(rows, person, given.rows, given.seed)))
    return RIGHT


if __name__ == "__main__":
    sys.exit(main())
