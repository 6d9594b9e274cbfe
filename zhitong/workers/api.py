"""What other systems may read of the register; sealed values come out masked."""

from __future__ import annotations

from zhitong.kernel.api import Noun

from .models import (
    Certificate,
    Consent,
    Device,
    DoorstepEdit,
    FieldConflict,
    Household,
    Import,
    Intention,
    Layout,
    PriorityGroup,
    PriorityMembership,
    RowEffect,
    RowFinding,
    Skill,
    Worker,
)

NOUNS = (
    Noun(
        Worker,
        fields=(
            "county", "town", "village", "version", "state", "name", "sex", "birth_on", "id_number", "telephone",
            "education", "household", "household_role", "spouse", "status", "status_checked_on",
            "status_source", "work_region", "source", "registered_at", "is_sample",
        ),
        filters=("village", "town", "county", "state", "status", "household"),
        note_reading=True,
    ),
    Noun(
        Household, fields=("county", "town", "village", "address", "is_sample"), filters=("village",),
        people="members",
    ),
    Noun(Skill, fields=("worker", "occupation", "years"), filters=("worker",)),
    Noun(
        Certificate,
        fields=("worker", "kind", "number", "issued_on", "valid_until", "was_seen"),
        filters=("worker",),
    ),
    Noun(PriorityGroup, fields=("code", "name", "weight", "legal_basis", "begins_on", "ends_on"), filters=("code",)),
    Noun(PriorityMembership, fields=("worker", "group", "since_on"), filters=("worker",)),
    Noun(
        Intention,
        fields=(
            "worker", "version", "first_occupation", "second_occupation", "third_occupation", "first_region",
            "second_region", "third_region", "anywhere", "earliest_on", "wage_floor_fen", "goes_with",
            "needs_dormitory", "stated_on",
        ),
        filters=("worker",),
    ),
    Noun(
        Import,
        fields=(
            "county", "town", "village", "org", "state", "name", "digest", "listed_on", "row_count", "counts",
            "outcome", "staged_by", "staged_at", "checked_at", "applied_by", "applied_at",
        ),
        filters=("org", "state"),
    ),
    Noun(
        RowFinding,
        fields=("imported", "row", "verdict", "codes", "asks", "decision", "village", "worker"),
        filters=("imported", "verdict", "asks"),
    ),
    Noun(
        RowEffect,
        fields=("imported", "row", "kind", "worker", "undone", "reasons"),
        filters=("imported", "kind", "undone"),
    ),
    Noun(Layout, fields=("org", "version", "name", "columns", "words", "saved_by", "saved_at"), filters=("org",)),
    Noun(
        Device,
        fields=("county", "town", "village", "account", "label", "registered_at", "seen_at", "wiped_at", "wiped_by"),
        filters=("village", "account"),
    ),
    Noun(
        DoorstepEdit,
        fields=("device", "worker", "conflict", "field", "stated_at", "checked_on", "received_at", "settled_at"),
        filters=("worker", "device", "conflict"),
    ),
    Noun(
        FieldConflict,
        fields=("worker", "field", "state", "opened_at", "taken", "decided_by", "decided_at"),
        filters=("worker", "state"),
    ),
    Noun(
        Consent,
        fields=("worker", "purpose", "text_version", "given_at", "given_through", "withdrawn_at"),
        filters=("worker", "purpose"),
    ),
)  # fmt: skip
