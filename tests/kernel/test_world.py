"""The imaginary county stands, and its reaches are what they seem."""

from __future__ import annotations

from zhitong.kernel.chain import breaks
from zhitong.kernel.models import Account, Record
from zhitong.site.world import World


def test_places_follow_from_the_parent(world: World) -> None:
    assert (world.village.city, world.village.county) == (world.city, world.county)
    assert world.village.village_id == world.village.pk
    assert world.station.county == world.county and world.station.town is None
    assert list(breaks()) == []


def test_accounts_are_seen_within_reach_only(world: World) -> None:
    world.village_officer, world.stranger  # noqa: B018 - opened by being asked for
    seen = set(Account.objects.visible_to(world.county_officer))
    assert world.village_officer in seen and world.stranger not in seen
    assert Record.objects.visible_to(world.stranger).filter(county=world.county).count() == 0
