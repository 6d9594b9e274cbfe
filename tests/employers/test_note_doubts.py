"""note_doubts: posts that wait for their check are marked where somebody should look twice."""

from __future__ import annotations

import pytest
from django.utils import timezone

from zhitong.employers.actions import (
    approve_demand,
    correct_demand,
    count_usual_wages,
    note_doubts,
    refuse_demand,
)
from zhitong.employers.models import Demand, UsualWage
from zhitong.kernel.errors import NotAllowed

DEPOSIT = "负责船体焊接，入职先交押金300元，离职退还"


@pytest.mark.unwatched
def test_it_works(world):
    plain, bait = world.submitted_demand(), world.submitted_demand(title="气保焊工")
    Demand.objects.filter(pk=bait.pk).update(details=DEPOSIT)
    Demand.objects.update(doubts=None)
    assert note_doubts(by=world.system) == 2
    assert note_doubts(by=world.system) == 0
    plain.refresh_from_db()
    bait.refresh_from_db()
    assert (plain.doubts, plain.is_doubtful) == ([], False)
    assert [one["code"] for one in bait.doubts] == ["money_asked"] and bait.is_doubtful


@pytest.mark.unwatched
def test_pay_is_held_against_its_occupation(world):
    UsualWage.objects.create(
        occupation=world.welder, employers=30, low_fen=500_000, middle_fen=550_000, high_fen=600_000,
        counted_on=timezone.localdate(),
    )  # fmt: skip
    post = world.submitted_demand(wage_low_fen=1_500_000, wage_high_fen=1_600_000)
    assert [(one["code"], one["usual"]) for one in post.doubts] == [("wage_above_usual", "5000-6000")]
    Demand.objects.update(doubts=None)
    note_doubts(by=world.system)
    post.refresh_from_db()
    assert post.is_doubtful


def test_a_mark_is_taken_away_with_its_reasons(world):
    post = world.submitted_demand(details=DEPOSIT)
    count_usual_wages(by=world.system)
    post.refresh_from_db()
    assert (post.doubts, post.is_doubtful) == (None, False)
    note_doubts(by=world.system)
    post.refresh_from_db()
    assert post.is_doubtful


def test_a_warning_refuses_nothing_and_is_kept_with_the_decision(world):
    post = world.submitted_demand(details=DEPOSIT)
    assert post.is_doubtful
    approve_demand(by=world.county_officer, demand=post)
    post.refresh_from_db()
    assert post.state == "approved" and [one["code"] for one in post.doubts] == ["money_asked"]


def test_a_correction_is_looked_at_anew(world):
    post = world.submitted_demand(details=DEPOSIT)
    correct_demand(
        by=world.station_staff, demand=post, facts=world.demand_facts(details="负责船体焊接，不收押金")
    )
    post.refresh_from_db()
    assert (post.doubts, post.is_doubtful) == ([], False)


def test_a_refusal_keeps_it_too(world):
    post = refuse_demand(
        by=world.county_officer, demand=world.submitted_demand(details=DEPOSIT), reason="不得收押金"
    )
    post.refresh_from_db()
    assert post.is_doubtful and post.state == "refused"


def test_a_stranger_cannot(world):
    for somebody in (world.stranger, world.city_officer):
        with pytest.raises(NotAllowed):
            note_doubts(by=somebody)


def test_the_officer_reads_the_reason_before_and_after(world, client):
    post = world.submitted_demand(details=DEPOSIT)
    client.force_login(world.county_officer)
    page = client.get(f"/employers/demands/{post.pk}/").content.decode()
    assert "请核实" in page and "《劳动合同法》第九条" in page
    approve_demand(by=world.county_officer, demand=post)
    assert "审核时的存疑处" in client.get(f"/employers/demands/{post.pk}/").content.decode()
    client.force_login(world.station_staff)
    assert "存疑处" not in client.get(f"/employers/demands/{post.pk}/").content.decode()


def test_the_lists_are_narrowed_by_it(world, client):
    world.submitted_demand(details=DEPOSIT, title="带押金的焊工")
    world.submitted_demand(title="没有押金的焊工")
    client.force_login(world.county_officer)
    for address in ("/employers/demands/waiting/", "/employers/demands/"):
        page = client.get(address, {"is_doubtful": "True"}).content.decode()
        assert "带押金的焊工" in page and "没有押金的焊工" not in page
        page = client.get(address, {"is_doubtful": "False"}).content.decode()
        assert "带押金的焊工" not in page and "没有押金的焊工" in page
    client.force_login(world.village_officer)
    assert "filter_is_doubtful" not in client.get("/employers/demands/").content.decode()
