"""order_undoing: an applied list is taken back while nobody waits, in the name of whoever asked."""

from __future__ import annotations

import pytest

from tests.workers.lists import HEAD, checked, person
from zhitong.kernel.errors import OutOfReach
from zhitong.workers.actions import apply_import, order_undoing
from zhitong.workers.models import Import, Worker


@pytest.fixture
def imported(world) -> Import:
    imported = checked(world.village_officer, world.village, [HEAD, person(world)])
    return apply_import(by=world.village_officer, imported=imported)


def test_it_works(world, imported, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        ordered = order_undoing(by=world.village_officer, imported=imported)
    assert ordered.job.asked_by == world.village_officer
    imported.refresh_from_db()
    assert (imported.state, imported.job.state) == ("undone", "done")
    assert not Worker.objects.exists()


def test_a_stranger_cannot(world, imported):
    with pytest.raises(OutOfReach):
        order_undoing(by=world.stranger, imported=imported)


def test_not_while_a_job_is_at_it(world, imported, no):
    order_undoing(by=world.village_officer, imported=imported)
    assert no(order_undoing, by=world.village_officer, imported=imported) == "list_in_work"


def test_not_a_list_that_was_not_applied(world, no):
    imported = checked(world.village_officer, world.village, [HEAD, person(world)])
    assert no(order_undoing, by=world.village_officer, imported=imported) == "wrong_state"
