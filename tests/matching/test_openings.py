"""What a round tells of empty seats and of one change: to the person, to officers, and where a class should open."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from zhitong.kernel.models import Account
from zhitong.matching.models import ClassOpening, Leftover, Proposal, Round, Vacancy
from zhitong.matching.tellings import remedies_in_words
from zhitong.site.world import World
from zhitong.workers import actions as workers
from zhitong.workers.models import Worker

BASE = "/matching"


@pytest.fixture
def page():
    def get(account: Account, address: str) -> tuple[int, str]:
        client = Client()
        client.force_login(account)
        answer = client.get(f"{BASE}/{address}")
        return answer.status_code, answer.content.decode()

    return get


def wishing(world: World, name: str, wage_floor_fen: int, **more: Any) -> Worker:
    """Someone who wants to weld in the host city for at least so much."""
    wish = workers.Wish(
        occupations=(world.welder,), cities=(world.host_city,), wage_floor_fen=wage_floor_fen, **more
    )
    return world.worker(name=name, wish=wish)


@pytest.fixture
def short(world: World) -> Worker:
    """Someone who lacks but a certificate for a post that pays what is asked."""
    world.demand(
        title="持证焊工", seats=2, wage_low_fen=800_000, wage_high_fen=900_000,
        certificates=(world.welding_certificate,),
    )  # fmt: skip
    return wishing(world, "钱差证", 700_000)


@pytest.fixture
def dear(world: World) -> Worker:
    """Someone who asks a little more than the post pays."""
    assert world.post
    return wishing(world, "孙要价", 630_000)


@pytest.fixture
def held(world: World, seeker: Worker, short: Worker, dear: Worker) -> Round:
    return world.solved_round()


def test_it_works(world, held, short, dear):
    left = {one.worker: one for one in Leftover.objects.all()}
    assert left[dear].reasons["if"] == ["wage", 30_000, world.post.pk]
    certified = Vacancy.objects.get(demand__title="持证焊工")
    assert left[short].reasons["if"][0] in ("wage", "certificate")
    assert certified.seats_left == 2 and certified.reason == "no_candidate"
    assert ["certificate", 1, 2] in certified.remedies
    assert ["wage", 30_000, 1] in Vacancy.objects.get(demand=world.post).remedies
    found = ClassOpening.objects.get(certificate=world.welding_certificate)
    assert (found.county, found.people, found.seats, found.placed) == (world.county, 2, 2, 2)
    assert {one.worker for one in found.trainees.all()} == {short, dear}
    assert found.demands == [certified.demand_id]


def test_a_proposal_says_what_more_there_was(world, seeker, page):
    world.demand(seats=1, wage_low_fen=850_000, wage_high_fen=900_000, title="高薪焊工")
    assert world.post
    other = wishing(world, "周同行", 520_000)
    world.solved_round()
    told = [Proposal.objects.get(worker=one).reasons for one in (seeker, other)]
    full = next(one for one in told if "full" in one)
    assert full["full"][1] <= full["full"][2]
    proposal = next(one for one in Proposal.objects.all() if "full" in one.reasons)
    status, text = page(world.county_officer, f"proposals/{proposal.pk}/")
    assert status == 200 and "但已经招满" in text and "高薪焊工" in text


def test_a_leftover_says_what_one_change_would_bring(world, held, dear, page):
    left = Leftover.objects.get(worker=dear)
    status, text = page(world.county_officer, f"leftovers/{left.pk}/")
    assert status == 200 and "如果他把最低月工资要求降低300元" in text and "影响最大的一条" in text
    assert page(world.stranger, f"leftovers/{left.pk}/")[0] == 404


def test_the_worker_reads_it_on_his_own_page(world, held, dear, page):
    account = Account.objects.create(username="15400000009", name=dear.name, kind="worker")
    Worker.objects.filter(pk=dear.pk).update(account=account)
    status, text = page(account, "mine/")
    assert status == 200 and "如果您把最低月工资要求降低300元" in text and "没有给您找到岗位" in text
    assert "分契合度" not in text
    assert page(account, f"leftovers/{Leftover.objects.get(worker=dear).pk}/")[0] == 302
    other = Leftover.objects.exclude(worker=dear).first()
    assert page(account, f"leftovers/{other.pk}/")[0] == 404


def test_the_page_of_a_vacancy(world, held, page):
    status, text = page(world.county_officer, f"rounds/{held.pk}/vacancies/")
    assert status == 200 and "持证焊工" in text and "没有人符合条件" in text
    vacancy = Vacancy.objects.get(demand=world.post)
    status, text = page(world.county_officer, f"vacancies/{vacancy.pk}/")
    assert status == 200 and "最低月工资提高300元，可以招来1人" in text
    narrowed = page(world.county_officer, f"rounds/{held.pk}/vacancies/?reason=no_candidate")[1]
    assert "持证焊工" in narrowed and world.post.title + "</a>" not in narrowed


def test_the_page_of_classes_leads_to_the_people_and_the_posts(world, held, short, seeker, page):
    status, text = page(world.county_officer, f"rounds/{held.pk}/openings/")
    found = ClassOpening.objects.get(certificate=world.welding_certificate)
    assert status == 200 and world.welding_certificate.name in text and "100%" in text
    status, text = page(world.county_officer, f"openings/{found.pk}/")
    assert status == 200 and f"?opening={found.pk}" in text
    listed = page(world.county_officer, f"rounds/{held.pk}/leftovers/?opening={found.pk}")[1]
    assert short.name in listed and seeker.name not in listed
    listed = page(world.county_officer, f"rounds/{held.pk}/vacancies/?opening={found.pk}")[1]
    assert "持证焊工" in listed
    assert page(world.county_officer, f"rounds/{held.pk}/vacancies/?opening=999999")[0] == 200


def test_a_stranger_finds_nothing(world, held, page):
    found, vacancy = ClassOpening.objects.first(), Vacancy.objects.first()
    for address in (
        f"rounds/{held.pk}/openings/",
        f"rounds/{held.pk}/vacancies/",
        f"openings/{found.pk}/",
        f"vacancies/{vacancy.pk}/",
    ):
        assert page(world.stranger, address)[0] == 404
        assert page(world.employer_clerk, address)[0] in (403, 404)


def test_a_round_without_empty_seats_says_so(world, seeker, page):
    world.demand(seats=1)
    held = world.solved_round()
    assert "没有空着的名额" in page(world.county_officer, f"rounds/{held.pk}/vacancies/")[1]
    assert "没有只差一项培训就能上岗的人" in page(world.county_officer, f"rounds/{held.pk}/openings/")[1]


def test_a_round_that_was_stopped_promises_nothing(world, seeker, settings):
    settings.ROUND_SECONDS = 0
    assert world.post
    world.solved_round()
    assert not Vacancy.objects.exists()
    assert all("if" not in one.reasons for one in Proposal.objects.all())


def test_in_a_great_round_those_left_over_are_told(world, seeker, dear, monkeypatch):
    monkeypatch.setattr("zhitong.matching.frames.explaining.MOST_EXPLAINED", 1)
    world.solved_round()
    assert Leftover.objects.get(worker=dear).reasons["if"] == ["wage", 30_000, world.post.pk]
    assert "if" not in Proposal.objects.get(worker=seeker).reasons


def test_a_filter_that_is_not_shown_has_no_label(world, client, solved):
    client.force_login(world.county_officer)
    page = client.get(f"/matching/rounds/{solved.pk}/leftovers/?opening=1").content.decode()
    assert 'name="opening"' in page and "订单班机会</label>" not in page


@pytest.mark.parametrize(("fen", "yuan"), [(5_000, 50), (5_050, 51)])
def test_a_wage_that_would_do_is_never_told_too_low(fen, yuan):
    assert f"提高{yuan}元" in remedies_in_words([["wage", fen, 3]])[0]
