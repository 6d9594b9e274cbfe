"""An officer takes an enquiry, replies, or hands it back."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.action import action
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account
from zhitong.kernel.news import tell
from zhitong.kernel.state import move

from ..events import EnquiryAnswered
from ..models import Enquiry
from ..notices import telephone_of
from .facts import MOST_REPLY, read_text


@action(at="enquiry", title=_("接办咨询"))
def take_enquiry(*, by: Account, enquiry: Enquiry) -> Enquiry:
    """Take an enquiry upon oneself; of two officers the second hears who was first."""
    held = locked(enquiry)
    if held.state == Enquiry.State.TAKEN:
        sentence = _("%(name)s已经接办了这个问题。") % {"name": held.taken_by}
        raise Refusal("taken_already", sentence)
    return move(held, Enquiry.State.TAKEN, taken_by=by)


@action(at="enquiry", title=_("退回待办"))
def hand_back_enquiry(*, by: Account, enquiry: Enquiry) -> Enquiry:
    """Put an enquiry that one cannot answer back onto the desk; its clock goes on."""
    held = locked(enquiry)
    _is_ones_own(held, by)
    return move(held, Enquiry.State.OPEN, taken_by=None)


@action(at="enquiry", title=_("答复咨询"), about=Enquiry)
def answer_enquiry(*, by: Account, enquiry: Enquiry, reply: str) -> Enquiry:
    """Reply to an enquiry that one has taken; whoever asked reads it on his page and in a message."""
    held = locked(enquiry)
    _is_ones_own(held, by)
    reply = read_text(reply, field="reply", least=4, most=MOST_REPLY)
    move(held, Enquiry.State.ANSWERED, reply=reply, answered_by=by, answered_at=timezone.now())
    tell(EnquiryAnswered(held.pk))
    return held


@action(at="enquiry", title=_("查看提问人电话"))
def reveal_asker_telephone(*, by: Account, enquiry: Enquiry) -> str:
    """Return the telephone of whoever waits for a reply, to call him; the line that it leaves is shown to him."""
    if enquiry.state == Enquiry.State.CLOSED:
        raise Refusal("closed", _("已经办结，不再查看电话。"))
    telephone = telephone_of(enquiry)
    if telephone is None:
        raise Refusal("nothing_held", _("没有登记电话。"))
    return telephone


def locked(enquiry: Enquiry) -> Enquiry:
    """Return the enquiry as it stands now, held until the transaction ends."""
    rows = Enquiry.objects.select_for_update(of=("self",)).select_related("taken_by", "worker", "owner")
    return rows.get(pk=enquiry.pk)


def _is_ones_own(enquiry: Enquiry, by: Account) -> None:
    if enquiry.state != Enquiry.State.TAKEN:
        raise Refusal("not_taken", _("请先接办，再办这一步。"), state=str(enquiry.state))
    if enquiry.taken_by_id != by.pk:
        sentence = _("这个问题由%(name)s接办，请他答复或退回待办。") % {"name": enquiry.taken_by}
        raise Refusal("taken_by_another", sentence)
