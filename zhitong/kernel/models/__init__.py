"""Nouns that every app needs: places, organisations, people who sign in, and the record of what was done."""

from .account import Account, Grant, Token
from .attachment import Attachment
from .codes import CertificateKind, Education, Industry, Occupation
from .export import Export
from .job import Job
from .layout import ListLayout
from .org import Org, OrgRegion
from .placed import Placed, Reached, ReachQuerySet, counting_indexes, in_place
from .record import Nonce, Record, RecordHead, RecordPeople
from .region import Region, RegionChange, RegionCode
from .tally import Tally, tallies_of

__all__ = [
    "Account",
    "Attachment",
    "CertificateKind",
    "Education",
    "Export",
    "Grant",
    "Industry",
    "Job",
    "ListLayout",
    "Nonce",
    "Occupation",
    "Org",
    "OrgRegion",
    "Placed",
    "ReachQuerySet",
    "Reached",
    "Record",
    "RecordHead",
    "RecordPeople",
    "Region",
    "RegionChange",
    "RegionCode",
    "Tally",
    "Token",
    "counting_indexes",
    "in_place",
    "tallies_of",
]
