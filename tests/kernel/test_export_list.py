"""export_list: a list was taken away."""

from __future__ import annotations

import pytest

from tests.house.specimens import own_account
from zhitong.kernel.actions import export_list
from zhitong.kernel.chain import breaks, changed_people
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Record, RecordPeople
from zhitong.kernel.people import People


def test_it_works(world):
    given = {"list_name": "kernel.Org", "narrowed_by": "种类", "row_count": 12}
    export_list(by=world.county_officer, org=world.county, **given)
    line = Record.objects.get(verb="export_list")
    assert (line.actor, line.acting_for, line.county) == (world.county_officer, world.county, world.county)
    assert line.row_count == 12 and line.given == given


def test_a_stranger_cannot(world):
    given = {"list_name": "kernel.Org", "narrowed_by": "", "row_count": 1}
    with pytest.raises(NotAllowed):
        export_list(by=world.stranger, org=world.village, **given)
    partner = world.account("partner", "对接程序", "partner", world.county, "partner")
    with pytest.raises(NotAllowed):
        export_list(by=partner, org=world.county, **given)


def test_everybody_in_it_finds_the_one_line(world):
    worker, other = world.worker(name="在名单里"), world.worker(name="不在名单里")
    people = People("workers.Worker")
    people.add(worker.pk)
    given = {"list_name": "workers.Worker", "narrowed_by": "", "row_count": 1}
    export_list(by=world.county_officer, org=world.county, people=people, **given)
    line = Record.objects.get(verb="export_list")
    assert line.given == {**given, "people": people.digest()}
    assert (line.concerns_type, line.concerns_id) == ("workers.Worker", None)
    assert line in Record.objects.told_to(worker) and line not in Record.objects.told_to(other)
    assert line not in Record.objects.concerning(worker), "it is nobody's own line"
    mine, theirs = own_account(world, worker), own_account(world, other)
    assert line in Record.objects.visible_to(mine) and line not in Record.objects.visible_to(theirs)


@pytest.mark.unwatched
def test_a_set_that_was_changed_shows(world):
    people = People("workers.Worker")
    people.add(world.worker().pk)
    given = {"list_name": "workers.Worker", "narrowed_by": "", "row_count": 1}
    export_list(by=world.county_officer, org=world.county, people=people, **given)
    assert list(changed_people()) == [] and list(breaks()) == []
    RecordPeople.objects.all().delete()
    assert [one.verb for one in changed_people()] == ["export_list"]


def test_a_list_about_nobody_names_nobody(world):
    given = {"list_name": "workers.Worker", "narrowed_by": "", "row_count": 0}
    export_list(by=world.county_officer, org=world.county, people=People("workers.Worker"), **given)
    assert Record.objects.get(verb="export_list").given == given and not RecordPeople.objects.exists()
    assert list(changed_people()) == []
