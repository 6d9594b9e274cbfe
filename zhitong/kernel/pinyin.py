"""The key by which Chinese names are sorted and found: pinyin without tones."""

from __future__ import annotations

import os
from functools import lru_cache

SURNAMES = {
    "单": "shan", "仇": "qiu", "解": "xie", "曾": "zeng", "查": "zha", "覃": "qin", "任": "ren", "区": "ou",
    "盖": "ge", "缪": "miao", "朴": "piao", "冼": "xian", "尉": "yu", "乐": "yue", "员": "yun", "种": "chong",
}  # fmt: skip


def name_key(name: str) -> str:
    """Return the pinyin of a name without tones, by which both databases sort alike.

    The first character is read as a surname where the two readings differ.
    """
    if not name:
        return ""
    surname = SURNAMES.get(name[0])
    return " ".join(map(_syllable, name) if surname is None else (surname, *map(_syllable, name[1:])))


@lru_cache(maxsize=16_384)
def _syllable(character: str) -> str:
    # Single characters need no dictionary of phrases, which would take 45 MB and half a second of each process.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(character)).lower()
