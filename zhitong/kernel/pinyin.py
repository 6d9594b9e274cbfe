"""How Chinese sounds: the key by which names are sorted and found, and what texts are found by when typed."""

from __future__ import annotations

from zhitong.engines.linkage.names import folded, name_key, syllable

__all__ = ["folded", "name_key", "sounds"]


def sounds(text: str) -> tuple[str, str]:
    """Return the initials and the whole pinyin of a text, without tones, blanks or marks.

    Characters are read one by one by their usual reading; letters and digits stand for themselves.
    """
    read = [syllable(one) for one in folded(text) if one.isalnum()]
    return "".join(one[:1] for one in read), "".join(read)
