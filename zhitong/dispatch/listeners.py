"""What dispatch does when it hears that a worker was accepted."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from zhitong.kernel.erasing import erases, objects_to_erasing
from zhitong.kernel.merging import objects_to_merging
from zhitong.kernel.models import Account
from zhitong.kernel.news import hears
from zhitong.matching.events import OfferAccepted
from zhitong.matching.models import Offer
from zhitong.workers.models import Worker

from .actions import erase_placements_of_worker, place_worker
from .actions.placing import STANDING
from .models import Placement


@hears(OfferAccepted)
def place_accepted(news: OfferAccepted) -> None:
    """Make the placement at once; what is lost here is found by ``place_accepted_offers``."""
    place_worker(by=Account.objects.system(), offer=Offer.objects.get(pk=news.offer_id))


@objects_to_erasing
def standing_placements(worker: Worker) -> Iterator[str]:
    """A placement keeps the person's data while it lasts, and as long after its end as papers of work are kept.

    Contracts of employment are kept for two years after their end (Labour Contract Law of the PRC, article 50).
    """
    for one in Placement.objects.filter(worker=worker).select_related("demand").order_by("pk"):
        if one.state in (Placement.State.AWAITED, Placement.State.ARRIVED):
            yield _("就业安置还没有结束：%(title)s") % {"title": one.demand.title}
        elif one.ended_on is not None and one.ended_on + settings.PLACEMENT_KEPT > timezone.localdate():
            told = {"title": one.demand.title, "day": (one.ended_on + settings.PLACEMENT_KEPT).isoformat()}
            yield _("就业安置“%(title)s”的材料要保存到%(day)s") % told


@objects_to_merging
def present_placements(worker: Worker) -> Iterator[str]:
    """A placement stays with the entry of who is awaited or at work; where there is an offer, that says so."""
    here = Placement.objects.filter(worker=worker, offer=None, state__in=STANDING)
    for one in here.select_related("demand").order_by("pk"):
        yield one.demand.title


erases(erase_placements_of_worker)
