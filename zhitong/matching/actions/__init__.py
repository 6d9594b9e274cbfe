"""The verbs of matching: the only files that write its rows."""

from .answers import accept_worker, agree_to_offer, decline_offer, refuse_worker, reveal_candidate_telephone
from .clock import erase_offers_of_worker, expire_offers, recall_offers_of_demand, recall_offers_of_worker
from .consequences import lift_consequence, postpone_start, raise_wage_floor, take_suggestion
from .contracts import (
    ContractFacts,
    confirm_contract,
    correct_contract,
    dispute_contract,
    enter_contract,
)
from .fairness import answer_fairness_alarm, keep_fairness
from .fairs import (
    FairFacts,
    cancel_fair,
    check_in_visitor,
    correct_fair,
    note_interest,
    open_fair,
    record_talk,
    register_booth,
    withdraw_booth,
)
from .interviews import (
    SlotFacts,
    call_off_interview,
    cancel_slot,
    move_interview,
    offer_slot,
    pick_slot,
    record_interview,
    remind_of_interviews,
)
from .offers import recall_offer, release_offer, retake_offer, send_offer
from .proposals import adopt_proposals, keep_proposals, pass_over_proposals
from .rounds import cancel_round, give_up_round, open_round, retry_round, take_up_round
from .rules import RuleFacts, set_matching_rules
from .searches import end_search, erase_searches_of_worker, save_search, tell_new_posts
from .trials import TrialFacts, drop_trial, give_up_trial, keep_trial, try_rules

__all__ = [
    "ContractFacts",
    "FairFacts",
    "RuleFacts",
    "SlotFacts",
    "TrialFacts",
    "accept_worker",
    "adopt_proposals",
    "agree_to_offer",
    "answer_fairness_alarm",
    "call_off_interview",
    "cancel_fair",
    "cancel_round",
    "cancel_slot",
    "check_in_visitor",
    "confirm_contract",
    "correct_contract",
    "correct_fair",
    "decline_offer",
    "dispute_contract",
    "drop_trial",
    "end_search",
    "enter_contract",
    "erase_offers_of_worker",
    "erase_searches_of_worker",
    "expire_offers",
    "give_up_round",
    "give_up_trial",
    "keep_fairness",
    "keep_proposals",
    "keep_trial",
    "lift_consequence",
    "move_interview",
    "note_interest",
    "offer_slot",
    "open_fair",
    "open_round",
    "pass_over_proposals",
    "pick_slot",
    "postpone_start",
    "raise_wage_floor",
    "recall_offer",
    "recall_offers_of_demand",
    "recall_offers_of_worker",
    "record_interview",
    "record_talk",
    "refuse_worker",
    "register_booth",
    "release_offer",
    "remind_of_interviews",
    "retake_offer",
    "retry_round",
    "reveal_candidate_telephone",
    "save_search",
    "send_offer",
    "set_matching_rules",
    "take_suggestion",
    "take_up_round",
    "tell_new_posts",
    "try_rules",
    "withdraw_booth",
]
