"""What people type and what spreadsheets carry, read strictly: each function returns the value or refuses.

Forms, importers and the API share these, so that one thing typed is one thing stored. Every refusal is a
``Refusal`` whose sentence says what is wrong with this value.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .errors import Refusal

UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\uffff"
    "\U000e0000-\U000e0fff]"
)
"""Controls, bidirectional marks, characters without width and halves of characters: text shows other than it says."""

FORMULA_STARTS = ("=", "+", "-", "@")
ROUNDED = re.compile(r"^\d([.,]\d+)?E\+?\d+$|^\d+\.\d+$", re.IGNORECASE | re.ASCII)
ROW_NUMBER = re.compile(r"[0-9]{1,15}")
MOBILE = re.compile(r"^1\d{10}$", re.ASCII)
LANDLINE = re.compile(r"^0\d{9,11}(-\d{1,6})?$|^[48]00\d{7}$", re.ASCII)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
DAY_SHAPES = (
    re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$", re.ASCII),
    re.compile(r"^(\d{4})年(\d{1,2})月(\d{1,2})日?$", re.ASCII),
    re.compile(r"^(\d{4})(\d{2})(\d{2})$", re.ASCII),
)
MONEY = re.compile(r"^¥?(\d+(?:\.\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?)元?$", re.ASCII)
MOST_YUAN = Decimal(1_000_000_000)


def row_number(text: object) -> int | None:
    """Return the number of a row as it stands in an address or a form, or nothing for anything else.

    Digits of other scripts and small raised ones are none; longer numbers no database holds.
    """
    return int(str(text)) if ROW_NUMBER.fullmatch(str(text)) else None


def read_json(text: str | bytes) -> Any:
    """Return what a device or a form sent as JSON.

    Raises ``ValueError`` for anything else, for what is nested too deep, and for halves of characters, which
    neither a page nor a database holds.
    """
    try:
        found = json.loads(text)
        json.dumps(found, ensure_ascii=False).encode()
    except (TypeError, RecursionError) as error:
        raise ValueError("it is no JSON that can be kept") from error
    return found


def is_digits(text: str) -> bool:
    """Tell whether a text is digits from 0 to 9 and nothing else."""
    return text.isascii() and text.isdigit()


def half_width(text: str) -> str:
    """Return codes and numbers in half width without any blank (NFKC); never for names or free text."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return "".join(plain.split())


def line(text: str) -> str:
    """Return one line of text: NFC, blanks at the ends removed, inner runs of blanks made one."""
    text = text.strip()
    _refuse_unseen(text, allowed="")
    return " ".join(unicodedata.normalize("NFC", text).split())


def not_in_future(field: str, day: dt.date) -> dt.date:
    """Return the day unless it lies after today; the refusal names ``field``."""
    if day > timezone.localdate():
        raise Refusal("day_in_future", _("日期不能晚于今天。"), field=field)
    return day


def checked_line(text: str, *, field: str, most: int, least: int = 1) -> str:
    """Return one line that a verb was handed, naming ``field`` in every refusal; none begins as a formula."""
    try:
        text = no_formula(line(text))
    except Refusal as refusal:
        raise Refusal(refusal.code, refusal.sentence, field=field) from None
    if len(text) < least:
        raise Refusal("too_short", _("请填写，至少 %(least)d 个字。") % {"least": least}, field=field)
    if len(text) > most:
        raise Refusal("too_long", _("最多 %(most)d 个字。") % {"most": most}, field=field)
    return text


