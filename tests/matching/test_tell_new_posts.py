"""tell_new_posts: one short message a day about new posts that suit, with a link that stops it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from tests.matching.searches import Kept
from zhitong.kernel.models import Record
from zhitong.matching.actions import end_search, save_search, tell_new_posts
from zhitong.matching.frames import seeking
from zhitong.matching.models import SavedSearch
from zhitong.matching.newposts import new_posts, tell_all_new_posts
from zhitong.matching.seeking import Wanted
from zhitong.matching.stopping import link_of
from zhitong.workers.actions import withdraw_worker
from zhitong.workers.models import Consent

pytestmark = pytest.mark.unwatched


@pytest.fixture
def sent(settings, monkeypatch):
    settings.ZHITONG_SMS = "tests.matching.searches.Kept"
    monkeypatch.setattr(Kept, "messages", [])
    return Kept.messages


@pytest.fixture
def search(world, seeker):
    return save_search(by=world.village_officer, worker=seeker, wanted=Wanted(words="电焊工"))


@pytest.fixture
def days_on():
    """Let a day have passed since a search was told."""

    def on(search: SavedSearch) -> None:
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        SavedSearch.objects.filter(pk=search.pk, told_on__isnull=False).update(told_on=yesterday)

    return on


def test_it_works(world, search, sent, django_capture_on_commit_callbacks):
    good, other = world.demand(title="新来的电焊工"), world.demand(title="缝纫工", occupation=world.sewer)
    with django_capture_on_commit_callbacks(execute=True):
        assert tell_all_new_posts() == 1
    [(telephone, text)] = sent
    assert telephone == search.worker.telephone.open()
    assert "有1个新岗位" in text and good.title in text and other.title not in text
    assert link_of(search) in text and search.worker.name not in text


def test_for_all_of_them_the_classifications_are_read_once(world, search, sent, monkeypatch):
    save_search(by=world.village_officer, worker=search.worker, wanted=Wanted(words="焊工"))
    world.demand()
    read, times = seeking.read_codes, []
    monkeypatch.setattr(seeking, "read_codes", lambda *given: times.append(given) or read(*given))
    assert tell_all_new_posts() >= 1 and len(times) == 1


def test_once_a_day_and_each_post_once(world, search, sent, days_on, django_capture_on_commit_callbacks):
    world.demand()
    with django_capture_on_commit_callbacks(execute=True):
        assert (tell_all_new_posts(), tell_all_new_posts()) == (1, 0)
        world.demand(title="又一个电焊工", wage_low_fen=610_000)
        assert tell_all_new_posts() == 0, "once a day"
        days_on(search)
        assert tell_all_new_posts() == 1
        days_on(search)
        assert tell_all_new_posts() == 0, "nothing is new"
    assert len(sent) == 2 and "又一个电焊工" in sent[1][1] and "有1个新岗位" in sent[1][1]


def test_two_searches_of_one_person_send_one_message(
    world, search, seeker, sent, django_capture_on_commit_callbacks
):
    save_search(by=world.village_officer, worker=seeker, wanted=Wanted())
    world.demand()
    with django_capture_on_commit_callbacks(execute=True):
        assert tell_all_new_posts() == 1
    assert len(sent) == 1


def test_what_does_not_suit_is_not_told(world, search, sent):
    world.demand(wage_low_fen=200_000, wage_high_fen=210_000)
    assert new_posts(search, timezone.localdate()) == ()
    assert tell_all_new_posts() == 0 and sent == []


def test_without_new_posts_nothing_is_written(world, search, no):
    assert no(tell_new_posts, by=world.system, search=search, posts=()) == "nothing_new"
    assert tell_all_new_posts() == 0
    assert not Record.objects.of(search).filter(verb="tell_new_posts").exists()


def test_who_may_not_be_told(world, seeker, search, sent, no):
    post = world.demand()
    Consent.objects.filter(worker=seeker, purpose="register").update(withdrawn_at=timezone.now())
    fresh = SavedSearch.objects.get(pk=search.pk)
    assert no(tell_new_posts, by=world.system, search=fresh, posts=(post.pk,)) == "no_consent"
    withdraw_worker(by=world.village_officer, worker=seeker, reason="moved_away")
    assert no(tell_new_posts, by=world.system, search=fresh, posts=(post.pk,)) == "not_due"
    assert tell_all_new_posts() == 0 and sent == []


def test_ended_and_expired_ones_are_not_told(world, search, sent, no):
    post = world.demand()
    over = timezone.localdate() - dt.timedelta(days=1)
    SavedSearch.objects.filter(pk=search.pk).update(expires_on=over)
    assert no(tell_new_posts, by=world.system, search=search, posts=(post.pk,)) == "not_due"
    SavedSearch.objects.filter(pk=search.pk).update(expires_on=timezone.localdate())
    end_search(by=world.village_officer, search=search)
    assert no(tell_new_posts, by=world.system, search=search, posts=(post.pk,)) == "not_due"
    assert tell_all_new_posts() == 0


def test_a_service_out_of_reach_stops_nobody(
    world, search, sent, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(Kept, "is_down", True)
    world.demand()
    with django_capture_on_commit_callbacks(execute=True):
        assert tell_all_new_posts() == 1
    assert sent == []


def test_a_stranger_cannot(world, search, no):
    for somebody in (world.stranger, world.village_officer):
        assert no(tell_new_posts, by=somebody, search=search, posts=(1,)) in ("not_allowed", "out_of_reach")
