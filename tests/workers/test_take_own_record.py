"""take_own_record: a person takes everything that is kept about him along, and nobody else does."""

from __future__ import annotations

import io
import json

import pytest
from python_calamine import CalamineWorkbook

from tests.workers.test_workers_page import browser
from zhitong.kernel.errors import NotAllowed, OutOfReach
from zhitong.kernel.models import Record
from zhitong.workers.actions import (
    add_skill,
    merge_workers,
    reveal_telephone,
    separate_worker,
    take_own_record,
)
from zhitong.workers.models import Worker

URL = "/workers/me/take_own_record/"


@pytest.fixture
def take(himself, worker):
    return lambda **given: take_own_record(**{"by": himself, "worker": worker, "kind": "json", **given})


def test_it_works(take, worker):
    assert take() == worker
    line = Record.objects.told_to(worker).first()
    assert (line.verb, line.given) == ("take_own_record", {"kind": "json"})


def test_a_stranger_cannot(world, take):
    with pytest.raises(OutOfReach):
        take(by=world.worker_account(world.worker(name="别人")))
    for account in (world.village_officer, world.county_officer):
        with pytest.raises(NotAllowed):
            take(by=account)


def test_a_kind_from_the_list(take, no):
    assert no(take, kind="pdf") == "not_a_choice"


def taken(account, kind):
    answer = browser(account).post(URL, {"kind": kind})
    assert answer.status_code == 200 and answer["Cache-Control"] == "no-store"
    assert f".{kind}" in answer["Content-Disposition"]
    return b"".join(answer.streaming_content)


def test_it_holds_himself_his_belongings_and_who_looked(world, himself, worker):
    add_skill(by=world.village_officer, worker=worker, occupation=world.welder, years=3)
    reveal_telephone(by=world.village_officer, worker=worker, reason="contact")
    whole = json.loads(taken(himself, "json"))
    assert next(iter(whole)) == "劳动者"
    [own] = whole["劳动者"]
    assert (own["姓名"], own["身份证号"]) == (worker.name, worker.id_number.open())
    assert own["手机号"] == worker.telephone.open()
    assert whole["技能经历"] == [{"职业": str(world.welder), "年限": "3"}]
    assert {one["目的"] for one in whole["个人信息处理同意"]} >= {"登记和就业服务"}
    looked = [one for one in whole["谁看过、谁办过"] if one["办理"] == "查看完整手机号"]
    assert looked[0]["经办人"] == world.village_officer.name and "联系本人" in looked[0]["说明"]


def test_offers_and_placements_are_in_it(world):
    placement = world.arrived()
    whole = json.loads(taken(world.worker_account(placement.worker), "json"))
    assert len(whole["岗位推荐"]) == len(whole["就业安置"]) == 1
    assert whole["就业安置"][0]["状态"] == "已到岗"


def test_nobody_else_is_in_it(world, himself, worker):
    other = world.worker(name="别人")
    assert other.name not in taken(himself, "json").decode()


@pytest.fixture
def part(world, himself, worker):
    """Another entry of the same person, with a skill, merged into his own."""
    other = world.entry_without_number(name="陆大讲", telephone="15487654321")
    add_skill(by=world.village_officer, worker=other, occupation=world.welder, years=3)
    reveal_telephone(by=world.village_officer, worker=other, reason="contact")
    merge_workers(by=world.village_officer, kept=worker, other=other)
    return other


def test_what_hangs_on_his_other_entries_is_in_it(world, himself, worker, part):
    whole = json.loads(taken(himself, "json"))
    assert [one["姓名"] for one in whole["劳动者"]] == [worker.name, "陆大讲"]
    assert whole["劳动者"][1]["手机号"] == "15487654321"
    assert whole["技能经历"] == [{"职业": str(world.welder), "年限": "3"}]
    assert "查看完整手机号" in [one["办理"] for one in whole["谁看过、谁办过"]]


def test_his_page_and_who_looked_show_them_too(world, himself, part):
    assert str(world.welder) in browser(himself).get("/workers/me/").content.decode()
    assert "联系本人" in browser(himself).get("/workers/me/looks/").content.decode()


def test_after_the_merge_was_undone_they_are_somebody_elses(world, himself, part):
    separate_worker(by=world.village_officer, worker=Worker.objects.get(pk=part.pk))
    whole = taken(himself, "json").decode()
    assert "15487654321" not in whole and str(world.welder) not in whole
    assert "联系本人" not in browser(himself).get("/workers/me/looks/").content.decode()


def test_the_workbook_says_the_same(himself, worker):
    book = CalamineWorkbook.from_filelike(io.BytesIO(taken(himself, "xlsx")))
    assert book.sheet_names[0] == "劳动者" and book.sheet_names[-1] == "谁看过、谁办过"
    heading, row = book.get_sheet_by_index(0).to_python()
    assert dict(zip(heading, row, strict=True))["身份证号"] == worker.id_number.open()


def test_the_page_is_his_alone(world, himself):
    assert URL in browser(himself).get("/workers/me/").content.decode()
    assert browser(himself).get(URL).status_code == 200
    assert browser(himself).post(URL, {"kind": "pdf"}).status_code == 422
    assert browser(world.county_officer).get(URL).status_code == 403
