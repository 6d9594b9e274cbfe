"""drop_old_counts: counts have their day."""

from __future__ import annotations

import datetime as dt

from zhitong.rights.actions import count_search, drop_old_counts
from zhitong.rights.models import Asked


def test_it_works(world):
    count_search(by=world.system, place=world.county, text="工资", found=True)
    assert drop_old_counts(by=world.system) == 0
    day = Asked.objects.get().asked_on
    Asked.objects.update(asked_on=day - dt.timedelta(days=401))
    assert drop_old_counts(by=world.system) == 1
    assert not Asked.objects.exists()
