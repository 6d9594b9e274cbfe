"""The page of a person names the rows of lists that spoke of him, to whom may see them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from tests.workers.lists import HEAD, checked, person, workbook
from tests.workers.test_check_import import row_of
from zhitong.workers.actions import apply_import, merge_workers, undo_import
from zhitong.workers.models import RowFinding, Worker

TITLE = "来自哪些名单"


def page(account, worker):
    client = Client()
    client.force_login(account)
    return client.get(f"/workers/{worker.pk}/").content.decode()


@pytest.fixture
def named(world):
    """Two people on one sheet of a list that entered the register: one known before, one new."""
    known = world.worker(name="陆大江")
    data = workbook(
        [HEAD], [HEAD, row_of(known, school="高中"), person(world, "何新来")], names=("说明", "花名册")
    )
    imported = apply_import(
        by=world.village_officer,
        imported=checked(world.village_officer, world.village, data, name="秋季.xlsx"),
    )
    return imported, known, Worker.objects.get(name="何新来")


def test_it_works(world, named):
    imported, known, new = named
    shown = page(world.village_officer, known)
    assert TITLE in shown and "秋季.xlsx：花名册 第2行" in shown and "有变动" in shown and "更新登记" in shown
    assert str(timezone.localdate(imported.staged_at)) in shown and world.village.name in shown
    finding = RowFinding.objects.get(worker=known)
    assert f"/{finding.pk}/" in shown
    assert "花名册 第3行" in page(world.village_officer, new) and "新增登记" in page(
        world.village_officer, new
    )


def test_nothing_where_no_list_spoke_of_him(world):
    assert TITLE not in page(world.village_officer, world.worker())


def test_whoever_may_not_see_lists_sees_none(world, named):
    _imported, known, _new = named
    assert TITLE not in page(world.worker_account(known), known)


def test_a_list_of_the_county_is_not_shown_to_the_village(world):
    known = world.worker(name="陆大江")
    rows = [[*HEAD, "村"], [*row_of(known, school="高中"), "柳树村"]]
    apply_import(by=world.county_officer, imported=checked(world.county_officer, world.county, rows))
    assert TITLE in page(world.county_officer, known) and TITLE not in page(world.village_officer, known)


def test_rows_of_merged_entries_stand_with_the_person(world):
    known = world.worker(name="陆大江")
    copy = world.entry_without_number(name="陆大江")
    rows = [["姓名", "出生日期", "手机号"], [copy.name, str(copy.birth_on), copy.telephone.open()]]
    checked(world.village_officer, world.village, rows)
    RowFinding.objects.update(worker=copy)
    merge_workers(by=world.village_officer, kept=known, other=copy)
    assert "第2行" in page(world.village_officer, known)


def test_an_undone_list_says_so(world, named):
    imported, known, _new = named
    undo_import(by=world.village_officer, imported=imported)
    assert "已撤销" in page(world.village_officer, known)
