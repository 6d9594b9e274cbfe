"""What people say of an employer and of a post, and what is checked of it before it is stored.

Wages are whole fen a month. Every check refuses with a code, a sentence and the field at fault.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from zhitong.kernel import values
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import CertificateKind, Education, Industry, Occupation, Region

from .credit_code import fault_of, normal_credit_code
from .lawful import TEXTS, refuse_unlawful
from .models import Demand

LEAST_WAGE_FEN = 100_000
MOST_WAGE_FEN = 20_000_000
MOST_SEATS = 100_000
LOWEST_AGE, HIGHEST_AGE = 16, 80
LONGEST_WAIT = dt.timedelta(days=366)


@dataclass(frozen=True)
class EmployerFacts:
    """Who an employer is. A ``contact_telephone`` of ``None`` in a correction leaves it as it is."""

    name: str
    credit_code: str
    region: Region
    industry: Industry | None = None
    address: str = ""
    contact_name: str = ""
    contact_telephone: str | None = None


@dataclass(frozen=True)
class DemandFacts:
    """What a post is and asks. ``valid_until`` lies at most 180 days ahead."""

    title: str
    occupation: Occupation
    seats: int
    region: Region
    wage_low_fen: int
    wage_high_fen: int
    valid_until: dt.date
    begins_on: dt.date = field(default_factory=timezone.localdate)
    address: str = ""
    education_min: int = 0
    age_min: int = LOWEST_AGE
    age_max: int | None = None
    age_basis: str = ""
    certificates: tuple[CertificateKind, ...] = ()
    has_dormitory: bool = False
    has_meals: bool = False
    has_insurance: bool = False
    refunds_travel: bool = False
    details: str = ""

    def columns(self) -> dict[str, Any]:
        """Return the facts that are columns of the row; certificates are rows of their own."""
        return {name: value for name, value in vars(self).items() if name != "certificates"}


def checked_employer(facts: EmployerFacts) -> EmployerFacts:
    """Return the facts as they are stored; refuses a wrong credit code and text that nobody can read."""
    telephone = facts.contact_telephone
    return replace(
        facts,
        name=values.checked_line(facts.name, field="name", most=120, least=2),
        credit_code=_credit_code(facts.credit_code),
        address=values.checked_line(facts.address, field="address", most=200, least=0),
        contact_name=values.checked_line(facts.contact_name, field="contact_name", most=50, least=0),
        contact_telephone=telephone and read(values.telephone, telephone, "contact_telephone"),
    )


def checked_demand(facts: DemandFacts) -> DemandFacts:
    """Return the facts as they are stored; refuses what no law or no sense allows."""
    facts = replace(
        facts,
        title=values.checked_line(facts.title, field="title", most=80, least=2),
        address=values.checked_line(facts.address, field="address", most=200, least=0),
        age_basis=values.checked_line(facts.age_basis, field="age_basis", most=200, least=0),
        details=paragraph(facts.details, "details", most=2000),
        certificates=tuple(dict.fromkeys(facts.certificates)),
    )
    for fault in faults_of(facts):
        raise fault
    return facts


def faults_of(facts: DemandFacts) -> Iterator[Refusal]:
    """Yield a refusal for each thing that no law or no sense allows; a page tells them all at once."""
    for check in (_check_work, _check_wage, _check_ages, _check_days):
        try:
            check(facts)
        except Refusal as no:
            yield no
    for name in TEXTS:
        try:
            refuse_unlawful(name, getattr(facts, name), has_age_basis=bool(facts.age_basis))
        except Refusal as no:
            yield no


def paragraph(text: str, name: str, most: int) -> str:
    """Return text of several lines with at most ``most`` characters."""
    return _short_enough(read(values.paragraph, text, name), name, most)


def read(reader: Callable[[str], str], text: str, name: str) -> str:
    """Return ``reader(text)``; a refusal is told at the field ``name``."""
    try:
        return reader(text)
    except Refusal as no:
        raise Refusal(no.code, no.sentence, field=name) from None


def _short_enough(text: str, name: str, most: int) -> str:
    if len(text) > most:
        sentence = _("最多%(most)d个字，您填了%(length)d个。") % {"most": most, "length": len(text)}
        raise Refusal("too_long", sentence, field=name)
    return text


def _credit_code(text: str) -> str:
    code = normal_credit_code(read(values.line, text, "credit_code"))
    sentences = {
        "shape": _("统一社会信用代码应是18位数字和大写字母（不用 I、O、S、V、Z），请照营业执照填写。"),
        "check": _("统一社会信用代码的校验位不对，请对照营业执照逐位核对，很可能有一位写错。"),
    }
    fault = fault_of(code)
    if fault:
        raise Refusal(f"credit_code_{fault}", sentences[fault], field="credit_code")
    return code


def _check_work(facts: DemandFacts) -> None:
    if facts.occupation.level != 4:
        raise Refusal(
            "occupation_too_wide", _("请选到具体职业（细类），不要选大类或中类。"), field="occupation"
        )
    if not 1 <= facts.seats <= MOST_SEATS:
        raise Refusal("seats", _("人数应在1到100000之间。"), field="seats")
    if not facts.region.is_city:
        raise Refusal("region_not_a_city", _("工作城市请选到地级市或直辖市。"), field="region")
    if facts.education_min not in Education.values:
        raise Refusal("education", _("没有这一档文化程度。"), field="education_min")


def _check_wage(facts: DemandFacts) -> None:
    low, high = facts.wage_low_fen, facts.wage_high_fen
    if high < low:
        raise Refusal("wage_order", _("月工资上限低于下限，请核对。"), field="wage_high_fen")
    if low < LEAST_WAGE_FEN:
        raise Refusal("wage_too_low", _("月工资不足1000元，请核对单位是不是“元/月”。"), field="wage_low_fen")
    if high > MOST_WAGE_FEN:
        raise Refusal(
            "wage_too_high", _("月工资超过20万元，请核对单位是不是“元/月”。"), field="wage_high_fen"
        )


def _check_ages(facts: DemandFacts) -> None:
    low, high = facts.age_min, facts.age_max
    if low < LOWEST_AGE:
        sentence = _("禁止招用未满16周岁的未成年人（《劳动法》第十五条）。")
        raise Refusal("under_16", sentence, field="age_min")
    if low > HIGHEST_AGE or (high is not None and not low <= high <= HIGHEST_AGE):
        raise Refusal("age_order", _("年龄上限应不低于下限，且不超过80岁。"), field="age_max")
    limits = low > LOWEST_AGE or high is not None or facts.age_basis
    if limits and not re.search(r"《[^《》]{2,}》", facts.age_basis):
        sentence = _("限制年龄须有法律依据，请写明法律法规名称和条款，例如《未成年工特殊保护规定》第三条。")
        raise Refusal("age_without_basis", sentence, field="age_basis")


def _check_days(facts: DemandFacts) -> None:
    today = timezone.localdate()
    check_validity(facts.valid_until)
    if not today - LONGEST_WAIT <= facts.begins_on <= today + LONGEST_WAIT:
        raise Refusal("begins_on", _("到岗日期应在前后一年之内，请核对年份。"), field="begins_on")


def check_validity(until: dt.date) -> None:
    """Refuse a last day of validity that has passed or lies beyond 180 days."""
    today = timezone.localdate()
    if until < today:
        raise Refusal("validity_past", _("有效期已经过去，请填今天以后的日期。"), field="valid_until")
    if until > today + Demand.LONGEST_VALIDITY:
        raise Refusal(
            "validity_too_long", _("有效期最长180天，到期前可以再次确认延长。"), field="valid_until"
        )
