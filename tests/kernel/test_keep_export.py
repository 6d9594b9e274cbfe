"""keep_export: what a job wrote is kept for whoever asked for it."""

from __future__ import annotations

import hashlib
import io

import pytest
from django.core.files.base import File

from zhitong.kernel.actions import keep_export, order_list
from zhitong.kernel.errors import NotAllowed, OutOfReach
from zhitong.kernel.models import Export


@pytest.fixture
def order(world):
    given = {"listing": "zhitong.kernel.views.orgs.OrgList", "address": "export=xlsx"}
    return order_list(by=world.county_officer, org=world.county, **given)


def sheet() -> File:
    return File(io.BytesIO(b"PK\x03\x04"), name="名单.xlsx")


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    kept = settings.STORAGES["default"]
    store = {**kept, "OPTIONS": {**kept["OPTIONS"], "location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": store}
    return tmp_path


def test_it_works(world, order, storage):
    export = keep_export(by=world.system, job=order, file=sheet())
    assert (export.made_for, export.name, export.size) == (world.county_officer, "名单.xlsx", 4)
    assert export.digest == hashlib.sha256(b"PK\x03\x04").hexdigest()
    [path] = [one for one in storage.rglob("*") if one.is_file()]
    assert path.stat().st_mode & 0o777 == 0o600 and "名单" not in path.name
    assert list(Export.objects.visible_to(world.county_officer)) == [export]
    assert not Export.objects.visible_to(world.city_officer).exists()


def test_a_stranger_cannot(world, order):
    for somebody, no in ((world.county_officer, NotAllowed), (world.stranger, OutOfReach)):
        with pytest.raises(no):
            keep_export(by=somebody, job=order, file=sheet())


def test_a_second_file_of_one_job_leaves_nothing_behind(world, order, storage):
    keep_export(by=world.system, job=order, file=sheet())
    with pytest.raises(Exception, match=r"(?i)unique"):
        keep_export(by=world.system, job=order, file=sheet())
    assert len([one for one in storage.rglob("*") if one.is_file()]) == 1
