"""lift_consequence: whoever changes his mind is proposed again what his no kept out."""

from __future__ import annotations

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.models import Record
from zhitong.kernel.workdays import months_after
from zhitong.matching.actions import (
    accept_worker,
    agree_to_offer,
    decline_offer,
    lift_consequence,
    refuse_worker,
    send_offer,
)
from zhitong.matching.models import Consequence, Offer
from zhitong.matching.noes import BRIEFLY, DECLINED, MEANINGS, REFUSED, explained_reasons
from zhitong.workers.models import Worker

BY_TELEPHONE = {"through": "telephone"}


def kinds_of(offer):
    return sorted(Consequence.objects.filter(offer=offer).values_list("kind", flat=True))


def test_it_works(world, followed):
    row = followed("post", "wage")
    lifted = lift_consequence(by=world.village_officer, consequence=row, **BY_TELEPHONE)
    assert (lifted.state, lifted.settled_by, lifted.settled_through) == (
        "lifted", world.village_officer, "telephone",
    )  # fmt: skip
    line = Record.objects.of(row).get(verb="lift_consequence")
    assert line.given == {"through": "telephone"} and line.moves[0]["to"] == "lifted"
    held = world.solved_round()
    assert held.proposals.get().demand_id == row.offer.demand_id


def test_a_stranger_cannot(world, followed):
    row = followed("post", "wage")
    with pytest.raises(OutOfReach):
        lift_consequence(by=world.stranger, consequence=row, **BY_TELEPHONE)


def test_the_employer_does_not_know_of_it(world, followed):
    row = followed("post", "wage")
    with pytest.raises(OutOfReach):
        lift_consequence(by=world.employer_clerk, consequence=row, **BY_TELEPHONE)


def test_he_does_it_himself(world, followed, offer, himself):
    row = followed("place", "place", offer)
    assert lift_consequence(by=himself, consequence=row, through="self").state == "lifted"


def test_nobody_answers_as_if_he_were_the_other(world, followed, no):
    row = followed("place", "place")
    assert no(lift_consequence, by=world.village_officer, consequence=row, through="self") == "not_said_how"


def test_only_once(world, followed, no):
    row = followed("wage", "wage")
    lift_consequence(by=world.village_officer, consequence=row, **BY_TELEPHONE)
    given = {"by": world.village_officer, "consequence": row, **BY_TELEPHONE}
    assert no(lift_consequence, **given) == "settled_already"


def test_every_reason_says_what_follows_from_it():
    assert set(DECLINED) == set(Offer.DeclineReason.values) and set(REFUSED) == set(Offer.RefuseReason.values)
    assert set(MEANINGS) == set(Consequence.Kind.values)
    told = [one.kind for effects in DECLINED.values() for one in effects]
    assert set(told) <= set(BRIEFLY)
    assert "（" in str(dict(explained_reasons())["wage"]) and "（" not in str(
        dict(explained_reasons())["other"]
    )


@pytest.mark.parametrize(("reason", "kinds"), [(code, [e.kind for e in DECLINED[code]]) for code in DECLINED])
def test_what_follows_from_a_worker_s_no(world, reason, kinds):
    offer = world.offer()
    decline_offer(by=world.village_officer, offer=offer, reason=reason, **BY_TELEPHONE)
    assert kinds_of(offer) == sorted(["post", *kinds])


@pytest.mark.parametrize(("reason", "kinds"), [(code, [e.kind for e in REFUSED[code]]) for code in REFUSED])
def test_what_follows_from_an_employer_s_no(world, agreed, reason, kinds):
    refuse_worker(by=world.employer_clerk, offer=agreed, reason=reason)
    assert kinds_of(agreed) == sorted(["post", *kinds])


def test_a_yes_has_no_such_consequence(world, agreed):
    accept_worker(by=world.employer_clerk, offer=agreed)
    assert not Consequence.objects.exists()


def test_a_city_comes_back_after_its_months(world, followed):
    row = followed("place", "place")
    assert row.until_on == months_after(timezone.localdate(), 6)
    day = row.until_on - dt.timedelta(days=1)
    assert row in Consequence.objects.standing(day) and row not in Consequence.objects.standing(row.until_on)


def test_an_employer_is_left_out_of_rounds_and_of_single_offers(world, followed, no):
    row = followed("employer", "distrust")
    other = world.demand(title="点焊工")
    given = {"by": world.county_officer, "worker": row.worker, "demand": other}
    assert no(send_offer, **given) == "employer_paused"
    held = world.solved_round()
    assert held.leftovers.get().reason == "said_no_before" and not held.proposals.exists()
    lift_consequence(by=world.village_officer, consequence=row, **BY_TELEPHONE)
    assert send_offer(**given).demand == other


def test_what_another_entry_of_his_was_left_out_of_counts(world, followed, no):
    row = followed("employer", "distrust")
    kept = world.seeker(name="陆大江")
    Worker.objects.filter(pk=row.worker_id).update(state="merged", merged_into=kept)
    given = {"by": world.county_officer, "worker": kept, "demand": world.demand(title="点焊工")}
    assert no(send_offer, **given) == "employer_paused"


def test_the_database_keeps_suggestions_apart_from_what_keeps_out(followed):
    row = followed("post", "wage")
    with pytest.raises(IntegrityError), transaction.atomic():
        Consequence.objects.filter(pk=row.pk).update(state="suggested")


def test_noes_of_before_become_rows(world, followed, agreed):
    row = followed("place", "place")
    refuse_worker(by=world.employer_clerk, offer=agreed, reason="skill")
    Consequence.objects.all().delete()
    import_module("zhitong.matching.migrations.0007_fill_consequences").fill(apps, None)
    assert kinds_of(row.offer) == ["place", "post"] and kinds_of(agreed) == ["post"]
    again = Consequence.objects.get(offer=row.offer, kind="place")
    assert (again.until_on, again.village_id) == (row.until_on, row.village_id)


def test_the_pages(world, client, followed, offer, himself):
    row = followed("wage", "wage", offer)
    client.force_login(world.village_officer)
    page = client.get("/matching/consequences/?state=suggested").content.decode()
    assert row.worker.name in page and "建议提高最低工资" in page
    page = client.get(f"/matching/consequences/{row.pk}/").content.decode()
    assert "raise_wage_floor" in page and "postpone_start" not in page
    assert "以后的匹配不再推荐这个岗位" in client.get(f"/matching/offers/{offer.pk}/").content.decode()
    client.force_login(himself)
    assert "有 1 条建议等您答复" in client.get("/matching/mine/").content.decode()
    assert "因为" in client.get("/matching/consequences/mine/").content.decode()
    answer = client.post(f"/matching/consequences/{row.pk}/lift_consequence/")
    assert answer.status_code == 302 and answer.url == "/matching/consequences/mine/"
    row.refresh_from_db()
    assert (row.state, row.settled_through) == ("lifted", "self")


def test_the_reasons_say_what_follows(world, client, offer, himself):
    client.force_login(himself)
    assert (
        "会问您要不要提高最低工资"
        in client.get(f"/matching/offers/{offer.pk}/decline_offer/").content.decode()
    )


def test_another_yes_is_still_asked(world, followed):
    row = followed("post", "wage")
    offer = world.offer(row.worker, world.demand(title="点焊工"))
    assert agree_to_offer(by=world.village_officer, offer=offer, **BY_TELEPHONE).state == "agreed"
