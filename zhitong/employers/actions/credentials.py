"""An office checks employers' credentials, and lets their clerks in."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.kernel.action import action, note_rows
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account
from zhitong.kernel.state import move

from ..models import Demand, Employer
from .demand import close_all, stated


@action(at="employer", title=gettext_lazy("核验通过用人单位"))
def approve_employer(*, by: Account, employer: Employer) -> Employer:
    """Say that the employer's credentials were checked and are in order."""
    if not employer.credit_code:
        raise Refusal("credit_code_missing", _("还没有统一社会信用代码，请先更正资料再核验。"))
    return _checked(by, employer, Employer.State.WAITING, Employer.State.APPROVED)


@action(at="employer", title=gettext_lazy("核验不通过用人单位"))
def refuse_employer(*, by: Account, employer: Employer, reason: str) -> Employer:
    """Refuse the credentials, with the reason that whoever registered the employer will read."""
    return _checked(by, employer, Employer.State.WAITING, Employer.State.REFUSED, stated(reason))


@action(at="employer", title=gettext_lazy("停用用人单位"))
def bar_employer(*, by: Account, employer: Employer, reason: str) -> Employer:
    """Bar an employer, with a reason, and close all of its posts."""
    _checked(by, employer, Employer.State.APPROVED, Employer.State.BARRED, stated(reason))
    closed = close_all(employer.demands.filter(state__in=Demand.STANDING), Demand.CloseReason.BARRED)
    note_rows(1 + closed)
    return employer


@action(at="employer", title=gettext_lazy("恢复用人单位"))
def readmit_employer(*, by: Account, employer: Employer) -> Employer:
    """Let a barred employer hand in posts again; its closed posts stay closed."""
    return _checked(by, employer, Employer.State.BARRED, Employer.State.APPROVED)


@action(at="employer", title=gettext_lazy("查看联系电话"))
def reveal_contact(*, by: Account, employer: Employer, purpose: str) -> str:
    """Return the contact's telephone in clear, leaving a line that says who saw it."""
    stated(purpose, field="purpose")
    if employer.contact_telephone is None:
        raise Refusal("no_contact", _("没有登记联系电话。"))
    return employer.contact_telephone.open()


def _checked(by: Account, employer: Employer, before: str, to: str, refusal: str = "") -> Employer:
    """Move an employer whose state the verb expects, and say who looked at its credentials, and when."""
    if employer.state != before:
        raise Refusal("wrong_state", _("现在的状态不能办这一步。"))
    return move(employer, to, checked_by=by, checked_on=timezone.localdate(), refusal=refusal)
