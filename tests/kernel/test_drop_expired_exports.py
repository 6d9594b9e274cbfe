"""drop_expired_exports: the clock removes spreadsheets that were kept long enough."""

from __future__ import annotations

import io

import pytest
from django.core.files.base import File
from django.utils import timezone

from zhitong.kernel.actions import drop_expired_exports, keep_export, order_list
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Export, Record


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    kept = settings.STORAGES["default"]
    store = {**kept, "OPTIONS": {**kept["OPTIONS"], "location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": store}
    return tmp_path


def keep(world, address: str) -> Export:
    given = {"listing": "zhitong.kernel.views.orgs.OrgList", "address": address}
    job = order_list(by=world.county_officer, org=world.county, **given)
    return keep_export(by=world.system, job=job, file=File(io.BytesIO(b"PK\x03\x04"), name="名单.xlsx"))


def test_it_works(world, storage, django_capture_on_commit_callbacks):
    old, fresh = keep(world, "a=1"), keep(world, "a=2")
    Export.objects.filter(pk=old.pk).update(expires_at=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        assert drop_expired_exports(by=world.system) == 1
    assert list(Export.objects.all()) == [fresh]
    assert len([one for one in storage.rglob("*") if one.is_file()]) == 1
    assert Record.objects.get(verb="drop_expired_exports").row_count == 1


def test_nothing_to_do_leaves_no_line(world):
    keep(world, "a=1")
    assert drop_expired_exports(by=world.system) == 0
    assert not Record.objects.filter(verb="drop_expired_exports").exists()


def test_a_stranger_cannot(world):
    for somebody in (world.administrator, world.stranger):
        with pytest.raises(NotAllowed):
            drop_expired_exports(by=somebody)
