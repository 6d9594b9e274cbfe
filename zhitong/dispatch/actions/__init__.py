"""The verbs of dispatch: the only files that write its rows."""

from .arrival import confirm_arrival, report_missing, reveal_arrival_telephone
from .leaving import end_placement, erase_placements_of_worker
from .placing import assign_station, place_accepted_offers, place_worker
from .retention import confirm_still_there, report_left, report_unreachable
from .targets import count_targets

__all__ = [
    "assign_station",
    "confirm_arrival",
    "confirm_still_there",
    "count_targets",
    "end_placement",
    "erase_placements_of_worker",
    "place_accepted_offers",
    "place_worker",
    "report_left",
    "report_missing",
    "report_unreachable",
    "reveal_arrival_telephone",
]
