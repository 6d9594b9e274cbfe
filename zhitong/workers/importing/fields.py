"""The fields that a list of people may have, the headings under which offices write them, and their words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.sheets import heading_key
from zhitong.kernel.values import half_width

SAID: dict[str, Any] = tomllib.loads(
    (Path(__file__).resolve().parents[1] / "data" / "list_words.toml").read_text("utf-8")
)
"""What offices write: headings and words."""


@dataclass(frozen=True)
class Field:
    """One field of a list: what it is called, and how it is filled in. ``length`` bounds its characters."""

    name: str
    label: str | Promise
    help: str | Promise = ""
    required: bool = False
    width: int = 14
    length: tuple[int, int] | None = None

    @property
    def heading(self) -> str:
        """Its heading in our template."""
        return str(SAID["headings"][self.name][0])

    @property
    def example(self) -> str:
        """What a filled cell looks like."""
        return str(SAID["examples"].get(self.name, ""))


FIELDS: tuple[Field, ...] = (
    Field("name", _("姓名"), _("照身份证写。"), True, 12),
    Field(
        "id_number",
        _("身份证号"),
        _("18位（旧证15位），末位可以是X；整列已设为文本。"),
        True,
        22,
        length=(15, 18),
    ),
    Field("sex", _("性别"), _("可以不填，按身份证号。"), width=8),
    Field("birth_on", _("出生日期"), _("可以不填，按身份证号。")),
    Field("telephone", _("手机号"), _("11位，整列已设为文本。"), length=(11, 11)),
    Field("education", _("文化程度")),
    Field("town", _("乡镇（街道）")),
    Field("village", _("村（社区）"), _("只报一个村的名单可以不填。")),
    Field("head", _("户主姓名"), width=12),
    Field("role", _("与户主关系"), width=12),
    Field("status", _("就业状态"), width=20),
    Field("work_city", _("务工城市"), _("写到市（州）；在外务工的必填。"), width=16),
    Field("skill", _("工种（技能）")),
    Field("priority", _("优先群体"), _("几项用顿号隔开。"), width=16),
)

_BY_NAME = {one.name: one for one in FIELDS}
_BY_HEADING = {heading_key(text): name for name, texts in SAID["headings"].items() for text in texts}
_OF_OTHERS: tuple[str, ...] = tuple(SAID["of_others"])
"""Headings with these words are about somebody or something else, or about what we do not keep."""
_NO_USE: tuple[str, ...] = tuple(SAID["no_use"])
"""Headings with these words hold nothing for the register."""
_NEVER_KEPT = frozenset(heading_key(text) for text in SAID["never_kept"])
"""Headings of columns that no list may bring: people say it themselves, by a consent of its own, or not at all."""
_HEAD_OF_HOUSEHOLD, _RELATION = SAID["headings"]["head"][1], SAID["headings"]["role"][-1]
_LONGEST_HEAD = 4


def word_key(text: str) -> str:
    """Return the form in which two spellings of one word in a cell are equal."""
    return half_width(text).lower()


YES = frozenset(map(word_key, SAID["yes"]))
NO = frozenset(map(word_key, SAID["no"]))
YES_MEANS: tuple[tuple[str, str], ...] = tuple((word, group) for word, group in SAID["yes_means"])
WORDS: Mapping[str, Mapping[str, Any]] = {
    name: {
        word_key(word): int(value) if name == "education" else value
        for value, words in SAID[name].items()
        for word in words
    }
    for name in ("sex", "education", "status", "role")
}
"""Fields with few values: what each word of an office means."""


def first_word(name: str, value: Any) -> str:
    """Return the usual word for a value of a field with few values."""
    return str(SAID[name][str(value)][0])


def field_named(name: str) -> Field:
    """Return the field of this name; raises ``KeyError`` when there is none."""
    return _BY_NAME[name]


@lru_cache(maxsize=4096)
def guess_field(heading: str) -> str:
    """Return the name of the field that a heading most likely means, or nothing.

    Headings of several rows come joined with ``/``, the upper first.
    """
    parts = [one for one in heading.split("/") if one]
    if not parts:
        return ""
    found = _BY_HEADING.get(heading_key(heading)) or _guess_part(parts[-1])
    above = "".join(parts[:-1])
    if _HEAD_OF_HOUSEHOLD in above and found == "name":
        return "head"
    if any(word in above for word in (*_OF_OTHERS, _HEAD_OF_HOUSEHOLD)) and found != "role":
        return ""
    return found or next((one for part in parts[:-1] if (one := _guess_part(part))), "")


def may_be_missed(heading: str) -> bool:
    """Tell whether a column that is not read may hold something for the register, as far as its heading says."""
    return not any(word in heading for word in (*_OF_OTHERS, *_NO_USE)) and not is_never_kept(heading)


def is_never_kept(heading: str) -> bool:
    """Tell whether a column is left out before anything of a list is stored; of several rows the lowest decides."""
    return heading_key(heading.rpartition("/")[2]) in _NEVER_KEPT


def _guess_part(heading: str) -> str:
    key = heading_key(heading)
    exact = _BY_HEADING.get(key)
    if exact is not None:
        return exact
    of_head = _HEAD_OF_HOUSEHOLD in key and _RELATION not in key and len(key) > _LONGEST_HEAD
    if of_head or any(word in key for word in _OF_OTHERS):
        return ""
    return next((str(name) for word, name in SAID["contained"] if word in key), "")
