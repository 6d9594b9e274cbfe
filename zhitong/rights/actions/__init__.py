"""The verbs of rights: the only files that write its rows."""

from .answering import answer_enquiry, hand_back_enquiry, reveal_asker_telephone, take_enquiry
from .asking import ask_for_worker, ask_question, ask_without_account, note_call
from .closing import (
    close_enquiry,
    empty_old_enquiries,
    erase_enquiries_of_worker,
    escalate_enquiries,
    reopen_enquiry,
)
from .counting import count_opening, count_search, drop_old_counts
from .facts import AnswerFacts, HotlineFacts, QuestionFacts
from .hotlines import set_hotline
from .keeping import (
    confirm_answer,
    correct_answer,
    draft_answer,
    load_answers,
    make_answer,
    publish_answer,
    withdraw_answer,
)
from .topics import close_topic, open_topic

__all__ = [
    "AnswerFacts",
    "HotlineFacts",
    "QuestionFacts",
    "answer_enquiry",
    "ask_for_worker",
    "ask_question",
    "ask_without_account",
    "close_enquiry",
    "close_topic",
    "confirm_answer",
    "correct_answer",
    "count_opening",
    "count_search",
    "draft_answer",
    "drop_old_counts",
    "empty_old_enquiries",
    "erase_enquiries_of_worker",
    "escalate_enquiries",
    "hand_back_enquiry",
    "load_answers",
    "make_answer",
    "note_call",
    "open_topic",
    "publish_answer",
    "reopen_enquiry",
    "reveal_asker_telephone",
    "set_hotline",
    "take_enquiry",
    "withdraw_answer",
]
