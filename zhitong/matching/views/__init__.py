"""Pages of rounds, proposals, offers and answers."""

from .answering import agree
from .offers import CandidateList, OfferDetail, about_offer, my_offers, offers, to_own_page
from .proposals import LeftoverDetail, LeftoverList, ProposalDetail, ProposalList
from .rounds import RoundDetail, RoundList, about_decision

__all__ = [
    "CandidateList",
    "LeftoverDetail",
    "LeftoverList",
    "OfferDetail",
    "ProposalDetail",
    "ProposalList",
    "RoundDetail",
    "RoundList",
    "about_decision",
    "about_offer",
    "agree",
    "my_offers",
    "offers",
    "to_own_page",
]
