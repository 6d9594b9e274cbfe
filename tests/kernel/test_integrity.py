"""The rules that must hold of an installation: each is seen to find what breaks it."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from zhitong.kernel.actions import attach_file
from zhitong.kernel.integrity import INVARIANTS, MOST_PLACES, Invariant, invariant, problems
from zhitong.kernel.models import Account, Attachment, Org, Record, Region, RegionCode
from zhitong.kernel.privacy import seal
from zhitong.workers.models import Worker


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    store = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": store}
    return tmp_path


@pytest.fixture
def lived_in(world):
    """The imaginary county with people, a post and a file, and a row of every classification."""
    assert world.welding_certificate
    world.worker(), world.worker(village=world.far_village)
    demand = world.demand()
    attach_file(by=world.county_officer, row=demand.employer, file=ContentFile(b"%PDF-1.7", "a.pdf"))
    return world


def found() -> set[str]:
    return {one.code for one in problems()}


def test_the_imaginary_county_is_whole(lived_in):
    assert list(problems()) == []


def test_a_changed_line_of_the_record(lived_in):
    Record.objects.filter(position=3).update(verb="close_org")
    [one] = problems()
    assert one.code == "record_is_unbroken" and "3 (changed)" in one.sentence


def test_a_person_outside_the_tree(lived_in):
    worker = Worker.objects.order_by("pk").first()
    for wrong in ({"town": lived_in.other_town}, {"county": lived_in.other_county}, {"city": None},
                  {"village": lived_in.town}):  # fmt: skip
        columns = {
            f"{name}_id": getattr(worker, f"{name}_id") for name in ("city", "county", "town", "village")
        }
        Worker.objects.filter(pk=worker.pk).update(**wrong)
        [one] = problems()
        assert one.code == "rows_stand_where_the_tree_says" and f"workers.Worker:{worker.pk}" in one.sentence
        Worker.objects.filter(pk=worker.pk).update(**columns)
    assert found() == set()


def test_an_organisation_away_from_its_parent(lived_in):
    Org.objects.filter(pk=lived_in.station.pk).update(county=lived_in.other_county)
    assert found() == {"orgs_stand_below_their_parents"}


def test_a_village_that_does_not_name_itself(lived_in):
    Org.objects.filter(pk=lived_in.other_village.pk).update(village=None)
    assert "orgs_stand_below_their_parents" in found()


def test_two_managers_of_one_division(lived_in):
    region = lived_in.town.regions.get()
    lived_in.other_town.org_regions.create(region=region)
    assert found() == {"regions_have_one_manager_of_a_kind"}
    Region.objects.filter(pk=region.pk).update(ended_on="2020-01-01")
    assert found() == set()


def test_a_closed_manager(lived_in):
    Org.objects.filter(pk=lived_in.town.pk).update(closed_on="2020-01-01")
    assert found() == {"regions_have_one_manager_of_a_kind"}


def test_a_division_whose_code_has_no_history(lived_in):
    RegionCode.objects.filter(region=lived_in.host_city).delete()
    [one] = problems()
    assert one.code == "regions_bear_their_codes" and str(lived_in.host_city.pk) in one.sentence


def test_a_missing_index(lived_in):
    index = Worker._meta.indexes[0]
    with connection.cursor() as cursor:
        cursor.execute(f'DROP INDEX "{index.name}"')
    [one] = problems()
    assert one.code == "indexes_stand" and index.name in one.sentence


def test_a_value_sealed_under_another_key(lived_in, settings):
    worker = Worker.objects.order_by("pk").last()
    number, ours = worker.id_number.open(), settings.ZHITONG_MASTER_KEY
    settings.ZHITONG_MASTER_KEY = "another installation's"
    data = seal(number, "id_number")
    settings.ZHITONG_MASTER_KEY = ours
    Worker.objects.filter(pk=worker.pk).update(id_number=data)
    [one] = problems()
    assert one.code == "sealed_values_open" and f"workers.Worker:{worker.pk}" in one.sentence


def test_a_value_that_was_put_into_another_row(lived_in):
    one, other = Worker.objects.order_by("pk")
    Worker.objects.filter(pk=one.pk).update(telephone=other.telephone)
    [problem] = problems()
    assert problem.code == "sealed_values_open" and f"workers.Worker:{one.pk}" in problem.sentence


def test_a_file_that_is_gone_or_changed(lived_in, storage):
    attachment = Attachment.objects.get()
    path = storage / attachment.file.name
    path.write_bytes(b"%PDF-1.7 and more")
    assert found() == {"attachments_are_whole"}
    path.unlink()
    assert found() == {"attachments_are_whole"}


def test_a_file_that_nobody_knows(lived_in):
    default_storage.save("attachments/2026/01/left", ContentFile(b"x"))
    [one] = problems()
    assert one.code == "no_file_is_left_over" and "attachments/2026/01/left" in one.sentence


def test_a_database_that_lacks_a_migration_is_asked_nothing_else(lived_in):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'dispatch'")
    Record.objects.filter(position=3).update(verb="close_org")
    assert found() == {"migrations_lacking"}


def test_an_app_states_its_own_rules(lived_in):
    @invariant("账号应当都有姓名")
    def accounts_have_names():
        yield from Account.objects.filter(name="")

    try:
        Account.objects.create(username="nameless", name="", kind="staff")
        [one] = problems()
        assert one.code == "accounts_have_names" and one.sentence.startswith(
            "账号应当都有姓名：kernel.Account:"
        )
    finally:
        del INVARIANTS["accounts_have_names"]


def test_a_rule_that_is_broken_everywhere_is_told_briefly():
    places = Invariant("x", "应当", lambda: (str(number) for number in range(10_000)))
    shown = list(places.problems())
    assert len(shown) == MOST_PLACES + 1 and shown[-1].sentence.endswith("以及更多")