def paragraph(text: str) -> str:
    """Return text of several lines: NFC, line ends as ``\\n``, blanks at the ends removed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    _refuse_unseen(text, allowed="\n\t")
    return unicodedata.normalize("NFC", text).strip()


def _refuse_unseen(text: str, allowed: str) -> None:
    if UNSEEN.search(text) or any(one in text for one in "\n\r\t" if one not in allowed):
        raise Refusal("unseen_character", _("里面有看不见的控制字符或文字方向符，请删去后重新输入。"))


def no_formula(text: str) -> str:
    """Return the text unless a spreadsheet would take it for a formula."""
    if half_width(text[:1]) in FORMULA_STARTS and not re.fullmatch(r"[+-]?[\d.,]+", text):
        raise Refusal("formula", _("开头不能是 =、+、-、@，电子表格会把它当作公式。"))
    return text


def person_name(text: str) -> str:
    """Return a name as written on the identity card; blanks between Chinese characters are dropped."""
    text = re.sub("[•・‧∙．]", "·", line(text))
    text = re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", text)
    if not text or any(not (one.isalpha() or one in "·-' .") for one in text):
        raise Refusal("name_shape", _("姓名只写汉字、字母和间隔号“·”，请按身份证上的写法填写。"))
    return text


def id_number(text: str) -> str:
    """Return an identity number in 18 characters (GB 11643-1999); 15 digits are completed.

    Refuses what a spreadsheet has rounded, a wrong length, an impossible day of birth and a wrong check
    character, each by its own sentence. Does not judge the division: old prefixes outlive their divisions.
    """
    text = half_width(line(text)).replace("-", "").lstrip("'").upper()
    if ROUNDED.match(text):
        raise Refusal("id_number_rounded", _ROUNDED_SENTENCE)
    if re.fullmatch(r"[0-9]{15}", text):
        text = _completed(text[:6] + "19" + text[6:])
    if not re.fullmatch(r"[0-9]{17}[0-9X]", text):
        raise Refusal("id_number_shape", _("身份证号应是 18 位（旧证 15 位）数字，末位可以是 X。"))
    if check_character(text) != text[17]:
        rounded = text.endswith(("000", "00"))
        raise (
            Refusal("id_number_rounded", _ROUNDED_SENTENCE)
            if rounded
            else Refusal("id_number_check", _("身份证号的校验位不对，请逐位核对，很可能有一位写错。"))
        )
    born_on(text)
    return text


_ROUNDED_SENTENCE = _("这个身份证号被电子表格当作数字舍入了，末几位已经丢失；请把这一列设为文本后重新填写。")


def _completed(seventeen: str) -> str:
    return seventeen + check_character(seventeen)


def check_character(text: str) -> str:
    """Return the check character that belongs to the first 17 digits (ISO 7064, MOD 11-2)."""
    return CHECK_CHARACTERS[sum(int(one) * by for one, by in zip(text[:17], WEIGHTS, strict=True)) % 11]


def born_on(number: str) -> dt.date:
    """Return the day of birth in an 18-character identity number."""
    try:
        day = dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        day = None
    if day is None or not dt.date(1900, 1, 1) <= day <= timezone.localdate():
        raise Refusal("id_number_birth", _("身份证号里的出生日期不可能，请逐位核对。"))
    return day


def is_female(number: str) -> bool:
    """Tell the sex written in an 18-character identity number: an even 17th digit is female."""
    return int(number[16]) % 2 == 0


def telephone(text: str, mobile: bool = False) -> str:
    """Return a Chinese mobile or landline number: digits only, landlines with an extension after a dash."""
    text = half_width(line(text))
    if ROUNDED.match(text):
        raise Refusal("telephone_rounded", _("这个号码被电子表格改成了小数，请把这一列设为文本后重新填写。"))
    text = re.sub(r"^(\+?86|0086)-?(?=1\d{10}$|0?[1-9]\d)", "", text)
    digits = re.sub(r"^(0\d{2,3})[)）-]|^[(（](0\d{2,3})[)）]-?", lambda m: m[1] or m[2], text)
    if not MOBILE.match(digits.replace("-", "")) and (mobile or not LANDLINE.match(digits)):
        raise Refusal("telephone_shape", _MOBILE_SENTENCE if mobile else _TELEPHONE_SENTENCE)
    return digits if LANDLINE.match(digits) else digits.replace("-", "")


_MOBILE_SENTENCE = _("手机号应是 1 开头的 11 位数字。")
_TELEPHONE_SENTENCE = _("电话应是 11 位手机号，或带区号的座机号，例如 0851-28226565。")


def money_fen(text: str) -> int:
    """Return whole fen for yuan as typed, such as ``4500``, ``4,500.50`` or ``4500元``."""
    shape = MONEY.match(half_width(line(text)))
    if shape is None:
        raise Refusal("money_shape", _("金额请写成元的数字，例如 4500 或 4500.50。"))
    fen = Decimal(shape[1].replace(",", "")) * 100
    if fen != fen.to_integral_value():
        raise Refusal("money_fraction", _("金额最多写到分，小数点后两位。"))
    if fen > MOST_YUAN * 100:
        raise Refusal("money_too_much", _("金额大得不合理，请核对单位是元。"))
    return int(fen)


def day(text: str) -> dt.date:
    """Return a day written as 2024-05-06, 2024/5/6, 2024.5.6, 2024年5月6日 or 20240506."""
    shape = half_width(line(text))
    match = next((found for one in DAY_SHAPES if (found := one.match(shape))), None)
    try:
        if match is not None:
            return dt.date(*(int(part) for part in match.groups()))
    except ValueError:
        pass
    raise Refusal("day_shape", _("日期请写成 2026-05-06 这样，而且是真有的一天。"))
