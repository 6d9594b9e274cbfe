"""The nouns of this app that devices and partner systems may read."""

from __future__ import annotations

from zhitong.kernel.api import Noun

from .models import Demand, Employer, Target

NOUNS = (
    Noun(
        Employer,
        fields=(
            "org", "state", "credit_code", "industry", "region", "address", "collected_by", "checked_on", "refusal",
            "version",
        ),
        filters=("state", "region", "credit_code"),
    ),
    Noun(
        Demand,
        fields=(
            "employer", "employer_org", "collected_by", "collected_on", "state", "title", "occupation", "seats",
            "region", "address", "wage_low_fen", "wage_high_fen", "education_min", "age_min", "age_max",
            "age_basis", "certificates", "has_dormitory", "has_meals", "has_insurance", "refunds_travel", "details",
            "begins_on", "valid_until", "refreshed_on", "close_reason", "refusal", "submitted_at", "external_code",
            "version",
        ),
        filters=("state", "region", "occupation", "employer", "collected_by", "external_code"),
    ),
    Noun(Target, fields=("org", "begins_on", "ends_on", "seats"), filters=("org",)),
)  # fmt: skip
