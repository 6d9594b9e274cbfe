"""send_offer: one post for one worker, under the same rules as in a round."""

from __future__ import annotations

import datetime as dt
from itertools import count

import pytest
from django.utils import timezone

from zhitong.employers.actions import bar_employer, close_demand
from zhitong.kernel.errors import AlreadyDone, NotAllowed, OutOfReach
from zhitong.kernel.models import Record
from zhitong.matching.actions import agree_to_offer, send_offer
from zhitong.matching.models import Offer
from zhitong.site.world.county import occupation
from zhitong.workers.actions import CertificateFacts, Wish, add_certificate, confirm_status, withdraw_worker
from zhitong.workers.models import Consent

TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


@pytest.fixture
def send(world, seeker):
    titles = (f"电焊工（{number}班）" for number in count(1))

    def call(**given):
        demand = given.pop("demand", None) or world.demand(title=next(titles), **given.pop("facts", {}))
        return send_offer(**{"by": world.county_officer, "worker": seeker, **given, "demand": demand})

    return call


@pytest.fixture
def wishing(world):
    def worker(birth_on=dt.date(1990, 5, 1), education=2, **wish):
        return world.worker(birth_on=birth_on, education=education, wish=Wish(**wish))

    return worker


def test_it_works(world, send, seeker):
    offer = send()
    assert (offer.state, offer.worker, offer.due_on) == ("sent", seeker, TODAY + 3 * DAY)
    assert (offer.village, offer.sent_by) == (world.village, world.county_officer)
    line = Record.objects.of(offer).get()
    assert line.verb == "send_offer" and line.concerns_id == seeker.pk


def test_a_stranger_cannot(world, send):
    with pytest.raises(OutOfReach):
        send(by=world.stranger)
    with pytest.raises(OutOfReach):
        send(by=world.station_staff)
    with pytest.raises(NotAllowed):
        send(by=world.village_officer)


def test_a_form_sent_twice_offers_once(send):
    first = send(nonce="a")
    with pytest.raises(AlreadyDone) as again:
        send(demand=first.demand, nonce="a")
    assert again.value.result == f"matching.Offer:{first.pk}" and Offer.objects.count() == 1


def test_the_worker_must_be_on_the_register_and_looking(world, send, seeker, no):
    home = {"by": world.village_officer, "worker": seeker, "source": "visit"}
    confirm_status(status="home", **home)
    seeker.refresh_from_db()
    assert no(send) == "not_seeking"
    withdraw_worker(by=world.village_officer, worker=seeker)
    seeker.refresh_from_db()
    assert no(send) == "not_on_register"


def test_nothing_is_offered_without_consent(send, seeker, no):
    Consent.objects.filter(worker=seeker, purpose="register").update(withdrawn_at=timezone.now())
    assert no(send) == "no_consent"


def test_a_post_is_offered_once(send, no):
    first = send()
    assert no(send, demand=first.demand) == "offered_already"


def test_nobody_who_has_said_yes_is_asked_again(world, send, no):
    agree_to_offer(by=world.village_officer, offer=send(), through="visit")
    assert no(send) == "yes_elsewhere"


def test_the_post_must_be_open(world, send, no):
    demand = world.demand()
    close_demand(by=world.county_officer, demand=demand, reason="cancelled")
    demand.refresh_from_db()
    assert no(send, demand=demand) == "demand_closed"
    barred = world.demand(title="点焊工")
    bar_employer(by=world.city_officer, employer=barred.employer, reason="营业执照已注销")
    barred.refresh_from_db()
    assert no(send, demand=barred) == "demand_closed"


def test_a_seat_must_be_free(world, send, no):
    demand = world.demand(seats=1)
    world.agreed_offer(demand=demand)
    assert no(send, demand=demand) == "seats_full"


def test_the_law_s_ages(send, world, no):
    facts = {"age_max": 35, "age_basis": "《样例规定》第一条"}
    old = world.seeker(birth_on=dt.date(1970, 1, 1))
    assert no(send, worker=old, facts=facts) == "rule_age"


def test_a_demanded_certificate(world, send, seeker, no):
    demand = world.demand(certificates=(world.welding_certificate,))
    assert no(send, demand=demand) == "rule_certificate"
    expired = CertificateFacts(kind=world.welding_certificate, valid_until=TODAY - DAY)
    add_certificate(by=world.village_officer, worker=seeker, facts=expired)
    assert no(send, demand=demand) == "rule_certificate"
    seeker.certificates.update(valid_until=TODAY)
    assert send(demand=demand).state == "sent"


def test_his_own_conditions(world, send, wishing, no):
    welding = {"occupations": (world.welder,)}
    assert no(send, worker=wishing(**welding, wage_floor_fen=900_000)) == "rule_wage"
    assert no(send, worker=wishing(**welding, cities=(world.home_city,), anywhere=False)) == "rule_place"
    assert no(send, worker=wishing(**welding, earliest_on=TODAY + 90 * DAY)) == "rule_day"
    assert no(send, facts={"education_min": 4}) == "rule_education"


def test_a_trade_far_from_wish_and_experience(world, send, no):
    teacher = world.worker(wish=Wish(occupations=(occupation("2-08-01-01", "高等教育教师"),)))
    assert no(send, worker=teacher) == "rule_occupation"
