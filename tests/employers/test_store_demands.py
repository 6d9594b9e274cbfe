"""store_demands: what is good of a file is stored whose report was looked at."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests.employers.test_read_demands import ROWS, own_folder
from zhitong.employers.actions import read_demands, store_demands
from zhitong.employers.models import Demand
from zhitong.kernel.errors import OutOfReach

__all__ = ["own_folder"]


@pytest.fixture
def read(world, django_capture_on_commit_callbacks):
    world.welder  # noqa: B018 - made by being asked for
    with django_capture_on_commit_callbacks(execute=True):
        job = read_demands(
            by=world.county_officer, org=world.county, file=ContentFile(ROWS.encode(), "七月.csv")
        )
    job.refresh_from_db()
    return job


def test_it_works(world, read, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = store_demands(by=world.county_officer, job=read)
    job.refresh_from_db()
    assert (job.result["stored"], job.given["name"]) == (1, "七月.csv")
    assert Demand.objects.get().external_code == "A1"


def test_a_stranger_cannot(world, read):
    with pytest.raises(OutOfReach):
        store_demands(by=world.other_county_officer, job=read)


def test_not_before_it_is_read_nor_twice(world, read, no, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = store_demands(by=world.county_officer, job=read)
    job.refresh_from_db()
    assert no(store_demands, by=world.county_officer, job=job).code == "nothing_read"


def test_not_another_kind_of_work(world, read, no):
    type(read).objects.filter(pk=read.pk).update(kind="solve_round")
    read.refresh_from_db()
    assert no(store_demands, by=world.county_officer, job=read).code == "nothing_read"


def test_not_when_the_file_is_gone(world, read, no):
    default_storage.delete(read.given["file"])
    assert no(store_demands, by=world.county_officer, job=read).code == "file_gone"
