"""What people can do: experience in occupations, and certificates."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.action import action
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account, Occupation
from zhitong.kernel.values import not_in_future

from ..models import Certificate, Skill, Worker
from ..rules import YOUNGEST
from .facts import CertificateFacts, read_line
from .intentions import narrow
from .standing import on_register

MOST_YEARS = 60


@action(at="worker", title=_("登记技能经历"), about=Skill)
def add_skill(*, by: Account, worker: Worker, occupation: Occupation, years: int = 0) -> Skill:
    """Write down an occupation in which the worker has experience, and for how many years."""
    narrow(occupation, "occupation")
    worker = on_register(worker)
    since = worker.age_on(timezone.localdate()) - YOUNGEST
    if not 0 <= years <= min(MOST_YEARS, max(since, 0)):
        sentence = _("年限与年龄不符，应在0到%(most)d年之间。") % {"most": min(MOST_YEARS, max(since, 0))}
        raise Refusal("years_implausible", sentence, field="years")
    try:
        with transaction.atomic():
            return Skill.objects.create(worker=worker, occupation=occupation, years=years)
    except IntegrityError:
        sentence = _("已经登记过“%(name)s”，要改年限请先删除。") % {"name": occupation.name}
        raise Refusal("skill_known", sentence, field="occupation") from None


@action(at="skill", title=_("删除技能经历"), about=Skill)
def remove_skill(*, by: Account, skill: Skill) -> Worker:
    """Strike out experience that the worker does not have."""
    return _strike(skill)


@action(at="worker", title=_("登记证书"), about=Certificate)
def add_certificate(*, by: Account, worker: Worker, facts: CertificateFacts) -> Certificate:
    """Write down a certificate that the worker holds; only an officer says that he saw the original."""
    if facts.was_seen and by.is_worker:
        raise Refusal("seen_by_officer_only", _("“已查验原件”由经办人填写。"), field="was_seen")
    columns = _columns(facts)
    worker = on_register(worker)
    try:
        with transaction.atomic():
            return Certificate.objects.create(worker=worker, **columns)
    except IntegrityError:
        sentence = _("已经登记过“%(name)s”，要改请先删除。") % {"name": facts.kind.name}
        raise Refusal("certificate_known", sentence, field="kind") from None


@action(at="certificate", title=_("删除证书"), about=Certificate)
def remove_certificate(*, by: Account, certificate: Certificate) -> Worker:
    """Strike out a certificate that the worker does not hold."""
    return _strike(certificate)


def _columns(facts: CertificateFacts) -> dict[str, Any]:
    if facts.issued_on is not None:
        not_in_future("issued_on", facts.issued_on)
    if facts.issued_on and facts.valid_until and facts.valid_until < facts.issued_on:
        sentence = _("有效期不能早于发证日期。")
        raise Refusal("certificate_dates", sentence, field="valid_until")
    return {
        "kind": facts.kind,
        "number": read_line("number", facts.number, 60) or None,
        "issued_on": facts.issued_on,
        "valid_until": facts.valid_until,
        "was_seen": facts.was_seen,
    }


def _strike(row: Any) -> Worker:
    """Delete one row of a worker; a second time says that it is gone."""
    worker = on_register(row.worker)
    deleted, _by_model = type(row).objects.filter(pk=row.pk).delete()
    if not deleted:
        raise Refusal("gone_already", _("这一条已经删除了。"))
    return worker
