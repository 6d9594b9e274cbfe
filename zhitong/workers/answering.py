"""The link in a short message by which a person says how he is, without an account.

The link carries the number of one question and a signature over it for this purpose alone; the question names the
person, holds its last day and remembers its answer. Nothing in the link says who is meant.
"""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account

from .models import StatusQuestion
from .names import surname_of

SALT = "zhitong.workers.answering"


def answerer() -> Account:
    """Return who writes an answer down: whoever holds the link has no account, so it is the system."""
    return Account.objects.system()


def link_of(question: StatusQuestion) -> str:
    """Return the whole address at which a question is answered."""
    return settings.ZHITONG_ADDRESS.rstrip("/") + reverse("answer_status", args=[token_of(question)])


def token_of(question: StatusQuestion) -> str:
    """Return the signed name of a question."""
    return signing.Signer(salt=SALT, sep=".").sign(str(question.pk))


def question_of(token: str) -> StatusQuestion:
    """Return the question of a link; refuses one that nobody here signed, a used one, and one whose days are over."""
    try:
        number = int(signing.Signer(salt=SALT, sep=".").unsign(token))
    except (signing.BadSignature, ValueError):
        raise Refusal(
            "link_not_ours", _("这个链接不完整或者不是我们发出的，请完整打开短信里的链接。")
        ) from None
    found = StatusQuestion.objects.filter(pk=number).select_related("worker").first()
    if found is None:
        raise Refusal("link_not_ours", _("这个链接已经不能用了。"))
    refuse_spent(found)
    return found


def refuse_spent(question: StatusQuestion) -> None:
    """Refuse a question that was answered, and one whose days are over."""
    if question.answered_at is not None:
        raise Refusal("question_answered", _("您已经答复过了，谢谢。有新变化请登录或告诉村级劳务员。"))
    if question.is_over:
        raise Refusal("question_over", _("这个链接已过有效期。您可以登录更新，或者告诉村级劳务员。"))


def text_of(question: StatusQuestion) -> str:
    """Return what the person reads: the surname, the link, until when."""
    return _now(
        "【直通】%(surname)s先生/女士您好，您现在的就业情况和上次登记的一样吗？"
        "请点开链接答复：%(link)s ，%(day)s前有效。"
    ) % {
        "surname": surname_of(question.worker.name),
        "link": link_of(question),
        "day": timezone.localtime(question.expires_at).date().isoformat(),
    }
