"""Nouns of this app that the API lets be read."""

from zhitong.kernel.api import Noun

from .models import Placement, RetentionCheck

NOUNS = (
    Noun(
        Placement,
        fields=(
            "worker",
            "demand",
            "employer_org",
            "station",
            "state",
            "placed_at",
            "expected_on",
            "arrived_on",
            "ended_on",
        ),
        filters=("state", "demand"),
    ),
    Noun(
        RetentionCheck,
        fields=("placement", "months", "due_on", "state", "answered_on", "source"),
        filters=("state", "months"),
    ),
)
