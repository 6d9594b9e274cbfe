"""register_booth: an employer, or the office for it, takes a booth with some posts."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhitong.employers.actions import close_demand
from zhitong.kernel.errors import OutOfReach
from zhitong.matching.actions import cancel_fair, register_booth, withdraw_booth
from zhitong.matching.models import Booth, JobFair


def test_it_works(world, fair):
    given = {"by": world.employer_clerk, "employer": world.employer, "fair": fair}
    booth = register_booth(posts=[world.post], **given)
    assert (booth.number, booth.employer_org, list(booth.posts.all())) == (
        1,
        world.employer_org,
        [world.post],
    )


def test_a_stranger_cannot(world, fair):
    with pytest.raises(OutOfReach):
        register_booth(by=world.other_employer_clerk, employer=world.employer, fair=fair, posts=[world.post])


def test_numbers_go_on(world, booth):
    withdraw_booth(by=world.employer_clerk, booth=booth)
    given = {"by": world.employer_clerk, "employer": world.employer, "posts": [world.post]}
    assert register_booth(fair=booth.fair, **given).number == 2


def test_what_is_refused(world, fair, booth, no):
    given = {"by": world.employer_clerk, "employer": world.employer, "fair": fair}
    assert no(register_booth, posts=[world.post], **given) == "registered_already"
    assert no(register_booth, posts=[], **given) == "posts_missing"
    JobFair.objects.filter(pk=fair.pk).update(
        begins_on=timezone.localdate() - dt.timedelta(days=1),
        ends_on=timezone.localdate() - dt.timedelta(days=1),
    )
    assert no(register_booth, posts=[world.post], **given) == "fair_over"


def test_only_own_open_posts_at_a_standing_fair(world, fair, no):
    given = {"by": world.city_officer, "fair": fair}
    assert no(register_booth, employer=world.other_employer, posts=[world.post], **given) == "post_of_another"
    close_demand(by=world.employer_clerk, demand=world.post, reason="filled")
    assert no(register_booth, employer=world.employer, posts=[world.post], **given) == "demand_closed"
    cancel_fair(by=world.county_officer, fair=fair)
    assert no(register_booth, employer=world.employer, posts=[world.post], **given) == "fair_cancelled"


def test_only_once_checked(world, fair, no):
    type(world.employer).objects.filter(pk=world.employer.pk).update(state="waiting")
    world.employer.refresh_from_db()
    given = {"by": world.employer_clerk, "employer": world.employer, "fair": fair, "posts": []}
    assert no(register_booth, **given) == "not_approved"


def test_the_pages(world, client, fair):
    post = world.post
    client.force_login(world.employer_clerk)
    address = f"/matching/fairs/new/register_booth/?fair={fair.pk}"
    assert post.title in client.get(address).content.decode()
    answer = client.post(address, {"fair": fair.pk, "posts": [post.pk]})
    assert (answer.status_code, answer.url) == (302, f"/matching/fairs/{fair.pk}/")
    booth = Booth.objects.get()
    assert f"/matching/booths/{booth.pk}/withdraw_booth/" in client.get(answer.url).content.decode()
    withdraw_booth(by=world.employer_clerk, booth=booth)
    client.force_login(world.city_officer)
    sent = {"fair": fair.pk, "employer": str(world.employer.pk), "posts": "99999"}
    assert "没有编号为" in client.post(address, sent).content.decode()
    assert client.post(address, {**sent, "posts": str(post.pk)}).status_code == 302
