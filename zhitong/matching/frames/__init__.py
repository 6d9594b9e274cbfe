"""Rows to arrays and a plan back to rows: the only module that feeds the matching engine."""

from zhitong.matching.frames.adoption import OFFER_COLUMNS, Adoption, adoption, chosen, sliced
from zhitong.matching.frames.alone import told_alone
from zhitong.matching.frames.explaining import OPENING_COLUMNS, VACANCY_COLUMNS
from zhitong.matching.frames.fairness import (
    CELL_COLUMNS,
    NO_GROUP,
    Counting,
    Line,
    age_bands,
    fairness_lines,
    wandered,
)
from zhitong.matching.frames.findings import (
    FLOW_COLUMNS,
    LEFTOVER_COLUMNS,
    PROPOSAL_COLUMNS,
    SAID_NO_BEFORE,
    Findings,
)
from zhitong.matching.frames.market import Market, broken_between, market_of, propose, scope_of
from zhitong.matching.frames.people import COMPANION_ABSENT, NO_INTENTION
from zhitong.matching.frames.rules import DEFAULT_RULES, params_of
from zhitong.matching.frames.trials import CHANGE_COLUMNS, Outcome, compared

__all__ = [
    "CELL_COLUMNS",
    "CHANGE_COLUMNS",
    "COMPANION_ABSENT",
    "DEFAULT_RULES",
    "FLOW_COLUMNS",
    "LEFTOVER_COLUMNS",
    "NO_GROUP",
    "NO_INTENTION",
    "OFFER_COLUMNS",
    "OPENING_COLUMNS",
    "PROPOSAL_COLUMNS",
    "SAID_NO_BEFORE",
    "VACANCY_COLUMNS",
    "Adoption",
    "Counting",
    "Findings",
    "Line",
    "Market",
    "Outcome",
    "adoption",
    "age_bands",
    "broken_between",
    "chosen",
    "compared",
    "fairness_lines",
    "market_of",
    "params_of",
    "propose",
    "scope_of",
    "sliced",
    "told_alone",
    "wandered",
]
