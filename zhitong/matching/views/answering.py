"""A yes on a page: with the consent to tell the employer, where the worker has not given it before."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from zhitong.kernel.models import Account
from zhitong.workers.actions import give_consent
from zhitong.workers.models import Consent

from .. import actions
from ..forms import AgreeForm, AnswerForm
from ..models import Offer

AGREED_FOR = AnswerForm
"""What is asked when several say yes at once: how it was heard."""


def agree(*, by: Account, offer: Offer, through: str, share: bool = False, **more: Any) -> Offer:
    """Say yes, and first keep the consent that was ticked; both or neither."""
    with transaction.atomic():
        if share:
            give_consent(by=by, worker=offer.worker, purpose=Consent.Purpose.SHARE, through=through)
        agreed: Offer = actions.agree_to_offer(by=by, offer=offer, through=through, **more)
    return agreed


agree.verb = actions.agree_to_offer.verb  # type: ignore[attr-defined]

__all__ = ["AGREED_FOR", "AgreeForm", "agree"]
