"""note_interest: a visitor wants to talk about a post; from then on its booth may know who he is."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhitong.employers.actions import close_demand
from zhitong.kernel.errors import OutOfReach
from zhitong.matching.actions import note_interest
from zhitong.matching.models import Interest, JobFair
from zhitong.matching.shown import shown_at_booth
from zhitong.workers.models import Consent


def test_it_works(world, booth, visit):
    noted = note_interest(by=world.county_officer, visit=visit, demand=world.post)
    assert (noted.state, noted.booth, noted.worker) == ("noted", booth, visit.worker)
    assert set(shown_at_booth(noted)) == set(Interest.SHOWN_AT_BOOTH)
    assert "••••" in shown_at_booth(noted)["telephone"]


def test_a_stranger_cannot(world, booth, visit):
    with pytest.raises(OutOfReach):
        note_interest(by=world.stranger, visit=visit, demand=world.post)


def test_he_asks_on_his_phone(client, world, booth, visit, himself):
    Consent.objects.filter(worker=visit.worker, purpose="share").delete()
    client.force_login(himself)
    address = f"/matching/visits/{visit.pk}/note_interest/?demand={world.post.pk}"
    page = client.get(f"/matching/fairs/{visit.fair_id}/").content.decode()
    assert f"note_interest/?demand={world.post.pk}" in page
    assert "同意把必要的个人信息" in client.get(address).content.decode()
    assert client.post(address, {"demand": str(world.post.pk)}).status_code == 422
    assert client.post(address, {"demand": str(world.post.pk), "share": "on"}).status_code == 302
    assert Interest.objects.count() == 1


def test_the_booth_reads_its_own_visitors_only(world, client, interest):
    client.force_login(world.employer_clerk)
    page = client.get(f"/matching/fairs/{interest.visit.fair_id}/interests/").content.decode()
    assert interest.worker.name in page and interest.worker.id_number.open() not in page
    assert client.get(f"/matching/interests/{interest.pk}/").status_code == 200
    assert client.get(f"/matching/fairs/{interest.visit.fair_id}/visits/").status_code == 403
    client.force_login(world.other_employer_clerk)
    page = client.get(f"/matching/fairs/{interest.visit.fair_id}/interests/").content.decode()
    assert interest.worker.name not in page
    assert client.get(f"/matching/interests/{interest.pk}/").status_code == 404


def test_nothing_is_shown_without_consent(interest):
    Consent.objects.filter(worker=interest.worker, purpose="share").update(withdrawn_at=timezone.now())
    assert shown_at_booth(Interest.objects.get(pk=interest.pk)) == {}


def test_what_is_refused(world, interest, visit, no):
    given = {"by": world.county_officer, "visit": visit}
    assert no(note_interest, demand=world.post, **given) == "noted_already"
    assert no(note_interest, demand=world.demand(title="点焊工"), **given) == "not_at_the_fair"
    Consent.objects.filter(worker=visit.worker, purpose="share").update(withdrawn_at=timezone.now())
    assert no(note_interest, demand=world.post, **given) == "no_consent_to_share"
    close_demand(by=world.employer_clerk, demand=world.post, reason="filled")
    world.post.refresh_from_db()
    assert no(note_interest, demand=world.post, **{**given, "by": world.system}) == "demand_closed"
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    JobFair.objects.update(begins_on=yesterday, ends_on=yesterday)
    visit.refresh_from_db()
    assert no(note_interest, demand=world.post, **{**given, "by": world.system}) == "fair_over"
