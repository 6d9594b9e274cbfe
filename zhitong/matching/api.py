"""Nouns of this app that the API lets be read."""

from zhitong.kernel.api import Noun

from .models import (
    Booth,
    Consequence,
    Contract,
    Interest,
    Interview,
    InterviewSlot,
    JobFair,
    Leftover,
    Offer,
    Proposal,
    Round,
    RuleSet,
    SavedSearch,
    Visit,
)

NOUNS = (
    Noun(
        RuleSet,
        fields=(
            "number", "begins_on", *RuleSet.BOUNDS, "priority_mode", "reason", "replaces", "decided_by", "decided_at",
        ),
        filters=("number", "begins_on"),
    ),
    Noun(
        Round, fields=("org", "held_on", "state", "rules", "summary", "asked_by", "asked_at"),
        filters=("state", "org"),
    ),
    Noun(
        Proposal,
        fields=("round", "worker", "demand", "state", "fit", "reasons", "group_number", "decided_by", "decided_at"),
        filters=("round", "state", "demand"),
    ),
    Noun(
        Leftover, fields=("round", "worker", "reason", "missing", "nearest"), filters=("round", "reason", "missing")
    ),
    Noun(
        Offer,
        fields=(
            "worker", "demand", "employer_org", "proposal", "state", "sent_at", "due_on", "answered_at",
            "answered_through", "employer_answered_at", "refuse_reason", "released_at",
        ),
        filters=("state", "demand"),
    ),
    Noun(
        Consequence,
        fields=("worker", "offer", "kind", "state", "begins_on", "until_on", "settled_at", "settled_through"),
        filters=("state", "kind", "worker"),
    ),
    Noun(
        InterviewSlot,
        fields=("demand", "employer_org", "state", "mode", "starts_at", "minutes", "places", "taken"),
        filters=("demand", "state", "mode"),
    ),
    Noun(
        Interview,
        fields=("offer", "slot", "employer_org", "state", "fail_reason", "picked_at", "picked_through", "settled_at"),
        filters=("state", "slot", "offer"),
    ),
    Noun(
        Contract,
        fields=(
            "offer", "employer_org", "state", "signed_on", "term", "begins_on", "ends_on", "wage_fen", "trial_months",
            "trial_wage_fen", "insurance", "host_name", "short_fen", "dispute_point",
        ),
        filters=("state", "offer"),
    ),
    Noun(
        JobFair,
        fields=("org", "name", "state", "mode", "region", "venue", "link", "begins_on", "ends_on", "details"),
        filters=("state", "mode", "region"),
    ),
    Noun(Booth, fields=("fair", "employer_org", "number", "state"), filters=("fair", "state")),
    Noun(Visit, fields=("fair", "worker", "came_at", "through"), filters=("fair",)),
    Noun(
        Interest, fields=("booth", "demand", "employer_org", "state", "reason", "offer", "noted_at"),
        filters=("booth", "state"),
    ),
    Noun(
        SavedSearch,
        fields=(
            "worker", "words", "region", "wage_least_fen", "has_dormitory", "begins_by", "saved_at", "expires_on",
            "told_on", "ended_at",
        ),
        filters=("worker",),
    ),
)  # fmt: skip
