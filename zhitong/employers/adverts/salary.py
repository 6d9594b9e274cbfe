"""What an advertisement says about pay, as whole fen a month.

Days and hours are turned into months by the Ministry's rule (人力资源社会保障部《关于职工全年月平均工作时间和工资折算
问题的通知》, 人社部发〔2025〕2号, in force since 1 January 2025; the figures are those of the rule of 2008 that it
replaced): 21.75 paid days a month, of 8 hours.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from types import MappingProxyType
from typing import Final, Literal

from zhitong.employers.adverts.plain import make_solid, numerals_to_digits
from zhitong.employers.adverts.refused import SENTENCES, Refused, refuse

Period = Literal["month", "year", "week", "day", "hour", "piece", "none"]

LEAST_YUAN: Final = 800
MOST_YUAN: Final = 500_000
"""A month's pay outside these is a slip of the pen or of the unit, not an offer."""

_RULE = "人力资源社会保障部《关于职工全年月平均工作时间和工资折算问题的通知》（人社部发〔2025〕2号）"


@dataclass(frozen=True, slots=True)
class Assumption:
    """How a stated pay became a month's: `per_month` times the stated amount, after `source`.

    For a year's pay the factor is one over the months paid, and `per_month` is None.
    """

    code: str
    per_month: Decimal | None
    source: str = ""

    @property
    def sentence(self) -> str:
        """The Chinese sentence that names the assumption."""
        return SENTENCES[self.code]


ASSUMPTIONS: Final[Mapping[Period, Assumption]] = MappingProxyType(
    {
        "month": Assumption("month_as_stated", Decimal(1)),
        "year": Assumption("year_by_months", None),
        "week": Assumption("week_4_35", Decimal("4.35"), _RULE),
        "day": Assumption("day_21_75", Decimal("21.75"), _RULE),
        "hour": Assumption("hour_174", Decimal(174), _RULE),
        "piece": Assumption("no_month_figure", None),
        "none": Assumption("no_month_figure", None),
    }
)
SUPPOSED_MONTH: Final = Assumption("month_supposed", Decimal(1), "招聘网站的通常写法")


@dataclass(frozen=True, slots=True)
class Salary:
    """Pay as read. `low_fen` and `high_fen` are whole fen a month; None where that end is open or not said.

    `months_a_year` counts a thirteenth month and more. `period` is what was stated, `assumption` how it became a
    month. `negotiable` and `by_piece` say that the text says so, with or without figures.
    """

    low_fen: int | None
    high_fen: int | None
    period: Period
    assumption: Assumption
    as_given: str
    months_a_year: int = 12
    negotiable: bool = False
    by_piece: bool = False

    def promise(self) -> tuple[int, int] | Refused:
        """The range that a post can be held to: an open top is its floor; without a floor there is no promise."""
        if self.low_fen is not None:
            return self.low_fen, self.high_fen if self.high_fen is not None else self.low_fen
        if self.high_fen is not None:
            return refuse("salary_without_floor", self.as_given)
        return refuse("salary_by_piece" if self.by_piece else "salary_negotiable", self.as_given)


@dataclass(frozen=True, slots=True)
class _Range:
    low: Decimal | None
    high: Decimal | None


