"""ask_without_account: somebody who did not sign in asks."""

from __future__ import annotations

from zhitong.rights.actions import ask_without_account
from zhitong.rights.models import Enquiry

ADDRESS = "/rights/questions/ask/"
GIVEN = {"text": "没有合同怎么要工资？", "telephone": "15400001234", "nonce": "n1"}


def test_it_works(world, asked):
    made = ask_without_account(by=world.system, county=world.county, facts=asked, telephone="15400001234")
    assert (made.through, made.asked_by, made.owner) == ("guest", None, world.county)


def test_refusals(world, asked, no):
    given = {"by": world.system, "facts": asked}
    assert no(ask_without_account, **given, county=world.town, telephone="15400001234") == "no_county"
    assert (
        no(ask_without_account, **given, county=world.county, telephone="0851-28226565") == "telephone_shape"
    )


def test_the_page(world, client):
    page = client.get(f"{ADDRESS}?q=没有合同").content.decode()
    assert "没有合同</textarea>" in page and "白水县" in page
    sent = client.post(ADDRESS, {**GIVEN, "county": world.county.pk}, follow=True)
    assert "用短信答复您" in sent.content.decode()
    assert Enquiry.objects.get().text == GIVEN["text"]


def test_sent_twice_is_asked_once(world, client):
    for _time in range(2):
        assert client.post(ADDRESS, {**GIVEN, "county": world.county.pk}).status_code == 302
    assert Enquiry.objects.count() == 1


def test_bad_input_is_said_at_its_field(world, client):
    page = client.post(ADDRESS, {"text": "", "telephone": "abc", "county": world.town.pk})
    assert page.status_code == 422
    assert page.content.decode().count("field-wrong") == 3
    assert Enquiry.objects.count() == 0


def test_not_too_often(world, client):
    for number in range(4):
        sent = client.post(ADDRESS, {**GIVEN, "nonce": f"n{number}", "county": world.county.pk})
    assert sent.status_code == 422 and "太频繁" in sent.content.decode()
    assert Enquiry.objects.count() == 3


def test_whoever_is_signed_in_asks_in_his_own_name(world, client, himself):
    client.force_login(himself)
    assert client.get(ADDRESS)["Location"] == "/rights/questions/new/ask_question/"
    client.force_login(world.county_officer)
    assert client.get(ADDRESS)["Location"] == "/rights/enquiries/new/note_call/"
