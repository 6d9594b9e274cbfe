"""reveal_asker_telephone: the telephone of whoever waits for a reply."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import NotAllowed, OutOfReach
from zhitong.kernel.models import Account
from zhitong.rights.actions import close_enquiry, note_call, reveal_asker_telephone
from zhitong.workers.models import Worker


def test_it_works(world, enquiry, worker):
    assert reveal_asker_telephone(by=world.county_officer, enquiry=enquiry) == worker.telephone.open()


def test_of_a_caller(world, asked):
    made = note_call(by=world.county_officer, org=world.county, facts=asked, telephone="15400001234")
    assert reveal_asker_telephone(by=world.county_officer, enquiry=made) == "15400001234"


def test_a_stranger_cannot(world, enquiry):
    with pytest.raises(OutOfReach):
        reveal_asker_telephone(by=world.other_county_officer, enquiry=enquiry)


def test_the_village_cannot(world, worker, asked):
    from zhitong.rights.actions import ask_for_worker

    made = ask_for_worker(by=world.village_officer, worker=worker, facts=asked, through="visit")
    with pytest.raises(NotAllowed):
        reveal_asker_telephone(by=world.village_officer, enquiry=made)


def test_not_when_it_is_over(world, enquiry, no):
    closed = close_enquiry(by=world.county_officer, enquiry=enquiry)
    assert no(reveal_asker_telephone, by=world.county_officer, enquiry=closed) == "closed"


def test_the_page_shows_it_once(world, client, enquiry, worker):
    client.force_login(world.county_officer)
    sent = client.post(f"/rights/enquiries/{enquiry.pk}/reveal_asker_telephone/")
    assert worker.telephone.open() in sent.content.decode() and sent["Cache-Control"] == "no-store"


def test_not_where_none_is_held(world, enquiry, worker, himself, no):
    Account.objects.filter(pk=himself.pk).update(telephone=None)
    Worker.objects.filter(pk=worker.pk).update(telephone=None)
    enquiry = type(enquiry).objects.get(pk=enquiry.pk)
    assert no(reveal_asker_telephone, by=world.county_officer, enquiry=enquiry) == "nothing_held"
