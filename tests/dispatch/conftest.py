"""Placements of the imaginary county, and the question how a verb said no."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from zhitong.dispatch.models import Placement, RetentionCheck
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account
from zhitong.matching.models import Offer
from zhitong.site.world import World
from zhitong.workers.models import Worker


@pytest.fixture
def placement(world: World) -> Placement:
    """Someone who is awaited at the shipyard."""
    return world.placement(world.seeker(name="陆大江"))


@pytest.fixture
def arrived(world: World) -> Placement:
    """Someone who was offered a post 200 days ago and arrived the day after."""
    placement = world.placement(world.seeker(name="陆大江"))
    long_ago = timezone.now() - dt.timedelta(days=200)
    Offer.objects.filter(pk=placement.offer_id).update(sent_at=long_ago)
    Worker.objects.filter(pk=placement.worker_id).update(status_checked_on=long_ago.date())
    from zhitong.dispatch.actions import confirm_arrival

    day = timezone.localdate() - dt.timedelta(days=199)
    return confirm_arrival(by=world.station_staff, placement=placement, arrived_on=day)


@pytest.fixture
def check(arrived: Placement) -> RetentionCheck:
    """The check one month after arrival, which has come due."""
    return arrived.checks.get(months=1)


@pytest.fixture
def himself(arrived: Placement) -> Account:
    """The own account of whoever arrived."""
    account = Account.objects.create(username="15400000001", name="本人", kind="worker")
    Worker.objects.filter(pk=arrived.worker_id).update(account=account)
    return account


@pytest.fixture
def no() -> Callable[..., str]:
    """Call a verb that should refuse; give its code, having seen that the sentence is one."""

    def code_of(verb: Callable[..., Any], **given: Any) -> str:
        with pytest.raises(Refusal) as caught:
            verb(**given)
        assert str(caught.value.sentence).endswith(("。", "？"))
        return caught.value.code

    return code_of
