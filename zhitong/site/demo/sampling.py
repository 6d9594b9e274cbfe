"""Drawing at random so that published shares are met: weighted draws by row, raking, tilting, fair rounding.

All arrays are NumPy; nothing here knows what is drawn.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def draw(rng: np.random.Generator, weights: ArrayLike, size: int) -> Ints:
    """Return `size` positions drawn with probability proportional to `weights` (k,)."""
    table = np.asarray(weights, float)[None, :]
    return draw_by_row(rng, table, np.zeros(size, np.int64))


def draw_by_row(rng: np.random.Generator, table: Floats, row: NDArray[np.integer]) -> Ints:
    """Return for each entry of `row` (n,) a column drawn by the weights of that row of `table` (r, k).

    Rows need not add up to one, but each must hold a positive weight. A column of weight zero is never drawn.
    """
    rows, columns = table.shape
    cumulated = np.cumsum(table, axis=1)
    if not (cumulated[:, -1] > 0).all():
        raise ValueError("every row needs a positive weight")
    cumulated /= cumulated[:, -1:]
    cumulated[:, -1] = 1.0
    flat = (cumulated + np.arange(rows)[:, None]).ravel()
    found = np.searchsorted(flat, rng.random(len(row)) + row, side="right")
    return np.minimum(found - row.astype(np.int64) * columns, columns - 1)


def rake(seed: Floats, row_totals: ArrayLike, column_totals: ArrayLike, rounds: int = 200) -> Floats:
    """Return the table nearest to `seed` (r, k) whose rows and columns add up to the totals given.

    Iterative proportional fitting (Deming and Stephan, 1940). Column totals are scaled to the sum of the
    rows.
    """
    rows = np.asarray(row_totals, float)
    columns = np.asarray(column_totals, float) * rows.sum() / np.sum(column_totals)
    table = seed * 1.0
    for _ in range(rounds):
        table *= _ratio(columns, table.sum(axis=0))[None, :]
        table *= _ratio(rows, table.sum(axis=1))[:, None]
    return table


def _ratio(wanted: Floats, found: Floats) -> Floats:
    return np.divide(wanted, found, out=np.zeros_like(found), where=found > 0)


def tilt(counts: Floats, features: Floats, share: float, means: ArrayLike) -> Floats:
    """Return for each cell the probability of being chosen.

    `share` of all (weighted by `counts` (c,)) are chosen, and the mean of each column of `features` (c, f)
    among the chosen is `means` (f,). The answer is logistic in the features, found by Newton's method.
    Raises ValueError where no such probabilities exist.
    """
    centre, spread = features.mean(axis=0), features.std(axis=0)
    design = np.column_stack([np.ones(len(counts)), (features - centre) / spread])
    wanted = np.append(1.0, (np.asarray(means, float) - centre) / spread) * share * counts.sum()
    slope = np.zeros(design.shape[1])
    for _ in range(100):
        chance = 1 / (1 + np.exp(-design @ slope))
        miss = wanted - design.T @ (counts * chance)
        curve = design.T @ ((counts * chance * (1 - chance))[:, None] * design)
        step = np.linalg.solve(curve, miss)
        slope += step / max(1.0, np.abs(step).max())
        if np.abs(miss).max() < 1e-9 * counts.sum():
            return chance
    raise ValueError("no probabilities meet the share and the means")


def share_out(total: int, weights: ArrayLike, least: int = 0) -> Ints:
    """Split `total` into whole parts proportional to `weights`, each at least `least` where the total allows.

    Largest remainders first (Hamilton's method); ties fall to the earlier part.
    """
    wanted = np.asarray(weights, float)
    floor = least if least * len(wanted) <= total else 0
    exact = wanted / wanted.sum() * (total - floor * len(wanted))
    parts = np.floor(exact).astype(np.int64)
    short = total - floor * len(wanted) - parts.sum()
    parts[np.argsort(parts - exact, kind="stable")[:short]] += 1
    return parts + floor


def balance(cells: Floats, counts: Floats, row_means: ArrayLike, column_means: ArrayLike) -> Floats:
    """Scale the levels `cells` (r, k) by a factor for each row and each column until their means are met.

    Means are weighted by `counts` (r, k). Column means only hold relative to each other: rows have the last
    word.
    """
    rows, columns = np.asarray(row_means, float), np.asarray(column_means, float)
    level = cells * 1.0
    for _ in range(200):
        found = (level * counts).sum(axis=0) / counts.sum(axis=0)
        level *= (columns / found)[None, :]
        level *= (rows / ((level * counts).sum(axis=1) / counts.sum(axis=1)))[:, None]
    return level
