"""record_interview: how an interview came out, as the employer says."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.models import Record
from zhitong.matching.actions import accept_worker, record_interview


def test_it_works(world, client, interview, begun):
    begun(interview)
    passed = record_interview(by=world.employer_clerk, interview=interview, result="passed")
    assert (passed.state, passed.settled_by) == ("passed", world.employer_clerk)
    assert Record.objects.of(interview).get(verb="record_interview").given["result"] == "passed"
    client.force_login(world.employer_clerk)
    page = client.get(f"/matching/interviews/{interview.pk}/").content.decode()
    assert f"/matching/offers/{interview.offer_id}/" in page


def test_also_after_the_employer_has_answered(world, interview, begun):
    begun(interview)
    accept_worker(by=world.employer_clerk, offer=interview.offer)
    interview.refresh_from_db()
    assert interview.state == "booked"
    assert record_interview(by=world.employer_clerk, interview=interview, result="passed").state == "passed"


def test_a_stranger_cannot(world, interview, begun):
    begun(interview)
    with pytest.raises(OutOfReach):
        record_interview(by=world.other_employer_clerk, interview=interview, result="passed")


def test_a_failure_has_a_reason(world, interview, begun, no):
    begun(interview)
    given = {"by": world.county_officer, "interview": interview}
    assert no(record_interview, result="failed", **given) == "reason_does_not_fit"
    assert no(record_interview, result="passed", reason="skill", **given) == "reason_does_not_fit"
    assert no(record_interview, result="moved", **given) == "not_a_choice"
    assert record_interview(result="failed", reason="skill", **given).fail_reason == "skill"
    assert no(record_interview, result="missed", **given) == "interview_settled"


def test_not_before_it_began(world, interview, no):
    given = {"by": world.employer_clerk, "interview": interview, "result": "missed"}
    assert no(record_interview, **given) == "not_yet"


def test_the_page(world, client, interview, begun):
    begun(interview)
    client.force_login(world.employer_clerk)
    address = f"/matching/interviews/{interview.pk}/record_interview/"
    assert client.post(address, {"result": "failed"}).status_code == 422
    assert client.post(address, {"result": "failed", "reason": "skill"}).status_code == 302


def test_the_page_offers_it_once_it_began(world, client, interview, begun):
    client.force_login(world.employer_clerk)
    address = f"/matching/interviews/{interview.pk}/"
    assert "/record_interview/" not in client.get(address).content.decode()
    begun(interview)
    assert "/record_interview/" in client.get(address).content.decode()
