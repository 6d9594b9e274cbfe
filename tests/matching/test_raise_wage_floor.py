"""raise_wage_floor: after a no for the wage the worker himself says from which wage on he would go."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import OutOfReach
from zhitong.matching.actions import lift_consequence, raise_wage_floor
from zhitong.workers.models import Intention

BY_TELEPHONE = {"through": "telephone"}


@pytest.fixture
def row(followed, offer):
    return followed("wage", "wage", offer)


def test_it_works(world, row):
    taken = raise_wage_floor(
        by=world.village_officer, consequence=row, wage_floor_fen=700_000, **BY_TELEPHONE
    )
    wish = Intention.objects.get(worker=row.worker)
    assert (taken.state, wish.wage_floor_fen, wish.first_occupation) == ("taken", 700_000, world.welder)


def test_a_stranger_cannot(world, row):
    with pytest.raises(OutOfReach):
        raise_wage_floor(by=world.stranger, consequence=row, wage_floor_fen=700_000, **BY_TELEPHONE)


def test_it_goes_up(world, row, no):
    given = {"by": world.village_officer, "consequence": row, **BY_TELEPHONE}
    assert no(raise_wage_floor, wage_floor_fen=520_000, **given) == "not_higher"
    assert no(raise_wage_floor, wage_floor_fen=90_000_000, **given) == "wage_implausible"
    row.refresh_from_db()
    assert row.state == "suggested"


def test_nobody_answers_as_if_he_were_the_other(world, row, no):
    given = {"by": world.village_officer, "consequence": row, "wage_floor_fen": 700_000}
    assert no(raise_wage_floor, through="self", **given) == "not_said_how"


def test_not_twice_and_not_for_another_suggestion(world, row, followed, no):
    given = {"by": world.village_officer, "wage_floor_fen": 700_000, **BY_TELEPHONE}
    lift_consequence(by=world.village_officer, consequence=row, **BY_TELEPHONE)
    assert no(raise_wage_floor, consequence=row, **given) == "settled_already"
    assert no(raise_wage_floor, consequence=followed("date", "date"), **given) == "another_suggestion"
    assert no(raise_wage_floor, consequence=followed("post", "other"), **given) == "no_suggestion"


def test_the_page_suggests_more_than_was_turned_down(world, client, row, himself):
    client.force_login(himself)
    address = f"/matching/consequences/{row.pk}/raise_wage_floor/"
    low = row.offer.demand.wage_low_fen
    assert f'value="{(low // 10_000 + 1) * 100}"' in client.get(address).content.decode()
    assert client.post(address, {"wage_floor_fen": "6800"}).status_code == 302
    assert Intention.objects.get(worker=row.worker).wage_floor_fen == 680_000
