"""What matching does when posts close and people leave the register."""

from __future__ import annotations

from zhitong.employers.events import DemandClosed
from zhitong.employers.models import Demand
from zhitong.kernel.models import Account
from zhitong.kernel.news import hears
from zhitong.kernel.sms import sender
from zhitong.workers.events import ConsentWithdrawn, WorkerWithdrawn
from zhitong.workers.models import Worker

from .actions import recall_offers_of_demand, recall_offers_of_worker
from .events import OfferSent
from .models import Offer
from .notices import notify


@hears(OfferSent)
def tell_worker(news: OfferSent) -> None:
    """The worker reads of a single offer at once."""
    notify(sender(), Offer.objects.select_related("worker", "demand__region").get(pk=news.offer_id))


@hears(DemandClosed)
def recall_closed(news: DemandClosed) -> None:
    """Nobody is left waiting for a post that is gone."""
    waiting = Offer.objects.filter(demand__in=news.demands, state=Offer.State.SENT)
    for demand in Demand.objects.filter(pk__in=waiting.values("demand")):
        recall_offers_of_demand(by=Account.objects.system(), demand=demand)


@hears(WorkerWithdrawn)
def recall_withdrawn(news: WorkerWithdrawn) -> None:
    """Whoever leaves the register is offered nothing more."""
    _recall(news.worker)


@hears(ConsentWithdrawn)
def recall_unwilling(news: ConsentWithdrawn) -> None:
    """Without consent no post is offered, and no employer reads about the person."""
    _recall(news.worker)


def _recall(number: int) -> None:
    if Offer.objects.open().filter(worker=number).exists():
        recall_offers_of_worker(by=Account.objects.system(), worker=Worker.objects.get(pk=number))