_NOTHING = re.compile(r"[-/.、,\s]*|无|暂无|nan|none|null|n/a")
_OPEN_TO_TALK = re.compile(r"面议|面谈|面洽|面聊|协商|详谈|另议|待定|保密|可谈|\bopen\b|议薪|negotiable")
_PIECE_PRICE = re.compile(
    r"(?:元|块|角|毛)?/(?:单|件|个|吨|米|方|平米?|次|趟|课时|节|套|票|公里|亩|箱|双|台|桶|只|包|斤)"
)
_PIECE_WORD = re.compile(r"计件|按件|按单|按量|多劳多得")
_MONTHS = re.compile(r"(?<!\d)(\d{1,3})(?:-\d{1,3})?(?:个月)?薪(?!资|酬|水)")
_UNITS = {"万": 10_000, "w": 10_000, "千": 1_000, "仟": 1_000, "k": 1_000, "百": 100, "": 1}
_ASIDE = re.compile(r"[5-7]险(?:[12]金)?|(?<!\d)\d{1,2}小时(?:工作)?制?(?=[,，;；。、])")
_AMOUNT = (
    r"(?<![\d.])(?>(\d{1,12}(?:\.\d{1,4})?)([万w千仟k百](?![a-jl-vx-z]))?"
    r"(?:(?<=[万千仟])(\d)([千百])?(?![\d.险休天薪个]))?(?:元|块钱?|圆|rmb|人民币)?)"
)
_NOT_MONEY = r"(?![\d.]|险|休|岁|人|名|点|号|%|个月|薪|班|金|级|小时|天|年|月|届|楼|位|周)"
_RANGE = re.compile(_AMOUNT + r"(?:/?[月年天日时])?(?:-|至|到)" + _AMOUNT + _NOT_MONEY)
_ONE = re.compile(_AMOUNT + _NOT_MONEY)
_UP_FROM = re.compile(r"^(?:/?每?(?:月|年|天|日|周|小?时))?(?:\+|及?以上|起|往上|向上|打底|保底|提成)")
_UP_TO = re.compile(r"^(?:/?每?(?:月|年|天|日|周|小?时))?(?:及?以下|以内|之内|封顶|为?上限)")
_FLOOR = re.compile(r"(?:不低于|不少于|至少|最低|保底|底薪|无责|>=?|≥|(?<!不)高于)[工资薪:是为]*$")
_CEILING = re.compile(r"(?:不超过|不高于|至多|最多|最高|可达|高达|<=?|≤|(?<!不)低于)[工资薪:是为]*$")
_BESIDE = r"(小?时|h|钟头|天|日|day|周|星期|年|个?月)"
_AFTER = re.compile(rf"^(?:及?以[上下内]|起|\+|左右|封顶)?[(（]?(?:/|每|1)*{_BESIDE}(?![\d制结底])")
_BEFORE = re.compile(rf"{_BESIDE}(?:薪|均|入|收入|工资|资)?[^\d,，;；。、·]{{0,4}}$")
_PAID_DAILY = re.compile(r"[日天]结")
_PERIOD_NAMES: Mapping[str, Period] = {
    "month": "month", "月": "month", "年": "year", "year": "year", "周": "week", "week": "week",
    "天": "day", "日": "day", "day": "day", "时": "hour", "小时": "hour", "hour": "hour",
    "个月": "month", "星期": "week", "h": "hour", "钟头": "hour",
}  # fmt: skip


def read_salary(
    text: str, *, minimum: str | int = "", maximum: str | int = "", period: str = ""
) -> Salary | Refused:
    """Read pay from its text; the columns speak where the text is blank, unreadable or a bare number.

    `minimum` and `maximum` are yuan each `period` (month, day, …; a month where blank). Answers a `Refused` with a
    code salary_…, never an exception, for any text.
    """
    solid = numerals_to_digits(make_solid(text))
    solid = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", solid)
    columns = _Range(_decimal(minimum), _decimal(maximum))
    asked = _PERIOD_NAMES.get(make_solid(period))
    if _NOTHING.fullmatch(solid) and columns == _Range(None, None):
        return refuse("salary_missing")
    solid = _ASIDE.sub("，", solid)
    if months_found := _MONTHS.search(solid):
        if not 12 <= int(months_found[1]) <= 24:
            return refuse("salary_months_strange", text)
        solid = solid.replace(months_found[0], "·", 1)
    months = int(months_found[1]) if months_found else 12
    return _read(solid, text, columns, asked, months)


