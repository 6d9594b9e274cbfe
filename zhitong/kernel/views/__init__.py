"""The kernel's own pages."""

from .accounts import AccountDetail, AccountList
from .files import attachment, files_of
from .home import home, search
from .jobs import JobDetail, JobList
from .layouts import ListLayoutDetail, ListLayoutList, list_headings
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
    "ListLayoutDetail",
    "ListLayoutList",
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
    "list_headings",
    "metrics",
    "own_account",
    "search",
]
