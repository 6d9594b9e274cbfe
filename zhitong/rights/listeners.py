"""What rights does when a reply is stored: the person is told."""

from __future__ import annotations

from zhitong.kernel.erasing import erases
from zhitong.kernel.news import hears
from zhitong.kernel.sms import sender

from .actions import erase_enquiries_of_worker
from .events import EnquiryAnswered
from .models import Enquiry
from .notices import notify


@hears(EnquiryAnswered)
def tell_asker(news: EnquiryAnswered) -> None:
    """Whoever asked reads of the reply at once."""
    rows = Enquiry.objects.select_related("worker", "asked_by", "owner")
    notify(sender(), rows.get(pk=news.enquiry_id))


erases(erase_enquiries_of_worker)
