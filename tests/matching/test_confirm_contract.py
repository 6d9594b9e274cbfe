"""confirm_contract: the worker says that this is what was agreed."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import OutOfReach
from zhitong.matching.actions import confirm_contract, correct_contract, dispute_contract


def test_it_works(world, client, contract, himself):
    client.force_login(himself)
    assert "看看劳动合同，确认对不对" in client.get("/matching/mine/").content.decode()
    address = f"/matching/contracts/{contract.pk}/confirm_contract/"
    assert client.post(address, {"seen": 1}).status_code == 302
    contract.refresh_from_db()
    assert (contract.state, contract.answered_by, contract.answered_through) == ("confirmed", himself, "self")


def test_a_stranger_cannot(world, contract):
    with pytest.raises(OutOfReach):
        confirm_contract(by=world.stranger, contract=contract, through="visit")


def test_only_once_and_by_whom(world, contract, no):
    given = {"by": world.village_officer, "contract": contract}
    assert no(confirm_contract, through="self", **given) == "not_said_how"
    confirm_contract(through="visit", **given)
    assert no(confirm_contract, through="visit", **given) == "confirmed_already"


def test_after_a_dispute(world, contract):
    dispute_contract(by=world.village_officer, contract=contract, point="wage", through="visit")
    settled = confirm_contract(by=world.village_officer, contract=contract, through="visit")
    assert (settled.state, settled.dispute_point) == ("confirmed", "")


def test_not_what_he_has_not_read(world, contract, contract_facts, no):
    correct_contract(by=world.employer_clerk, contract=contract, facts=contract_facts(wage_fen=660_000))
    given = {"by": world.village_officer, "contract": contract, "through": "visit"}
    assert no(confirm_contract, seen=1, **given) == "corrected_since"
