"""From what an advertisement calls a job to its occupation of the 2022 classification.

`solve(problem, params, seed=0)` codes many titles, `Coder(params).code(title, text)` codes one. The arithmetic
is small and needs no trained model: our own words for each occupation, the official names, the Chinese rule
that the head of a title stands at its end, and likeness by character n-grams where no word is known.

Run by hand: ``python -m zhitong.engines.coding OCCUPATIONS.csv 电焊工 "仓管员（包吃住）"``
"""

from zhitong.engines.coding.coder import Coder, solve
from zhitong.engines.coding.model import Coding, Occupation, Params, Plan, Problem, read_occupations
from zhitong.engines.coding.words import spoken_words

__all__ = [
    "Coder",
    "Coding",
    "Occupation",
    "Params",
    "Plan",
    "Problem",
    "read_occupations",
    "solve",
    "spoken_words",
]
