"""Names, identity numbers and telephones as people type them: read into one form, or refused with a sentence."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .errors import Refusal
from .privacy import normal_form

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
FIRST_BIRTH_YEAR = 1900
MARKS_IN_NAMES = "·•・‧.'’- "
INVISIBLE = ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp")


@dataclass(frozen=True)
class Identity:
    """A resident identity number that passed its check, and what it says of its holder."""

    number: str
    birth_on: dt.date
    sex: Literal["M", "F"]


def check_character(first_17: str) -> str:
    """Return the 18th character of an identity number (GB 11643-1999, ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, WEIGHTS, strict=True))
    return CHECK_CHARACTERS[total % 11]


def read_id_number(text: str, field: str = "id_number") -> Identity:
    """Read an identity number by GB 11643-1999.

    The region digits are not looked up: numbers keep prefixes of divisions that are long gone. Refuses with
    ``id_number_form``, ``id_number_check`` or ``id_number_birth``.
    """
    number = normal_form(text, "id_number").strip()
    if re.fullmatch(r"[0-9]{15}", number):
        raise Refusal("id_number_form", _("15位的一代身份证已经停用，请填18位身份证号。"), field=field)
    if not re.fullmatch(r"[1-9][0-9]{16}[0-9X]", number):
        raise Refusal("id_number_form", _("身份证号应为18位，末位是数字或X，请对照证件核对。"), field=field)
    if check_character(number[:17]) != number[17]:
        raise Refusal(
            "id_number_check", _("身份证号的校验位不对，多半有一位写错了，请对照证件核对。"), field=field
        )
    return Identity(number, _birth_in(number, field), "M" if int(number[16]) % 2 else "F")


def _birth_in(number: str, field: str) -> dt.date:
    try:
        born = dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        born = dt.date.min
    if born.year < FIRST_BIRTH_YEAR or born > timezone.localdate():
        sentence = _("身份证号里的出生日期不存在或在今天之后，请对照证件核对。")
        raise Refusal("id_number_birth", sentence, field=field)
    return born


def read_telephone(text: str, field: str = "telephone") -> str:
    """Read a mobile number of the mainland into its 11 digits; refuses with ``telephone_form``."""
    number = re.sub(r"[\s\-()（）]", "", unicodedata.normalize("NFKC", text))
    number = re.sub(r"^(\+|00)?86(?=1)", "", number)
    if not re.fullmatch(r"1[3-9][0-9]{9}", number):
        raise Refusal("telephone_form", _("手机号应为以1开头的11位数字，请核对。"), field=field)
    return number


def read_name(text: str, field: str = "name", most: int = 50) -> str:
    """Read a person's name: letters of any script with the marks that names contain.

    Refuses with ``name_missing``, ``name_too_long`` or ``name_form`` (digits, signs, invisible characters).
    """
    name = re.sub(r" +", " ", unicodedata.normalize("NFC", text).strip())
    if not name:
        raise Refusal("name_missing", _("请填写姓名。"), field=field)
    if len(name) > most:
        raise Refusal("name_too_long", _("姓名太长，请核对。"), field=field)
    letters = [unicodedata.category(one)[0] in "LM" for one in name if one not in MARKS_IN_NAMES]
    if not letters or not all(letters):
        raise Refusal("name_form", _("姓名里有数字、符号或看不见的字符，请重新填写。"), field=field)
    return name


def read_line(text: str, field: str, most: int) -> str:
    """Read one line of free text; refuses with ``text_too_long`` or ``text_invisible``."""
    line = unicodedata.normalize("NFC", text).strip()
    if any(unicodedata.category(one) in INVISIBLE for one in line):
        sentence = _("文字里有看不见的控制字符，请删去后重新填写。")
        raise Refusal("text_invisible", sentence, field=field)
    if len(line) > most:
        sentence = _("文字太长，最多%(most)d个字。") % {"most": most}
        raise Refusal("text_too_long", sentence, field=field, most=most)
    return line
