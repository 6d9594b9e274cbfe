"""Pages of rounds, proposals, offers and answers."""

from .answering import agree
from .offers import CandidateList, OfferDetail, about_offer, my_offers, offers, to_own_page
from .proposals import LeftoverDetail, LeftoverList, ProposalDetail, ProposalList, about_seeker
from .rounds import RoundDetail, RoundList, about_decision
from .rules import RuleSetDetail, RuleSetList, about_rules

__all__ = [
    "CandidateList",
    "LeftoverDetail",
    "LeftoverList",
    "OfferDetail",
    "ProposalDetail",
    "ProposalList",
    "RoundDetail",
    "RoundList",
    "RuleSetDetail",
    "RuleSetList",
    "about_decision",
    "about_offer",
    "about_rules",
    "about_seeker",
    "agree",
    "my_offers",
    "offers",
    "to_own_page",
]
