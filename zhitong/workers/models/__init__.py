"""The register: people who want to work away, their households, what they can do and what they want."""

from zhitong.kernel.models import Education

from .asking import StatusQuestion, StatusQuestionQuerySet
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
from .doorstep import (
    Device,
    DeviceQuerySet,
    DoorstepEdit,
    DoorstepEditQuerySet,
    FieldConflict,
    FieldConflictQuerySet,
)
from .ethnicity import EthnicGroup, StatedEthnicity
from .headcount import Headcount
from .imports import Import, ImportQuerySet, ImportRow, Layout, RowEffect, RowFinding, RowFindingQuerySet
from .person import PLACES, SEALED, Household, Source, Worker, WorkerQuerySet, years_between
from .persons import EntryFacts, Likeness, LikenessQuerySet, LinkDecision, LinkDecisionQuerySet, LinkScores
from .rights import DeletionRequest, DeletionRequestQuerySet, SpouseRequest, SpouseRequestQuerySet

__all__ = [
    "PLACES",
    "SEALED",
    "Certificate",
    "Consent",
    "DeletionRequest",
    "DeletionRequestQuerySet",
    "Device",
    "DeviceQuerySet",
    "DoorstepEdit",
    "DoorstepEditQuerySet",
    "Education",
    "EntryFacts",
    "EthnicGroup",
    "FieldConflict",
    "FieldConflictQuerySet",
    "Headcount",
    "Household",
    "Import",
    "ImportQuerySet",
    "ImportRow",
    "Intention",
    "Layout",
    "Likeness",
    "LikenessQuerySet",
    "LinkDecision",
    "LinkDecisionQuerySet",
    "LinkScores",
    "OfWorker",
    "PriorityGroup",
    "PriorityGroupQuerySet",
    "PriorityMembership",
    "RowEffect",
    "RowFinding",
    "RowFindingQuerySet",
    "Skill",
    "Source",
    "SpouseRequest",
    "SpouseRequestQuerySet",
    "StatedEthnicity",
    "StatusQuestion",
    "StatusQuestionQuerySet",
    "Worker",
    "WorkerQuerySet",
    "years_between",
]
