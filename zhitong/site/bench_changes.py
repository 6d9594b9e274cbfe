"""What changes of a cleared round cost: newcomers, posts closed and opened, other wishes, withdrawals."""

from __future__ import annotations

from typing import Any

from zhitong.site.frames import measure_changes

LARGE = 200_000
"""With more workers the changed rounds are not cleared as a whole to compare."""


def measure(*, workers: int, posts: int, family: str, seed: int) -> dict[str, Any]:
    """Clear one made-up round, change one part in a hundred of it, and clear it again; each kind of change by itself.

    Of each: processor and wall seconds, microseconds for each person whom the change concerns, the share of a full
    solve's processor time, the certified gap, how many bystanders and how many with an adopted offer moved, and up
    to `LARGE` workers what a full solve of the changed round finds.
    """
    asked = {"workers": workers, "posts": posts, "family": family, "seed": seed}
    found = measure_changes(family, workers, posts, seed, against=workers <= LARGE)
    return {**asked, "changes": found}
