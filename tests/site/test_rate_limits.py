"""Limits of sign-in hold for the installation, not for each of its processes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.site.installation import Installation

pytestmark = pytest.mark.slow

TRIES = """
from allauth.core.internal.ratelimit import consume
from django.test import RequestFactory
request = RequestFactory().post("/accounts/login/")
for _time in range(4):
    one = consume(request, app="allauth.account", action="login_failed", key="somebody")
    print("refused" if one is None else "tried")
"""


def test_two_processes_share_one_limit(real: Installation) -> None:
    """Five wrong passwords for one name in five minutes: of eight in two processes at once, three are refused."""
    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(real.ask, [TRIES, TRIES]))
    answers = [line for one in told for line in one.splitlines()]
    assert (answers.count("tried"), answers.count("refused")) == (5, 3), told
