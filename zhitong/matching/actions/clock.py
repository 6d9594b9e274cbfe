"""What the clock and the register do to open offers: silence expires, and nobody is offered what is gone."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zhitong.employers.models import Demand
from zhitong.kernel.action import action, note_people, note_rows
from zhitong.kernel.erasing import emptied
from zhitong.kernel.models import Account
from zhitong.kernel.news import tell
from zhitong.kernel.people import people_among
from zhitong.workers.models import Worker

from ..events import OffersExpired
from ..frames import sliced
from ..models import Consequence, Contract, Leftover, Offer, Proposal
from .places import drop_interviews


@action(at=None, title=_("推荐逾期失效"))
def expire_offers(*, by: Account) -> int:
    """Expire every open offer whose last day has passed, on whichever side the silence was; return how many."""
    overdue = _held(Offer.objects.overdue())
    _note(overdue)
    if overdue:
        _move_all(overdue, Offer.State.EXPIRED)
        for some in sliced([one.pk for one in overdue]):
            drop_interviews(by, some)
        tell(OffersExpired(tuple(one.pk for one in overdue)))
    return len(overdue)


@action(at="worker", title=_("撤回对他的推荐"))
def recall_offers_of_worker(*, by: Account, worker: Worker) -> int:
    """Recall what is open for someone who left the register or no longer agrees; return how many."""
    open_offers = list(Offer.objects.open().filter(worker=worker).values_list("pk", flat=True))
    count = Offer.objects.open().filter(pk__in=open_offers).update(state=Offer.State.RECALLED)
    drop_interviews(by, open_offers)
    note_rows(count)
    return count


@action(at="demand", title=_("撤回这个岗位的推荐"))
def recall_offers_of_demand(*, by: Account, demand: Demand) -> int:
    """Recall the offers of a closed post that nobody has answered; who said yes still gets an answer."""
    unanswered = _held(Offer.objects.filter(demand=demand, state=Offer.State.SENT))
    _note(unanswered)
    _move_all(unanswered, Offer.State.RECALLED)
    return len(unanswered)


@action(at="worker", title=_("清除推荐里的个人信息"))
def erase_offers_of_worker(*, by: Account, worker: Worker) -> int:
    """Empty what offers and proposals say of a person whose data are deleted; the rows stay and are counted.

    What followed from his answers goes: nothing is proposed to him any more.
    """
    declined = Offer.objects.filter(worker=worker).exclude(decline_reason="")
    count = declined.update(**(emptied(Offer) or {}))
    count += Proposal.objects.filter(worker=worker).update(**(emptied(Proposal) or {}))
    count += Leftover.objects.filter(worker=worker).update(**(emptied(Leftover) or {}))
    count += Contract.objects.filter(worker=worker).update(**(emptied(Contract) or {}))
    count += Consequence.objects.filter(worker=worker).delete()[0]
    note_rows(count)
    return count


def _held(offers: QuerySet[Offer]) -> list[Offer]:
    """Return the offers as they stand once all their workers are held, in the order in which others hold them."""
    workers = sorted(set(offers.values_list("worker_id", flat=True)))
    for some in sliced(workers):
        list(Worker.objects.select_for_update().filter(pk__in=some).order_by("pk").values_list("pk"))
    return [one for some in sliced(workers) for one in offers.filter(worker__in=some).order_by("pk")]


def _note(offers: list[Offer]) -> None:
    """Say in the record line whom it concerned; each of them finds it."""
    note_rows(len(offers))
    note_people(people_among(offers, "worker") if offers else None)


def _move_all(offers: list[Offer], state: str) -> None:
    for some in sliced([one.pk for one in offers]):
        Offer.objects.filter(pk__in=some).open().update(state=state)
