"""Short messages: one small interface, chosen by the setting ``ZHITONG_SMS``.

The default writes to the log, with the telephone masked and the text left out. Only in a sample installation
the text stands there in clear, so that one can try the sign-in without a telephone.
"""

from __future__ import annotations

from typing import Protocol, cast

import structlog
from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from .privacy import mask_telephone

log = structlog.get_logger(__name__)


class Sender(Protocol):
    """Sends one short text to one telephone; raises ``OSError`` when the service is out of reach."""

    def send(self, telephone: str, text: str) -> None: ...


class LogSender:
    """Sends nothing: leaves a line in the log."""

    def send(self, telephone: str, text: str) -> None:
        """Log that a text would have been sent; what it says only in a sample installation."""
        shown = text if settings.SAMPLE_INSTALLATION else "•"
        log.info("sms", telephone=mask_telephone(telephone), text=shown)


def sender() -> Sender:
    """Return the installation's sender."""
    return cast(Sender, import_string(settings.ZHITONG_SMS)())


def send_code(telephone: str, code: str) -> None:
    """Send a sign-in code."""
    text = _("【直通】验证码 %(code)s，5 分钟内有效。请不要告诉任何人，工作人员不会向您索要。")
    sender().send(telephone, text % {"code": code})


def notify(telephone: str, text: str) -> bool:
    """Send a text on which nothing depends, and return whether it was handed to the service."""
    try:
        sender().send(telephone, text)
    except OSError:
        log.warning("sms_not_sent", telephone=mask_telephone(telephone))
        return False
    return True
