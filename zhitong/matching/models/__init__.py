"""Rules, rounds of matching, what they propose, what is offered, and what people answer."""

from .consequences import Consequence
from .contracts import Contract
from .fairness import Dimension, FairnessAlarm, FairnessCell
from .fairs import Booth, Interest, JobFair, Visit
from .flows import Flow
from .interviews import Interview, InterviewSlot
from .offers import Offer
from .openings import Board, ClassOpening, Vacancy
from .rounds import Leftover, Proposal, Round
from .rules import RuleSet
from .searches import SavedSearch
from .trials import Trial, TrialChange

__all__ = [
    "Board",
    "Booth",
    "ClassOpening",
    "Consequence",
    "Contract",
    "Dimension",
    "FairnessAlarm",
    "FairnessCell",
    "Flow",
    "Interest",
    "Interview",
    "InterviewSlot",
    "JobFair",
    "Leftover",
    "Offer",
    "Proposal",
    "Round",
    "RuleSet",
    "SavedSearch",
    "Trial",
    "TrialChange",
    "Vacancy",
    "Visit",
]
