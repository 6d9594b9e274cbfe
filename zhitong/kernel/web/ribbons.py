"""How many go from where to where, laid out as bands between two columns (Sankey, 1898): arithmetic, no drawing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

PITCH = 18.0
"""The least distance between two labels of a column, so that they can be read."""
GAP = 5.0
THINNEST = 0.8


@dataclass(frozen=True)
class End:
    """One place of a column: ``top`` and ``height`` of its bar, the middle of its label, and its number."""

    key: Hashable
    many: int
    top: float
    height: float

    @property
    def middle(self) -> float:
        """Where its label stands."""
        return self.top + self.height / 2


@dataclass(frozen=True)
class Band:
    """How many go from one place to another, and the outline between the bars as an SVG path."""

    left: Hashable
    right: Hashable
    many: int
    path: str


@dataclass(frozen=True)
class Diagram:
    """Both columns and the bands between them; widths and heights in the units of the drawing."""

    width: float
    height: float
    left: Sequence[End]
    right: Sequence[End]
    bands: Sequence[Band]


def ribbons(
    flows: Iterable[tuple[Hashable, Hashable, int]],
    *,
    width: float,
    margin: float,
    tall: float,
    bar: float = 8,
) -> Diagram:
    """Lay out flows of ``(from, to, how many)``, the most frequent places first.

    ``margin`` is kept free beside both columns for labels; ``tall`` is how high all people together are, and the
    drawing grows beyond it where labels need room. Widths of bands are proportional to people. Flows of nobody are
    left out; ``ValueError`` on a negative number.
    """
    counted = _counted(flows)
    total = sum(counted.values())
    scale = tall / total if total else 0.0
    left = _column(Counter(_by(counted, 0)), scale)
    right = _column(Counter(_by(counted, 1)), scale)
    ends = [end.middle + max(end.height, PITCH) / 2 for end in (*left, *right)]
    inner = (margin + bar, width - margin - bar)
    return Diagram(
        width, max(ends, default=0.0) + GAP, left, right, _bands(counted, left, right, scale, inner)
    )


def _counted(flows: Iterable[tuple[Hashable, Hashable, int]]) -> Counter[tuple[Hashable, Hashable]]:
    counted: Counter[tuple[Hashable, Hashable]] = Counter()
    for one, other, many in flows:
        if many < 0:
            raise ValueError(f"a flow of {many} people makes no sense")
        counted[one, other] += many
    return +counted


def _by(counted: Counter[tuple[Hashable, Hashable]], side: int) -> Counter[Hashable]:
    sums: Counter[Hashable] = Counter()
    for pair, many in counted.items():
        sums[pair[side]] += many
    return sums


def _column(sums: Counter[Hashable], scale: float) -> list[End]:
    found, below = [], GAP
    for key, many in sums.most_common():
        height = max(many * scale, THINNEST)
        slot = max(height, PITCH)
        found.append(End(key, many, below + (slot - height) / 2, height))
        below += slot + GAP
    return found


def _bands(
    counted: Counter[tuple[Hashable, Hashable]],
    left: list[End],
    right: list[End],
    scale: float,
    inner: tuple[float, float],
) -> list[Band]:
    """Stack the bands on both bars in the order of the other column, so that they cross as little as may be."""
    starts = {end.key: end.top for end in left}
    arrivals = {end.key: end.top for end in right}
    found = []
    for one in left:
        for other in right:
            many = counted[one.key, other.key]
            if not many:
                continue
            thick = max(many * scale, THINNEST)
            path = _outline(inner, starts[one.key], arrivals[other.key], thick)
            found.append(Band(one.key, other.key, many, path))
            starts[one.key] += thick
            arrivals[other.key] += thick
    return found


def _outline(inner: tuple[float, float], start: float, arrival: float, thick: float) -> str:
    begin, end = inner
    bend = (begin + end) / 2
    return (
        f"M{begin:.1f},{start:.1f} C{bend:.1f},{start:.1f} {bend:.1f},{arrival:.1f} {end:.1f},{arrival:.1f} "
        f"v{thick:.1f} C{bend:.1f},{arrival + thick:.1f} {bend:.1f},{start + thick:.1f} "
        f"{begin:.1f},{start + thick:.1f} Z"
    )
