"""open_fair: an office announces a job fair, for everyone to read."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from zhitong.kernel.errors import NotAllowed
from zhitong.matching.actions import open_fair
from zhitong.matching.models import JobFair

TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


def test_it_works(world, fair_facts):
    fair = open_fair(by=world.county_officer, org=world.county, facts=fair_facts(ends_on=TODAY + DAY))
    assert (fair.state, fair.county, len(fair.code)) == ("open", world.county, 6)
    assert fair.is_on(TODAY) and fair.is_on(TODAY + DAY) and not fair.is_on(TODAY + 2 * DAY)
    assert list(JobFair.objects.visible_to(world.employer_clerk).to_come()) == [fair]


def test_a_stranger_cannot(world, fair_facts):
    with pytest.raises(NotAllowed):
        open_fair(by=world.other_county_officer, org=world.county, facts=fair_facts())


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"begins_on": TODAY - DAY}, "day_past"),
        ({"ends_on": TODAY - DAY}, "days_out_of_order"),
        ({"ends_on": TODAY + 40 * DAY}, "days_out_of_order"),
        ({"begins_on": TODAY + 400 * DAY, "ends_on": TODAY + 400 * DAY}, "days_out_of_order"),
        ({"mode": "somewhere"}, "not_a_choice"),
        ({"venue": ""}, "venue_missing"),
        ({"name": "会"}, "too_short"),
        ({"link": "https://evil.example/"}, "link_not_allowed"),
    ],
)
def test_what_is_refused(world, fair_facts, no, wrong, code):
    assert no(open_fair, by=world.county_officer, org=world.county, facts=fair_facts(**wrong)) == code


def test_a_fair_on_site_is_somewhere(fair):
    with pytest.raises(IntegrityError), transaction.atomic():
        JobFair.objects.filter(pk=fair.pk).update(venue="")


def test_the_page(world, client):
    client.force_login(world.county_officer)
    assert "还没有招聘会" in client.get("/matching/fairs/").content.decode()
    sent = {
        "name": "直播带岗专场", "mode": "online", "begins_on": TODAY.isoformat(), "ends_on": TODAY.isoformat(),
        "region": world.home_city.code[:6], "link": "https://meeting.tencent.com/live",
    }  # fmt: skip
    answer = client.post("/matching/fairs/new/open_fair/", sent)
    assert answer.status_code == 302, answer.content.decode()
    fair = JobFair.objects.get()
    assert fair.org == world.county
    page = client.get(f"/matching/fairs/{fair.pk}/").content.decode()
    assert "直播带岗专场" in page and fair.code in page and "还没有用人单位报名" in page


def test_what_everyone_reads_and_what_is_for_the_door(world, client, fair, booth, himself):
    client.force_login(himself)
    assert fair.name in client.get("/matching/fairs/").content.decode()
    page = client.get(f"/matching/fairs/{fair.pk}/").content.decode()
    assert world.post.title in page and fair.code not in page
    assert client.get(f"/matching/fairs/{fair.pk}/door/").status_code == 404
    client.force_login(world.employer_clerk)
    assert fair.code not in client.get(f"/matching/fairs/{fair.pk}/").content.decode()
    assert world.post.title in client.get(f"/matching/fairs/{fair.pk}/booths/").content.decode()
    client.force_login(world.county_officer)
    page = client.get(f"/matching/fairs/{fair.pk}/door/").content.decode()
    assert fair.code in page and "<svg" in page and "<path" in page


def test_a_fair_that_is_over_offers_nothing_more(world, client, fair, booth):
    client.force_login(world.county_officer)
    address = f"/matching/fairs/{fair.pk}/"
    doing = ("check_in_visitor", "register_booth", "withdraw_booth", "cancel_fair")
    page = client.get(address).content.decode()
    assert all(f"/{one}/" in page for one in doing) and "正在举办" in page
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    JobFair.objects.filter(pk=fair.pk).update(begins_on=yesterday, ends_on=yesterday)
    page = client.get(address).content.decode()
    assert not any(f"/{one}/" in page for one in doing) and "已结束" in page


def test_nobody_is_counted_before_it_begins(world, client, fair):
    client.force_login(world.county_officer)
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    JobFair.objects.filter(pk=fair.pk).update(begins_on=tomorrow, ends_on=tomorrow)
    page = client.get(f"/matching/fairs/{fair.pk}/").content.decode()
    assert "人数和结果" not in page and "/check_in_visitor/" not in page and "即将举办" in page


def test_an_employer_is_not_told_that_others_have_no_posts(world, client, fair, booth):
    client.force_login(world.other_employer_clerk)
    page = client.get(f"/matching/fairs/{fair.pk}/").content.decode()
    assert "别的单位的岗位不在这里显示" in page and "现在没有在招的岗位" not in page
