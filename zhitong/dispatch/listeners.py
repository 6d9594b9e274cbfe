"""What dispatch does when it hears that a worker was accepted."""

from __future__ import annotations

from zhitong.kernel.models import Account
from zhitong.kernel.news import hears
from zhitong.matching.events import OfferAccepted
from zhitong.matching.models import Offer

from .actions import place_worker


@hears(OfferAccepted)
def place_accepted(news: OfferAccepted) -> None:
    """Make the placement at once; what is lost here is found by ``place_accepted_offers``."""
    place_worker(by=Account.objects.system(), offer=Offer.objects.get(pk=news.offer_id))
