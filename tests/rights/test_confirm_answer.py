"""confirm_answer: somebody here compared an answer with what holds."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import NotAllowed
from zhitong.rights.actions import confirm_answer, correct_answer


def test_it_works(world, answer, facts):
    correct_answer(by=world.county_officer, answer=answer, facts=facts(text="新的写法。"))
    assert answer.checked_on is None
    assert confirm_answer(by=world.city_officer, answer=answer).checked_by == world.city_officer


def test_a_stranger_cannot(world, answer):
    with pytest.raises(NotAllowed):
        confirm_answer(by=world.other_county_officer, answer=answer)


def test_not_a_draft(world, draft, no):
    assert no(confirm_answer, by=world.county_officer, answer=draft) == "not_published"


def test_the_public_page_reminds_until_then(world, client, answer, facts):
    correct_answer(by=world.county_officer, answer=answer, facts=facts(text="新的写法。"))
    assert "本地经办机构还没有核对" in client.get(f"/rights/questions/{answer.pk}/").content.decode()
    confirm_answer(by=world.county_officer, answer=answer)
    assert "本地经办机构还没有核对" not in client.get(f"/rights/questions/{answer.pk}/").content.decode()
