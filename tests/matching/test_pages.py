"""Pages of rounds, proposals, offers and answers: who sees what, and what is typed into them."""

from __future__ import annotations

import pytest
from django.test import Client

from zhitong.kernel.models import Job
from zhitong.matching.models import Leftover, Offer, Proposal
from zhitong.workers.models import Consent, Worker


@pytest.fixture
def page():
    def get(account, address, **how):
        client = Client()
        client.force_login(account)
        answer = client.get(address, **how)
        return answer.status_code, answer.content.decode()

    return get


@pytest.fixture
def send():
    def post(account, address, **data):
        client = Client()
        client.force_login(account)
        return client.post(address, data)

    return post


def test_it_works(world, page, solved):
    address = f"/matching/rounds/{solved.pk}/"
    for account in (world.county_officer, world.city_officer, world.auditor, world.township_officer):
        assert page(account, "/matching/rounds/")[0] == 200
        status, text = page(account, address)
        assert status == 200 and "最好的可能" in text and "还没有登记就业意向" in text
        status, text = page(account, f"{address}proposals/")
        assert status == 200 and "第一意向职业" in text and "与配偶同城" in text
        assert page(account, f"{address}leftovers/")[0] == 200


def test_a_stranger_finds_nothing(world, page, solved):
    proposal = solved.proposals.first()
    for address in (f"rounds/{solved.pk}/", f"rounds/{solved.pk}/proposals/", f"proposals/{proposal.pk}/"):
        assert page(world.stranger, f"/matching/{address}")[0] == 404
    for account in (world.station_staff, world.employer_clerk):
        assert page(account, f"/matching/rounds/{solved.pk}/")[0] in (403, 404)
        assert page(account, "/matching/rounds/")[0] == 403


def test_a_round_of_the_city_shows_each_county_its_own_people(world, page, seeker):
    far = world.seeker(name="远方人", village=world.far_village)
    assert world.post
    held = world.solved_round(world.city)
    status, text = page(world.county_officer, f"/matching/rounds/{held.pk}/")
    assert status == 200 and world.county.place_name in text and world.other_county.place_name not in text
    text = page(world.county_officer, f"/matching/rounds/{held.pk}/proposals/")[1]
    assert seeker.name in text and far.name not in text and "采纳全部" not in text
    assert page(world.county_officer, f"/matching/rounds/{held.pk}/adopt_proposals/")[0] == 403


def test_a_round_that_is_computed_looks_again_by_itself(world, page):
    from zhitong.matching.actions import open_round

    held = open_round(by=world.county_officer, org=world.county)
    client = Client()
    client.force_login(world.county_officer)
    answer = client.get(f"/matching/rounds/{held.pk}/")
    assert answer["Refresh"] == "3" and "正在排队" in answer.content.decode()
    Job.objects.filter(pk=held.job_id).update(state="running", done_permille=300)
    text = client.get(f"/matching/rounds/{held.pk}/").content.decode()
    assert text.count("step-done") == text.count("step-now") == text.count("step-later") == 1


def test_a_round_is_opened_once_and_says_why_not_twice(world, page, send):
    given = {"org": str(world.county.pk), "held_on": "", "nonce": "a"}
    assert send(world.county_officer, "/matching/rounds/new/open_round/", **given).status_code == 422
    given["held_on"] = page_day()
    assert send(world.county_officer, "/matching/rounds/new/open_round/", **given).status_code == 302
    again = send(world.county_officer, "/matching/rounds/new/open_round/", **{**given, "nonce": "b"})
    assert again.status_code == 422 and "还有一轮没有办完" in again.content.decode()


def page_day() -> str:
    from django.utils import timezone

    return timezone.localdate().isoformat()


@pytest.mark.parametrize(
    "query",
    ["county=nowhere", "fit_least=much", "state=x", "region=1", "colour=red", "sort=worker", "page=zzz"],
)
def test_a_wrong_filter_is_an_error_and_never_an_empty_list(world, page, solved, query):
    assert page(world.county_officer, f"/matching/rounds/{solved.pk}/proposals/?{query}")[0] == 400


