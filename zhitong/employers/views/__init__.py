"""Pages of employers, posts and targets."""

from .demands import DemandDesk, DemandDetail, DemandList
from .employers import EmployerDesk, EmployerDetail, EmployerList
from .home import employer_home
from .targets import TargetList

__all__ = [
    "DemandDesk",
    "DemandDetail",
    "DemandList",
    "EmployerDesk",
    "EmployerDetail",
    "EmployerList",
    "TargetList",
    "employer_home",
]
