"""Questions and their answers, enquiries that wait for one, and what was looked for each day."""

from .answers import Answer, AnswerQuerySet, AnswerVersion, Topic, TopicQuerySet
from .asked import Asked, AskedQuerySet
from .enquiries import Enquiry, EnquiryQuerySet
from .hotlines import Hotline

__all__ = [
    "Answer",
    "AnswerQuerySet",
    "AnswerVersion",
    "Asked",
    "AskedQuerySet",
    "Enquiry",
    "EnquiryQuerySet",
    "Hotline",
    "Topic",
    "TopicQuerySet",
]
