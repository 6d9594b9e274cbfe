"""Pages of rights: the public question page, a person's own questions, the desk, and the answers that are kept."""

from .answers import AnswerDetail, AnswerList, TopicList, to_topics
from .asked import asked
from .enquiries import EnquiryDetail, EnquiryList, about_enquiry, my_questions, to_enquiry
from .public import guest_question, question, questions

__all__ = [
    "AnswerDetail",
    "AnswerList",
    "EnquiryDetail",
    "EnquiryList",
    "TopicList",
    "about_enquiry",
    "asked",
    "guest_question",
    "my_questions",
    "question",
    "questions",
    "to_enquiry",
    "to_topics",
]
