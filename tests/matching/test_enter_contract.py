"""enter_contract: what was agreed, written down by the employer or the office."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from zhitong.employers.actions import correct_demand
from zhitong.employers.models import Demand
from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.models import Attachment, Record
from zhitong.matching.actions import enter_contract, erase_offers_of_worker
from zhitong.matching.contract_law import law_on, most_trial_months, whole_months, written_by
from zhitong.matching.models import Contract, Offer
from zhitong.matching.views.contracts import differences

TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


@pytest.fixture
def accepted(world, seeker):
    return world.accepted_offer(seeker)


def test_it_works(world, accepted, contract_facts):
    made = enter_contract(by=world.employer_clerk, offer=accepted, facts=contract_facts())
    assert (made.state, made.short_fen, made.worker, made.offered_low_fen) == (
        "entered", 0, accepted.worker, accepted.demand.wage_low_fen,
    )  # fmt: skip
    given = Record.objects.get(verb="enter_contract").given["facts"]
    assert given["wage_fen"] == "•" and given["term"] == "fixed"


def test_a_post_corrected_after_the_yes_changes_nothing(world, accepted, contract_facts):
    promised = Demand.objects.get(pk=accepted.demand_id)
    lower = world.demand_facts(wage_low_fen=300_000, begins_on=TODAY + 40 * DAY, has_insurance=False)
    correct_demand(by=world.employer_clerk, demand=Demand.objects.get(pk=promised.pk), facts=lower)
    made = enter_contract(
        by=world.employer_clerk, offer=accepted, facts=contract_facts(wage_fen=300_000, trial_months=0)
    )
    assert made.offered_low_fen == promised.wage_low_fen and made.short_fen == promised.wage_low_fen - 300_000
    assert (made.offered_begins_on, made.offered_insurance) == (promised.begins_on, promised.has_insurance)


def test_a_stranger_cannot(world, accepted, contract_facts):
    with pytest.raises(OutOfReach):
        enter_contract(by=world.other_employer_clerk, offer=accepted, facts=contract_facts())


def test_only_once_and_only_after_acceptance(world, accepted, contract_facts, no):
    given = {"by": world.county_officer, "facts": contract_facts()}
    assert no(enter_contract, offer=world.agreed_offer(), **given) == "not_taken_on"
    enter_contract(offer=accepted, **given)
    assert no(enter_contract, offer=accepted, **given) == "entered_already"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"signed_on": TODAY + DAY}, "day_in_future"),
        ({"term": "for_ever"}, "not_a_choice"),
        ({"insurance": ""}, "not_a_choice"),
        ({"begins_on": TODAY + 400 * DAY}, "day_implausible"),
        ({"ends_on": None}, "end_missing"),
        ({"term": "open"}, "end_not_expected"),
        ({"ends_on": TODAY - DAY}, "days_out_of_order"),
        ({"wage_fen": 0}, "wage_implausible"),
        ({"wage_fen": 10_000_001}, "wage_implausible"),
        ({"trial_months": 3}, "trial_too_long"),
        ({"trial_months": -1}, "trial_too_long"),
        ({"term": "task", "ends_on": None, "trial_months": 1}, "trial_too_long"),
        ({"trial_wage_fen": 519_999}, "trial_wage_too_low"),
        ({"trial_months": 0, "trial_wage_fen": 650_000}, "no_trial"),
        ({"host_name": "长" * 101}, "too_long"),
    ],
)
def test_what_is_refused(world, accepted, contract_facts, no, wrong, code):
    given = {"by": world.employer_clerk, "offer": accepted}
    assert no(enter_contract, facts=contract_facts(**wrong), **given) == code
    assert not Contract.objects.exists()


@pytest.mark.parametrize(
    ("begins_on", "ends_on", "most"),
    [
        ((2026, 1, 1), (2026, 3, 30), 0),
        ((2026, 1, 1), (2026, 3, 31), 1),
        ((2026, 1, 1), (2026, 12, 30), 1),
        ((2026, 1, 1), (2026, 12, 31), 2),
        ((2026, 1, 1), (2028, 12, 30), 2),
        ((2026, 1, 1), (2028, 12, 31), 6),
        ((2024, 2, 29), (2025, 2, 27), 2),
        ((2026, 1, 31), (2026, 4, 29), 1),
    ],
)
def test_a_trial_goes_by_the_term(begins_on, ends_on, most):
    days = dt.date(*begins_on), dt.date(*ends_on)
    assert most_trial_months(*days, has_end=True) == most, whole_months(*days)


def test_a_contract_without_an_end_and_one_for_a_task():
    assert most_trial_months(TODAY, None, has_end=False) == 6
    assert most_trial_months(TODAY, None, has_end=True) == 0
    assert law_on(dt.date(2000, 1, 1)) == law_on(TODAY)
    assert written_by(dt.date(2026, 1, 31)) == dt.date(2026, 2, 28)


def test_less_than_was_offered_is_an_alarm(world, accepted, contract_facts, client, himself):
    low = accepted.demand.wage_low_fen
    Offer.objects.get(pk=accepted.pk)
    facts = contract_facts(wage_fen=low - 30_000, insurance="injury", host_name="样例码头")
    made = enter_contract(by=world.employer_clerk, offer=accepted, facts=facts)
    assert made.short_fen == 30_000 and made in Contract.objects.short()
    assert [alarm for alarm, _told in differences(made)].count(True) == 1 + made.offered_insurance
    client.force_login(world.village_officer)
    page = client.get(f"/matching/contracts/{made.pk}/").content.decode()
    assert "少300元" in page and "样例码头" in page
    assert made.worker.name in client.get("/matching/contracts/?differs=wage").content.decode()
    client.force_login(himself)
    assert "少300元" in client.get("/matching/mine/").content.decode()
    assert "少300元" in client.get(f"/matching/contracts/{made.pk}/").content.decode()


def test_he_is_told(world, accepted, contract_facts, monkeypatch, django_capture_on_commit_callbacks):
    said = []
    monkeypatch.setattr(
        "zhitong.kernel.sms.LogSender.send", lambda _self, _telephone, text: said.append(text)
    )
    facts = contract_facts(wage_fen=accepted.demand.wage_low_fen - 100)
    with django_capture_on_commit_callbacks(execute=True):
        enter_contract(by=world.employer_clerk, offer=accepted, facts=facts)
    assert "少1元" in said[-1]


def test_the_page_with_its_scan(world, client, accepted):
    client.force_login(world.employer_clerk)
    page = client.get(f"/matching/offers/{accepted.pk}/").content.decode()
    assert "登记劳动合同" in page
    address = f"/matching/offers/{accepted.pk}/enter_contract/"
    scan = SimpleUploadedFile("合同.png", b"\x89PNG\r\n\x1a\n" + bytes(40), content_type="image/png")
    sent = {
        "signed_on": TODAY.isoformat(), "begins_on": TODAY.isoformat(), "term": "open", "wage_fen": "6500",
        "trial_months": 6, "insurance": "full", "file": scan,
    }  # fmt: skip
    assert client.post(address, {**sent, "trial_months": 7}).status_code == 422
    scan.seek(0)
    assert client.post(address, sent).status_code == 302
    made = Contract.objects.get()
    assert Attachment.objects.get().subject_id == made.pk
    assert "合同.png" in client.get(f"/matching/contracts/{made.pk}/").content.decode()


def test_what_it_says_of_him_goes_with_his_data(world, accepted, contract_facts):
    made = enter_contract(by=world.employer_clerk, offer=accepted, facts=contract_facts(host_name="样例码头"))
    erase_offers_of_worker(by=world.system, worker=accepted.worker)
    made.refresh_from_db()
    assert (made.wage_fen, made.host_name, made.term) == (0, "", "fixed")
