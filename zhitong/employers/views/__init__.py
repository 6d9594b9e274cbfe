"""Pages of employers, posts and targets."""

from .demands import DemandDesk, DemandDetail, DemandList
from .employers import EmployerDesk, EmployerDetail, EmployerList, keep_licence, to_employer
from .home import employer_home
from .imports import apply_import, import_posts, import_report, refused_rows
from .targets import TargetList

__all__ = [
    "DemandDesk",
    "DemandDetail",
    "DemandList",
    "EmployerDesk",
    "EmployerDetail",
    "EmployerList",
    "TargetList",
    "apply_import",
    "employer_home",
    "import_posts",
    "import_report",
    "keep_licence",
    "refused_rows",
    "to_employer",
]
