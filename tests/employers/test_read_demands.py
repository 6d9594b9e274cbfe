"""read_demands: a file of posts is read and reported on while nobody waits, and nothing stored."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile

from zhitong.employers.actions import read_demands
from zhitong.employers.models import Demand
from zhitong.kernel.errors import NotAllowed

ROWS = """ad_id,title,company_id,city_raw,salary_raw,headcount,education
A1,电焊工,C9,海州市,6000-8000元/月,招3人,初中
"""


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    """Files of a test are kept in a folder of its own."""
    options = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": options}


def test_it_works(world, django_capture_on_commit_callbacks):
    world.welder  # noqa: B018 - made by being asked for
    with django_capture_on_commit_callbacks(execute=True):
        file = ContentFile(ROWS.encode(), "七月.csv")
        job = read_demands(by=world.county_officer, org=world.county, file=file)
    job.refresh_from_db()
    assert (job.state, job.asked_by, job.result["good"]) == ("done", world.county_officer, 1)
    assert (job.given["name"], job.result["stored"]) == ("七月.csv", 0) and not Demand.objects.exists()


def test_a_stranger_cannot(world):
    for somebody in (world.stranger, world.employer_clerk):
        with pytest.raises(NotAllowed):
            read_demands(by=somebody, org=world.county, file=ContentFile(b"", "x.csv"))
