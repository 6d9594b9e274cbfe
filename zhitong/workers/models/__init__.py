"""The register: people who want to work away, their households, what they can do and what they want."""

from zhitong.kernel.models import Education

from .belongings import (
    Certificate,
    Consent,
    Intention,
    OfWorker,
    PriorityGroup,
    PriorityGroupQuerySet,
    PriorityMembership,
    Skill,
)
from .person import Household, Source, Worker, WorkerQuerySet

__all__ = [
    "Certificate",
    "Consent",
    "Education",
    "Household",
    "Intention",
    "OfWorker",
    "PriorityGroup",
    "PriorityGroupQuerySet",
    "PriorityMembership",
    "Skill",
    "Source",
    "Worker",
    "WorkerQuerySet",
]
