"""Where an account is signed in, and when it was last there."""

from __future__ import annotations

import datetime as dt

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhitong.kernel.signin.sessions import NOTED_FOR, device_of


@pytest.fixture
def reader(world, client):
    """A browser in which the township officer has opened a page."""
    client.force_login(world.township_officer)
    client.get("/orgs/")
    return client


def writes(asked: CaptureQueriesContext) -> list[str]:
    """Return what was written among the statements."""
    return [
        one["sql"] for one in asked.captured_queries if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
    ]


def test_it_works(world, reader):
    noted = UserSession.objects.get()
    assert noted.user == world.township_officer and noted.session_key == reader.session.session_key


def test_a_page_that_is_read_again_writes_nothing(reader):
    with CaptureQueriesContext(connection) as asked:
        assert reader.get("/orgs/").status_code == 200
    assert writes(asked) == []


def test_later_use_is_noted(reader):
    UserSession.objects.update(
        last_seen_at=UserSession.objects.get().last_seen_at - NOTED_FOR - dt.timedelta(seconds=1)
    )
    before = UserSession.objects.get().last_seen_at
    reader.get("/orgs/")
    assert UserSession.objects.get().last_seen_at > before + NOTED_FOR


def test_another_place_is_noted_at_once(reader):
    reader.get("/orgs/", REMOTE_ADDR="10.0.0.7")
    assert UserSession.objects.get().ip == "10.0.0.7"


def test_a_device_in_words():
    assert device_of("Mozilla/5.0 (Linux; Android 13) Chrome/120 MicroMessenger/8") == "安卓手机 · 微信"
    assert device_of("") == "别的设备"
