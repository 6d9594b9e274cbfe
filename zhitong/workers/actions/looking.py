"""Looking at what is sealed: each look has a reason and leaves a line that the person sees."""

from __future__ import annotations

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.action import action, note_people, note_rows
from zhitong.kernel.errors import NotAllowed, Refusal
from zhitong.kernel.models import Account, Org
from zhitong.kernel.people import People
from zhitong.kernel.privacy import Sealed

from ..models import Worker
from ..reasons import LookReason
from .facts import one_of, read_line


@action(at="worker", title=_("查看完整身份证号"), keeps=("reason", "remark"))
def reveal_id_number(*, by: Account, worker: Worker, reason: str, remark: str = "") -> str:
    """Return the identity number in clear, for a coded reason that the person can read afterwards."""
    _explain(reason, remark)
    return _opened(worker.id_number, _("没有登记身份证号。"))


@action(at="worker", title=_("查看完整手机号"), keeps=("reason", "remark"))
def reveal_telephone(*, by: Account, worker: Worker, reason: str, remark: str = "") -> str:
    """Return the telephone in clear, for a coded reason that the person can read afterwards."""
    _explain(reason, remark)
    return _opened(worker.telephone, _("没有登记手机号。"))


def _explain(reason: str, remark: str) -> None:
    one_of("reason", reason, LookReason.values)
    line = read_line("remark", remark, 100)
    if re.search(r"\d{5}", line):
        sentence = _("说明会留在记录里，请不要写号码。")
        raise Refusal("remark_holds_number", sentence, field="remark")


def _opened(sealed: Sealed | None, absent: str | Promise) -> str:
    if sealed is None:
        raise Refusal("nothing_held", absent)
    return sealed.open()


@action(at="org", title=_("导出劳动者名单"), keeps=("list_name", "narrowed_by"))
def export_workers(
    *, by: Account, org: Org, list_name: str, narrowed_by: str, row_count: int, people: People | None = None
) -> Org:
    """Leave a line that somebody took a list of people away: narrowed by what, and how many.

    Identity numbers and telephones leave masked. Each of the people finds the line among those about his entry.
    """
    note_rows(row_count)
    note_people(people)
    return org


@action(at="worker", title=_("下载本人资料"), keeps=("kind",))
def take_own_record(*, by: Account, worker: Worker, kind: str) -> Worker:
    """Leave a line that a person took his whole record along, as a file of a kind: ``xlsx`` or ``json``.

    Refuses everybody but the person himself.
    """
    one_of("kind", kind, ("xlsx", "json"))
    if worker.account_id != by.pk:
        raise NotAllowed("take_own_record")
    return worker
