"""register_worker: an officer enters somebody into the register of a village."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import timezone

from zhitong.kernel.actions import open_org
from zhitong.kernel.errors import AlreadyDone, NotAllowed, OutOfReach
from zhitong.kernel.models import Org, Record
from zhitong.workers.actions import Home, Wish, register_worker
from zhitong.workers.models import Household, Intention, Worker

ALL = ("register", "sensitive", "share")


def enter(world, **given):
    given = {"by": world.village_officer, "village": world.village, "consents": ALL, **given}
    return register_worker(**{"facts": world.facts(), **given})


def test_it_works(world):
    facts = world.facts(name=" 欧阳  样例 ", status="away", work_region=world.host_city)
    worker = enter(world, facts=facts, source="telephone")
    worker.refresh_from_db()
    assert (worker.name, worker.name_key, worker.sex) == ("欧阳样例", "ou yang yang li", "M")
    assert worker.birth_on == dt.date(1990, 5, 1) and worker.age_on(dt.date(2026, 4, 30)) == 35
    assert (worker.village, worker.town, worker.county, worker.city) == (
        world.village, world.town, world.county, world.city
    )  # fmt: skip
    assert (
        worker.id_number.open() == facts.id_number
        and str(worker.id_number) == "•" * 14 + facts.id_number[-4:]
    )
    assert (worker.status, worker.work_region, worker.status_source) == ("away", world.host_city, "telephone")
    assert {one.purpose: one.given_through for one in worker.consents.all()} == dict.fromkeys(
        ALL, "telephone"
    )


def test_home_and_wish_are_kept_with_it(world):
    wish = Wish(occupations=(world.welder,), cities=(world.host_city,), wage_floor_fen=500_000)
    head = enter(world, home=Home(address="柳树村一组3号"), wish=wish)
    assert (head.household.address, head.household_role) == ("柳树村一组3号", "head")
    assert head.intention.occupations == [world.welder]
    son = enter(world, home=Home(household=head.household, role="child"))
    assert son.household == head.household and son.household_role == "child"


def test_the_record_tells_nothing_personal(world):
    worker = enter(world)
    line = Record.objects.of(worker).get(verb="register_worker")
    assert (line.actor, line.village, line.concerns_id) == (world.village_officer, world.village, worker.pk)
    assert line.given["facts"]["name"] == "•" and line.given["facts"]["status"] == "seeking"
    assert worker.name not in str(line.given) and worker.id_number.open() not in str(line.given)


def test_a_stranger_cannot(world, no):
    assert no(enter, world=world, by=world.stranger) == "not_allowed"


def test_a_reader_cannot(world):
    with pytest.raises(NotAllowed):
        enter(world, by=world.auditor)


def test_another_villages_household_is_out_of_reach(world):
    far = register_worker(
        by=world.system,
        village=world.far_village,
        facts=world.facts(),
        consents=ALL,
        home=Home(address="远坝"),
    )
    with pytest.raises(OutOfReach):
        enter(world, home=Home(household=far.household))


def test_a_second_registration_names_the_place_to_whoever_may_see_it(world):
    from zhitong.kernel.errors import Refusal

    facts = world.facts(name="陆在先")
    first = enter(world, facts=facts)
    with pytest.raises(Refusal, match="陆在先，柳树村，在册") as caught:
        enter(world, facts=replace(facts, name="陆在后"))
    assert (caught.value.code, caught.value.details) == ("id_number_registered", {"worker": first.pk})
    with pytest.raises(Refusal, match="您的范围以外") as caught:
        enter(world, by=world.stranger, village=world.far_village, facts=facts)
    assert "柳树" not in str(caught.value.sentence) and caught.value.details == {}
    assert Worker.objects.count() == 1


def test_a_submission_sent_twice_makes_one_row(world):
    facts = world.facts()
    worker = enter(world, facts=facts, nonce="n1")
    with pytest.raises(AlreadyDone) as caught:
        enter(world, facts=facts, nonce="n1")
    assert caught.value.result == f"workers.Worker:{worker.pk}"


def test_a_refusal_later_on_leaves_nothing_behind(world, no):
    code = no(enter, world=world, home=Home(address="柳树村"), wish=Wish(wage_floor_fen=99_999_999))
    assert code == "wage_implausible"
    assert (Worker.objects.count(), Household.objects.count(), Intention.objects.count()) == (0, 0, 0)


def test_the_village_must_be_one_that_stands(world, no):
    assert no(enter, world=world, by=world.township_officer, village=world.town) == "not_a_village"
    closed = open_org(by=world.system, parent=world.town, kind="village", name="旧村")
    Org.objects.filter(pk=closed.pk).update(closed_on=timezone.localdate())
    closed.refresh_from_db()
    assert no(enter, world=world, by=world.township_officer, village=closed) == "village_closed"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"name": ""}, "name_shape"),
        ({"name": "张" * 51}, "too_long"),
        ({"name": "=1+1"}, "name_shape"),
        ({"name": "张\x00三"}, "unseen_character"),
        ({"name": "张\u202e三"}, "unseen_character"),
        ({"id_number": ""}, "id_number_shape"),
        ({"id_number": "5299011990050100"}, "id_number_shape"),
        ({"id_number": "110105194912310021"}, "id_number_check"),
        ({"telephone": "12345"}, "telephone_shape"),
        ({"telephone": "0851-28226565"}, "telephone_shape"),
        ({"sex": "F"}, "sex_contradicts_id_number"),
        ({"sex": "x"}, "not_a_choice"),
        ({"birth_on": dt.date(1990, 5, 2)}, "birth_contradicts_id_number"),
        ({"education": 9}, "not_a_choice"),
        ({"status": "rich"}, "not_a_choice"),
        ({"status": "away"}, "work_region_missing"),
    ],
)
def test_bad_facts_are_refused(world, no, wrong, code):
    assert no(enter, world=world, facts=replace(world.facts(), **wrong)) == code


def test_a_city_belongs_to_those_who_are_away(world, no):
    assert no(enter, world=world, facts=world.facts(work_region=world.host_city)) == "work_region_not_away"
    away = {"status": "away", "work_region": world.host_city.parent}
    assert no(enter, world=world, facts=world.facts(**away)) == "not_a_city"


def test_nobody_under_16(world, no):
    birthday = timezone.localdate().replace(day=1)
    young = birthday.replace(year=birthday.year - 15)
    assert no(enter, world=world, facts=world.facts(birth_on=young)) == "too_young"
    assert enter(world, facts=world.facts(birth_on=birthday.replace(year=birthday.year - 16)))


def test_consent_comes_first(world, no):
    for given in ((), ("register", "share"), ("sensitive",)):
        assert no(enter, world=world, consents=given) == "consent_missing"
    assert no(enter, world=world, consents=(*ALL, "sell")) == "not_a_choice"


def test_an_officer_does_not_speak_as_the_person(world, no):
    assert no(enter, world=world, source="self") == "source_not_yours"
    assert no(enter, world=world, source="gossip") == "not_a_choice"
