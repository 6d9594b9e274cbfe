"""The errors that people and spreadsheets make in rows, each at its rate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from zhitong.engines.linkage.names import syllable, variants
from zhitong.engines.linkage.words import LOOK_ALIKE

RATES = {
    "id_mistyped": (1.5, 4.5), "id_missing": (3.0, 9.0), "id_of_kin": (0.2, 0.6), "id_rounded": (0.3, 0.9),
    "id_fifteen": (0.4, 1.2), "same_sound": (1.2, 3.6), "variant": (0.6, 1.8), "lost": (0.3, 0.9),
    "phone_changed": (0.0, 25.0), "phone_missing": (5.0, 15.0), "phone_of_kin": (2.0, 6.0),
    "village_wrong": (3.0, 9.0), "sex_wrong": (0.4, 0.4), "birth_absent": (30.0, 30.0),
    "birth_lunar": (12.0, 12.0), "birth_new_year": (3.0, 3.0), "dressed": (2.0, 2.0),
}  # fmt: skip
"""Per cent of the first rows about a person and of the repeated ones. `dressed`: right, but written oddly."""
_UNMULTIPLIED = {"birth_absent", "dressed"}
_TWIN_WITHOUT_ID = 0.5


def rows_about(
    rng: np.random.Generator,
    people: Sequence[Any],
    owners: npt.NDArray[Any],
    repeated: npt.NDArray[Any],
    errors: float,
) -> Iterator[list[str]]:
    """Rows (id_number, name, sex, birth_on, phone, village) about people by position, with errors."""
    for start in range(0, len(owners), 50_000):
        part = slice(start, start + 50_000)
        struck = {name: rng.random(len(owners[part])) < _rate(name, repeated[part], errors) for name in RATES}
        dice = rng.random((len(owners[part]), 8))
        for place, owner in enumerate(owners[part].tolist()):
            hit = {name for name in RATES if struck[name][place]}
            yield _row(people, owner, hit, dice[place], bool(repeated[part][place]))


def _rate(name: str, repeated: npt.NDArray[Any], errors: float) -> npt.NDArray[Any]:
    first, again = RATES[name]
    times = 1.0 if name in _UNMULTIPLIED else errors
    return np.minimum(np.where(repeated, again, first) * times / 100, 0.95)


def _row(people: Sequence[Any], owner: int, hit: set[str], dice: npt.NDArray[Any], again: bool) -> list[str]:
    person = people[owner]
    kin = people[person.kin] if 0 <= person.kin < len(people) else None
    number = _id_number(person, kin, hit, dice)
    if person.twin and not again and owner % 2 and dice[7] < _TWIN_WITHOUT_ID:
        number = ""
    row = [
        number,
        _name(person.name, hit, dice[1], dice[2]),
        "女" if person.female != ("sex_wrong" in hit) else "男",
        _birth(person.born, hit, dice[3]),
        _phone(person, kin, hit, dice[4]),
        _village(person.village, people, dice[5]) if "village_wrong" in hit else person.village,
    ]
    return _dressed(row, dice[6]) if "dressed" in hit else row


def _id_number(person: Any, kin: Any, hit: set[str], dice: npt.NDArray[Any]) -> str:
    number: str = person.id_number
    if "id_missing" in hit:
        return ""
    if "id_of_kin" in hit and kin is not None:
        return str(kin.id_number)
    if "id_rounded" in hit:
        return number[:15] + "000" if dice[0] < 0.7 else f"{number[0]}.{number[1:6]}E+17"
    if "id_fifteen" in hit and number[6:8] == "19":
        return number[:6] + number[8:17]
    return _mistyped(number, dice[0]) if "id_mistyped" in hit else number


def _mistyped(number: str, dice: float) -> str:
    place, rest = divmod(dice * 17, 1)
    at = int(place)
    if rest < 0.2 and number[at] != number[at + 1]:
        return number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    if rest < 0.3:
        return number[:at] + number[at + 1 :]
    wrong = "0123456789".replace(number[at], "")[int((rest - 0.3) / 0.7 * 9)]
    return number[:at] + wrong + number[at + 1 :]


def _name(name: str, hit: set[str], dice: float, other: float) -> str:
    at = int(dice * len(name))
    if "same_sound" in hit:
        name = _replaced(
            name, at, [one for one in _homophones().get(syllable(name[at]), "") if one != name[at]], other
        )
    if "variant" in hit:
        choice = _likes().get(name[at], []) if at < len(name) else []
        name = _replaced(name, at, choice, other)
    if "lost" in hit and len(name) > 2:
        lost = max(1, at)
        name = name[:lost] + name[lost + 1 :]
    return name


def _replaced(name: str, at: int, choice: Sequence[str], dice: float) -> str:
    return name[:at] + choice[int(dice * len(choice))] + name[at + 1 :] if choice else name


@cache
def _homophones() -> dict[str, str]:
    """The 3,755 characters of the first level of GB 2312 by their reading."""
    rows = (bytes([high, low]) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    found: dict[str, str] = {}
    for code in rows:
        one = code.decode("gb2312", "ignore")
        if one:
            found[syllable(one)] = found.get(syllable(one), "") + one
    return found


@cache
def _likes() -> dict[str, list[str]]:
    """Variants and look-alikes of a character; those written alike only, not those outside common fonts."""
    found: dict[str, list[str]] = {}
    for point, kept in variants().items():
        if point < 0xFFFF:
            found.setdefault(kept, []).append(chr(point))
    for pair in LOOK_ALIKE:
        found.setdefault(pair[0], []).append(pair[1])
        found.setdefault(pair[1], []).append(pair[0])
    return found


def _birth(born: int, hit: set[str], dice: float) -> str:
    day = np.datetime64("1956-01-01") + born
    if "birth_absent" in hit:
        return ""
    if "birth_new_year" in hit:
        return f"{str(day)[:4]}-01-01"
    return str(day - (18 + int(dice * 32))) if "birth_lunar" in hit else str(day)


def _phone(person: Any, kin: Any, hit: set[str], dice: float) -> str:
    if "phone_missing" in hit:
        return ""
    if "phone_of_kin" in hit and kin is not None:
        return str(kin.phone)
    return f"154{int(dice * 10**8):08}" if "phone_changed" in hit else str(person.phone)


def _village(village: str, people: Sequence[Any], dice: float) -> str:
    if dice < 0.5:
        return f"{village[:9]}{200 + int(dice * 16):03}"
    return str(people[int((dice - 0.5) * 2 * len(people))].village)


def _dressed(row: list[str], dice: float) -> list[str]:
    number, name, sex, birth, phone, village = row
    if dice < 0.25:
        return [
            number.lower(),
            name,
            sex,
            birth,
            f"+86 {phone[:3]} {phone[3:7]} {phone[7:]}" if phone else "",
            village,
        ]
    if dice < 0.5:
        wide = str.maketrans("0123456789", "０１２３４５６７８９")
        return [number.translate(wide), name, sex, birth, phone.translate(wide), village]
    if dice < 0.75:
        return [number, name, sex, birth.replace("-0", "/").replace("-", "/"), phone, village]
    return [
        f"{number[:6]} {number[6:14]} {number[14:]}" if number else "",
        f" {name} ",
        sex,
        birth.replace("-", ""),
        phone,
        village,
    ]
