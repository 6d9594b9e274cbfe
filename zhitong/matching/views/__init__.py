"""Pages of rounds, proposals, offers and answers."""

from .answering import agree
from .consequences import (
    ConsequenceDetail,
    ConsequenceList,
    StartForm,
    WageFloorForm,
    about_consequence,
    my_consequences,
    to_own_consequences,
)
from .contracts import (
    ContractDetail,
    ContractForm,
    ContractList,
    DisputeForm,
    NewContractForm,
    about_contract,
    enter,
)
from .flows import round_flows
from .interviews import (
    InterviewDetail,
    InterviewList,
    InterviewSlotDetail,
    InterviewSlotList,
    PickForm,
    ResultForm,
    SlotForm,
    about_interview,
    to_interview,
)
from .offers import CandidateList, OfferDetail, about_offer, my_offers, offers, to_own_page
from .posts import my_posts, posts_for_worker
from .proposals import LeftoverDetail, LeftoverList, ProposalDetail, ProposalList, about_seeker
from .rounds import RoundDetail, RoundList, about_decision
from .rules import RuleSetDetail, RuleSetList, about_rules
from .searches import SearchForm, about_search, stop_searches, to_posts

__all__ = [
    "CandidateList",
    "ConsequenceDetail",
    "ConsequenceList",
    "ContractDetail",
    "ContractForm",
    "ContractList",
    "DisputeForm",
    "InterviewDetail",
    "InterviewList",
    "InterviewSlotDetail",
    "InterviewSlotList",
    "LeftoverDetail",
    "LeftoverList",
    "NewContractForm",
    "OfferDetail",
    "PickForm",
    "ProposalDetail",
    "ProposalList",
    "ResultForm",
    "RoundDetail",
    "RoundList",
    "RuleSetDetail",
    "RuleSetList",
    "SearchForm",
    "SlotForm",
    "StartForm",
    "WageFloorForm",
    "about_consequence",
    "about_contract",
    "about_decision",
    "about_interview",
    "about_offer",
    "about_rules",
    "about_search",
    "about_seeker",
    "agree",
    "enter",
    "my_consequences",
    "my_offers",
    "my_posts",
    "offers",
    "posts_for_worker",
    "round_flows",
    "stop_searches",
    "to_interview",
    "to_own_consequences",
    "to_own_page",
    "to_posts",
]
