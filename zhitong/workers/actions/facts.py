"""What people hand in to the register, and how it is read before anything is stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel import values
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account, CertificateKind, Education, Occupation, Org, Region
from zhitong.kernel.pinyin import name_key

from ..models import Household, Intention, Source, Worker
from ..rules import refused_for_age, refused_for_city, shown_by


@dataclass(frozen=True)
class WorkerFacts:
    """What is asked of a person on registration; a blank sex or birth date is read from the identity number."""

    name: str
    id_number: str
    telephone: str = ""
    sex: str = ""
    birth_on: dt.date | None = None
    education: int = Education.JUNIOR
    status: str = Worker.Status.SEEKING
    work_region: Region | None = None


@dataclass(frozen=True)
class Correction:
    """What was wrong of a person's facts; ``None`` leaves a fact as it is, a blank telephone removes it."""

    name: str | None = None
    id_number: str | None = None
    telephone: str | None = None
    sex: str | None = None
    birth_on: dt.date | None = None
    education: int | None = None


@dataclass(frozen=True)
class Home:
    """Where a newly registered person lives: in a household of the register, or in a new one at an address."""

    household: Household | None = None
    address: str = ""
    role: str = Worker.HouseholdRole.OTHER


@dataclass(frozen=True)
class Member:
    """One person of a household and what he is to its head."""

    worker: Worker
    role: str


@dataclass(frozen=True)
class Wish:
    """What a worker wants: up to three occupations and three cities in his order, and his conditions."""

    occupations: tuple[Occupation, ...] = ()
    cities: tuple[Region, ...] = ()
    anywhere: bool = True
    earliest_on: dt.date | None = None
    wage_floor_fen: int = 0
    goes_with: str = Intention.GoesWith.ALONE
    needs_dormitory: bool = False


@dataclass(frozen=True)
class CertificateFacts:
    """A certificate as the worker says it, or as an officer saw it."""

    kind: CertificateKind
    number: str = ""
    issued_on: dt.date | None = None
    valid_until: dt.date | None = None
    was_seen: bool = False


@dataclass(frozen=True)
class GroupFacts:
    """A priority group as its rule has it."""

    code: str
    name: str
    begins_on: dt.date
    weight: int = 0
    legal_basis: str = ""


def read(field: str, reader: Callable[..., Any], text: str, **how: Any) -> Any:
    """Return ``reader(text)``; a refusal names the field."""
    try:
        return reader(text, **how)
    except Refusal as no:
        no.field = no.field or field
        raise


def read_line(field: str, text: str, most: int) -> str:
    """Return one line of free text, which may be blank."""
    return values.checked_line(text, field=field, most=most, least=0)


def one_of(field: str, value: Any, choices: Iterable[Any]) -> Any:
    """Return the value when it is among the choices; refuses with ``not_a_choice``."""
    if value not in choices:
        raise Refusal("not_a_choice", _("请从列出的选项里选一项。"), field=field)
    return value


def standing_village(village: Org, field: str = "village") -> Org:
    """Return the organisation when it is a village that stands."""
    if village.kind != Org.Kind.VILLAGE:
        raise Refusal("not_a_village", _("请选到村（社区）。"), field=field)
    if village.closed_on is not None:
        raise Refusal("village_closed", _("这个村（社区）已经撤销，请选现在的村。"), field=field)
    return village


def told_by(by: Account, source: str, field: str = "source") -> str:
    """Return the source when it fits who acts: a person's own word is given by the person, and no other's."""
    one_of(field, source, Source.values)
    himself = by.is_worker
    if himself != (source == Source.SELF):
        sentence = _("来源应与经办人一致：本人自助只能由本人办理，代办请选走访或电话。")
        raise Refusal("source_not_yours", sentence, field=field)
    return source


def own_word(source: str, field: str = "source") -> str:
    """Return the source when the person spoke: what he alone may say is taken from no list and no employer."""
    if source in (Source.LIST, Source.EMPLOYER):
        raise Refusal("not_own_word", _("这一项只能由本人说，不能照名单或者用人单位的话登记。"), field=field)
    return source


def read_city(field: str, region: Region) -> Region:
    """Return the division when it is a city that stands; refuses with ``not_a_city``."""
    if not region.is_city or region.ended_on is not None:
        raise Refusal("not_a_city", _("请选到市（州），直辖市选到市。"), field=field)
    return region


def read_name(text: str) -> dict[str, Any]:
    """Return the columns of a name."""
    name = read("name", values.person_name, text)
    if len(name) > 50:
        raise Refusal("too_long", _("姓名太长，请核对。"), field="name")
    return {"name": name, "name_key": name_key(name)[:160]}


def read_telephone(text: str) -> str:
    """Return a mobile number, or nothing for a blank."""
    return str(read("telephone", values.telephone, text, mobile=True)) if text.strip() else ""


def agree(id_number: str, sex: str, birth_on: dt.date) -> None:
    """Refuse a sex or birth date that contradicts the identity number."""
    shown_sex, shown_day = shown_by(id_number)
    if sex != shown_sex:
        sentence = _("身份证号上的性别是%(shown)s，与所填不符，请看着证件核对两处。")
        raise Refusal("sex_contradicts_id_number", sentence % {"shown": shown_sex.label}, field="sex")
    if birth_on != shown_day:
        sentence = _("身份证号上的出生日期是%(shown)s，与所填不符，请看着证件核对两处。")
        shown = {"shown": shown_day.isoformat()}
        raise Refusal("birth_contradicts_id_number", sentence % shown, field="birth_on")


def old_enough(birth_on: dt.date) -> None:
    """Refuse someone who may not yet be employed."""
    if no := refused_for_age(birth_on, timezone.localdate()):
        raise no


def read_identity(facts: WorkerFacts) -> dict[str, Any]:
    """Return the columns of identity number, sex and birth date."""
    number = read("id_number", values.id_number, facts.id_number)
    shown_sex, shown_day = shown_by(number)
    sex = one_of("sex", facts.sex or shown_sex, Worker.Sex.values)
    birth_on = facts.birth_on or shown_day
    agree(number, sex, birth_on)
    old_enough(birth_on)
    return {"id_number": number, "sex": sex, "birth_on": birth_on}


def read_whereabouts(status: str, work_region: Region | None) -> dict[str, Any]:
    """Return the columns of a status; whoever works away has a city, nobody else has one."""
    one_of("status", status, Worker.Status.values)
    if no := refused_for_city(status, work_region):
        raise no
    region = None if work_region is None else read_city("work_region", work_region)
    return {"status": status, "work_region": region}
