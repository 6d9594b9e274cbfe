"""Where a round would bring people: counted once, shown for the reader's own people, each number with its list."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from zhitong.matching.models import Flow


@pytest.fixture
def page():
    def get(account, address):
        client = Client()
        client.force_login(account)
        answer = client.get(address)
        return answer.status_code, answer.content.decode()

    return get


def test_it_works(world, page, solved, seeker):
    flow = Flow.objects.get(round=solved)
    assert (flow.many, flow.county, flow.town, flow.region) == (3, world.county, world.town, world.host_city)
    status, text = page(world.county_officer, f"/matching/rounds/{solved.pk}/flows/")
    assert status == 200 and world.host_city.name[:2] in text and "<svg" in text
    address = re.search(r'href="([^"]*proposals/\?state=all[^"]*region=[^"]*)"', text)
    assert address is not None
    status, text = page(world.county_officer, address[1].replace("&amp;", "&"))
    assert status == 200 and seeker.name in text and world.couple[0].name in text


def test_a_stranger_finds_nothing(world, page, solved):
    assert page(world.stranger, f"/matching/rounds/{solved.pk}/flows/")[0] == 404
    assert page(world.county_officer, f"/matching/rounds/{solved.pk}/flows/?province=xx")[0] == 404
    assert page(world.county_officer, f"/matching/rounds/{solved.pk}/flows/?county=x")[0] == 404


def test_each_sees_his_own_people(world, page, seeker):
    world.seeker(name="远方人", village=world.far_village)
    assert world.post
    held = world.solved_round(world.city)
    address = f"/matching/rounds/{held.pk}/flows/"
    city = page(world.city_officer, address)[1]
    assert world.county.place_name in city and world.other_county.place_name in city
    county = page(world.county_officer, address)[1]
    assert world.town.place_name in county and world.other_county.place_name not in county
    village = page(world.village_officer, address)[1]
    assert world.village.place_name in village
    deeper = page(world.city_officer, f"{address}?county={world.county.pk}")[1]
    assert world.town.place_name in deeper


def test_a_county_beyond_reach_shows_nobody(world, page, solved):
    text = page(world.county_officer, f"/matching/rounds/{solved.pk}/flows/?county={world.other_county.pk}")[
        1
    ]
    assert "没有流向" in text


def test_a_round_of_nobody_says_so(world, page):
    held = world.solved_round()
    assert "没有流向" in page(world.county_officer, f"/matching/rounds/{held.pk}/flows/")[1]


def test_many_cities_are_put_together_by_province(world, page, solved, monkeypatch):
    monkeypatch.setattr("zhitong.matching.views.flows.MOST_CITIES", 0)
    text = page(world.county_officer, f"/matching/rounds/{solved.pk}/flows/")[1]
    deeper = re.search(r'href="(\?province=\d\d)"', text)
    assert "按省" in text and deeper is not None
    text = page(world.county_officer, f"/matching/rounds/{solved.pk}/flows/{deeper[1]}")[1]
    assert "各市" in text and world.host_city.name[:2] in text
