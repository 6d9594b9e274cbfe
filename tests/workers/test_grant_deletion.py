"""grant_deletion: every personal field of every row about a person is emptied; the record and the counts stand."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.workers.test_workers_page import browser
from zhitong.dispatch.actions import end_placement
from zhitong.dispatch.models import Placement
from zhitong.kernel.actions import attach_file
from zhitong.kernel.chain import breaks, changed_people
from zhitong.kernel.errors import NotAllowed, OutOfReach, Refusal
from zhitong.kernel.models import Attachment, Record
from zhitong.matching.models import Offer
from zhitong.workers.actions import (
    add_skill,
    apply_import,
    ask_deletion,
    discard_import,
    grant_deletion,
    join_priority_group,
    merge_workers,
    refuse_deletion,
    reject_likeness,
)
from zhitong.workers.invariants import (
    deleted_people_left_nothing,
    granted_deletions_were_done,
    spouses_are_mutual,
)
from zhitong.workers.models import (
    DeletionRequest,
    EntryFacts,
    ImportRow,
    Intention,
    Likeness,
    RowEffect,
    RowFinding,
    Skill,
    Worker,
)

from .lists import HEAD, checked, person, stage, workbook


@pytest.fixture
def asked(world, worker):
    return ask_deletion(by=world.village_officer, worker=worker)


@pytest.fixture
def grant(world, asked):
    def call(**given):
        return grant_deletion(**{"by": world.county_officer, "request": asked, **given})

    return call


def all_is_well() -> bool:
    rules = (
        deleted_people_left_nothing,
        granted_deletions_were_done,
        spouses_are_mutual,
        breaks,
        changed_people,
    )
    return [list(rule()) for rule in rules] == [[]] * len(rules)


def test_it_works(world, grant, worker, himself, sent, django_capture_on_commit_callbacks):
    number, telephone = worker.id_number.open(), worker.telephone.open()
    add_skill(by=world.village_officer, worker=worker, occupation=world.welder, years=3)
    join_priority_group(by=world.county_officer, worker=worker, group=world.priority_group)
    lines = Record.objects.told_to(worker).count()
    with django_capture_on_commit_callbacks(execute=True):
        request = grant()
    worker.refresh_from_db()
    assert (request.state, request.decided_by) == ("granted", world.county_officer)
    assert worker.state == "erased" and worker.name == "" and str(worker) == "已删除的登记"
    assert worker.id_number is None and worker.telephone is None and worker.account is None
    assert not Worker.objects.with_id_number(number).exists()
    assert not Worker.objects.with_telephone(telephone).exists()
    assert not Skill.objects.filter(worker=worker).exists()
    himself.refresh_from_db()
    assert (himself.is_active, himself.telephone, himself.name) == (False, None, "•")
    assert Record.objects.told_to(worker).count() > lines
    assert all_is_well() and sent == [(telephone, "【直通】您申请删除的资料已经删除。")]


def test_a_stranger_cannot(world, grant, himself):
    for account in (
        world.stranger,
        world.village_officer,
        world.township_officer,
        world.other_county_officer,
    ):
        with pytest.raises(OutOfReach):
            grant(by=account)
    for account in (world.auditor, himself):
        with pytest.raises(NotAllowed):
            grant(by=account)


def test_the_number_may_be_registered_again(world, grant, worker):
    number = worker.id_number.open()
    grant()
    again = world.worker(name="陆大江", id_number=number)
    assert again.pk != worker.pk


def test_an_open_offer_keeps_the_data(world):
    offer = world.offer(worker=world.seeker(name="寻岗人"))
    request = ask_deletion(by=world.village_officer, worker=offer.worker)
    with pytest.raises(Refusal) as caught:
        grant_deletion(by=world.county_officer, request=request)
    told = str(caught.value.sentence)
    assert caught.value.code == "data_must_stay" and "没办结的岗位推荐" in told and offer.demand.title in told
    offer.worker.refresh_from_db()
    assert offer.worker.name == "寻岗人"


def test_a_placement_keeps_the_data_until_its_papers_may_go(world, no, settings):
    placement = world.arrived()
    request = ask_deletion(by=world.village_officer, worker=placement.worker)
    call = {"by": world.county_officer, "request": request}
    assert no(grant_deletion, **call) == "data_must_stay"
    end_placement(by=world.county_officer, placement=placement, reason="dismissed")
    assert no(grant_deletion, **call) == "data_must_stay"
    settings.PLACEMENT_KEPT = dt.timedelta(0)
    counted = Placement.objects.count(), Offer.objects.count()
    grant_deletion(**call)
    placement.refresh_from_db()
    assert placement.end_reason == "other" and placement.state == "ended"
    assert (Placement.objects.count(), Offer.objects.count()) == counted and all_is_well()
    assert browser(world.county_officer).get(f"/dispatch/{placement.pk}/").status_code == 200


def test_a_person_with_several_entries_is_deleted_whole(world, grant, worker):
    other = world.entry_without_number(name=worker.name)
    likeness = world.likeness(worker, world.worker(name="陆大讲"))
    merge_workers(by=world.village_officer, kept=worker, other=other)
    grant()
    other.refresh_from_db()
    assert other.state == "erased" and other.name == "" and not EntryFacts.objects.exists()
    assert not Likeness.objects.filter(pk=likeness.pk).exists() and all_is_well()


def test_the_spouse_stays_and_goes_alone(world):
    husband, wife = world.couple
    request = ask_deletion(by=world.village_officer, worker=husband)
    grant_deletion(by=world.county_officer, request=request)
    wife.refresh_from_db()
    assert wife.spouse is None and wife.name and wife.state == "active"
    assert not Intention.objects.filter(worker=wife, goes_with="spouse").exists() and all_is_well()


def test_files_go_with_the_person(world, grant, worker, django_capture_on_commit_callbacks):
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("证明.png", b"\x89PNG\r\n\x1a\n" + bytes(40), content_type="image/png")
    kept = attach_file(by=world.village_officer, row=worker, file=file)
    storage, name = kept.file.storage, kept.file.name
    with django_capture_on_commit_callbacks(execute=True):
        grant()
    assert not Attachment.objects.exists() and not storage.exists(name)


def test_rows_of_lists_are_emptied(world):
    rows = [HEAD, ["陆大江", world.identity(), "15400000099", "初中", "在家", "", ""]]
    apply_import(by=world.village_officer, imported=checked(world.village_officer, world.village, rows))
    worker = Worker.objects.get(name="陆大江")
    request = ask_deletion(by=world.village_officer, worker=worker)
    row = RowEffect.objects.get(worker=worker).row
    assert worker.id_number.open() in row.cells.open()
    grant_deletion(by=world.county_officer, request=request)
    assert ImportRow.objects.get(pk=row.pk).cells.open() == "[]"
    assert worker.name not in RowFinding.objects.get(row=row).found.open()
    assert RowEffect.objects.get(row=row).worker == worker and all_is_well()


@pytest.mark.parametrize("first", [True, False], ids=["first", "second"])
def test_what_was_said_of_him_when_he_was_told_apart_goes(world, first):
    likeness = world.likeness()
    decision = reject_likeness(by=world.village_officer, likeness=likeness, reason="family", remark="父子")
    worker = likeness.first if first else likeness.second
    request = ask_deletion(by=world.village_officer, worker=worker)
    grant_deletion(by=world.county_officer, request=request)
    decision.refresh_from_db()
    assert (decision.remark, decision.reasons) == ("", ["family"]) and all_is_well()


def test_rows_that_nobody_recognised_are_emptied_too(world, worker, grant):
    number = worker.id_number.open()
    refused = [HEAD, ["陆大江", number, "12", "初中", "在家", "", ""]]
    by, village = world.other_county_officer, world.other_county
    lists = [
        stage(by, village, workbook(refused), name="一.xlsx"),
        checked(by, village, workbook([*refused, person(world, "别人")]), name="二.xlsx"),
    ]
    discard_import(by=by, imported=lists[1])
    assert not RowFinding.objects.filter(worker=worker).exists()
    grant()
    cells = [row.cells.open() for row in ImportRow.objects.order_by("pk")]
    assert not any(number in one or "陆大江" in one for one in cells) and "别人" in "".join(cells)
    assert not any("陆大江" in one.found.open() for one in RowFinding.objects.all()) and all_is_well()


def test_once_answered_it_is_over(world, grant, asked, no):
    refuse_deletion(by=world.county_officer, request=asked, reason="case")
    assert no(grant, request=DeletionRequest.objects.get(pk=asked.pk)) == "wrong_state"
    assert Worker.objects.get(pk=asked.worker_id).name


def test_the_invariants_see_what_was_left(world, grant, worker, asked):
    grant()
    assert all_is_well()
    Worker.objects.filter(pk=worker.pk).update(state="withdrawn", name="陆大江")
    assert list(granted_deletions_were_done()) == [f"workers.DeletionRequest:{asked.pk}"]


@pytest.mark.unwatched
def test_what_was_forgotten_is_found(world, grant, worker):
    grant()
    Skill.objects.create(worker=worker, occupation=world.welder)
    assert list(deleted_people_left_nothing()) == [f"workers.Skill:{Skill.objects.get().pk}"]


def test_the_page(world, asked, worker):
    url = f"/workers/deletions/{asked.pk}/"
    client = browser(world.county_officer)
    page = client.get(url).content.decode()
    assert "没有，可以同意删除。" in page and f"{url}grant_deletion/" in page
    assert client.post(f"{url}grant_deletion/", {"nonce": "x"})["Location"] == url
    assert "已删除的登记" in client.get(url).content.decode()
    assert browser(world.township_officer).get(url).status_code == 404
    assert client.get(f"/workers/{worker.pk}/").status_code == 200
