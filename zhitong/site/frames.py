"""From rows of files to the coding engine, with the occupations shipped with the product; and engines made ready."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from zhitong.engines.coding import Coder, Coding, Params, read_occupations, spoken_words
from zhitong.engines.matching import solve
from zhitong.engines.matching.explain import explain
from zhitong.engines.matching.measure_change import measure_changes
from zhitong.engines.matching.sample import sample_problem
from zhitong.engines.matching.vacant import vacant
from zhitong.site.data import read_rows

__all__ = ["CONTEXT", "TITLE", "Coding", "load_matching", "measure_changes", "title_coder"]

TITLE = "title"
CONTEXT = ("text", "description")
"""Columns beside the title that settle vague ones."""


def title_coder() -> Callable[[Mapping[str, str]], Coding]:
    """Return what finds the occupation of a row by its title, and by the columns of `CONTEXT` where it has them."""
    coder = Coder(Params(read_occupations(read_rows("occupations_cn_2022")), spoken_words()))

    def coded(row: Mapping[str, str]) -> Coding:
        return coder.code(row[TITLE], " ".join(row[name] for name in CONTEXT if row.get(name)))

    return coded


def load_matching() -> None:
    """Load the compiled loops of the matching engine, or compile them, so that nothing measured waits for it."""
    problem = sample_problem(4000, 300, 0)
    plan = solve(problem, seed=0)
    explain(problem, plan)
    vacant(problem, plan)
