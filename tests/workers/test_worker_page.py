"""The page of a person, that of a household, and a number in clear."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from zhitong.kernel.models import Record
from zhitong.workers.actions import (
    CertificateFacts,
    add_certificate,
    add_skill,
    join_priority_group,
    reveal_telephone,
    withdraw_worker,
)


def browser(account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def page(account, worker) -> str:
    answer = browser(account).get(f"/workers/{worker.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def husband(world):
    husband, _wife = world.couple
    add_skill(by=world.system, worker=husband, occupation=world.welder, years=6)
    facts = CertificateFacts(world.welding_certificate, number="T5299011990", was_seen=True)
    add_certificate(by=world.system, worker=husband, facts=facts)
    join_priority_group(by=world.system, worker=husband, group=world.priority_group)
    return husband


def test_everything_is_there_and_nothing_in_clear(world, husband):
    shown = page(world.village_officer, husband)
    for text in (
        "方大山",
        "何小溪",
        "柳树村三组12号",
        "焊工",
        "6年",
        "焊接与热切割作业",
        "脱贫人口",
        "和配偶同去",
        "4,500",
    ):
        assert text in shown, text
    for sealed in (husband.id_number, husband.telephone, husband.certificates.get().number):
        assert sealed.open() not in shown


def test_buttons_are_those_that_the_reader_may_press(world, husband):
    officer, auditor = page(world.village_officer, husband), page(world.auditor, husband)
    for verb in ("correct_worker", "confirm_status", "reveal_id_number", "remove_skill", "unlink_spouse"):
        assert f"/{verb}/" in officer and f"/{verb}/" not in auditor, verb
    assert "readmit_worker" not in officer


def test_after_leaving_the_register_only_the_way_back_is_offered(world, husband):
    withdraw_worker(by=world.system, worker=husband)
    shown = page(world.village_officer, husband)
    assert "readmit_worker" in shown and "已退出登记" in shown
    for verb in ("confirm_status", "add_skill", "remove_skill", "state_intention", "leave_household"):
        assert f"/{verb}/" not in shown, verb


def test_a_stranger_finds_nothing(world, husband):
    for account in (world.stranger, world.station_staff, world.administrator):
        assert browser(account).get(f"/workers/{husband.pk}/").status_code == 404


def test_opening_leaves_a_line_but_not_at_every_glance(world, husband):
    def read():
        return Record.objects.of(husband).filter(verb="note_reading")

    page(world.village_officer, husband)
    page(world.village_officer, husband)
    assert read().count() == 1
    page(world.county_officer, husband)
    assert read().count() == 2
    read().update(at=read().first().at - dt.timedelta(minutes=11))
    page(world.village_officer, husband)
    assert read().count() == 3


def test_the_history_says_who_looked_and_why(world, husband):
    reveal_telephone(by=world.county_officer, worker=husband, reason="rights", remark="讨薪")
    shown = page(world.village_officer, husband)
    assert "查看完整手机号" in shown and "钱县英" in shown and "处理投诉和维权，讨薪" in shown


def test_a_spouse_beyond_reach_is_not_named(world, husband):
    from zhitong.workers.actions import move_worker

    move_worker(by=world.city_officer, worker=world.couple[1], village=world.far_village)
    shown = page(world.village_officer, husband)
    assert "何小溪" not in shown and "在您的范围以外登记" in shown
    assert "何小溪" in page(world.city_officer, husband)


def test_who_wants_to_go_with_a_spouse_and_has_none(world):
    from zhitong.workers.actions import Wish

    alone = world.worker(wish=Wish(goes_with="spouse"))
    assert "还没有关联配偶" in page(world.village_officer, alone)


def test_the_household_page(world, husband):
    url = reverse("household", args=[husband.household.pk])
    shown = browser(world.village_officer).get(url).content.decode()
    assert "方大山户" in shown and "何小溪" in shown and "correct_household" in shown
    assert browser(world.stranger).get(url).status_code == 404


def test_the_page_of_a_priority_group(world):
    url = reverse("prioritygroup", args=[world.priority_group.pk])
    assert "end_priority_group" in browser(world.city_officer).get(url).content.decode()
    assert "end_priority_group" not in browser(world.village_officer).get(url).content.decode()
    assert "脱贫人口" in browser(world.village_officer).get("/workers/groups/").content.decode()


class TestReveal:
    """A number in clear: with a reason, once, in no cache."""

    def ask(self, account, worker, verb="reveal_id_number", **given):
        return browser(account).post(reverse(verb, args=[worker.pk]), given)

    def test_the_reason_first(self, world, husband):
        shown = (
            browser(world.village_officer)
            .get(reverse("reveal_id_number", args=[husband.pk]))
            .content.decode()
        )
        assert husband.id_number.open() not in shown and "本人会看到" in shown

    @pytest.mark.parametrize("verb", ["reveal_id_number", "reveal_telephone"])
    def test_it_is_shown_and_not_kept(self, world, husband, verb):
        answer = self.ask(world.village_officer, husband, verb, reason="contract", nonce="n")
        sealed = husband.id_number if verb == "reveal_id_number" else husband.telephone
        assert sealed.open() in answer.content.decode() and answer["Cache-Control"] == "no-store"
        assert Record.objects.of(husband).filter(verb=verb).count() == 1
        again = self.ask(world.village_officer, husband, verb, reason="contract", nonce="n")
        assert again.status_code == 422 and sealed.open() not in again.content.decode()

    @pytest.mark.parametrize("remark", ["长" * 101, "=1", "a\u202e", "a\x00", "电话15412345678"])
    def test_a_remark_that_cannot_be(self, world, husband, remark):
        answer = self.ask(world.village_officer, husband, reason="contact", remark=remark)
        assert answer.status_code == 422 and husband.id_number.open() not in answer.content.decode()

    @pytest.mark.parametrize("given", [{}, {"reason": "x"}])
    def test_without_a_right_reason_nothing_is_shown(self, world, husband, given):
        answer = self.ask(world.village_officer, husband, **given)
        assert answer.status_code == 422 and husband.id_number.open() not in answer.content.decode()

    def test_not_to_everybody(self, world, husband):
        assert self.ask(world.stranger, husband, reason="contact").status_code == 404
        assert self.ask(world.auditor, husband, reason="audit").status_code == 403
