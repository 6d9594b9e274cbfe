"""answer_enquiry: an officer replies, and the person is told."""

from __future__ import annotations

import pytest

from zhitong.kernel import sms
from zhitong.kernel.errors import OutOfReach
from zhitong.rights.actions import answer_enquiry, ask_without_account, take_enquiry
from zhitong.rights.events import EnquiryAnswered
from zhitong.rights.listeners import tell_asker
from zhitong.rights.notices import notify, text_of

REPLY = "不可以，工资至少每月发一次。"


class Post:
    """Keeps what would be sent; ``broken`` is out of reach."""

    def __init__(self, broken=False):
        self.sent, self.broken = [], broken

    def send(self, telephone, text):
        if self.broken:
            raise OSError
        self.sent.append((telephone, text))


def test_it_works(world, taken):
    held = answer_enquiry(by=world.county_officer, enquiry=taken, reply=f" {REPLY} ")
    assert (held.state, held.reply, held.answered_by) == ("answered", REPLY, world.county_officer)
    assert held.answered_at is not None


def test_a_stranger_cannot(world, taken):
    with pytest.raises(OutOfReach):
        answer_enquiry(by=world.other_county_officer, enquiry=taken, reply=REPLY)


def test_refusals(world, enquiry, no):
    assert no(answer_enquiry, by=world.county_officer, enquiry=enquiry, reply=REPLY) == "not_taken"
    take_enquiry(by=world.county_officer, enquiry=enquiry)
    assert no(answer_enquiry, by=world.city_officer, enquiry=enquiry, reply=REPLY) == "taken_by_another"
    assert no(answer_enquiry, by=world.county_officer, enquiry=enquiry, reply="好") == "too_short"


def test_the_person_is_told(world, answered, worker):
    post = Post()
    assert notify(post, answered)
    [(telephone, text)] = post.sent
    assert telephone == worker.telephone.open() and REPLY in text and "问一问" in text


def test_a_long_reply_is_cut_in_the_message(answered):
    answered.reply = "字" * 900
    assert len(text_of(answered)) < 300


def test_a_broken_service_loses_no_reply(answered):
    assert not notify(Post(broken=True), answered)


def test_a_guest_reads_it_on_his_telephone(world, asked):
    made = ask_without_account(by=world.system, county=world.county, facts=asked, telephone="15400001234")
    take_enquiry(by=world.county_officer, enquiry=made)
    held = answer_enquiry(by=world.county_officer, enquiry=made, reply=REPLY)
    post = Post()
    assert notify(post, held)
    assert post.sent[0][0] == "15400001234" and "登录" not in post.sent[0][1]


def test_the_message_leaves_when_the_reply_is_stored(
    world, taken, django_capture_on_commit_callbacks, settings, caplog
):
    settings.ZHITONG_SMS = "tests.rights.test_answer_enquiry.Post"
    with django_capture_on_commit_callbacks(execute=True) as told:
        answer_enquiry(by=world.county_officer, enquiry=taken, reply=REPLY)
    assert told
    assert isinstance(sms.sender(), Post)
    tell_asker(EnquiryAnswered(taken.pk))


def test_the_page(world, client, taken, himself):
    client.force_login(world.county_officer)
    address = f"/rights/enquiries/{taken.pk}/answer_enquiry/"
    assert taken.text in client.get(address).content.decode()
    assert client.post(address, {"reply": REPLY}).status_code == 302
    client.force_login(himself)
    assert REPLY in client.get(f"/rights/enquiries/{taken.pk}/").content.decode()
    assert REPLY in client.get("/rights/questions/mine/").content.decode()
