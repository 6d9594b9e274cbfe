"""Finding people by the beginning of their name, in characters or in pinyin, along an index."""

from __future__ import annotations

import re
from functools import lru_cache

from django.db.models import Q
from pypinyin.constants import PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal

from zhitong.kernel.pinyin import name_key

AFTER = "zzzzz"
"""Sorts behind every syllable, in the order of both databases."""
MOST_READINGS = 12
MOST_TYPED = 40


def named(text: str) -> Q:
    """Return the condition that a name begins with what was typed: ``陆大``, ``lu da`` or ``luda``."""
    text = " ".join(text.split())[:MOST_TYPED]
    if not text.isascii():
        return _beginning(name_key(text)) & Q(name__startswith=text)
    readings = [text.lower()] if " " in text else readings_of(text.lower())
    whole = Q(pk__in=())
    for one in readings:
        whole |= _beginning(one)
    # One range around all readings lets the index of names give the order; alone, the parts would be sorted.
    return Q(name_key__gte=min(readings), name_key__lt=max(readings) + AFTER) & whole


def _beginning(key: str) -> Q:
    return Q(name_key__gte=key, name_key__lt=key + AFTER)


@lru_cache(maxsize=1)
def syllables() -> frozenset[str]:
    """Return every syllable of pinyin without tones, as keys of names have them."""
    toned = {one for readings in PINYIN_DICT.values() for one in readings.split(",")}
    plain = {to_normal(one, v_to_u=False) for one in toned}
    return frozenset(one for one in plain if one.isascii() and one.isalpha())


def readings_of(typed: str) -> list[str]:
    """Return the ways of reading letters without blanks as syllables, the last of which may be unfinished.

    ``xian`` is one name or two: ``xian`` and ``xi an``. What cannot be read is taken letter by letter, as the
    keys of foreign names are.
    """
    found = [" ".join(parts) for parts in _split(typed, MOST_READINGS)]
    return found or [name_key(typed)]


def _split(typed: str, most: int) -> list[list[str]]:
    if not typed:
        return [[]]
    found: list[list[str]] = []
    for end in range(min(6, len(typed)), 0, -1):
        first, rest = typed[:end], typed[end:]
        if first in syllables() or (not rest and _unfinished(first)):
            found += [[first, *others] for others in _split(rest, most - len(found))]
        if len(found) >= most:
            break
    return found[:most]


@lru_cache(maxsize=1024)
def _unfinished(typed: str) -> bool:
    return any(one.startswith(typed) for one in syllables())


COMPOUND_SURNAME = re.compile(
    "欧阳|太史|端木|上官|司马|东方|独孤|南宫|万俟|闻人|夏侯|诸葛|尉迟|公羊|赫连|澹台|皇甫|宗政|濮阳|公冶|太叔|申屠|公孙|慕容|"
    "仲孙|钟离|长孙|宇文|司徒|鲜于|司空|闾丘|令狐|百里|呼延|东郭|南门|西门"
)
"""Surnames of two characters; every other is taken for one."""


def surname_of(name: str) -> str:
    """Return the surname of a Chinese name: one character, or two where they are known to be one."""
    return name[:2] if len(name) > 2 and COMPOUND_SURNAME.match(name) else name[:1]
