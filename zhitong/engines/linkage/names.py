"""Names folded for comparison: one form for variants of a character, one reading for characters that sound alike.

The name itself is kept as given; what is made here only decides whether two names may be one.
"""

from __future__ import annotations

import os
import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

SURNAMES = {
    "单": "shan", "仇": "qiu", "解": "xie", "曾": "zeng", "查": "zha", "覃": "qin", "任": "ren", "区": "ou",
    "盖": "ge", "缪": "miao", "朴": "piao", "冼": "xian", "尉": "yu", "乐": "yue", "员": "yun", "种": "chong",
}  # fmt: skip
"""Readings of single characters at the head of a name, where they differ from the usual reading."""

DOUBLE_SURNAMES = frozenset(
    "令狐 欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 司徒 夏侯 长孙 宇文 端木 百里 南宫 独孤 申屠 呼延".split()
)
_DROPPED = re.compile(r"[\s·•・‧∙．.\-'’`ㆍ･_()（）]+")


@cache
def variants() -> dict[int, str]:
    """Traditional and variant characters with the one that stands for them, as `str.translate` takes it.

    Each line of `variants.txt` begins with the character that is kept. Only characters outside the common 6,763
    of GB 2312 are replaced, so that no two common characters become one.
    """
    lines = (files(__package__) / "variants.txt").read_text("utf-8").split()
    return {ord(other): line[0] for line in lines for other in line[1:]}


def folded(name: str) -> str:
    """The form in which names are compared: NFKC, separators removed, variants replaced, letters in lower case."""
    plain = _DROPPED.sub("", unicodedata.normalize("NFKC", name))
    return plain.translate(variants()).lower()


def name_key(name: str) -> str:
    """The pinyin of a name without tones, syllables parted by blanks; the first character is read as a surname."""
    if not name:
        return ""
    return " ".join((SURNAMES.get(name[0]) or syllable(name[0]), *map(syllable, name[1:])))


@lru_cache(maxsize=16_384)
def syllable(character: str) -> str:
    """The usual reading of one character without its tone; whatever has no reading is returned in lower case."""
    # Single characters need no dictionary of phrases, which would take 45 MB and half a second of each process.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(character)).lower()
