"""How often the occupation of a title is found, on labelled titles that are not part of the product."""

from __future__ import annotations

from collections import Counter
from time import process_time
from typing import Any

from zhitong.site.data import read_rows
from zhitong.site.frames import TITLE, Coding, title_coder

LABEL = "occupation_code"
_MIDDLE = 4
"""Characters of a code that name its middle group (level 2)."""


def measure(rows: list[dict[str, str]]) -> dict[str, Any]:
    """Code rows with a title and a label and compare: shares right at level 4 and 2, coverage, confusions, time.

    A label without a code means that the title is too vague for one occupation: such titles count only for
    `blank_kept`, the share of them that got no code either. Time is of the processor.
    """
    coded = title_coder()
    began = process_time()
    codings = [coded(row) for row in rows]
    spent = process_time() - began
    pairs = list(zip((row[LABEL].strip() for row in rows), codings, strict=True))
    return {
        **_counted([pair for pair in pairs if pair[0]], [coding for label, coding in pairs if not label]),
        "confusions": _confusions(rows, pairs),
        "microseconds_per_title": round(1e6 * spent / max(1, len(rows)), 1),
    }


def _counted(labelled: list[tuple[str, Coding]], vague: list[Coding]) -> dict[str, Any]:
    coded = [(label, coding) for label, coding in labelled if coding.code]
    right = sum(coding.code == label for label, coding in labelled)
    middle = sum((coding.code or "")[:_MIDDLE] == label[:_MIDDLE] for label, coding in labelled)
    second = sum(coding.code != label == coding.runner_up for label, coding in labelled)
    blank = sum(coding.code is None for coding in vague)
    return {
        "labelled": len(labelled),
        "right_level_4": _share(right, len(labelled)),
        "right_level_2": _share(middle, len(labelled)),
        "right_or_runner_up": _share(right + second, len(labelled)),
        "coverage": _share(len(coded), len(labelled)),
        "right_when_coded": _share(right, len(coded)),
        "too_vague": len(vague),
        "blank_kept": _share(blank, len(vague)),
        "right_with_blanks": _share(right + blank, len(labelled) + len(vague)),
    }


def _confusions(rows: list[dict[str, str]], pairs: list[tuple[str, Coding]]) -> list[dict[str, Any]]:
    """Pairs of label and wrong answer, most frequent first, with their titles."""
    names = {row["code"]: row["name"] for row in read_rows("occupations_cn_2022")}
    wrong = [
        (label, coding.code or "", row[TITLE])
        for row, (label, coding) in zip(rows, pairs, strict=True)
        if (coding.code or "") != label
    ]
    counted = Counter((label, code) for label, code, _title in wrong)
    return [
        {
            "label": f"{label} {names.get(label, '')}".strip(),
            "coded": f"{code} {names.get(code, '')}".strip(),
            "times": times,
            "titles": [title for *pair, title in wrong if tuple(pair) == (label, code)][:5],
        }
        for (label, code), times in counted.most_common()
    ]


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