def test_filters_narrow(world, page, solved, seeker):
    address = f"/matching/rounds/{solved.pk}/proposals/"
    assert seeker.name in page(world.county_officer, f"{address}?town={world.town.pk}&fit_least=1")[1]
    assert seeker.name not in page(world.county_officer, f"{address}?town={world.other_town.pk}")[1]
    assert seeker.name in page(world.county_officer, f"{address}?occupation=6-18&region=海州市")[1]
    assert seeker.name not in page(world.county_officer, f"{address}?occupation=6-05")[1]
    assert seeker.name not in page(world.county_officer, f"{address}?state=adopted")[1]


def test_ticked_proposals_are_adopted_with_their_companions(world, send, solved):
    husband = Proposal.objects.get(worker=world.couple[0])
    ticked = {"verb": "adopt_proposals", "pk": husband.pk, "nonce": "a"}
    assert send(world.county_officer, f"/matching/rounds/{solved.pk}/proposals/", **ticked).status_code == 302
    assert {one.worker for one in Offer.objects.all()} == set(world.couple)


def test_what_the_filters_leave_is_adopted_at_once(world, page, send, solved, seeker):
    best = Proposal.objects.get(worker=seeker).fit
    address = f"/matching/rounds/{solved.pk}/adopt_proposals/"
    status, text = page(world.county_officer, f"{address}?fit_least={best}")
    assert status == 200 and "<strong>1</strong>" in text
    assert send(world.county_officer, address, fit_least=best, nonce="a").status_code == 302
    assert [one.worker for one in Offer.objects.all()] == [seeker]
    assert send(world.county_officer, address, nonce="b").status_code == 302
    assert Offer.objects.count() == 3


def test_a_proposal_says_why(world, page, solved, seeker):
    proposal = Proposal.objects.get(worker=seeker)
    status, text = page(world.county_officer, f"/matching/proposals/{proposal.pk}/")
    assert status == 200 and "工资高于要求 800 元" in text and "契合度" in text


def test_from_a_leftover_to_an_offer(world, page, send, solved):
    left = Leftover.objects.get()
    status, text = page(world.county_officer, f"/matching/leftovers/{left.pk}/")
    assert status == 200 and f"/matching/workers/{left.worker_id}/send_offer/" in text
    address = f"/matching/workers/{left.worker_id}/send_offer/"
    assert send(world.county_officer, address, demand=world.post.pk, nonce="a").status_code == 302
    assert Offer.objects.get().worker == left.worker
    assert page(world.stranger, address)[0] == 404


def test_a_post_out_of_reach_of_the_rules_says_why(world, send, seeker):
    demand = world.demand(title="持证焊工", certificates=(world.welding_certificate,))
    answer = send(
        world.county_officer, f"/matching/workers/{seeker.pk}/send_offer/", demand=demand.pk, nonce="a"
    )
    assert answer.status_code == 422 and "没有登记所要求的证书" in answer.content.decode()
    answer = send(
        world.county_officer, f"/matching/workers/{seeker.pk}/send_offer/", demand="没有的岗位", nonce="b"
    )
    assert answer.status_code == 422


def test_the_village_officer_answers_for_many_and_says_how(world, send, page, offer):
    other = world.offer(demand=offer.demand)
    listed = "/matching/offers/?state=sent"
    assert offer.worker.name in page(world.village_officer, listed)[1]
    ticked = {"verb": "agree_to_offer", "pk": [offer.pk, other.pk], "nonce": "a"}
    asked = send(world.village_officer, listed, **ticked).content.decode()
    for one in (offer, other):
        assert f"<li>{one.worker.name}；{one.demand.title}；" in asked
    answered = {**ticked, "answered": "1", "through": "visit"}
    assert send(world.village_officer, listed, **answered).status_code == 302
    assert set(Offer.objects.values_list("state", "answered_through")) == {("agreed", "visit")}


def test_an_employer_reads_nobody_before_the_yes(world, page, offer):
    offer.refresh_from_db()
    for address in (
        "/matching/candidates/",
        "/matching/candidates/?state=accepted",
        f"/matching/offers/{offer.pk}/",
    ):
        status, text = page(world.employer_clerk, address)
        assert status == 200 and offer.worker.name not in text
    assert "另有 1 人收到推荐" in page(world.employer_clerk, "/matching/candidates/")[1]
    client = Client()
    client.force_login(world.employer_clerk)
    assert client.get("/matching/offers/?state=agreed")["Location"] == "/matching/candidates/?state=agreed"


