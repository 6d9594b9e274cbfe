"""How right a list of pairs is, against known truth."""

from __future__ import annotations

from typing import Any

import numpy as np

from zhitong.engines.linkage.mixing import Flags, Floats, Ints


def measured(
    person: Ints, twin: Flags, pairs: tuple[Ints, Ints], bits: Floats, same: Flags
) -> dict[str, Any]:
    """Figures for pairs of rows (two columns of positions) of which `same` flags the automatic ones.

    `person` is the truth by row, `twin` flags rows about one of twins. The pairs listed are taken for matches
    (precision, recall, F1), then the automatic ones alone. `twins_merged` counts automatic pairs of different
    people of whom both are twins, born alike or not.
    """
    one, other = pairs
    right = person[one] == person[other]
    counts = np.bincount(np.unique(person, return_inverse=True)[1]).astype(np.int64)
    true = int((counts * (counts - 1) // 2).sum())
    wrong = int((same & ~right).sum())
    review = int((~same).sum())
    return {
        "rows": len(person),
        "true_pairs": true,
        "listed": _figures(right, true),
        "automatic": _figures(right[same], true),
        "positive": _figures(right[bits >= 0], true),
        "automatic_pairs": int(same.sum()),
        "automatic_wrong": wrong,
        "automatic_wrong_rate": round(wrong / max(int(same.sum()), 1), 6),
        "twins_merged": int((same & ~right & twin[one] & twin[other]).sum()),
        "review_pairs": review,
        "review_right": int((~same & right).sum()),
        "review_share_of_rows": round(review / max(len(person), 1), 6),
    }


def _figures(right: Flags, true: int) -> dict[str, float]:
    found, hits = len(right), int(right.sum())
    precision, recall = hits / max(found, 1), hits / max(true, 1)
    f1 = 2 * hits / max(found + true, 1)
    return {"precision": round(precision, 6), "recall": round(recall, 6), "f1": round(f1, 6)}
