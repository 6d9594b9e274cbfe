"""issue_token: a partner's key to the API, shown once."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib

import pytest
from django.conf import settings
from django.utils import timezone

from zhitong.kernel.actions import close_account, issue_token
from zhitong.kernel.errors import NotAllowed, OutOfReach
from zhitong.kernel.models import Record, Token


def test_it_works(world, admin, partner):
    clear = issue_token(by=admin, account=partner, label="省平台")
    token = Token.objects.get()
    assert token.digest == hashlib.sha256(clear.encode()).hexdigest()
    assert token.expires_on == timezone.localdate() + dt.timedelta(days=settings.TOKEN_DAYS)
    secret = clear.removeprefix("zhitong_")
    assert len(base64.urlsafe_b64decode(secret + "=")) == 32


def test_the_clear_text_is_kept_nowhere(world, admin, partner):
    clear = issue_token(by=admin, account=partner, label="省平台")
    line = Record.objects.get(verb="issue_token")
    kept = [str(line.__dict__), *(str(one.__dict__) for one in Token.objects.all())]
    assert clear not in "".join(kept) and line.county == world.county


def test_no_two_are_alike(admin, partner):
    assert len({issue_token(by=admin, account=partner, label="省平台") for _time in range(20)}) == 20


def test_a_stranger_cannot(world, partner):
    far = world.account("far", "邻县管", "administrator", world.other_county)
    with pytest.raises(OutOfReach):
        issue_token(by=far, account=partner, label="省平台")
    for somebody in (world.county_officer, partner):
        with pytest.raises((NotAllowed, OutOfReach)):
            issue_token(by=somebody, account=partner, label="省平台")


def test_only_to_programs(world, admin, no):
    assert no(issue_token, by=admin, account=world.county_officer, label="x") == "token_for_partners"


def test_not_to_a_closed_account(admin, partner, no):
    close_account(by=admin, account=partner)
    assert no(issue_token, by=admin, account=partner, label="省平台") == "account_closed"


def test_it_ends_one_day(admin, partner, no):
    today = timezone.localdate()
    given = {"by": admin, "account": partner, "label": "省平台"}
    assert no(issue_token, expires_on=today - dt.timedelta(days=1), **given) == "token_expired"
    late = today + dt.timedelta(days=settings.TOKEN_DAYS + 1)
    assert no(issue_token, expires_on=late, **given) == "token_too_long"


@pytest.mark.parametrize(("label", "code"), [("", "too_short"), ("省" * 81, "too_long"), ("@省", "formula")])
def test_a_label_says_what_for(admin, partner, no, label, code):
    assert no(issue_token, by=admin, account=partner, label=label) == code