def test_an_employer_reads_what_is_shown_after_the_yes(world, page, agreed):
    for address in ("/matching/candidates/", f"/matching/offers/{agreed.pk}/"):
        status, text = page(world.employer_clerk, address)
        assert status == 200 and agreed.worker.name in text
        assert agreed.worker.telephone.open() not in text and world.village.place_name not in text
    assert page(world.other_employer_clerk, f"/matching/offers/{agreed.pk}/")[0] == 404
    assert agreed.worker.name not in page(world.other_employer_clerk, "/matching/candidates/")[1]


def test_an_employer_answers_with_one_click_or_with_a_reason(world, send, agreed):
    other = world.agreed_offer(demand=agreed.demand)
    assert (
        send(world.employer_clerk, f"/matching/offers/{agreed.pk}/accept_worker/", nonce="a").status_code
        == 302
    )
    ticked = {"verb": "refuse_worker", "pk": other.pk, "nonce": "b"}
    assert send(world.employer_clerk, "/matching/candidates/", **ticked).status_code == 200
    answered = {**ticked, "answered": "1", "reason": "skill"}
    assert send(world.employer_clerk, "/matching/candidates/", **answered).status_code == 302
    assert list(Offer.objects.order_by("pk").values_list("state", flat=True)) == ["accepted", "refused"]


def test_a_telephone_is_shown_once_and_kept_nowhere(world, page, send, agreed):
    address = f"/matching/offers/{agreed.pk}/reveal_candidate_telephone/"
    number = agreed.worker.telephone.open()
    assert number not in page(world.employer_clerk, address)[1]
    answer = send(world.employer_clerk, address, nonce="a")
    assert number in answer.content.decode() and "no-store" in answer["Cache-Control"]


def test_the_worker_reads_his_offers_on_the_phone_and_answers(page, send, offer, himself):
    status, text = page(himself, "/matching/mine/")
    assert status == 200 and "我愿意去" in text and "6,000–8,500" in text
    assert page(himself, f"/matching/offers/{offer.pk}/")[0] == 200
    assert "through" not in page(himself, f"/matching/offers/{offer.pk}/agree_to_offer/")[1]
    assert send(himself, f"/matching/offers/{offer.pk}/agree_to_offer/", nonce="a").status_code == 302
    offer.refresh_from_db()
    assert (offer.state, offer.answered_through) == ("agreed", "self")
    assert "改变主意" in page(himself, "/matching/mine/")[1]
    declined = send(himself, f"/matching/offers/{offer.pk}/decline_offer/", reason="family", nonce="b")
    assert declined.status_code == 302
    assert "以前的推荐" in page(himself, "/matching/mine/")[1]


def test_the_missing_consent_is_asked_with_the_yes(page, send, offer, himself):
    Consent.objects.filter(worker=offer.worker, purpose="share").delete()
    address = f"/matching/offers/{offer.pk}/agree_to_offer/"
    assert "同意把必要的个人信息提供给这家单位" in page(himself, address)[1]
    assert send(himself, address, nonce="a").status_code == 422
    assert send(himself, address, share="on", nonce="b").status_code == 302
    assert Consent.objects.get(worker=offer.worker, purpose="share").given_through == "self"
    offer.refresh_from_db()
    assert offer.state == "agreed"


def test_a_worker_reads_nobody_else_s_offer(world, page, offer, himself):
    other = world.offer(demand=offer.demand)
    assert page(himself, f"/matching/offers/{other.pk}/")[0] == 404
    assert Worker.objects.get(pk=other.worker_id).account is None


@pytest.mark.parametrize("reason", ["", "because", "=1+1", "工资\u202e"])
def test_a_wrong_reason_is_a_sentence(send, offer, himself, reason):
    answer = send(himself, f"/matching/offers/{offer.pk}/decline_offer/", reason=reason, nonce="a")
    assert answer.status_code == 422
    offer.refresh_from_db()
    assert offer.state == "sent"
