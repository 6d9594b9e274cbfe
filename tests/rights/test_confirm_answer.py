"""confirm_answer: somebody here compared an answer with what holds."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import Faster, NotAllowed
from zhitong.rights.actions import confirm_answer, correct_answer, withdraw_answer
from zhitong.rights.models import Answer


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


def test_not_a_wording_that_was_corrected_unseen(world, answer, facts):
    before = Answer.objects.get(pk=answer.pk)
    correct_answer(by=world.county_officer, answer=answer, facts=facts(text="新的写法。"))
    for stale, seen in ((before, None), (Answer.objects.get(pk=answer.pk), before.version)):
        with pytest.raises(Faster):
            confirm_answer(by=world.city_officer, answer=stale, seen=seen)
    assert Answer.objects.get(pk=answer.pk).checked_on is None


def test_not_what_was_withdrawn_meanwhile(world, answer):
    stale = Answer.objects.get(pk=answer.pk)
    withdraw_answer(by=world.county_officer, answer=answer)
    with pytest.raises(Faster):
        confirm_answer(by=world.city_officer, answer=stale)


def test_the_page_carries_what_was_seen(world, client, answer, facts):
    client.force_login(world.county_officer)
    address = f"/rights/answers/{answer.pk}/confirm_answer/"
    correct_answer(
        by=world.city_officer, answer=Answer.objects.get(pk=answer.pk), facts=facts(text="新的写法。")
    )
    client.post(address, {"seen": answer.version})
    assert Answer.objects.get(pk=answer.pk).checked_on is None
    client.post(address, {"seen": answer.version + 1})
    assert Answer.objects.get(pk=answer.pk).checked_on is not None
