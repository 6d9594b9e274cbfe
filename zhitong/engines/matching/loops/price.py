"""Raising prices until everyone likes best what they have."""

from __future__ import annotations

from zhitong.engines.matching.columns import Flags, Ints
from zhitong.engines.matching.loops.compiled import compiled


@compiled
def raise_prices(
    posts: Ints, points: Ints, taken: Ints, full: Flags, price: Ints, moved: Flags, next_moved: Flags
) -> None:
    """Raise prices until no row whose own post moved in price gains by another; those without a post count as moved
    in the first sweep only."""
    nothing = price.shape[0]
    for row in range(posts.shape[0]):
        mine = posts[row, taken[row]] if taken[row] >= 0 else nothing
        if moved[mine] or next_moved[mine]:
            gain = points[row, taken[row]] - price[mine] if mine < nothing else 0
            for column in range(posts.shape[1]):
                other = posts[row, column]
                if other >= 0 and full[other] and points[row, column] - gain > price[other]:
                    price[other] = points[row, column] - gain
                    next_moved[other] = True
