"""Rows to arrays and a plan back to rows: the only module that feeds the matching engine."""

from zhitong.matching.frames.adoption import OFFER_COLUMNS, Adoption, adoption, chosen, sliced
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

__all__ = [
    "COMPANION_ABSENT",
    "DEFAULT_RULES",
    "FLOW_COLUMNS",
    "LEFTOVER_COLUMNS",
    "NO_INTENTION",
    "OFFER_COLUMNS",
    "PROPOSAL_COLUMNS",
    "SAID_NO_BEFORE",
    "Adoption",
    "Findings",
    "Market",
    "adoption",
    "broken_between",
    "chosen",
    "market_of",
    "params_of",
    "propose",
    "scope_of",
    "sliced",
]
