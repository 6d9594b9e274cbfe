"""erase_files: files at a person's row and at the rows about him go for good."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from zhitong.kernel.actions import attach_file, erase_files
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Attachment, Record
from zhitong.workers.actions import add_skill

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def attached(world, row, mark):
    file = SimpleUploadedFile(f"{mark}.png", PNG + mark.encode(), content_type="image/png")
    return attach_file(by=world.village_officer, row=row, file=file)


def test_it_works(world, django_capture_on_commit_callbacks):
    worker, other = world.worker(), world.worker()
    skill = add_skill(by=world.village_officer, worker=worker, occupation=world.welder, years=1)
    gone = [attached(world, worker, "a"), attached(world, skill, "b")]
    kept = attached(world, other, "c")
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_files(by=world.system, person=worker) == 2
    assert list(Attachment.objects.all()) == [kept]
    assert not any(one.file.storage.exists(one.file.name) for one in gone)
    assert kept.file.storage.exists(kept.file.name)
    assert Record.objects.of(worker).get(verb="erase_files").row_count == 2


def test_a_stranger_cannot(world):
    with pytest.raises(NotAllowed):
        erase_files(by=world.county_officer, person=world.worker())
