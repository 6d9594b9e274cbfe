"""Every form of the register: what is right, and for each field what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from zhitong.workers.actions import (
    CertificateFacts,
    add_certificate,
    add_skill,
    give_consent,
    join_priority_group,
    state_ethnicity,
    withdraw_consent,
    withdraw_worker,
)

LONG, BIDI, CONTROL, FORMULA, WRONG_TYPE = "长" * 300, "张\u202e三", "张\x07三", "=HYPERLINK(1)", "七"
CONSENTS = {"consent_register": "on", "consent_sensitive": "on"}
NAMES = ("", LONG, BIDI, CONTROL, FORMULA, "张3")
NUMBERS = (
    "",
    LONG,
    BIDI,
    FORMULA,
    WRONG_TYPE,
    "52990119900501003",
    "110105194912310021",
    "11010520991231002X",
)
TELEPHONES = (LONG, BIDI, FORMULA, WRONG_TYPE, "1234", "0851-28226565")
LINES = (LONG, BIDI, CONTROL, FORMULA)
DAYS = (WRONG_TYPE, "2026-02-30", "2999-01-01", FORMULA)
CHOICES = ("", "x", FORMULA)
ROWS = (LONG, BIDI, CONTROL, FORMULA, "没有这一项", "999999999")
MONEY = (WRONG_TYPE, "-1", "1e9", "100001", FORMULA, "1.234")


@dataclass(frozen=True)
class Case:
    """A form: its verb, the row it is about, what is right, and for each field what is wrong."""

    verb: str
    row: Callable[[Any], Any] | None
    right: Callable[[Any], dict[str, Any]]
    wrong: dict[str, tuple[str, ...]] = field(default_factory=dict)
    by: str = "village_officer"


def someone(world):
    return world.worker(name="陆大江")


def of_village(world):
    return f"{world.village.pk} {world.village.name}"


def person(world):
    number = world.identity()
    return {
        "village": of_village(world),
        "source": "visit",
        "name": "陆新人",
        "id_number": number,
        "telephone": "15412345678",
        "education": "2",
        "status": "seeking",
        "household_role": "other",
        "address": "一组1号",
        "first_occupation": world.welder.code,
        "first_region": world.host_city.name,
        "anywhere": "on",
        "wage_floor_fen": "4,500.50",
        "earliest_on": "2026-12-01",
        "goes_with": "alone",
        **CONSENTS,
    }


PERSON = {
    "village": ("", *ROWS),
    "source": (*CHOICES, "self"),
    "name": NAMES,
    "id_number": NUMBERS,
    "telephone": TELEPHONES,
    "education": (*CHOICES, "9"),
    "status": CHOICES,
    "work_region": ROWS,
    "family": ROWS,
    "household_role": CHOICES,
    "address": LINES,
    "first_occupation": ROWS,
    "second_region": ROWS,
    "wage_floor_fen": MONEY,
    "earliest_on": (WRONG_TYPE, "2026-02-30", "2999-01-01"),
    "goes_with": CHOICES,
    "consent_sensitive": ("",),
}


def skilled(world):
    return add_skill(by=world.system, worker=someone(world), occupation=world.welder)


def papers(world):
    return add_certificate(
        by=world.system, worker=someone(world), facts=CertificateFacts(world.welding_certificate)
    )


def member(world):
    return join_priority_group(by=world.system, worker=someone(world), group=world.priority_group)


def gone(world):
    return withdraw_worker(by=world.system, worker=someone(world))


def half(world):
    worker = someone(world)
    withdraw_consent(by=world.system, consent=worker.consents.get(purpose="share"))
    return worker


def stated(world):
    by, worker = world.village_officer, someone(world)
    give_consent(by=by, worker=worker, purpose="ethnicity", through="visit")
    return state_ethnicity(by=by, worker=worker, code="37", source="visit")


def corrected(world):
    return {
        "name": "陆大河",
        "sex": "M",
        "birth_on": "1990-05-01",
        "education": "3",
        "telephone": "15411112222",
    }


CASES = (
    Case("register_worker", None, person, PERSON),
    Case(
        "correct_worker",
        someone,
        corrected,
        {
            "name": NAMES,
            "id_number": NUMBERS[1:],
            "sex": CHOICES,
            "birth_on": ("", *DAYS, "1990-05-02"),
            "telephone": TELEPHONES,
            "education": CHOICES,
        },
    ),
    Case(
        "confirm_status",
        someone,
        lambda world: {
            "status": "away",
            "work_region": world.host_city.name,
            "source": "visit",
            "checked_on": str(timezone.localdate()),
        },
        {
            "status": CHOICES,
            "work_region": ("", *ROWS),
            "source": (*CHOICES, "self"),
            "checked_on": DAYS,
        },
    ),
    Case(
        "move_worker",
        someone,
        lambda world: {"village": world.other_village.name},
        {"village": ("", *ROWS, "柳树村")},
        "township_officer",
    ),
    Case(
        "withdraw_worker", someone, lambda world: {"reason": "moved_away"}, {"reason": (*CHOICES, "consent")}
    ),
    Case("readmit_worker", gone, lambda world: {}),
    Case(
        "state_intention",
        someone,
        lambda world: {"first_occupation": world.welder.name, "goes_with": "alone", "wage_floor_fen": "4000"},
        {
            "first_occupation": (*ROWS, "6-18"),
            "second_occupation": ("焊工",),
            "third_region": ROWS,
            "wage_floor_fen": MONEY,
            "earliest_on": (WRONG_TYPE, "2999-01-01"),
            "goes_with": CHOICES,
        },
    ),
    Case(
        "add_skill",
        someone,
        lambda world: {"occupation": world.welder.name, "years": "3"},
        {
            "occupation": ("", *ROWS),
            "years": ("", WRONG_TYPE, "-1", "61", "50", "1.5", FORMULA),
        },
    ),
    Case("remove_skill", skilled, lambda world: {}),
    Case(
        "add_certificate",
        someone,
        lambda world: {
            "kind": world.welding_certificate.name,
            "issued_on": "2024-01-01",
            "valid_until": "2030-01-01",
        },
        {
            "kind": ("", *ROWS),
            "number": LINES,
            "issued_on": DAYS,
            "valid_until": (WRONG_TYPE, "2023-01-01"),
        },
    ),
    Case("remove_certificate", papers, lambda world: {}),
    Case(
        "join_priority_group",
        someone,
        lambda world: {"group": world.priority_group.pk, "since_on": "2022-01-01"},
        {
            "group": (*CHOICES, "999"),
            "since_on": DAYS,
        },
    ),
    Case("leave_priority_group", member, lambda world: {}),
    Case(
        "give_consent",
        half,
        lambda world: {"purpose": "share", "through": "telephone"},
        {
            "purpose": (*CHOICES, "register"),
            "through": (*CHOICES, "self"),
        },
    ),
    Case("withdraw_consent", lambda world: someone(world).consents.get(purpose="share"), lambda world: {}),
    Case(
        "state_ethnicity",
        someone,
        lambda world: {"code": "37", "source": "visit", "agrees": "on"},
        {
            "code": (*CHOICES, "57"),
            "source": (*CHOICES, "self", "list"),
            "agrees": ("",),
        },
    ),
    Case("withdraw_ethnicity", stated, lambda world: {}),
    Case(
        "link_spouse",
        someone,
        lambda world: {"spouse": world.worker(name="何样例", sex="F").id_number.open()},
        {
            "spouse": ("", *ROWS, "陆大江"),
        },
    ),
    Case("unlink_spouse", lambda world: world.couple[0], lambda world: {}),
    Case(
        "form_household",
        None,
        lambda world: {
            "head": world.worker(name="陆户主").name,
            "address": "二组2号",
            "member_1": world.worker(name="陆家人").pk,
            "role_1": "child",
        },
        {
            "head": ("", *ROWS),
            "address": LINES,
            "member_1": (*ROWS, "陆户主"),
            "role_1": ("x", "head", ""),
        },
    ),
    Case(
        "correct_household",
        lambda world: world.couple[0].household,
        lambda world: {"address": "三组3号"},
        {"address": LINES},
    ),
    Case(
        "join_household",
        someone,
        lambda world: {"family": world.couple[0].name, "role": "child"},
        {
            "family": ("", *ROWS, "陆大江"),
            "role": (*CHOICES, "head"),
        },
    ),
    Case("leave_household", lambda world: world.couple[0], lambda world: {}),
    Case(
        "open_priority_group",
        None,
        lambda world: {"name": "易地搬迁", "code": "relocated", "weight": "20", "begins_on": "2021-01-01"},
        {
            "name": ("", *LINES),
            "code": ("", *LINES, "搬迁", "A"),
            "weight": ("", WRONG_TYPE, "-1", "101"),
            "legal_basis": LINES,
            "begins_on": ("", WRONG_TYPE, "2026-02-30"),
        },
        "city_officer",
    ),
    Case(
        "end_priority_group",
        lambda world: world.priority_group,
        lambda world: {"ends_on": "2026-12-31"},
        {
            "ends_on": ("", WRONG_TYPE, "2020-01-01"),
        },
        "city_officer",
    ),
)
