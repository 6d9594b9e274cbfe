"""What must be right of a person's facts, whoever hands them in: each rule once, with its sentence."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhitong.kernel import values
from zhitong.kernel.errors import Refusal

from .models import Worker, years_between

YOUNGEST = 16
"""Nobody younger may be employed (Labour Law of the PRC, article 15)."""
AWAY = (Worker.Status.AWAY, Worker.Status.AWAY_SEEKING)
"""Who has one of these works in a city, which must be known; nobody else does."""


def shown_by(id_number: str) -> tuple[Worker.Sex, dt.date]:
    """Return the sex and the day of birth that stand in an identity number."""
    return Worker.Sex.FEMALE if values.is_female(id_number) else Worker.Sex.MALE, values.born_on(id_number)


def refused_for_age(birth_on: dt.date, today: dt.date) -> Refusal | None:
    """Return why someone may not yet be employed, or nothing."""
    if years_between(birth_on, today) >= YOUNGEST:
        return None
    sentence = _("不满%(years)d周岁，不能登记外出务工。")
    return Refusal("too_young", sentence % {"years": YOUNGEST}, field="birth_on")


def refused_for_city(status: str, city: Any) -> Refusal | None:
    """Return what is wrong between a status and the city in which somebody works, or nothing."""
    if status in AWAY and city is None:
        return Refusal("work_region_missing", _("在外务工的人，请填写在哪个城市。"), field="work_region")
    if status not in AWAY and city is not None:
        return Refusal("work_region_not_away", _("不在外务工的人，请不要填写务工城市。"), field="work_region")
    return None
