"""Offices say under which number they answer."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from zhitong.kernel import values
from zhitong.kernel.action import action
from zhitong.kernel.errors import Faster, Refusal
from zhitong.kernel.models import Account, Org
from zhitong.kernel.state import change, unless_taken

from ..models import Hotline
from .facts import HotlineFacts

OFFICES = (Org.Kind.CITY_BUREAU, Org.Kind.COUNTY_BUREAU, Org.Kind.STATION)


@action(at="org", title=_("登记咨询电话"), about=Hotline)
def set_hotline(*, by: Account, org: Org, facts: HotlineFacts) -> Hotline:
    """Say under which public number an office is called, and when it is answered."""
    if org.kind not in OFFICES:
        raise Refusal("not_an_office", _("只有人社局和劳务协作站登记咨询电话。"))
    hours = values.checked_line(facts.hours, field="hours", most=60) if facts.hours.strip() else ""
    told: dict[str, Any] = {"number": _number(facts.number), "hours": hours}
    line = Hotline.objects.filter(org=org).first()
    if line is not None:
        return change(line, **told)
    with unless_taken(Faster()):
        return Hotline.objects.create(org=org, **told)


def _number(text: str) -> str:
    """Return a telephone, or one of the short public numbers such as 12333."""
    plain = values.half_width(text)
    if values.is_digits(plain) and len(plain) == 5 and plain.startswith("12"):
        return plain
    try:
        return values.telephone(text)
    except Refusal as refusal:
        raise Refusal(refusal.code, refusal.sentence, field="number") from None
