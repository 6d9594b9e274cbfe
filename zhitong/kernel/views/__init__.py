"""The kernel's own pages."""

from .accounts import AccountDetail, AccountList
from .files import attachment, files_of
from .home import home, search
from .jobs import JobDetail, JobList
from .orgs import OrgDetail, OrgList
from .own import accept_invitation, act_for, own_account
from .records import RecordList
from .regions import RegionDetail, RegionList
from .watch import health, metrics

__all__ = [
    "AccountDetail",
    "AccountList",
    "JobDetail",
    "JobList",
    "OrgDetail",
    "OrgList",
    "RecordList",
    "RegionDetail",
    "RegionList",
    "accept_invitation",
    "act_for",
    "attachment",
    "files_of",
    "health",
    "home",
    "metrics",
    "own_account",
    "search",
]
