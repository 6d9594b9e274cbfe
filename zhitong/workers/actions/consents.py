"""Permission to process personal data, given and withdrawn."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.action import action
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account
from zhitong.kernel.news import tell

from ..consent import AT_REGISTRATION, CURRENT, NEEDED
from ..events import ConsentWithdrawn
from ..models import Consent, Worker
from ..reasons import LeaveReason
from .entries import entries_of, held
from .ethnicity import let_go_of_ethnicity
from .facts import one_of, own_word, told_by
from .standing import locked, refuse_erased
from .whereabouts import withdraw_worker


@action(at="worker", title=_("登记同意"), keeps=("purpose", "through", "text_version"))
def give_consent(
    *, by: Account, worker: Worker, purpose: str, through: str, text_version: str = CURRENT
) -> Consent:
    """Write down that the person agreed to the text of a purpose, how he said so, and to which version."""
    one_of("purpose", purpose, Consent.Purpose.values)
    told_by(by, through, "through")
    if purpose not in AT_REGISTRATION:
        own_word(through, "through")
    if text_version != CURRENT:
        sentence = _("同意书已经更新，请按现在的文本重新征求同意。")
        raise Refusal("consent_text_old", sentence, field="text_version")
    refuse_erased(locked(worker))
    try:
        with transaction.atomic():
            return Consent.objects.create(
                worker=worker, purpose=purpose, text_version=text_version, given_through=through
            )
    except IntegrityError:
        raise Refusal("consent_standing", _("这一项已经同意过了。"), field="purpose") from None


@action(at="consent", title=_("撤回同意"))
def withdraw_consent(*, by: Account, consent: Consent) -> Consent:
    """End a permission; without one that the register needs, the person leaves it as well.

    What was held for it alone, such as the ethnic group that he stated, is deleted with it, in all his entries.
    """
    now = timezone.now()
    ended = Consent.objects.filter(pk=consent.pk, withdrawn_at=None).update(withdrawn_at=now)
    if not ended:
        raise Refusal("consent_withdrawn_already", _("这一项同意已经撤回过了。"))
    consent.withdrawn_at = now
    worker = locked(consent.worker)
    if consent.purpose == Consent.Purpose.ETHNICITY:
        let_go_of_ethnicity(held(entries_of(worker)))
    if consent.purpose in NEEDED and worker.state == Worker.State.ACTIVE:
        withdraw_worker(by=by, worker=worker, reason=LeaveReason.CONSENT)
    tell(ConsentWithdrawn(worker.pk, consent.purpose))
    return consent
