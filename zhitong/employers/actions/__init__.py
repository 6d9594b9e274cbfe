"""The verbs of the employers app: the only files that write its rows."""

from .clock import close_stale_demands
from .credentials import (
    approve_employer,
    bar_employer,
    readmit_employer,
    refuse_employer,
    reveal_contact,
)
from .demand import (
    approve_demand,
    close_demand,
    correct_demand,
    refresh_demand,
    refuse_demand,
    resubmit_demand,
    submit_demand,
)
from .doubts import count_usual_wages, note_doubts
from .employer import correct_employer, register_employer
from .files import read_demands, store_demands
from .imports import Post, PostBatch, import_demands
from .loading import DemandBatch, load_demands
from .targets import set_target

__all__ = [
    "DemandBatch",
    "Post",
    "PostBatch",
    "approve_demand",
    "approve_employer",
    "bar_employer",
    "close_demand",
    "close_stale_demands",
    "correct_demand",
    "correct_employer",
    "count_usual_wages",
    "import_demands",
    "load_demands",
    "note_doubts",
    "read_demands",
    "readmit_employer",
    "refresh_demand",
    "refuse_demand",
    "refuse_employer",
    "register_employer",
    "resubmit_demand",
    "reveal_contact",
    "set_target",
    "store_demands",
    "submit_demand",
]
