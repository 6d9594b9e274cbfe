"""keep_likenesses: what the search for duplicates found is kept for people to look at."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import NotAllowed
from zhitong.workers import actions
from zhitong.workers.models import Likeness


def _found(one, other, score=420):
    return actions.Alike(one.pk, other.pk, score, ("手机号相同",))


def test_it_works(world):
    near, far = world.entry_without_number(), world.entry_without_number(village=world.far_village)
    home, next_door = world.worker(), world.entry_without_number(village=world.other_village)
    found = (_found(near, home), _found(far, home), _found(next_door, home))
    assert actions.keep_likenesses(by=world.system, found=found) == 3
    places = {one.first_id: (one.village, one.town, one.county) for one in Likeness.objects.all()}
    assert places[near.pk] == (world.village, world.town, world.county)
    assert places[far.pk] == (None, None, None)
    assert places[next_door.pk if next_door.pk < home.pk else home.pk][:2] == (None, world.town)


def test_nobody_does_it_by_hand(world):
    with pytest.raises(NotAllowed):
        actions.keep_likenesses(by=world.city_officer, found=())


def test_the_same_again_changes_nothing(world):
    found = (_found(world.worker(), world.entry_without_number()),)
    actions.keep_likenesses(by=world.system, found=found)
    assert actions.keep_likenesses(by=world.system, found=found) == 0


def test_what_was_told_apart_is_not_asked_again(world):
    likeness = world.likeness()
    actions.reject_likeness(by=world.village_officer, likeness=likeness)
    found = (_found(likeness.second, likeness.first, 900),)
    assert actions.keep_likenesses(by=world.system, found=found) == 0
    likeness.refresh_from_db()
    assert likeness.state == "different"
