"""recall_offers_of_demand: nobody is left waiting for a post that is gone."""

from __future__ import annotations

from zhitong.employers.actions import close_demand
from zhitong.kernel.models import Record
from zhitong.matching.actions import recall_offers_of_demand


def test_it_works(world, offer):
    yes = world.agreed_offer(demand=offer.demand)
    other = world.offer(demand=world.demand(title="点焊工"))
    assert recall_offers_of_demand(by=world.system, demand=offer.demand) == 1
    for row, state in ((offer, "recalled"), (yes, "agreed"), (other, "sent")):
        row.refresh_from_db()
        assert row.state == state
    assert Record.objects.get(verb="recall_offers_of_demand").row_count == 1


def test_closing_a_post_does_it(world, offer, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        close_demand(by=world.county_officer, demand=offer.demand, reason="cancelled")
    offer.refresh_from_db()
    assert offer.state == "recalled"


def test_each_of_them_finds_the_line(world, offer):
    recall_offers_of_demand(by=world.system, demand=offer.demand)
    assert Record.objects.told_to(offer.worker).filter(verb="recall_offers_of_demand").count() == 1
