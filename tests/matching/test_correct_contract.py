"""correct_contract: what was written down wrongly; the worker is asked anew."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import OutOfReach
from zhitong.matching.actions import confirm_contract, correct_contract


def test_it_works(world, contract, contract_facts):
    confirm_contract(by=world.village_officer, contract=contract, through="telephone")
    low = contract.offered_low_fen
    facts = contract_facts(wage_fen=low - 10_000)
    corrected = correct_contract(by=world.employer_clerk, contract=contract, facts=facts)
    assert (corrected.state, corrected.wage_fen, corrected.short_fen) == ("entered", low - 10_000, 10_000)
    assert (corrected.answered_at, corrected.version) == (None, 2)


def test_a_stranger_cannot(world, contract, contract_facts):
    with pytest.raises(OutOfReach):
        correct_contract(by=world.other_employer_clerk, contract=contract, facts=contract_facts())


def test_the_law_holds_for_corrections_too(world, contract, contract_facts, no):
    given = {"by": world.employer_clerk, "contract": contract}
    assert no(correct_contract, facts=contract_facts(trial_months=6), **given) == "trial_too_long"


def test_somebody_was_faster(world, contract, contract_facts, no):
    given = {"by": world.employer_clerk, "contract": contract, "seen": 1}
    correct_contract(facts=contract_facts(wage_fen=700_000), **given)
    assert no(correct_contract, facts=contract_facts(wage_fen=710_000), **given) == "someone_was_faster"


def test_the_page(world, client, contract):
    client.force_login(world.employer_clerk)
    page = client.get(f"/matching/contracts/{contract.pk}/correct_contract/").content.decode()
    assert 'value="6500"' in page
