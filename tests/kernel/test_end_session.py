"""end_session: one browser must sign in again."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession

from zhitong.kernel.actions import end_session
from zhitong.kernel.errors import NotAllowed, OutOfReach


@pytest.fixture
def session(world, client) -> UserSession:
    """The township officer's signed-in browser."""
    client.force_login(world.township_officer)
    return UserSession.objects.create(
        user=world.township_officer, ip="127.0.0.1", user_agent="x", session_key=client.session.session_key
    )


def test_it_works(world, session):
    end_session(by=world.township_officer, account=world.township_officer, session=session.pk)
    assert not UserSession.objects.exists() and not session.exists()


def test_an_administrator_ends_those_of_others(world, admin, session):
    end_session(by=admin, account=world.township_officer, session=session.pk)
    assert not session.exists()


def test_a_worker_ends_their_own(db, world):
    from zhitong.kernel.models import Account

    worker = Account.objects.create(username="w", name="本人", kind="worker")
    own = UserSession.objects.create(user=worker, ip="127.0.0.1", user_agent="x", session_key="k")
    end_session(by=worker, account=worker, session=own.pk)
    assert not UserSession.objects.exists()


def test_a_stranger_cannot(world, session):
    with pytest.raises(OutOfReach):
        end_session(by=world.stranger, account=world.township_officer, session=session.pk)
    for officer in (world.county_officer, world.city_officer):
        with pytest.raises(NotAllowed):
            end_session(by=officer, account=world.township_officer, session=session.pk)


def test_the_session_is_the_accounts(world, session, no):
    officer = world.county_officer
    assert no(end_session, by=officer, account=officer, session=session.pk) == "session_over"
    assert session.exists()


def test_not_twice(world, session, no):
    given = {"by": world.township_officer, "account": world.township_officer, "session": session.pk}
    end_session(**given)
    assert no(end_session, **given) == "session_over"
