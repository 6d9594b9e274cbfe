"""Joining rows into clusters, best pairs first, and never rows that must stay apart."""

from __future__ import annotations

from collections.abc import Iterable

from zhitong.engines.linkage.mixing import Ints


class Clusters:
    """Rows by cluster; of each cluster the members and the checked identity numbers."""

    def __init__(self, numbers: dict[int, int], apart: Iterable[tuple[int, int]]) -> None:
        """`numbers` gives the checked number of a row as any whole number; `apart` are pairs never to be together."""
        self._members: dict[int, list[int]] = {}
        self._head: dict[int, int] = {}
        self._numbers = numbers
        self._known: dict[int, set[int]] = {}
        self._foes: dict[int, set[int]] = {}
        self.keep_apart(apart)

    def keep_apart(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Add pairs of rows that are never to be brought together from here on."""
        for one, other in pairs:
            self._foes.setdefault(one, set()).add(other)
            self._foes.setdefault(other, set()).add(one)

    def head(self, row: int) -> int:
        """The row by which the cluster of a row is named."""
        return self._head.get(row, row)

    def members(self, row: int) -> list[int]:
        """The rows of the cluster of a row."""
        return self._members.get(self.head(row), [row])

    def numbers(self, row: int) -> set[int]:
        """The checked identity numbers in the cluster of a row."""
        head = self.head(row)
        if head in self._known:
            return self._known[head]
        return {self._numbers[row]} if row in self._numbers else set()

    def are_apart(self, one: int, other: int) -> bool:
        """Whether the clusters of two rows hold a pair that must not be together."""
        first, second = self.members(one), self.members(other)
        return any(not self._foes[row].isdisjoint(second) for row in first if row in self._foes)

    def clash(self, one: int, other: int) -> bool:
        """Whether joining would put an identity number beside another that it did not stand with before."""
        first, second = self.numbers(one), self.numbers(other)
        return bool(first and second and not (first <= second or second <= first))

    def join(self, one: int, other: int) -> None:
        """Make the clusters of two rows one."""
        first, second = self.head(one), self.head(other)
        if first == second:
            return
        rows, known = self.members(first) + self.members(second), self.numbers(first) | self.numbers(second)
        head = min(first, second)
        self._known.pop(max(first, second), None)
        self._members.pop(max(first, second), None)
        self._members[head], self._known[head] = rows, known
        for row in rows:
            self._head[row] = head

    def joined(self) -> dict[int, list[int]]:
        """The clusters of two rows and more."""
        return self._members


def linked(clusters: Clusters, pairs: Iterable[tuple[int, int]]) -> None:
    """Join pairs in the order given, where nothing forbids it."""
    for one, other in pairs:
        if clusters.head(one) == clusters.head(other):
            continue
        if not clusters.clash(one, other) and not clusters.are_apart(one, other):
            clusters.join(one, other)


def confirmed(clusters: Clusters, fixed: Ints) -> list[tuple[int, int]]:
    """Join the pairs that people have confirmed; returns those that rejected pairs forbid."""
    unmet = []
    for one, other in fixed.tolist():
        if clusters.are_apart(one, other):
            unmet.append((one, other))
        else:
            clusters.join(one, other)
    return unmet
