"""Likeness of short Chinese phrases by the character n-grams that they share."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Positions = NDArray[np.int64]


def grams(phrase: str) -> list[str]:
    """Single characters, pairs and triples of a phrase, in order."""
    return [phrase[i : i + n] for n in (1, 2, 3) for i in range(len(phrase) - n + 1)]


class Likeness:
    """Phrases indexed by their grams; `to(phrase)` is the cosine with each of them.

    A gram weighs the more the fewer phrases have it (inverse document frequency), and pairs and triples weigh
    more than single characters, which alone say little.
    """

    def __init__(self, phrases: Sequence[str]) -> None:
        counts = [Counter(grams(phrase)) for phrase in phrases]
        spread = Counter(gram for count in counts for gram in count)
        self.size = len(phrases)
        self._weights = {
            gram: (0.4 if len(gram) == 1 else 1.0) * float(np.log(1 + self.size / seen))
            for gram, seen in spread.items()
        }
        self._index = self._invert(counts)

    def _invert(self, counts: list[Counter[str]]) -> dict[str, tuple[Positions, Numbers]]:
        rows: dict[str, list[tuple[int, float]]] = {}
        for row, count in enumerate(counts):
            norm = self._norm(count)
            for gram, times in count.items():
                rows.setdefault(gram, []).append((row, times * self._weights[gram] / norm))
        return {
            gram: (np.array([r for r, _ in found], np.int64), np.array([w for _, w in found], np.float64))
            for gram, found in rows.items()
        }

    def _norm(self, count: Counter[str]) -> float:
        rare = float(np.log(1 + self.size))
        total = sum((times * self._weights.get(gram, rare)) ** 2 for gram, times in count.items())
        return float(np.sqrt(total)) or 1.0

    def to(self, phrase: str) -> Numbers:
        """Cosine of the phrase with each indexed phrase, shape (size,), between 0 and 1."""
        count = Counter(grams(phrase))
        known = [(gram, times) for gram, times in count.items() if gram in self._index]
        if not known:
            return np.zeros(self.size)
        rows = np.concatenate([self._index[gram][0] for gram, _ in known])
        values = np.concatenate([self._index[gram][1] * times * self._weights[gram] for gram, times in known])
        return np.bincount(rows, weights=values, minlength=self.size) / self._norm(count)