def _read(solid: str, text: str, columns: _Range, asked: Period | None, months: int) -> Salary | Refused:
    negotiable, by_piece = bool(_OPEN_TO_TALK.search(solid)), bool(_PIECE_WORD.search(solid))
    found = _RANGE.search(solid) or _ONE.search(solid)
    stated: Period | None
    if _PIECE_PRICE.search(solid) and not (found and _period_beside(solid, found)):
        return Salary(None, None, "piece", ASSUMPTIONS["piece"], text, months, negotiable, by_piece=True)
    if (found is None or _is_bare(solid)) and columns != _Range(None, None):
        stated, pay = asked or "month", columns
    elif found is not None:
        stated, pay = _period_beside(solid, found) or asked, _bounds(solid, found)
    elif negotiable or by_piece:
        return Salary(None, None, "none", ASSUMPTIONS["none"], text, months, negotiable, by_piece)
    else:
        return refuse("salary_unreadable", text)
    assumption = ASSUMPTIONS[stated] if stated else SUPPOSED_MONTH
    ends = (_fen(pay.low, assumption, months), _fen(pay.high, assumption, months))
    return _sane(Salary(*ends, stated or "month", assumption, text, months, negotiable, by_piece))


def _period_beside(solid: str, found: re.Match[str]) -> Period | None:
    """The period that stands right behind the amounts, else right before them, else 日结 anywhere."""
    beside = _AFTER.search(solid[found.end() :]) or _BEFORE.search(solid[: found.start()])
    if beside:
        return _PERIOD_NAMES[beside[1]]
    return "day" if _PAID_DAILY.search(solid) else None


def _is_bare(solid: str) -> bool:
    return re.fullmatch(r"\d+(?:\.\d+)?", solid) is not None


def _bounds(solid: str, found: re.Match[str]) -> _Range:
    """What the amounts bound: a range both ends, a single amount the end that the words beside it say, or both."""
    if found.re is _RANGE:
        return _of_range(*found.groups())
    value = _value(found[1], found[2], found[3], found[4])
    before, after = solid[: found.start()], solid[found.end() :]
    if _UP_FROM.search(after) or _FLOOR.search(before):
        return _Range(value, None)
    if _UP_TO.search(after) or _CEILING.search(before):
        return _Range(None, value)
    return _Range(value, value)


def _of_range(*groups: str | None) -> _Range:
    """Both ends in yuan; an end without a unit takes the other's where the range then still makes sense."""
    number, unit, tail, tail_unit, number_2, unit_2, tail_2, tail_unit_2 = groups
    low, high = _value(number, unit, tail, tail_unit), _value(number_2, unit_2, tail_2, tail_unit_2)
    if not unit and unit_2 and low * _UNITS[unit_2] <= high:
        low *= _UNITS[unit_2]
    elif unit and not unit_2 and high < low <= high * _UNITS[unit]:
        high *= _UNITS[unit]
    return _Range(low or None, high)


def _value(number: str | None, unit: str | None, tail: str | None, tail_unit: str | None) -> Decimal:
    """Yuan: 1.5万 is 15000, and so are 1万5 and 1万5千."""
    size = _UNITS[unit or ""]
    more = Decimal(tail) * (_UNITS[tail_unit] if tail_unit else size // 10) if tail else Decimal(0)
    return Decimal(number or 0) * size + more


def _decimal(value: str | int) -> Decimal | None:
    try:
        number = Decimal(str(value).strip() or "x")
    except InvalidOperation:
        return None
    return number if number.is_finite() and 0 < number < 10**12 else None


def _fen(amount: Decimal | None, assumption: Assumption, months: int) -> int | None:
    if amount is None:
        return None
    yuan = amount / months if assumption.per_month is None else amount * assumption.per_month
    return int((yuan * 100).quantize(Decimal(1), ROUND_HALF_UP))


def _sane(salary: Salary) -> Salary | Refused:
    ends = [end for end in (salary.low_fen, salary.high_fen) if end is not None]
    if not ends or min(ends) < LEAST_YUAN * 100:
        return refuse("salary_too_low", salary.as_given, limit=str(LEAST_YUAN))
    if max(ends) > MOST_YUAN * 100:
        return refuse("salary_too_high", salary.as_given, limit=str(MOST_YUAN))
    if ends[0] > ends[-1]:
        return refuse("salary_reversed", salary.as_given)
    return salary
