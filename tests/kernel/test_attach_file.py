"""attach_file: a file is kept with a row, for what it is and not for what it says."""

from __future__ import annotations

import hashlib
from contextlib import closing
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from zhitong.kernel.actions import attach_file
from zhitong.kernel.errors import NotAllowed, OutOfReach
from zhitong.kernel.files import ENDINGS, as_download, clean_name
from zhitong.kernel.models import Attachment, Record
from zhitong.kernel.values import UNSEEN

PDF = b"%PDF-1.7\n1 0 obj\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF"
XLSX = b"PK\x03\x04\x14\x00\x06\x00"


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    """Keep the files of each test apart."""
    kept = settings.STORAGES["default"]
    store = {**kept, "OPTIONS": {**kept["OPTIONS"], "location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": store}
    return tmp_path


def upload(content: bytes = PDF, name: str = "营业执照.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


def stored(folder: Path) -> list[Path]:
    return [one for one in folder.rglob("*") if one.is_file()]


def test_it_works(world, storage):
    employer = world.employer
    attachment = attach_file(by=world.county_officer, row=employer, file=upload())
    kept = Attachment.objects.get()
    assert (kept.name, kept.kind, kept.size) == ("营业执照.pdf", "application/pdf", len(PDF))
    assert kept.digest == hashlib.sha256(PDF).hexdigest() and kept.county == employer.county
    with kept.file.open("rb") as file:
        assert file.read() == PDF
    [path] = stored(storage)
    assert "执照" not in str(path) and path.suffix == ""
    line = Record.objects.of(attachment).get()
    assert line.given == {"file": "•"} and line.moves[0]["to"] == kept.digest


def test_nobody_else_on_the_machine_reads_it(world, storage):
    attach_file(by=world.county_officer, row=world.employer, file=upload())
    [path] = stored(storage)
    assert path.stat().st_mode & 0o777 == 0o600
    assert all(one.stat().st_mode & 0o077 == 0 for one in storage.rglob("*"))


def test_it_stands_where_the_person_stands(world):
    worker = world.worker()
    attachment = attach_file(by=world.village_officer, row=worker, file=upload())
    assert attachment.village_id == world.village.pk
    assert attachment in Attachment.objects.visible_to(world.county_officer)
    assert attachment not in Attachment.objects.visible_to(world.stranger)


def test_a_stranger_cannot(world, storage):
    worker = world.worker()
    with pytest.raises(OutOfReach):
        attach_file(by=world.stranger, row=worker, file=upload())
    with pytest.raises(NotAllowed):
        attach_file(by=world.auditor, row=worker, file=upload())
    assert stored(storage) == []


@pytest.mark.parametrize(
    ("content", "name", "kind", "kept_as"),
    [
        (PDF, "a.exe", "application/pdf", "a.exe.pdf"),
        (JPEG, "照片.JPEG", "image/jpeg", "照片.jpeg"),
        (PNG, "a.jpg", "image/png", "a.jpg.png"),
        (XLSX, "名单.xlsx", "application/zip", "名单.xlsx"),
    ],
)
def test_the_bytes_say_what_it_is(world, content, name, kind, kept_as):
    kept = attach_file(by=world.county_officer, row=world.employer, file=upload(content, name))
    assert (kept.kind, kept.name) == (kind, kept_as)


@pytest.mark.parametrize(
    "content", [b"<html><script>", b"MZ\x90\x00", b"#!/bin/sh\n", b"GIF89a", b" %PDF-1.7", b"\x00", b"P"]
)
def test_other_kinds_are_refused(world, storage, no, content):
    given = {"by": world.county_officer, "row": world.employer}
    assert no(attach_file, file=upload(content), **given) == "file_kind"
    assert stored(storage) == [] and not Attachment.objects.exists()


def test_size_has_its_limits(world, storage, no, settings):
    settings.ATTACHMENT_MOST_BYTES = 1000
    given = {"by": world.county_officer, "row": world.employer}
    assert no(attach_file, file=upload(PDF + b"x" * 1000), **given) == "file_too_big"
    assert no(attach_file, file=upload(b""), **given) == "file_empty"
    assert stored(storage) == []


def test_not_the_same_file_twice(world, storage, no):
    given = {"by": world.county_officer, "row": world.employer}
    attach_file(file=upload(), **given)
    assert no(attach_file, file=upload(name="另一个名字.pdf"), **given) == "file_attached_already"
    assert len(stored(storage)) == 1


def test_not_more_than_twenty(world, no):
    given = {"by": world.county_officer, "row": world.employer}
    for number in range(20):
        attach_file(file=ContentFile(PDF + bytes([number]), "a.pdf"), **given)
    assert no(attach_file, file=upload(), **given) == "files_too_many"


@given(name=st.text(max_size=300), kind=st.sampled_from(sorted(ENDINGS)))
def test_no_name_leads_anywhere(name, kind):
    cleaned = clean_name(name, kind)
    assert not set(cleaned) & set('/\\:"<>|?*\r\n\t\x00') and not cleaned.startswith((".", " "))
    assert not UNSEEN.search(cleaned)
    assert cleaned.rpartition(".")[2] in ENDINGS[kind] and 1 < len(cleaned) <= 130
    assert clean_name(cleaned, kind) == cleaned


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"), ("C:\\桌面\\合同.PDF", "合同.pdf"), ("", "附件.pdf"), ("...", "附件.pdf"),
        ("fdp.\u202eexe.pdf", "fdp.exe.pdf"), ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"), (".pdf", "pdf.pdf"),
    ],
)  # fmt: skip
def test_tricks_in_names_come_to_nothing(typed, kept):
    assert clean_name(typed, "application/pdf") == kept


def test_a_browser_saves_it_and_never_runs_it(world):
    attachment = attach_file(by=world.county_officer, row=world.employer, file=upload())
    with closing(as_download(Attachment.objects.get(pk=attachment.pk))) as answer:
        assert b"".join(answer.streaming_content) == PDF
    assert (
        answer["Content-Disposition"].startswith("attachment;") and answer["Content-Type"] == attachment.kind
    )
    assert answer["X-Content-Type-Options"] == "nosniff" and "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
