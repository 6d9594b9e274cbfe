"""export_workers: a list of people is taken away."""

from __future__ import annotations

import pytest

from tests.house.specimens import own_account
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Record
from zhitong.workers.actions import export_workers

GIVEN = {"list_name": "workers.Worker", "narrowed_by": "就业状态"}


def test_it_works(world):
    export_workers(by=world.village_officer, org=world.village, row_count=812, **GIVEN)
    line = Record.objects.get(verb="export_workers")
    assert (line.row_count, line.village, line.given["narrowed_by"]) == (812, world.village, "就业状态")


def test_a_stranger_cannot(world):
    for officer in (world.stranger, world.auditor):
        with pytest.raises(NotAllowed):
            export_workers(by=officer, org=world.village, row_count=1, **GIVEN)


def test_each_person_of_the_list_is_told(client, world):
    """From the button to the page on the phone: one line in the record, found by everybody in the list."""
    worker, other = world.worker(name="在名单里"), world.worker(name="外村人", village=world.other_village)
    client.force_login(world.village_officer)
    assert client.get("/workers/?export=xlsx").getvalue()
    line = Record.objects.get(verb="export_workers")
    assert line.row_count == 1 and line.concerns_type == "workers.Worker"
    client.force_login(own_account(world, worker))
    page = client.get("/workers/me/looks/").content.decode()
    assert "导出劳动者名单" in page and world.village_officer.name in page and "共 1 行" in page
    client.force_login(own_account(world, other))
    assert "导出劳动者名单" not in client.get("/workers/me/looks/").content.decode()
