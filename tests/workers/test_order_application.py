"""order_application: a long list enters the register while nobody waits, in the name of whoever asked."""

from __future__ import annotations

import pytest

from tests.workers.lists import HEAD, checked, person
from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.models import Job
from zhitong.workers.actions import order_application
from zhitong.workers.models import Import, Worker


@pytest.fixture
def imported(world) -> Import:
    return checked(world.village_officer, world.village, [HEAD, person(world)])


def test_it_works(world, imported, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        ordered = order_application(by=world.village_officer, imported=imported, part="all")
    assert (ordered.job.asked_by, ordered.job.given["part"]) == (world.village_officer, "all")
    imported.refresh_from_db()
    assert (imported.state, imported.applied_by) == ("applied", world.village_officer)
    assert (imported.job, imported.job.state) == (ordered.job, "done")
    assert Worker.objects.count() == 1


def test_a_stranger_cannot(world, imported):
    with pytest.raises(OutOfReach):
        order_application(by=world.stranger, imported=imported)


def test_not_while_a_job_is_at_it(world, imported, no):
    order_application(by=world.village_officer, imported=imported)
    assert no(order_application, by=world.village_officer, imported=imported) == "list_in_work"
    assert Job.objects.filter(kind="apply_list").count() == 1


def test_not_a_list_that_was_applied(world, imported, no, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        order_application(by=world.village_officer, imported=imported)
    assert no(order_application, by=world.village_officer, imported=imported) == "wrong_state"


def test_not_a_part_that_there_is_not(world, imported, no):
    assert no(order_application, by=world.village_officer, imported=imported, part="some") == "not_a_choice"
