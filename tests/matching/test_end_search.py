"""end_search: nothing more is told of a search; the link of a message ends all of a person's without an account."""

from __future__ import annotations

import pytest

from zhitong.matching.actions import end_search, save_search
from zhitong.matching.models import SavedSearch
from zhitong.matching.seeking import Wanted
from zhitong.matching.stopping import link_of, token_of


@pytest.fixture
def search(world, seeker):
    return save_search(by=world.village_officer, worker=seeker, wanted=Wanted(words="电焊工"))


def test_it_works(world, search, himself):
    end_search(by=himself, search=search)
    search.refresh_from_db()
    assert search.ended_at is not None and not SavedSearch.objects.running().exists()


def test_a_stranger_cannot(world, search, no):
    assert no(end_search, by=world.stranger, search=search) == "out_of_reach"


def test_it_ends_once(world, search, no):
    end_search(by=world.village_officer, search=search)
    assert no(end_search, by=world.village_officer, search=search) == "search_over"


def test_the_link_of_a_message_stops_all_of_a_person(world, search, seeker, client):
    save_search(by=world.village_officer, worker=seeker, wanted=Wanted())
    other = save_search(by=world.village_officer, worker=world.seeker(name="别人"), wanted=Wanted())
    address = f"/matching/stop/{token_of(search)}/"
    assert link_of(search).endswith(address)
    page = client.get(address)
    assert page.status_code == 200 and "停止新岗位短信" in page.content.decode()
    assert seeker.name not in page.content.decode() and page["Referrer-Policy"] == "no-referrer"
    assert SavedSearch.objects.running().count() == 3, "looking at the page stops nothing"
    assert "已停止" in client.post(address).content.decode()
    assert list(SavedSearch.objects.running()) == [other]
    assert "已经停止了" in client.get(address).content.decode()


@pytest.mark.parametrize("token", ["17.wrong", "17", "x.y"])
def test_a_link_that_is_not_ours(token, client, db):
    answer = client.post(f"/matching/stop/{token}/")
    assert answer.status_code == 410 and "不是我们发出的" in answer.content.decode()


@pytest.mark.unwatched
def test_a_link_of_a_search_that_is_gone(world, search, client):
    token = token_of(search)
    SavedSearch.objects.filter(pk=search.pk).delete()
    assert client.get(f"/matching/stop/{token}/").status_code == 410


def test_the_page(world, search, himself, client):
    client.force_login(himself)
    assert client.get(f"/matching/searches/{search.pk}/end_search/").status_code == 200
    assert client.post(f"/matching/searches/{search.pk}/end_search/").url == "/matching/posts/mine/"
    client.force_login(world.stranger)
    assert client.get(f"/matching/searches/{search.pk}/end_search/").status_code == 404
