"""order_list: a long list is written while nobody waits, and fetched by whoever ordered it."""

from __future__ import annotations

import datetime as dt
import io
import json

import pytest
import python_calamine
from django.utils import timezone

from zhitong.kernel.actions import order_list
from zhitong.kernel.actions.exports import address_of
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.jobs import run_job
from zhitong.kernel.models import Export, Grant, Job, Org, Record
from zhitong.kernel.tasks import listing_of
from zhitong.kernel.web import Listing

ORGS = {"listing": "zhitong.kernel.views.orgs.OrgList", "address": "kind=party&export=xlsx"}


@pytest.fixture(autouse=True)
def a_long_list_begins_at_six(settings, tmp_path):
    settings.EXPORT_AT_ONCE = 5
    kept = settings.STORAGES["default"]
    store = {**kept, "OPTIONS": {**kept["OPTIONS"], "location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": store}


@pytest.fixture
def parties(world) -> None:
    place = {"city": world.city, "county": world.county, "parent": world.county}
    rows = [Org(kind="party", name=f"支部{at:03}", name_key=f"支部{at:03}", **place) for at in range(25)]
    Org.objects.bulk_create(rows)


@pytest.fixture
def done(django_capture_on_commit_callbacks):
    """Do something together with the work that it orders."""

    def perform(call):
        with django_capture_on_commit_callbacks(execute=True):
            return call()

    return perform


def rows_of(content: bytes) -> list[list[object]]:
    with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        return [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]


def test_it_works(world, parties, done):
    job = done(lambda: order_list(by=world.county_officer, org=world.county, **ORGS))
    job.refresh_from_db()
    assert (job.state, job.result) == ("done", {"rows": 25})
    line = Record.objects.get(verb="export_list")
    assert (line.actor, line.acting_for, line.row_count) == (world.county_officer, world.county, 25)
    export = Export.objects.get()
    assert (export.job, export.made_for) == (job, world.county_officer) and export.name.endswith(".xlsx")
    assert export.expires_at - export.made_at > dt.timedelta(days=2)


def test_a_stranger_cannot(world):
    for somebody in (
        world.stranger,
        world.account("partner", "对接程序", "partner", world.county, "partner"),
    ):
        with pytest.raises(NotAllowed):
            order_list(by=somebody, org=world.county, **ORGS)


def test_what_was_typed_is_kept_from_other_readers(world):
    asked = {"listing": ORGS["listing"], "address": "name=罗远行"}
    job = order_list(by=world.county_officer, org=world.county, **asked)
    assert "罗远行" not in json.dumps(job.given, ensure_ascii=False) and address_of(job) == "name=罗远行"
    assert Record.objects.get(verb="order_list").given["address"] == "•"


def test_a_long_list_is_ordered_and_a_short_one_given_at_once(client, world, parties, done):
    client.force_login(world.county_officer)
    assert rows_of(client.get("/orgs/?kind=township_office&export=xlsx").getvalue())
    answer = done(lambda: client.get("/orgs/?kind=party&export=xlsx"))
    job = Job.objects.get(kind="write_list")
    assert answer["Location"] == f"/jobs/{job.pk}/"
    export = Export.objects.get()
    page = client.get(f"/jobs/{job.pk}/").content.decode()
    assert f"/exports/{export.pk}/" in page and "保留到" in page
    given = client.get(f"/exports/{export.pk}/")
    content = given.getvalue()
    rows = rows_of(content)
    assert [row[0] for row in rows if str(row[0]).startswith("支部")] == [f"支部{at:03}" for at in range(25)]
    assert rows[0][0].startswith("样例数据") and world.county_officer.name in rows[1][0]
    assert given["Cache-Control"] == "private, no-store" and len(content) == export.size


def test_a_list_of_many_portions_is_whole_and_in_order(client, world, parties, done, monkeypatch):
    monkeypatch.setattr("zhitong.kernel.web.export.AT_ONCE", 7)
    client.force_login(world.county_officer)
    done(lambda: client.get("/orgs/?kind=party&sort=-name_key&export=xlsx"))
    with Export.objects.get().file.open("rb") as file:
        rows = rows_of(file.read())
    names = [row[0] for row in rows if str(row[0]).startswith("支部")]
    assert names == [f"支部{at:03}" for at in reversed(range(25))]


def test_a_second_click_finds_the_first_order(client, world, parties):
    client.force_login(world.county_officer)
    first = client.get("/orgs/?kind=party&export=xlsx")["Location"]
    assert client.get("/orgs/?kind=party&export=xlsx")["Location"] == first
    assert client.get("/orgs/?sort=-name_key&kind=party&export=xlsx")["Location"] != first
    assert Job.objects.filter(kind="write_list").count() == 2


def test_nobody_else_fetches_it_and_nobody_after_its_days(client, world, parties, done):
    done(lambda: order_list(by=world.county_officer, org=world.county, **ORGS))
    export = Export.objects.get()
    for somebody in (world.city_officer, world.auditor, world.village_officer):
        client.force_login(somebody)
        assert client.get(f"/exports/{export.pk}/").status_code == 404
    client.force_login(world.city_officer)
    assert f"/exports/{export.pk}/" not in client.get(f"/jobs/{export.job_id}/").content.decode()
    client.force_login(world.county_officer)
    assert client.get(f"/exports/{export.pk}/").getvalue()
    Export.objects.filter(pk=export.pk).update(expires_at=timezone.now())
    assert client.get(f"/exports/{export.pk}/").status_code == 404
    assert "已过保留期" in client.get(f"/jobs/{export.job_id}/").content.decode()


def test_it_is_written_with_what_is_held_when_it_is_written(world, parties, done):
    job = order_list(by=world.county_officer, org=world.county, **ORGS)
    Grant.objects.filter(account=world.county_officer).update(ends_on=timezone.localdate())
    with pytest.raises(NotAllowed):
        listing_of(job)


def test_acting_for_one_place_takes_only_its_rows(world):
    officer = world.county_officer
    job = order_list(by=officer, org=world.county, acting_for=world.county, **ORGS)
    assert [one.org for one in listing_of(job).actor.held] == [world.county]


@pytest.mark.parametrize("name", ["os.system", "zhitong.kernel.models.Account"])
def test_a_list_that_is_gone_ends_with_a_sentence(world, name):
    job = order_list(by=world.county_officer, org=world.county, **ORGS)
    Job.objects.filter(pk=job.pk).update(given={**job.given, "listing": name})
    run_job(job.pk)
    job.refresh_from_db()
    assert job.state == "failed" and job.message.endswith("。")


def test_a_filter_that_no_longer_serves_ends_with_a_sentence(world, done):
    wrong = {**ORGS, "address": "colour=red&export=xlsx"}
    job = done(lambda: order_list(by=world.county_officer, org=world.county, **wrong))
    job.refresh_from_db()
    assert (
        job.state == "failed" and "重新筛选" in job.message and not Record.objects.filter(verb="export_list")
    )


def test_every_list_of_the_house_can_be_found_by_its_name():
    from django.utils.module_loading import import_string

    for one in Listing.__subclasses__():
        if one.__module__.startswith("zhitong."):
            assert import_string(f"{one.__module__}.{one.__qualname__}") is one


@pytest.mark.parametrize("listing", ["x", "os.path", "zhitong.kernel.web.listing.Listing", "罗远行的名单"])
def test_not_what_is_no_list(world, no, listing):
    assert no(order_list, by=world.county_officer, org=world.county, listing=listing, address="") == "no_list"
    assert not Job.objects.exists() and not Record.objects.filter(verb="order_list").exists()
