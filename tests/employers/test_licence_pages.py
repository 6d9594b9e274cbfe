"""The licence of an employer: handed in with the registration or later, read by those who may, removed."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from zhitong.employers.models import Employer
from zhitong.kernel.actions import attach_file
from zhitong.kernel.models import Attachment, Record

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    """Files of a test are kept in a folder of its own."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }


def licence(name="执照.png", content=PNG):
    return SimpleUploadedFile(name, content, content_type="image/png")


def typed(world, **changes):
    facts = world.employer_facts("样例玩具有限公司", "91580102MA0000009")
    world.industry  # noqa: B018 - made by being asked for
    known = {"name": facts.name, "credit_code": facts.credit_code, "region": "海州市", "industry": "C3731"}
    return {**known, **changes}


def test_a_licence_comes_with_the_registration(world, client):
    client.force_login(world.station_staff)
    answer = client.post("/employers/new/register_employer/", typed(world, licence=licence()))
    employer = Employer.objects.get()
    assert answer.url == f"/employers/{employer.pk}/"
    file = Attachment.objects.get()
    assert (file.subject_type, file.subject_id) == ("employers.Employer", employer.pk)
    assert "执照.png" in client.get(answer.url).content.decode()


def test_what_is_no_picture_is_refused_and_nothing_is_stored(world, client):
    client.force_login(world.station_staff)
    page = "/employers/new/register_employer/"
    answer = client.post(page, typed(world, licence=licence("执照.png", b"MZ" + bytes(40))))
    assert answer.status_code == 422 and "只收这些文件" in answer.content.decode()
    assert not Employer.objects.exists() and not Attachment.objects.exists()


def test_it_is_handed_in_later_and_read_by_the_office_that_checks(world, client, waiting):
    client.force_login(world.station_staff)
    assert "attach_file" in client.get(f"/employers/{waiting.pk}/").content.decode()
    answer = client.post(f"/employers/{waiting.pk}/attach_file/", {"file": licence()})
    assert answer.url == f"/employers/{waiting.pk}/"
    file = Attachment.objects.get()
    client.force_login(world.county_officer)
    assert f'href="/files/{file.pk}/"' in client.get(f"/employers/{waiting.pk}/").content.decode()
    given = client.get(f"/files/{file.pk}/")
    assert b"".join(given.streaming_content) == PNG
    assert given["X-Content-Type-Options"] == "nosniff" and "attachment" in given["Content-Disposition"]
    [line] = Record.objects.of(file).filter(verb="note_reading")
    assert line.actor == world.county_officer


def test_a_stranger_reads_no_licence(world, client, waiting):
    client.force_login(world.station_staff)
    client.post(f"/employers/{waiting.pk}/attach_file/", {"file": licence()})
    client.force_login(world.other_employer_clerk)
    assert client.get(f"/files/{Attachment.objects.get().pk}/").status_code == 404


def test_who_attached_it_removes_it(world, client, waiting):
    client.force_login(world.station_staff)
    client.post(f"/employers/{waiting.pk}/attach_file/", {"file": licence()})
    file = Attachment.objects.get()
    client.force_login(world.county_officer)
    assert "remove_file" not in client.get(f"/employers/{waiting.pk}/").content.decode()
    client.force_login(world.station_staff)
    assert "执照.png" in client.get(f"/files/{file.pk}/remove_file/").content.decode()
    answer = client.post(f"/files/{file.pk}/remove_file/")
    assert answer.url == f"/employers/{waiting.pk}/" and not Attachment.objects.exists()


def test_an_employer_reads_its_own_files_whoever_attached_them(world, client):
    page = f"/employers/{world.employer.pk}/"
    client.force_login(world.station_staff)
    client.post(f"{page}attach_file/", {"file": licence()})
    file = Attachment.objects.get()
    client.force_login(world.employer_clerk)
    text = client.get(page).content.decode()
    assert f'href="/files/{file.pk}/"' in text and "remove_file" not in text
    assert b"".join(client.get(f"/files/{file.pk}/").streaming_content) == PNG
    client.force_login(world.other_employer_clerk)
    assert client.get(f"/files/{file.pk}/").status_code == 404


def test_a_clerk_reads_what_a_colleague_handed_in(world, client):
    page = f"/employers/{world.employer.pk}/"
    client.force_login(world.employer_clerk)
    assert client.post(f"{page}attach_file/", {"file": licence()}).url == page
    file = Attachment.objects.get()
    client.force_login(world.account("second", "蒋二厂", "employer_clerk", world.employer_org, "employer"))
    assert b"".join(client.get(f"/files/{file.pk}/").streaming_content) == PNG
    assert client.post(f"/files/{file.pk}/remove_file/").status_code == 403


def test_files_about_people_are_not_the_ends(world, client):
    placement = world.arrived()
    file = attach_file(by=world.county_officer, row=placement, file=licence())
    assert file not in Attachment.objects.visible_to(world.employer_clerk)
    assert file in Attachment.objects.visible_to(world.county_officer)
