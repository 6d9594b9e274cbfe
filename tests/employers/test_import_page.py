"""The page on which a list of advertisements is handed in: read first, reported on, then stored."""

from __future__ import annotations

import datetime as dt
import io
import os

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from zhitong.employers import keeping
from zhitong.employers.models import Demand
from zhitong.kernel.models import Job, Record

HEAD = "ad_id,title,company_id,city_raw,salary_raw,headcount,education\n"
GOOD = "A1,电焊工,C9,海州市,6000-8000元/月,招3人,初中\n"
BAD = "A2,电焊工,C9,海州市,面议,招3人,初中\n"
PAGE = "/employers/demands/imports/"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    """Files of a test are kept in a folder of its own."""
    options = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": options}


@pytest.fixture
def officer(world, client):
    """The county officer at a desk, in a world that knows the welder's occupation."""
    world.welder  # noqa: B018 - made by being asked for
    client.force_login(world.county_officer)
    return world.county_officer


def hand_in(client, world, text=HEAD + GOOD + BAD, run=None, **changes):
    typed = {"file": SimpleUploadedFile("七月.csv", text.encode()), "org": str(world.county.pk), **changes}
    with run(execute=True):
        answer = client.post(PAGE, typed)
    return answer


@pytest.fixture
def read(client, world, officer, django_capture_on_commit_callbacks):
    """Hand a file in, let it be read, and give its report's page."""

    def go(**given):
        answer = hand_in(client, world, run=django_capture_on_commit_callbacks, **given)
        assert answer.status_code == 302
        return answer.url

    return go


def test_a_file_is_read_and_nothing_stored(client, read):
    page = client.get(read()).content.decode()
    assert "这是试读，没有存入任何一行。" in page and "把 1 行入库" in page and "七月.csv" in page
    assert "第 3 行" in page
    assert not Demand.objects.exists()


def test_the_refused_rows_come_back_with_their_reason(client, read):
    answer = client.get(f"{read()}refused/")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    head, only = rows.get_sheet_by_index(0).to_python()
    assert head[-1] == "退回原因" and only[0] == "A2"


def test_what_is_good_is_stored_in_the_officers_name(client, world, read, django_capture_on_commit_callbacks):
    url = read()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(f"{url}apply/")
    page = client.get(answer.url).content.decode()
    assert "已入库 1 行，全部待审核。" in page and "去审核" in page
    assert Demand.objects.get().external_code == "A1"
    assert Record.objects.get(verb="import_demands").actor == world.county_officer
    assert "把 1 行入库" not in client.get(answer.url).content.decode()


def test_a_second_time_everything_is_known(client, read, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{read()}apply/")
    page = client.get(read()).content.decode()
    assert "apply/" not in page
    assert Job.objects.last().result["known"] == 1


def test_a_file_that_is_no_table_is_said_so(client, read):
    page = client.get(read(text="没有表头\n")).content.decode()
    assert "没有找到表头" in page and "apply/" not in page


def test_the_report_is_in_the_readers_language(client, read):
    client.cookies["django_language"] = "en"
    url = read()
    assert Job.objects.last().given["language"] == "en"
    assert "This was a trial. No row was stored." in client.get(url).content.decode()


def test_an_empty_form_is_answered_with_a_sentence(client, officer):
    answer = client.post(PAGE, {})
    assert answer.status_code == 422 and 'id="id_file_error"' in answer.content.decode()


def test_a_file_is_brought_in_for_ones_own_place_only(
    client, world, officer, django_capture_on_commit_callbacks
):
    run = django_capture_on_commit_callbacks
    answer = hand_in(client, world, run=run, org=str(world.department.pk))
    assert answer.status_code == 422 and not Job.objects.exists()


def test_a_stranger_finds_no_report(client, world, read):
    url = read()
    client.force_login(world.other_county_officer)
    assert [client.get(f"{url}{more}").status_code for more in ("", "apply/", "refused/")] == [404] * 3
    client.force_login(world.village_officer)
    assert client.get(PAGE).status_code == 403


def test_a_job_of_another_kind_has_no_report(client, world, officer):
    job = Job.objects.create(kind="solve_round", asked_by=officer, county=world.county)
    assert client.get(f"{PAGE}{job.pk}/").status_code == 404


def test_a_name_from_elsewhere_opens_nothing(client, world, officer, read):
    read()
    job = Job.objects.last()
    Job.objects.filter(pk=job.pk).update(result={**job.result, "refused_file": "zhitong.sqlite3"})
    assert client.get(f"{PAGE}{job.pk}/refused/").status_code == 422


def test_old_files_are_cleared(client, read):
    read()
    names = [f"imports/{one}" for one in default_storage.listdir("imports")[1]]
    assert len(names) == 2 and keeping.clear_old() == 0
    long_ago = (dt.datetime.now(dt.UTC) - keeping.KEPT_FOR - dt.timedelta(days=1)).timestamp()
    os.utime(default_storage.path(names[0]), (long_ago, long_ago))
    assert keeping.clear_old() == 1
