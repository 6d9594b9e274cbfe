"""Which rows of lists are about the same person.

`solve(problem, params, *, seed)` proposes pairs and clusters; `plan.broken_rules(problem)` checks a proposal
without the solver; a named person adopts it elsewhere. For rows that arrive, `learn` is asked once for the
register (`expected` stands in until then), `keys_of` says which rows of it are worth fetching, and `link_arrivals`
links the new ones with those.
"""

from __future__ import annotations

from zhitong.engines.linkage.compare import Levels, Number, Place, Sex, Telephone
from zhitong.engines.linkage.days import Birth
from zhitong.engines.linkage.identity import Writing
from zhitong.engines.linkage.keys import LARGEST, Key, Keys, keys_of
from zhitong.engines.linkage.learning import expected, learn
from zhitong.engines.linkage.mixing import Ints
from zhitong.engines.linkage.nametable import Likeness, Names
from zhitong.engines.linkage.params import Params
from zhitong.engines.linkage.plan import BrokenRule, Plan, Reason, Verdict
from zhitong.engines.linkage.problem import Problem, no_pairs
from zhitong.engines.linkage.rates import Against
from zhitong.engines.linkage.reading import COLUMNS, Reader, rows_of
from zhitong.engines.linkage.rows import Rows
from zhitong.engines.linkage.scores import PARTS, Scored, Scores, score

__all__ = [
    "COLUMNS",
    "LARGEST",
    "PARTS",
    "Against",
    "Birth",
    "BrokenRule",
    "Key",
    "Keys",
    "Levels",
    "Likeness",
    "Names",
    "Number",
    "Params",
    "Place",
    "Plan",
    "Problem",
    "Reader",
    "Reason",
    "Rows",
    "Scored",
    "Scores",
    "Sex",
    "Telephone",
    "Verdict",
    "Writing",
    "expected",
    "keys_of",
    "learn",
    "link_arrivals",
    "rows_of",
    "score",
    "solve",
]


def solve(
    problem: Problem, params: Params | None = None, *, seed: int = 0, scores: Scores | None = None
) -> Plan:
    """Link all rows of a problem; scores are learned from these rows unless they are given.

    `seed` (0 or more) draws the random pairs from which chance is learned; the order of rows does not matter.
    ValueError on a negative seed.
    """
    from zhitong.engines.linkage.solver import planned

    params = params or Params()
    return planned(problem, params, scores or learn(problem, params, seed=seed), seed)


def link_arrivals(
    new_rows: Rows,
    candidate_rows: Rows,
    scores: Scores,
    params: Params | None = None,
    *,
    fixed: Ints | None = None,
    rejected: Ints | None = None,
) -> Plan:
    """Link new rows with each other and with rows of a register that share a key with one of them.

    Positions in the plan, and in `fixed` and `rejected`, count the new rows first and the candidates behind them; no
    pair of two candidates is looked at, but what `fixed` says of them holds. The plan answers
    `Problem(new_rows.joined(candidate_rows), fixed, rejected)`.
    """
    from zhitong.engines.linkage.solver import planned

    whole = new_rows.joined(candidate_rows)
    decided = {
        "fixed": no_pairs() if fixed is None else fixed,
        "rejected": no_pairs() if rejected is None else rejected,
    }
    return planned(Problem(whole, **decided), params or Params(), scores, 0, len(new_rows))
