"""The key by which Chinese names are sorted and found: pinyin without tones."""

from __future__ import annotations

from zhitong.engines.linkage.names import name_key

__all__ = ["name_key"]
