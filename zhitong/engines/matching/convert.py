"""Reading plain assignment problems of others: DIMACS flow and assignment, the OR-Library, and lists of ratings."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from zhitong.engines.matching.edges import LARGEST, Edges

Longs = npt.NDArray[np.int64]

MOST = 50_000_000
"""So many nodes, rows or pairs a problem of others may have; whatever a file announces, no more room is asked for."""


def read_edges(path: Path | str) -> Edges:
    """A problem from a text file; ValueError with a sentence when it is none.

    Costs are to be made small with every row assigned, so the value of a pair is a constant less its cost; the
    constant (`ceiling`) outweighs all costs, so that as many rows as possible are assigned.
    """
    try:
        text = Path(path).read_text("ascii")
    except UnicodeDecodeError as fault:
        raise ValueError(f"{path} is not a text file of numbers.") from fault
    lines = [line.split() for line in text.splitlines() if line.strip() and not line.startswith("c")]
    if not lines:
        raise ValueError(f"{path} is empty.")
    if lines[0][0] == "p":
        return _dimacs(lines)
    return _or_library(lines)


def read_ratings(path: Path | str, seats: int) -> Edges:
    """A matching from a list of ratings, as MovieLens 100k's `u.data`; ValueError with a sentence when it is none.

    Each line has user, item, rating and time, whole numbers. Users take at most one item that they rated, worth its
    rating; each item goes to at most `seats` users. Users and items stand in the order of their numbers.
    """
    lines = [line.split() for line in Path(path).read_text("latin-1").splitlines() if line.strip()]
    if not lines:
        raise ValueError(f"{path} is empty.")
    user, item, rating, _ = _table(lines, 4, "ratings").T
    users, row = np.unique(user, return_inverse=True)
    items, post = np.unique(item, return_inverse=True)
    return Edges(row, post, rating, np.full(len(items), seats), np.zeros(len(users), np.int64))


def _numbers(words: list[str]) -> Longs:
    try:
        return np.array([int(word) for word in words], np.int64)
    except (ValueError, OverflowError) as fault:
        raise ValueError(f"A whole number was expected: {fault}.") from fault


def _or_library(lines: list[list[str]]) -> Edges:
    """`assignN`: the number of items, then the matrix of costs row by row. `assignpN`: the number of items, then on
    lines of their own row, column and cost of each pair that is allowed."""
    numbers = _numbers([word for line in lines for word in line])
    size = _few(int(numbers[0]), "items")
    one_each = np.ones(size, np.int64)
    if size > 0 and len(numbers) == 1 + size * size:
        return _cheapest(*np.divmod(np.arange(size * size), size), numbers[1:], one_each, size)
    if size < 1 or [len(line) for line in lines] != [1] + [3] * (len(lines) - 1):
        raise ValueError(
            f"An OR-Library file for {size} items has {1 + size * size} numbers, not {len(numbers)}."
        )
    row, post, cost = numbers[1:].reshape(-1, 3).T
    return _cheapest(_inside(row, size) - 1, _inside(post, size) - 1, cost, one_each, size)


def _dimacs(lines: list[list[str]]) -> Edges:
    kind = lines[0][1] if len(lines[0]) == 4 else ""
    if kind not in ("min", "asn"):
        raise ValueError("The first line must be 'p min NODES ARCS' or 'p asn NODES ARCS'.")
    nodes, arcs = (int(number) for number in _numbers(lines[0][2:]))
    _few(nodes, "nodes")
    told = [line[1:] for line in lines[1:] if line[0] == "n"]
    drawn = [line[1:] for line in lines[1:] if line[0] == "a"]
    if len(drawn) != arcs:
        raise ValueError(f"{arcs} arcs are announced and {len(drawn)} given.")
    return _assignment(nodes, told, drawn) if kind == "asn" else _flow(nodes, told, drawn)


def _few(many: int, what: str) -> int:
    if not 0 <= many <= MOST:
        raise ValueError(f"{many} {what} cannot be read; there may be 0 to {MOST}.")
    return many


def _table(lines: list[list[str]], columns: int, what: str) -> Longs:
    for line in lines:
        if len(line) != columns:
            raise ValueError(f"A line of {what} has {columns} numbers, not {len(line)}.")
    return _numbers([word for line in lines for word in line]).reshape(-1, columns)


def _assignment(nodes: int, told: list[list[str]], drawn: list[list[str]]) -> Edges:
    supply = np.full(nodes + 1, -1, np.int64)
    supply[0] = 0
    supply[_inside(_table(told, 1, "a source")[:, 0], nodes)] = 1
    tail, head, cost = _table(drawn, 3, "an arc").T
    return _transport(supply, _inside(tail, nodes), _inside(head, nodes), np.ones(len(cost), np.int64), cost)


def _flow(nodes: int, told: list[list[str]], drawn: list[list[str]]) -> Edges:
    supply = np.zeros(nodes + 1, np.int64)
    node, amount = _table(told, 2, "a node").T
    supply[_inside(node, nodes)] = amount
    tail, head, low, room, cost = _table(drawn, 5, "an arc").T
    if low.any():
        raise ValueError("Arcs with a lower bound are no assignment.")
    return _transport(supply, _inside(tail, nodes), _inside(head, nodes), room, cost)


def _inside(node: Longs, nodes: int) -> Longs:
    wrong = (node < 1) | (node > nodes)
    if wrong.any():
        raise ValueError(f"Node {node[wrong][0]} is not among the {nodes} nodes.")
    return node


def _transport(supply: Longs, tail: Longs, head: Longs, room: Longs, cost: Longs) -> Edges:
    """A row for each unit of supply, a post for each node of demand."""
    if ((supply[tail] <= 0) | (supply[head] >= 0)).any():
        raise ValueError("Only arcs from a node of supply to a node of demand make an assignment.")
    if (room < np.minimum(supply[tail], -supply[head])).any():
        raise ValueError("An arc has less room than its ends could use: that is no assignment.")
    _few(sum(supply[supply > 0].tolist()), "units of supply")
    _few(sum(supply[tail].tolist()), "pairs")
    sources, sinks = np.flatnonzero(supply > 0), np.flatnonzero(supply < 0)
    first = np.append(0, np.cumsum(supply[sources]))
    source = np.searchsorted(sources, tail)
    copies = supply[tail]
    edge = np.repeat(np.arange(len(tail)), copies)
    unit = np.arange(len(edge)) - np.repeat(np.cumsum(copies) - copies, copies)
    post = np.searchsorted(sinks, head)[edge]
    return _cheapest(first[source[edge]] + unit, post, cost[edge], -supply[sinks], int(first[-1]))


def _cheapest(row: Longs, post: Longs, cost: Longs, seats: Longs, rows: int) -> Edges:
    spread = int(cost.max(initial=0)) - min(int(cost.min(initial=0)), 0)
    ceiling = (spread + 1) * (min(rows, int(seats.sum())) + 1)
    if ceiling + spread > LARGEST:
        raise ValueError("The costs are too large for so many rows.")
    return Edges(row, post, ceiling - cost, seats, np.zeros(rows, np.int64), ceiling)
