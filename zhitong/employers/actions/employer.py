"""Employers are registered and corrected."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.kernel.action import action
from zhitong.kernel.actions import open_org, rename_org
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account, Org, in_place
from zhitong.kernel.state import change, move

from ..facts import EmployerFacts, checked_employer
from ..models import Employer


@action(at="org", title=gettext_lazy("登记用人单位"), about=Employer)
def register_employer(*, by: Account, org: Org, facts: EmployerFacts) -> Employer:
    """Register an employer, which then waits for its credential check, in the care of the place of ``org``.

    ``org`` is who registers it. Refuses a credit code that is registered already, naming who bears it.
    """
    if org.kind in Employer.NEVER_COLLECT:
        raise Refusal("org_does_not_collect", _("这类组织不采集岗位，请选择采集单位。"), field="org")
    facts = checked_employer(facts)
    home = Org.objects.get(pk=org.place_id or org.pk)
    try:
        with transaction.atomic():
            return Employer.objects.create(
                org=open_org(by=by, parent=home, kind=Org.Kind.EMPLOYER, name=facts.name),
                collected_by=org,
                is_sample=org.is_sample,
                **_columns(facts),
                **in_place(home),
            )
    except IntegrityError:
        raise registered_already(facts.credit_code) from None


@action(at="employer", title=gettext_lazy("更正用人单位资料"), about=Employer)
def correct_employer(
    *, by: Account, employer: Employer, facts: EmployerFacts, seen: int | None = None
) -> Employer:
    """Correct what is known of an employer.

    Another name or credit code makes a new check necessary; a correction hands a refused one in again.
    """
    if employer.state == Employer.State.BARRED:
        raise Refusal("employer_barred", _("这家用人单位已停用，恢复后才能更正。"))
    facts = checked_employer(facts)
    was_checked_as = (employer.org.name, employer.credit_code)
    try:
        with transaction.atomic():
            change(employer, seen, **_columns(facts))
    except IntegrityError:
        raise registered_already(facts.credit_code) from None
    if facts.name != employer.org.name:
        rename_org(by=by, org=employer.org, name=facts.name)
    is_another = was_checked_as != (facts.name, facts.credit_code)
    if employer.state == Employer.State.REFUSED or (is_another and employer.state == Employer.State.APPROVED):
        move(employer, Employer.State.WAITING, checked_by=None, checked_on=None, refusal="")
    return employer


def _columns(facts: EmployerFacts) -> dict[str, object]:
    """Return the facts that are columns of the row; a telephone that was not given stays as it is."""
    columns = {name: value for name, value in vars(facts).items() if name != "name"}
    if facts.contact_telephone is None:
        del columns["contact_telephone"]
    return columns


def registered_already(credit_code: str) -> Refusal:
    """Return the refusal that names the employer with this credit code."""
    other = Employer.objects.select_related("org").get(credit_code=credit_code)
    sentence = _("统一社会信用代码 %(code)s 已登记为“%(name)s”（%(state)s），请直接为它提交岗位。") % {
        "code": credit_code,
        "name": other.org.name,
        "state": other.get_state_display(),
    }
    return Refusal("employer_registered_already", sentence, field="credit_code", employer=other.pk)
