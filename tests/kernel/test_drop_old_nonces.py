"""drop_old_nonces: numbers of submissions have their day."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db.models import F

from zhitong.kernel.actions import drop_old_nonces, nonces
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Nonce


def used(world, days):
    for serial, day in enumerate(days):
        Nonce.objects.create(account=world.village_officer, nonce=str(serial), verb="x")
        Nonce.objects.filter(nonce=str(serial)).update(used_at=F("used_at") - dt.timedelta(days=day))


@pytest.mark.unwatched
def test_it_works(world):
    used(world, (0, 29, 31))
    assert drop_old_nonces(by=world.system) == 1
    assert set(Nonce.objects.values_list("nonce", flat=True)) == {"0", "1"}


def test_a_stranger_cannot(world):
    with pytest.raises(NotAllowed):
        drop_old_nonces(by=world.city_officer)


@pytest.mark.unwatched
def test_a_portion_at_a_time(world, monkeypatch):
    used(world, (31, 32, 33))
    monkeypatch.setattr(nonces, "AT_ONCE", 2)
    assert [drop_old_nonces(by=world.system) for _night in range(3)] == [2, 1, 0]
