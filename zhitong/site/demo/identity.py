"""Numbers that look right and can belong to nobody: identity, telephone and credit codes of the demo.

Each has valid check characters, so that it passes every form, and a prefix that was never issued:

* Identity numbers begin with 5299 and the running number of the county-level unit. The third and fourth
  digits name a prefecture; no code from 1981 to 2024 has 99 there (`division_code_history_cn`).
* Telephones begin with 154, the one range of 150-159 that is not assigned to an operator; the reference page
  of the demo names the witnesses.
* Credit codes of employers carry the same 99 behind the digits of their province.
"""

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int64]
Days = NDArray[np.datetime64]

TELEPHONE_PREFIX = 154
NEVER_A_PREFECTURE = "99"

_IDENTITY_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
_IDENTITY_CHECK = np.frombuffer(b"10X98765432", np.uint8)
_CREDIT_ALPHABET = np.frombuffer(b"0123456789ABCDEFGHJKLMNPQRTUWXY", np.uint8)
_CREDIT_WEIGHTS = np.array([pow(3, i, 31) for i in range(17)])
_ORG_CODE_WEIGHTS = np.array([3, 7, 9, 10, 5, 8, 4, 2])
_ORG_CODE_CHECK = np.frombuffer(b"0123456789X0", np.uint8)


def identity_numbers(unit: Ints, born_on: Days, female: NDArray[np.bool_]) -> NDArray[np.bytes_]:
    """Return 18-character numbers (GB 11643-1999), no two alike; `unit` is 1 to 99.

    The serial's last digit is odd for men and even for women. Raises ValueError where more than 499 people
    of one sex were born in one unit on one day.
    """
    digits = np.empty((len(unit), 17), np.uint8)
    digits[:, :4] = (5, 2, 9, 9)
    _write(digits[:, 4:6], unit)
    _write(digits[:, 6:14], _as_number(born_on))
    _write(digits[:, 14:17], _serials(unit, born_on, female))
    check = _IDENTITY_CHECK[digits @ _IDENTITY_WEIGHTS.astype(np.uint16) % 11]
    return np.ascontiguousarray(np.column_stack([digits + 48, check])).view("S18").ravel()


def _serials(unit: Ints, born_on: Days, female: NDArray[np.bool_]) -> Ints:
    """Number the people of one unit, day and sex from a start that differs from day to day."""
    day = born_on.astype(np.int64)
    key = (day * 100 + unit) * 2 + female
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    first = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
    rank = np.empty(len(key), np.int64)
    rank[order] = np.arange(len(key)) - np.repeat(first, np.diff(np.append(first, len(key))))
    if rank.max(initial=0) > 498:
        raise ValueError("more births in one unit on one day than serials")
    start = (day * 37 + unit * 11) % 499
    return (start + rank) % 499 * 2 + np.where(female, 2, 1)


def _as_number(days: Days) -> Ints:
    months = days.astype("datetime64[M]")
    years = days.astype("datetime64[Y]")
    month = (months - years).astype(np.int64) + 1
    day = (days - months).astype(np.int64) + 1
    return (years.astype(np.int64) + 1970) * 10_000 + month * 100 + day


def _write(place: Bytes, number: Ints) -> None:
    """Write whole numbers as digits, most significant first, into `place` (n, width)."""
    rest = number.astype(np.int64)
    for column in range(place.shape[1] - 1, -1, -1):
        rest, digit = np.divmod(rest, 10)
        place[:, column] = digit


def telephones(count: int, start: int) -> Ints:
    """Return `count` different 11-digit numbers of the unassigned range, in no visible order."""
    if count > 10**8:
        raise ValueError("the range holds a hundred million numbers")
    scrambled = (np.arange(count, dtype=np.int64) + start) * 61_803_399 % 10**8
    return TELEPHONE_PREFIX * 10**8 + scrambled


def credit_codes(province: Ints, serial: Ints) -> NDArray[np.bytes_]:
    """Return 18-character unified social credit codes (GB 32100-2015) for the two-digit provinces given.

    Registered as enterprises with the market authority (91); the division is the province with 9901, which
    was never a county. The organisation code inside has its own check character (GB 11714). `serial` must
    be below 31 ** 6.
    """
    codes = np.empty((len(serial), 18), np.uint8)
    codes[:, :2] = np.frombuffer(b"91", np.uint8)
    _write(codes[:, 2:4], province)
    codes[:, 2:4] += 48
    codes[:, 4:8] = np.frombuffer(b"9901", np.uint8)
    codes[:, 8:10] = np.frombuffer(b"MA", np.uint8)
    codes[:, 10:16] = _CREDIT_ALPHABET[serial[:, None] // 31 ** np.arange(5, -1, -1) % 31]
    codes[:, 16] = _ORG_CODE_CHECK[11 - _org_values(codes[:, 8:16]) @ _ORG_CODE_WEIGHTS % 11]
    codes[:, 17] = _CREDIT_ALPHABET[-(_credit_values(codes[:, :17]) @ _CREDIT_WEIGHTS) % 31]
    return np.ascontiguousarray(codes).view("S18").ravel()


def _org_values(characters: Bytes) -> Ints:
    """Values of GB 11714: digits as they are, A is 10, B is 11 and so on without a gap."""
    return np.where(characters < 65, characters - 48, characters - 55).astype(np.int64)


def _credit_values(characters: Bytes) -> Ints:
    """Values of GB 32100: position in an alphabet without I, O, S, V and Z."""
    return np.searchsorted(_CREDIT_ALPHABET, characters).astype(np.int64)
