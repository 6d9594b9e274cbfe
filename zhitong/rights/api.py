"""Nouns of this app that the API lets be read."""

from zhitong.kernel.api import Noun

from .models import Answer, Enquiry, Topic

NOUNS = (
    Noun(Topic, fields=("name", "order", "closed_on"), filters=()),
    Noun(
        Answer,
        fields=(
            "topic", "keeper", "state", "question", "text", "keywords", "basis", "valid_from", "valid_until",
            "checked_on", "county", "version",
        ),
        filters=("topic", "state"),
    ),
    Noun(
        Enquiry,
        fields=(
            "through", "topic", "text", "owner", "state", "asked_at", "due_at", "late_since", "taken_by", "reply",
            "answered_at",
        ),
        filters=("state", "topic"),
    ),
)  # fmt: skip
