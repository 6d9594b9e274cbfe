"""Open posts for one worker: what suits him comes first, with reasons; what is missing is said."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from zhitong.employers.actions import approve_demand, submit_demand
from zhitong.kernel.models import Record
from zhitong.matching.actions import decline_offer
from zhitong.matching.frames.seeking import ranked
from zhitong.matching.models import Offer
from zhitong.workers.models import Worker


@pytest.fixture
def page():
    def get(account, address, **asked):
        client = Client()
        client.force_login(account)
        answer = client.get(address, asked)
        return answer.status_code, answer.content.decode()

    return get


@pytest.fixture
def posts(world):
    """A post as wished, one that pays too little, one of another trade in another city."""
    good = world.demand(title="船厂电焊工")
    poor = world.demand(title="便宜电焊工", wage_low_fen=200_000, wage_high_fen=210_000)
    other = world.demand(title="缝纫工招聘", occupation=world.sewer, has_dormitory=False, begins_on=_in(40))
    return good, poor, other


def _in(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def test_it_works(world, page, himself, posts):
    status, text = page(himself, "/matching/posts/mine/")
    assert status == 200 and "合适的岗位有" in text
    assert "适合您，因为：" in text and "第一意向职业" in text
    assert "还差：" in text and "工资低于登记的最低要求" in text
    assert text.index("船厂电焊工") < text.index("便宜电焊工")


def test_the_rules_and_points_are_those_of_the_rounds(world, seeker, posts):
    good, poor, _other = posts
    ranking = ranked(seeker, [one.pk for one in posts], timezone.localdate())
    fits = {one.demand: one for one in ranking.slice(0, 10)}
    assert fits[good.pk].lacking == () and "wage" in fits[poor.pk].lacking
    assert fits[good.pk].points > fits[poor.pk].points
    assert ranking.keys()[0] == good.pk and good.pk in ranking.keys(only_fitting=True)
    assert poor.pk not in ranking.keys(only_fitting=True)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"words": "氩弧焊"}, {"船厂电焊工", "便宜电焊工"}),
        ({"words": "缝纫工"}, {"缝纫工招聘"}),
        ({"words": "呜呼噫嘻"}, set()),
        ({"wage_least": "4000"}, {"船厂电焊工", "缝纫工招聘"}),
        ({"has_dormitory": "on"}, {"船厂电焊工", "便宜电焊工"}),
        ({"begins_by": "tomorrow + 20"}, {"船厂电焊工", "便宜电焊工"}),
    ],
)
def test_posts_are_narrowed(world, page, himself, posts, asked, found):
    asked = {name: _in(21).isoformat() if name == "begins_by" else value for name, value in asked.items()}
    status, text = page(himself, "/matching/posts/mine/", **asked)
    assert status == 200
    assert {one.title for one in posts if one.title in text} == found
    assert found or "没有找到这样的岗位" in text


def test_a_city_or_its_province_is_meant(world, page, himself, posts):
    city = world.host_city
    for place in (city, city.parent):
        if place is not None:
            assert "船厂电焊工" in page(himself, "/matching/posts/mine/", region=str(place))[1]


def test_a_form_that_cannot_be_read_says_so(world, page, himself, posts):
    status, text = page(himself, "/matching/posts/mine/", wage_least="很多", begins_by="2026-13-45")
    assert status == 422 and "field-error" in text


def test_what_was_declined_is_not_shown_again(world, seeker, posts):
    good, *_others = posts
    offer = world.offer(seeker, good)
    decline_offer(by=world.village_officer, offer=offer, reason="other", through="telephone")
    assert good.pk not in ranked(seeker, [one.pk for one in posts], timezone.localdate()).keys()


def test_a_post_without_a_free_seat_is_not_shown(world, seeker):
    full = world.demand(title="只招一个", seats=1)
    assert len(ranked(seeker, [full.pk], timezone.localdate())) == 1
    world.offer(world.seeker(name="别的人"), full)
    assert len(ranked(seeker, [full.pk], timezone.localdate())) == 0


def test_no_posts_and_no_wish(world, page, himself):
    status, text = page(himself, "/matching/posts/mine/")
    assert status == 200 and "现在没有在招的岗位" in text


def test_pages_follow_one_another(world, page, himself):
    for number in range(12):
        world.demand(title=f"焊工{number:02d}号", wage_low_fen=600_000 + number * 10_000)
    first = page(himself, "/matching/posts/mine/", words="焊工")[1]
    second = page(himself, "/matching/posts/mine/", **{"words": "焊工", "from": "10"})[1]
    assert first.count("<article") == 10 and second.count("<article") == 2
    assert "from=10" in first and "from=0" in second
    assert page(himself, "/matching/posts/mine/", **{"from": "999"})[1].count("<article") == 10


def test_whoever_is_not_on_the_register_is_led_to_it(world, himself, seeker, client):
    Worker.objects.filter(pk=seeker.pk).update(account=None)
    client.force_login(himself)
    assert client.get("/matching/posts/mine/").status_code == 302


def test_an_officer_looks_for_a_worker_within_reach(world, page, seeker, posts):
    address = f"/matching/workers/{seeker.pk}/posts/"
    status, text = page(world.village_officer, address)
    assert status == 200 and "为陆大江找岗位" in text and "合适，因为：" in text
    assert page(world.village_officer, address)[0] == 200
    assert Record.objects.of(seeker).filter(verb="note_reading").count() == 1
    assert address in page(world.village_officer, f"/workers/{seeker.pk}/")[1]


def test_a_stranger_cannot(world, page, seeker, posts, himself):
    address = f"/matching/workers/{seeker.pk}/posts/"
    assert page(world.stranger, address)[0] == 404
    assert page(world.employer_clerk, address)[0] in (403, 404)
    assert page(world.county_officer, "/matching/posts/mine/")[0] == 403
    other = world.seeker(name="另一人")
    assert page(himself, f"/matching/workers/{other.pk}/posts/")[0] == 404


def test_unchecked_employers_and_closed_posts_are_not_there(world, page, himself):
    waits = submit_demand(
        by=world.station_staff,
        org=world.station,
        employer=world.employer,
        facts=world.demand_facts(title="没审核的"),
    )
    assert "没审核的" not in page(himself, "/matching/posts/mine/")[1]
    approve_demand(by=world.county_officer, demand=waits)
    assert "没审核的" in page(himself, "/matching/posts/mine/")[1]
    assert not Offer.objects.exists()
