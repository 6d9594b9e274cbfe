"""save_search: what somebody looks for is kept, so that he is told of new posts."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhitong.kernel.models import Record
from zhitong.matching.actions import save_search
from zhitong.matching.models import SavedSearch
from zhitong.matching.seeking import Wanted
from zhitong.workers.actions import withdraw_worker
from zhitong.workers.models import Consent, Worker


def test_it_works(world, seeker, himself):
    saved = save_search(by=himself, worker=seeker, wanted=Wanted(words="电焊工", wage_least_fen=600_000))
    assert saved.expires_on == timezone.localdate() + dt.timedelta(days=90)
    assert (saved.saved_through, saved.told_on, saved.ended_at) == ("self", None, None)
    assert list(SavedSearch.objects.visible_to(himself)) == [saved]
    line = Record.objects.of(saved).get(verb="save_search")
    assert "电焊工" not in str(line.given)


def test_an_officer_saves_it_for_him(world, seeker):
    saved = save_search(by=world.village_officer, worker=seeker, wanted=Wanted())
    assert saved.saved_through == "visit"


def test_a_stranger_cannot(world, seeker, no):
    assert no(save_search, by=world.stranger, worker=seeker, wanted=Wanted()) == "out_of_reach"
    assert not SavedSearch.objects.visible_to(world.stranger).exists()
    for somebody in (world.employer_clerk, world.auditor):
        refused = no(save_search, by=somebody, worker=seeker, wanted=Wanted())
        assert refused in ("not_allowed", "out_of_reach")


def test_the_same_stands_already(world, seeker, no):
    given = {"by": world.village_officer, "worker": seeker, "wanted": Wanted(words="电焊工")}
    save_search(**given)
    assert no(save_search, **given) == "search_stands_already"


def test_five_are_enough(world, seeker, no):
    for number in range(5):
        save_search(by=world.village_officer, worker=seeker, wanted=Wanted(words=f"工种{number}"))
    assert no(save_search, by=world.village_officer, worker=seeker, wanted=Wanted()) == "enough_searches"


@pytest.mark.unwatched
def test_without_consent(world, seeker, no):
    Consent.objects.filter(worker=seeker, purpose="register").update(withdrawn_at=timezone.now())
    assert no(save_search, by=world.village_officer, worker=seeker, wanted=Wanted()) == "no_consent"


@pytest.mark.unwatched
def test_without_a_telephone(world, seeker, no):
    Worker.objects.filter(pk=seeker.pk).update(telephone=None)
    assert no(save_search, by=world.village_officer, worker=seeker, wanted=Wanted()) == "no_telephone"


def test_off_the_register(world, seeker, no):
    withdraw_worker(by=world.village_officer, worker=seeker, reason="moved_away")
    assert no(save_search, by=world.village_officer, worker=seeker, wanted=Wanted()) == "not_on_register"


def test_the_page(world, himself, seeker, client):
    client.force_login(himself)
    page = client.get("/matching/posts/mine/", {"words": "焊工", "wage_least": "5000"}).content.decode()
    address = f"/matching/workers/{seeker.pk}/save_search/"
    assert f"{address}?words=%E7%84%8A%E5%B7%A5&amp;wage_least_fen=5000" in page
    form = client.get(address, {"words": "焊工", "wage_least_fen": "5000"}).content.decode()
    assert 'value="焊工"' in form and 'value="5000"' in form
    answer = client.post(address, {"words": "焊工", "wage_least_fen": "5000"})
    assert answer.status_code == 302 and answer.url == "/matching/posts/mine/"
    page = client.get("/matching/posts/mine/").content.decode()
    assert "一天最多一条" in page and "月工资不低于" in page
    assert Worker.objects.get(pk=seeker.pk).saved_searches.get().wage_least_fen == 500_000
