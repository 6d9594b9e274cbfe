"""What matching does when posts close and people leave the register."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from zhitong.employers.events import DemandClosed
from zhitong.employers.models import Demand
from zhitong.kernel.erasing import erases, objects_to_erasing
from zhitong.kernel.merging import objects_to_merging
from zhitong.kernel.models import Account
from zhitong.kernel.news import hears
from zhitong.kernel.sms import notify as send_text
from zhitong.kernel.sms import sender
from zhitong.workers.events import ConsentWithdrawn, WorkerWithdrawn
from zhitong.workers.models import Worker

from .actions import (
    erase_offers_of_worker,
    erase_searches_of_worker,
    recall_offers_of_demand,
    recall_offers_of_worker,
)
from .events import (
    ContractEntered,
    InterviewBooked,
    InterviewsCalledOff,
    InterviewsSoon,
    NewPostsFound,
    OfferSent,
    OffersExpired,
)
from .models import Contract, Interview, Offer, SavedSearch
from .notices import (
    booked_text,
    called_off_text,
    contract_text,
    expired_text,
    new_posts_text,
    notify,
    notify_interviews,
    soon_text,
)
from .stopping import link_of


@hears(OfferSent)
def tell_worker(news: OfferSent) -> None:
    """The worker reads of a single offer at once."""
    notify(sender(), Offer.objects.select_related("worker", "demand__region").get(pk=news.offer_id))


@hears(OffersExpired)
def tell_the_willing(news: OffersExpired) -> None:
    """Whoever said yes reads that the employer kept silent, so that he does not wait for it."""
    willing = Offer.objects.filter(pk__in=news.offers).exclude(answered_at=None)
    for offer in willing.select_related("worker", "demand__region").order_by("pk"):
        notify(sender(), offer, expired_text)


@hears(NewPostsFound)
def tell_of_new_posts(news: NewPostsFound) -> None:
    """Whoever asked for it reads that there are new posts, and how to stop such messages."""
    search = SavedSearch.objects.select_related("worker").get(pk=news.search_id)
    best = Demand.objects.select_related("region").filter(pk=news.posts[0]).first()
    if best is not None and search.worker.telephone is not None:
        text = new_posts_text(best, len(news.posts), link_of(search))
        send_text(search.worker.telephone.open(), text)


@hears(ContractEntered)
def ask_about_contract(news: ContractEntered) -> None:
    """Whoever is bound by a contract reads what was written down, and that it pays less than was offered."""
    contract = Contract.objects.select_related("offer__worker").get(pk=news.contract_id)
    notify(sender(), contract.offer, lambda _offer: contract_text(contract))


@hears(InterviewBooked)
def tell_when(news: InterviewBooked) -> None:
    """Whoever has an interview reads when and how, whoever picked the time."""
    notify_interviews(sender(), _interviews(news.interview_id), booked_text)


@hears(InterviewsCalledOff)
def tell_it_is_off(news: InterviewsCalledOff) -> None:
    """Whoever had picked the slot reads that it is gone."""
    notify_interviews(sender(), _interviews(*news.interviews), called_off_text)


@hears(InterviewsSoon)
def remind(news: InterviewsSoon) -> None:
    """Whoever has an interview tomorrow reads of it again."""
    notify_interviews(sender(), _interviews(*news.interviews), soon_text)


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
    """Without consent no post is offered; whoever took the person on reads no more than the name."""
    _recall(news.worker)


@objects_to_merging
def holding_offers(worker: Worker) -> Iterator[str]:
    """A post that waits, or that somebody was taken on for, stays with the entry under which it was offered."""
    for one in Offer.objects.holding().filter(worker=worker).select_related("demand").order_by("pk"):
        yield one.demand.title


@objects_to_erasing
def open_offers(worker: Worker) -> Iterator[str]:
    """A post that waits for an answer keeps the person's data."""
    for one in Offer.objects.open().filter(worker=worker).select_related("demand"):
        yield _("还有没办结的岗位推荐：%(title)s") % {"title": one.demand.title}


erases(erase_offers_of_worker)
erases(erase_searches_of_worker)


def _interviews(*numbers: int) -> QuerySet[Interview]:
    rows = Interview.objects.filter(pk__in=numbers).order_by("pk")
    return rows.select_related("offer__worker", "slot__demand")


def _recall(number: int) -> None:
    if Offer.objects.open().filter(worker=number).exists():
        recall_offers_of_worker(by=Account.objects.system(), worker=Worker.objects.get(pk=number))
