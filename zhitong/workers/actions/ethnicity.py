"""The ethnic group that a person states: by his own word and separate consent, taken back at any time."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.action import action
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account

from ..models import Consent, EthnicGroup, StatedEthnicity, Worker
from .entries import entries_of, held
from .facts import one_of, own_word, told_by
from .standing import on_register


@action(at="worker", title=_("登记民族"), keeps=("source",), about=StatedEthnicity)
def state_ethnicity(*, by: Account, worker: Worker, code: str, source: str) -> Worker:
    """Write down to which ethnic group a person says he belongs, in place of what he said before.

    It is sealed, needs his consent to that alone, and is read by nobody but himself; rounds are counted by it. The
    record says that it was stated and how, never what.
    """
    one_of("code", code, EthnicGroup.values)
    told_by(by, source)
    own_word(source)
    worker = on_register(worker)
    agreed = Consent.objects.filter(worker=worker, purpose=Consent.Purpose.ETHNICITY, withdrawn_at=None)
    if not agreed.exists():
        sentence = _("民族是敏感个人信息，要本人单独同意之后才能登记。")
        raise Refusal("consent_missing", sentence, field="agrees")
    said = {"code": code, "source": source, "stated_on": timezone.localdate()}
    StatedEthnicity.objects.update_or_create(worker=worker, defaults=said)
    return worker


@action(at="worker", title=_("撤回民族登记"), about=StatedEthnicity)
def withdraw_ethnicity(*, by: Account, worker: Worker) -> Worker:
    """Delete what a person said of his ethnic group, in all his entries, and end his consent to it."""
    if not let_go_of_ethnicity(held(entries_of(worker))):
        raise Refusal("nothing_stated", _("没有登记民族，没有要撤回的。"))
    return worker


def let_go_of_ethnicity(entries: Iterable[Worker]) -> bool:
    """Delete what entries say and end the consents to it; tell whether there was anything."""
    keys = [one.pk for one in entries]
    given = Consent.objects.filter(worker__in=keys, purpose=Consent.Purpose.ETHNICITY, withdrawn_at=None)
    ended = given.update(withdrawn_at=timezone.now())
    gone, _by_model = StatedEthnicity.objects.filter(worker__in=keys).delete()
    return bool(ended or gone)
