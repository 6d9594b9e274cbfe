"""Our own blank list: text columns, choices and checks preset, so that what comes back can be read."""

from __future__ import annotations

from typing import IO

from django.utils.translation import gettext as _

from zhitong.kernel.models import Education
from zhitong.kernel.sheets import Blank, write_template

from ..models import Worker
from .fields import FIELDS, SAID


def write_blank_list(target: IO[bytes]) -> None:
    """Write the template."""
    notes = (
        _("一人一行；身份证号、手机号两列已设为文本，请不要改格式。"),
        _("表头可以加列、换顺序；不认识的列会问您，不会丢。"),
    )
    write_template(target, _("务工人员名单"), blanks(), notes)


def blanks() -> list[Blank]:
    """Return the columns of the template."""
    choices = {
        "sex": tuple(words[0] for words in SAID["sex"].values()),
        "education": tuple(str(label) for label in Education.labels),
        "status": tuple(str(label) for label in Worker.Status.labels),
        "role": tuple(str(label) for label in Worker.HouseholdRole.labels),
    }
    return [
        Blank(
            heading=one.heading, help=str(one.help), width=one.width, required=one.required,
            choices=choices.get(one.name, ()), example=one.example, length=one.length,
        )
        for one in FIELDS
    ]  # fmt: skip
