"""Rows to arrays and a plan back to rows: the only module that feeds the matching engine."""

from zhitong.matching.frames.findings import LEFTOVER_COLUMNS, PROPOSAL_COLUMNS, SAID_NO_BEFORE, Findings
from zhitong.matching.frames.market import Market, market_of, pair_market, propose, scope_of
from zhitong.matching.frames.people import COMPANION_ABSENT, NO_INTENTION

__all__ = [
    "COMPANION_ABSENT",
    "LEFTOVER_COLUMNS",
    "NO_INTENTION",
    "PROPOSAL_COLUMNS",
    "SAID_NO_BEFORE",
    "Findings",
    "Market",
    "market_of",
    "pair_market",
    "propose",
    "scope_of",
]
