"""Counts that the database keeps by itself agree with the rows, whoever writes them and however."""

from __future__ import annotations

from collections import Counter
from threading import Barrier, Thread

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from zhitong.kernel.bulk import first_load
from zhitong.kernel.integrity import INVARIANTS
from zhitong.kernel.invariants import tallies_agree_with_the_rows
from zhitong.kernel.models import tallies_of
from zhitong.kernel.tallies import disagreements, drop, fold, is_kept, keep
from zhitong.site.world import World
from zhitong.workers.actions import confirm_status, withdraw_worker
from zhitong.workers.models import Headcount, Worker


def numbers() -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for state, status, many in Headcount.objects.values_list("state", "status", "many"):
        found[state, status] += many
    return +found


@pytest.mark.django_db
def test_it_follows_what_is_registered_changed_and_withdrawn(world: World) -> None:
    first, second = world.worker(), world.worker()
    assert numbers() == {("active", "seeking"): 2}
    confirm_status(by=world.village_officer, worker=first, status="home", source="visit")
    assert numbers() == {("active", "seeking"): 1, ("active", "home"): 1}
    withdraw_worker(by=world.village_officer, worker=second, reason="moved_away")
    assert numbers() == {("withdrawn", "seeking"): 1, ("active", "home"): 1}
    assert list(tallies_agree_with_the_rows()) == []


@pytest.mark.django_db
def test_it_follows_statements_about_many_rows(world: World) -> None:
    for _each in range(3):
        world.worker()
    Worker.objects.update(status="away", work_region=world.host_city)
    Worker.objects.update(version=2)
    assert numbers() == {("active", "away"): 3}
    Worker.objects.first().delete()  # type: ignore[union-attr]
    assert numbers() == {("active", "away"): 2}


@pytest.mark.django_db
def test_what_is_undone_was_never_counted(world: World) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        world.worker()
        raise ZeroDivisionError
    assert not numbers()


@pytest.mark.django_db
def test_folding_changes_no_number(world: World) -> None:
    workers = [world.worker() for _each in range(4)]
    for worker in workers[:2]:
        confirm_status(by=world.village_officer, worker=worker, status="home", source="visit")
    before = numbers()
    assert fold(Headcount) == 6
    assert numbers() == before
    assert Headcount.objects.count() == 2
    assert fold(Headcount) == 0


@pytest.mark.django_db
def test_a_wrong_number_is_found(world: World) -> None:
    world.worker()
    Headcount.objects.update(many=7)
    assert [one for one in disagreements(Headcount) if "7 ≠ 1" in one]
    assert "tallies_agree_with_the_rows" in INVARIANTS


@pytest.mark.django_db
def test_a_tally_that_nothing_keeps_is_found_and_kept_again(world: World) -> None:
    drop(Headcount)
    world.worker()
    assert not is_kept(Headcount)
    assert next(iter(tallies_agree_with_the_rows())) == "workers.Headcount"
    keep(Headcount)
    assert is_kept(Headcount)
    assert list(tallies_agree_with_the_rows()) == []


@pytest.mark.django_db
def test_a_first_load_counts_at_its_end(world: World) -> None:
    with first_load(Worker):
        world.worker()
        assert not numbers()
    assert numbers() == {("active", "seeking"): 1}
    assert is_kept(Headcount)


@pytest.mark.django_db
def test_migrating_leaves_them_kept() -> None:
    drop(Headcount)
    call_command("migrate", verbosity=0)
    assert all(is_kept(one) for one in tallies_of())


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_not_wait_for_each_other(world: World) -> None:
    """Both change a status inside a transaction that stays open until the other has done the same."""
    both = Barrier(2, timeout=10)

    def change(number: int) -> None:
        with transaction.atomic():
            Worker.objects.filter(pk=number).update(status="home")
            both.wait()
        connection.close()

    workers = [world.worker(), world.worker()]
    threads = [Thread(target=change, args=(one.pk,)) for one in workers]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert numbers() == {("active", "home"): 2}
