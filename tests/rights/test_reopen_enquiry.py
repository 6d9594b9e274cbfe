"""reopen_enquiry: somebody asks further."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import OutOfReach
from zhitong.rights.actions import answer_enquiry, reopen_enquiry, take_enquiry


def test_it_works(world, himself, answered):
    held = reopen_enquiry(by=himself, enquiry=answered, more="老板还是不发，找谁？")
    assert (held.state, held.taken_by, held.late_since) == ("reopened", None, None)
    assert held.earlier_reply == "不可以，工资至少每月发一次。" and held.due_at > held.answered_at
    take_enquiry(by=world.city_officer, enquiry=held)
    again = answer_enquiry(by=world.city_officer, enquiry=held, reply="向劳动监察投诉。")
    assert again.reply == "向劳动监察投诉。"


def test_a_stranger_cannot(world, answered):
    with pytest.raises(OutOfReach):
        reopen_enquiry(by=world.other_county_officer, enquiry=answered, more="老板还是不发，找谁？")


def test_refusals(himself, enquiry, no):
    assert no(reopen_enquiry, by=himself, enquiry=enquiry, more="老板还是不发，找谁？") == "wrong_state"
    assert no(reopen_enquiry, by=himself, enquiry=enquiry, more="啊") == "too_short"


def test_the_page(client, himself, answered):
    client.force_login(himself)
    address = f"/rights/enquiries/{answered.pk}/reopen_enquiry/"
    assert answered.reply in client.get(address).content.decode()
    assert client.post(address, {"more": "老板还是不发，找谁？"}).status_code == 302
    page = client.get(f"/rights/enquiries/{answered.pk}/").content.decode()
    assert "老板还是不发" in page and "先前的答复" in page
