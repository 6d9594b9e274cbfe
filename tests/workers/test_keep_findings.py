"""What a check found is stored with its import, and only while the import waits for it."""

from __future__ import annotations

from tests.workers.lists import HEAD, checked, findings, person, stage
from zhitong.workers.actions import Findings, keep_findings
from zhitong.workers.frames import examine
from zhitong.workers.models import Import, RowFinding


def test_it_works(world):
    imported = stage(world.village_officer, world.village, [HEAD, person(world)])
    kept = keep_findings(by=world.system, imported=imported, findings=Findings(examine(imported)))
    assert kept.state == "checked" and kept.counts["new"] == 1
    [one] = findings(kept)
    assert one.read["facts"]["name"] == "陆新人" and one.village == world.village


def test_what_people_wrote_is_sealed(world):
    imported = checked(world.village_officer, world.village, [HEAD, person(world)])
    [one] = findings(imported)
    assert "陆新人".encode() not in bytes(one.found.data())


def test_a_list_that_was_checked_meanwhile_is_left_alone(world, no):
    imported = checked(world.village_officer, world.village, [HEAD, person(world)])
    judged = examine(Import.objects.get(pk=imported.pk))
    given = {"imported": imported, "findings": Findings(judged)}
    assert no(keep_findings, by=world.system, **given) == "someone_was_faster"
    assert RowFinding.objects.count() == 1
