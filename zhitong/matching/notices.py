"""Short messages to workers: a post waits for an answer."""

from __future__ import annotations

import structlog
from django.utils.translation import gettext as _

from zhitong.kernel.fields import yuan
from zhitong.kernel.sms import Sender
from zhitong.matching.models import Offer

log = structlog.get_logger(__name__)


def notify(sender: Sender, offer: Offer) -> bool:
    """Tell the worker of an offer; return whether it was handed to the service."""
    if offer.worker.telephone is None:
        return False
    try:
        sender.send(offer.worker.telephone.open(), text_of(offer))
    except OSError:
        log.warning("offer_notice_not_sent", offer=offer.pk)
        return False
    return True


def text_of(offer: Offer) -> str:
    """Return what the worker reads."""
    demand = offer.demand
    return _(
        "【直通】为您推荐岗位：%(title)s，%(city)s，月工资%(low)s至%(high)s元。"
        "请在%(day)s前登录答复去或不去，也可以告诉村级劳务员。"
    ) % {
        "title": demand.title,
        "city": demand.region.name,
        "low": yuan(demand.wage_low_fen),
        "high": yuan(demand.wage_high_fen),
        "day": offer.due_on.isoformat(),
    }
