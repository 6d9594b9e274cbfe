"""check_in_visitor: somebody came, by the code at the door or seen by an officer."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhitong.kernel.errors import OutOfReach
from zhitong.matching.actions import cancel_fair, check_in_visitor
from zhitong.matching.models import JobFair, Visit
from zhitong.workers.models import Worker


def test_it_works(world, fair, seeker):
    visit = check_in_visitor(by=world.county_officer, worker=seeker, fair=fair, through="visit")
    assert (visit.worker, visit.village, visit.through) == (seeker, world.village, "visit")


def test_a_stranger_cannot(world, fair, seeker):
    with pytest.raises(OutOfReach):
        check_in_visitor(by=world.stranger, worker=seeker, fair=fair, through="visit")


def test_he_types_the_code(client, fair, booth, himself, seeker):
    client.force_login(himself)
    assert "到了，我来签到" in client.get(f"/matching/fairs/{fair.pk}/").content.decode()
    address = f"/matching/fairs/new/check_in_visitor/?fair={fair.pk}&code={fair.code}"
    assert fair.code in client.get(address).content.decode()
    wrong = client.post(address, {"fair": fair.pk, "code": "222222"})
    assert wrong.status_code == 422 and "签到码不对" in wrong.content.decode()
    answer = client.post(address, {"fair": fair.pk, "code": fair.code.lower()})
    assert (answer.status_code, answer.url) == (302, f"/matching/fairs/{fair.pk}/")
    assert Visit.objects.get().through == "self"
    assert "您已经签到" in client.get(answer.url).content.decode()


def test_an_officer_finds_him(world, client, fair, seeker):
    client.force_login(world.county_officer)
    address = f"/matching/fairs/new/check_in_visitor/?fair={fair.pk}"
    assert client.post(address, {"fair": fair.pk, "worker": str(seeker.pk)}).status_code == 302
    assert seeker.name in client.get(f"/matching/fairs/{fair.pk}/visits/").content.decode()


def test_what_is_refused(world, fair, seeker, himself, no):
    officer = {"by": world.county_officer, "worker": seeker, "fair": fair}
    own = {"by": himself, "worker": Worker.objects.get(pk=seeker.pk), "fair": fair}
    assert no(check_in_visitor, through="self", **officer) == "not_said_how"
    assert no(check_in_visitor, through="visit", **own) == "not_said_how"
    assert no(check_in_visitor, through="self", code="", **own) == "wrong_code"
    check_in_visitor(through="visit", **officer)
    assert no(check_in_visitor, through="visit", **officer) == "came_already"
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    JobFair.objects.filter(pk=fair.pk).update(begins_on=tomorrow, ends_on=tomorrow)
    assert no(check_in_visitor, through="visit", **officer) == "not_today"


def test_not_at_a_fair_that_was_called_off_nor_off_the_register(world, fair, seeker, no):
    given = {"by": world.county_officer, "fair": fair, "through": "visit"}
    Worker.objects.filter(pk=seeker.pk).update(state="withdrawn")
    gone = Worker.objects.get(pk=seeker.pk)
    assert no(check_in_visitor, worker=gone, **given) == "not_on_register"
    cancel_fair(by=world.county_officer, fair=fair)
    assert no(check_in_visitor, worker=gone, **given) == "fair_cancelled"
