"""remove_file: a file is gone for good, and its digest stays in the record."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile

from zhitong.kernel.actions import attach_file, close_account, remove_file
from zhitong.kernel.errors import NotAllowed, OutOfReach
from zhitong.kernel.models import Attachment, Record


@pytest.fixture
def attachment(world, settings, tmp_path) -> Attachment:
    store = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": store}
    file = ContentFile(b"%PDF-1.7\n", "执照.pdf")
    return attach_file(by=world.county_officer, row=world.employer, file=file)


def test_it_works(world, attachment, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        remove_file(by=world.county_officer, attachment=attachment)
        assert attachment.file.storage.exists(attachment.file.name)
    assert not attachment.file.storage.exists(attachment.file.name)
    assert not Attachment.objects.exists()
    line = Record.objects.get(verb="remove_file")
    assert line.subject_id == attachment.pk and line.county == world.county
    assert (line.moves[0]["from"], line.moves[0]["to"]) == (attachment.digest, None)


def test_an_employers_clerk_removes_what_they_attached(world, attachment):
    own = attach_file(by=world.employer_clerk, row=world.employer, file=ContentFile(b"%PDF-2.0\n", "b.pdf"))
    remove_file(by=world.employer_clerk, attachment=own)
    assert list(Attachment.objects.all()) == [attachment]


def test_a_stranger_cannot(world, attachment):
    with pytest.raises(OutOfReach):
        remove_file(by=world.stranger, attachment=attachment)
    with pytest.raises(NotAllowed):
        remove_file(by=world.city_officer, attachment=attachment)


def test_when_its_owner_is_gone_others_may(world, admin, attachment):
    close_account(by=admin, account=world.county_officer)
    attachment = Attachment.objects.get()
    with pytest.raises(OutOfReach):
        remove_file(by=world.stranger, attachment=attachment)
    remove_file(by=world.city_officer, attachment=attachment)


def test_not_twice(world, attachment, no, monkeypatch):
    from zhitong.kernel import action

    same = Attachment.objects.get()
    remove_file(by=world.county_officer, attachment=attachment)
    assert no(remove_file, by=world.county_officer, attachment=same) == "out_of_reach"
    monkeypatch.setattr(action, "_authority", lambda now: None)
    assert no(remove_file, by=world.county_officer, attachment=same) == "file_removed_already"
