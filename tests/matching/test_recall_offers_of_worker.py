"""recall_offers_of_worker: whoever leaves the register is offered nothing more."""

from __future__ import annotations

from zhitong.matching.actions import recall_offers_of_worker
from zhitong.workers.actions import withdraw_worker


def test_it_works(world, offer):
    other = world.offer(demand=offer.demand)
    assert recall_offers_of_worker(by=world.system, worker=offer.worker) == 1
    offer.refresh_from_db()
    other.refresh_from_db()
    assert (offer.state, other.state) == ("recalled", "sent")


def test_leaving_the_register_does_it(world, agreed, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_worker(by=world.village_officer, worker=agreed.worker)
    agreed.refresh_from_db()
    assert agreed.state == "recalled"
