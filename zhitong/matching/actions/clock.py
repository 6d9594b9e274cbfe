"""What the clock and the register do to open offers: silence expires, and nobody is offered what is gone."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhitong.employers.models import Demand
from zhitong.kernel.action import action, note_rows
from zhitong.kernel.erasing import emptied
from zhitong.kernel.models import Account
from zhitong.workers.models import Worker

from ..models import Offer, Proposal


@action(at=None, title=_("推荐逾期失效"))
def expire_offers(*, by: Account) -> int:
    """Expire every open offer whose last day has passed, on whichever side the silence was; return how many."""
    count = Offer.objects.overdue().update(state=Offer.State.EXPIRED)
    note_rows(count)
    return count


@action(at="worker", title=_("撤回对他的推荐"))
def recall_offers_of_worker(*, by: Account, worker: Worker) -> int:
    """Recall what is open for someone who left the register or no longer agrees; return how many."""
    count = Offer.objects.open().filter(worker=worker).update(state=Offer.State.RECALLED)
    note_rows(count)
    return count


@action(at="demand", title=_("撤回这个岗位的推荐"))
def recall_offers_of_demand(*, by: Account, demand: Demand) -> int:
    """Recall the offers of a closed post that nobody has answered; who said yes still gets an answer."""
    unanswered = Offer.objects.filter(demand=demand, state=Offer.State.SENT)
    count = unanswered.update(state=Offer.State.RECALLED)
    note_rows(count)
    return count


@action(at="worker", title=_("清除推荐里的个人信息"))
def erase_offers_of_worker(*, by: Account, worker: Worker) -> int:
    """Empty what offers and proposals say of a person whose data are deleted; the rows stay and are counted."""
    declined = Offer.objects.filter(worker=worker).exclude(decline_reason="")
    count = declined.update(**(emptied(Offer) or {}))
    count += Proposal.objects.filter(worker=worker).update(**(emptied(Proposal) or {}))
    note_rows(count)
    return count
