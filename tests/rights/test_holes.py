"""Facts of the reader's own record inside an answer."""

from __future__ import annotations

import datetime as dt

import pytest

from zhitong.rights.actions import HotlineFacts, draft_answer, publish_answer, set_hotline
from zhitong.rights.holes import HOLES, parts_of
from zhitong.workers.actions import add_certificate
from zhitong.workers.actions.facts import CertificateFacts

ALL = "".join(f"{{{name}}}" for name in HOLES)


def told(text, actor):
    return "".join(one.text for one in parts_of(text, actor))


@pytest.fixture
def placed(world):
    """Somebody who works at the shipyard, with a welder's certificate."""
    placement = world.arrived()
    facts = CertificateFacts(kind=world.welding_certificate, valid_until=dt.date(2027, 3, 1))
    add_certificate(by=world.village_officer, worker=placement.worker, facts=facts)
    return placement


def test_it_is_filled_for_the_person_himself(world, placed):
    set_hotline(by=world.station_staff, org=world.station, facts=HotlineFacts("0851-28226565"))
    account = world.worker_account(placed.worker)
    text = told(ALL, account)
    assert "有效至 2027-03-01" in text and "085128226565" in text
    assert str(placed.employer_org) in text and str(world.station) in text and "在外务工" in text


def test_an_offer_that_waits(world, worker, himself):
    offer = world.offer(worker)
    assert offer.due_on.isoformat() in told("{offer}", himself)


def test_where_nothing_is_held(world, worker, himself):
    text = told(ALL, himself)
    assert "还没有登记写明有效期的证书" in text and "没有等您答复" in text and "12333" in text


def test_everybody_else_reads_a_general_sentence(world, placed):
    for actor in (None, world.county_officer, world.village_officer, world.auditor):
        text = told(ALL, actor)
        assert text.count("登录以后") == len(HOLES)
        assert "2027" not in text and str(placed.employer_org) not in text


def test_nobody_reads_anothers(world, placed, himself):
    assert "2027" not in told(ALL, himself)


def test_the_page_says_it_safely(world, client, facts, worker, himself, placed):
    made = draft_answer(
        by=world.county_officer, org=world.county, facts=facts(text="<script>1</script>{status}")
    )
    publish_answer(by=world.county_officer, answer=made)
    client.force_login(himself)
    page = client.get(f"/rights/questions/{made.pk}/").content.decode()
    assert "&lt;script&gt;1" in page and "您登记的就业状态" in page
    client.logout()
    assert "登录以后" in client.get(f"/rights/questions/{made.pk}/").content.decode()
