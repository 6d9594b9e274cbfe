"""Short messages to whoever asked: here is the reply."""

from __future__ import annotations

import structlog
from django.utils.translation import gettext as _

from zhitong.kernel.sms import Sender

from .models import Enquiry

log = structlog.get_logger(__name__)
MOST_REPLY = 200
"""Characters of a reply that fit into one message; somebody with an account reads the rest on his page."""


def notify(sender: Sender, enquiry: Enquiry) -> bool:
    """Tell whoever asked of the reply; return whether it was handed to the service."""
    telephone = telephone_of(enquiry)
    if telephone is None:
        return False
    try:
        sender.send(telephone, text_of(enquiry))
    except OSError:
        log.warning("reply_notice_not_sent", enquiry=enquiry.pk)
        return False
    return True


def telephone_of(enquiry: Enquiry) -> str | None:
    """Return the number in clear text to which a reply goes."""
    asked_by = None if enquiry.asked_by is None else enquiry.asked_by.telephone
    own = asked_by if enquiry.through == Enquiry.Through.SELF else None
    of_worker = None if enquiry.worker is None else enquiry.worker.telephone
    found = enquiry.telephone or of_worker or own
    return None if found is None else str(found.open())


def text_of(enquiry: Enquiry) -> str:
    """Return what the person reads."""
    reply = enquiry.reply if len(enquiry.reply) <= MOST_REPLY else enquiry.reply[: MOST_REPLY - 1] + "…"
    told = {"office": enquiry.owner, "reply": reply}
    if enquiry.through == Enquiry.Through.GUEST or enquiry.worker is None:
        return _("【直通】您咨询的问题，%(office)s答复：%(reply)s") % told
    return _("【直通】您咨询的问题，%(office)s答复：%(reply)s 登录后在“问一问”里可以看全文和追问。") % told
