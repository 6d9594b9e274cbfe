"""Do groups of people fare alike? Rates and means with their intervals, differences, and what changed against before.

Counts in, numbers out; who the groups are is known elsewhere. Nothing here feeds a round: it is asked afterwards.
"""

from zhitong.engines.fairness.differences import Difference, adjusted, of_means, of_rates
from zhitong.engines.fairness.drifting import Drift, drift
from zhitong.engines.fairness.intervals import Interval, Sums, mean_interval, wilson

__all__ = [
    "Difference",
    "Drift",
    "Interval",
    "Sums",
    "adjusted",
    "drift",
    "mean_interval",
    "of_means",
    "of_rates",
    "wilson",
]
