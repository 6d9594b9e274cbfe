"""record_doorstep_edit: what a device stated without a network, whichever device comes back first."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from django.db import transaction
from django.utils import timezone

from zhitong.kernel.errors import AlreadyDone, OutOfReach
from zhitong.workers.actions import Correction, correct_worker, decide_conflict, wipe_device, withdraw_worker
from zhitong.workers.models import DoorstepEdit, FieldConflict, Worker

from .doorsteps import START, colleague, outcome, phone, saw, send, stated

TODAY = timezone.localdate()


@pytest.fixture
def mine(world):
    return phone(world)


@pytest.fixture
def hers(world):
    return phone(world, colleague(world), "乙的手机")


def test_it_works(world, worker, mine):
    send(mine, worker, stated(worker, "name", "陆大河"))
    send(mine, worker, stated(worker, "telephone", "154 0000 7777"))
    send(mine, worker, stated(worker, "education", "5"))
    send(mine, worker, stated(worker, "status", f"away:{world.host_city.pk}", source="telephone"))
    worker.refresh_from_db()
    assert (worker.name, worker.telephone.open(), worker.education) == ("陆大河", "15400007777", 5)
    assert (worker.status, worker.work_region, worker.status_source) == ("away", world.host_city, "telephone")
    assert not FieldConflict.objects.exists()
    assert DoorstepEdit.objects.first().value.masked != "陆大河"


def test_a_stranger(world, worker, mine):
    edit = stated(worker, "name", "陆大河")
    with pytest.raises(OutOfReach):
        send(phone(world, world.village_officer), world.worker(village=world.far_village), edit)
    mine.account = world.stranger
    with pytest.raises(OutOfReach):
        send(mine, worker, edit)


def test_nobody_sends_in_the_name_of_anothers_device(world, worker, mine, hers):
    hers.account = world.village_officer
    with pytest.raises(OutOfReach):
        send(hers, worker, stated(worker, "name", "陆大河"))


def test_sending_twice_changes_nothing(worker, mine):
    edit = stated(worker, "name", "陆大河")
    first = send(mine, worker, edit)
    version = Worker.objects.get(pk=worker.pk).version
    with pytest.raises(AlreadyDone) as again:
        send(mine, worker, edit)
    assert again.value.result == f"workers.DoorstepEdit:{first.pk}"
    assert Worker.objects.get(pk=worker.pk).version == version and DoorstepEdit.objects.count() == 1


def test_a_key_names_one_thing(world, worker, mine, no):
    send(mine, worker, stated(worker, "name", "陆大河", key="k"))
    assert (
        no(send, device=mine, worker=worker, edit=stated(worker, "education", "5", key="k"))
        == "key_of_another_edit"
    )


def test_two_devices_disagree_and_nobody_wins_silently(worker, mine, hers):
    seen = saw(worker, "telephone")
    send(mine, worker, stated(worker, "telephone", "15400000007", 1, seen=seen))
    send(hers, worker, stated(worker, "telephone", "15400000008", 2, seen=seen))
    worker.refresh_from_db()
    assert worker.telephone.open() == "15400000007"
    conflict = FieldConflict.objects.open().get()
    assert conflict.worker == worker and conflict.edits.count() == 2


def test_two_devices_that_agree_have_no_conflict(worker, mine, hers):
    seen = saw(worker, "name")
    send(mine, worker, stated(worker, "name", "陆大河", 1, seen=seen))
    send(hers, worker, stated(worker, "name", "陆大河", 2, seen=seen))
    worker.refresh_from_db()
    assert worker.name == "陆大河" and not FieldConflict.objects.exists()


@pytest.mark.parametrize("field", ["name", "telephone", "education", "status"])
def test_the_order_of_arrival_changes_nothing(world, worker, mine, hers, field):
    third = phone(world, world.account("third_officer", "第三位", "village_officer", world.village), "丙")
    values = {
        "name": ("陆大河", "陆大海", "陆大湖"), "telephone": ("15400000007", "15400000008", "15400000009"),
        "education": ("5", "6", "4"), "status": ("home:", "local:", f"away:{world.host_city.pk}"),
    }[field]  # fmt: skip
    seen, days = saw(worker, field), (TODAY, TODAY - dt.timedelta(days=1), TODAY)
    Worker.objects.filter(pk=worker.pk).update(status_checked_on=TODAY - dt.timedelta(days=40))
    worker.refresh_from_db()
    told = [
        (device, stated(worker, field, value, minutes, seen=seen, key=f"k{minutes}", checked_on=day))
        for device, value, minutes, day in zip((mine, hers, third), values, (3, 1, 2), days, strict=True)
    ]
    found = {str(_arrive(worker, field, order)) for order in itertools.permutations(told)}
    found |= {str(_arrive(worker, field, (*order, order[0]))) for order in itertools.permutations(told)}
    assert len(found) == 1, found
    shown = {"status": values[2]}.get(field, values[1])
    assert f"('{shown}'" in found.pop()


def _arrive(worker, field, order):
    with transaction.atomic():
        try:
            for device, edit in order:
                try:
                    with transaction.atomic():
                        send(device, Worker.objects.get(pk=worker.pk), edit)
                except AlreadyDone:
                    pass
            return outcome(Worker.objects.get(pk=worker.pk), field)
        finally:
            transaction.set_rollback(True)


def test_what_the_office_corrected_meanwhile_stands(world, worker, mine):
    seen = saw(worker, "name")
    correct_worker(by=world.county_officer, worker=worker, facts=Correction(name="陆公办"))
    send(mine, worker, stated(worker, "name", "陆大河", seen=seen))
    worker.refresh_from_db()
    assert worker.name == "陆公办" and FieldConflict.objects.open().count() == 1


def test_the_office_corrects_what_a_device_stated(world, worker, mine, hers):
    seen = saw(worker, "name")
    send(mine, worker, stated(worker, "name", "陆大河", 1, seen=seen))
    worker.refresh_from_db()
    correct_worker(by=world.county_officer, worker=worker, facts=Correction(name="陆公办"))
    send(hers, worker, stated(worker, "name", "陆大海", 2, seen=seen))
    worker.refresh_from_db()
    assert worker.name == "陆公办"
    assert [one.value.open() for one in FieldConflict.objects.open().get().edits.all()] == [
        '"\\u9646\\u5927\\u6d77"'
    ]


def test_who_saw_the_change_goes_on_from_it(worker, mine, hers):
    send(mine, worker, stated(worker, "name", "陆大河", 1))
    send(hers, worker, stated(worker, "name", "陆大海", 2))
    worker.refresh_from_db()
    assert worker.name == "陆大海" and not FieldConflict.objects.exists()


def test_two_edits_on_one_device_are_one_after_the_other(worker, mine):
    seen = saw(worker, "name")
    send(mine, worker, stated(worker, "name", "陆大河", 1, seen=seen, key="first"))
    send(mine, worker, stated(worker, "name", "陆大海", 2, seen="first"))
    worker.refresh_from_db()
    assert worker.name == "陆大海" and not FieldConflict.objects.exists()


def test_what_was_decided_is_what_is_seen(world, worker, mine, hers):
    seen = saw(worker, "name")
    send(mine, worker, stated(worker, "name", "陆大河", 1, seen=seen, key="mine"))
    send(hers, worker, stated(worker, "name", "陆大海", 2, seen=seen))
    decide_conflict(by=world.village_officer, conflict=FieldConflict.objects.open().get())
    send(hers, worker, stated(worker, "name", "陆大湖", 3, seen="mine"))
    worker.refresh_from_db()
    assert worker.name == "陆大湖" and not FieldConflict.objects.open().exists()


def test_the_same_status_again_is_a_newer_check(worker, mine):
    Worker.objects.filter(pk=worker.pk).update(status_checked_on=TODAY - dt.timedelta(days=70))
    send(mine, worker, stated(worker, "status", "seeking:"))
    worker.refresh_from_db()
    assert worker.status_checked_on == TODAY and worker.status == "seeking"


def test_an_older_check_is_refused(worker, mine, no):
    late = stated(worker, "status", "home:", checked_on=TODAY - dt.timedelta(days=2))
    assert no(send, device=mine, worker=worker, edit=late) == "newer_check_exists"


def test_what_the_register_refuses_is_refused(world, worker, mine, no):
    def refused(field, value, **more):
        return no(send, device=mine, worker=worker, edit=stated(worker, field, value, **more))

    assert refused("telephone", "123")
    assert refused("education", "77") == "not_a_choice"
    assert refused("status", "away:") == "work_region_missing"
    assert refused("status", "away:99999999") == "not_a_city"
    assert refused("status", "away:x") == "not_a_city"
    assert refused("status", "home:", checked_on=TODAY + dt.timedelta(days=1)) == "day_in_future"
    assert refused("status", "home:", source="self") == "source_not_yours"
    assert refused("sex", "M", seen="x") == "not_a_choice"
    assert refused("name", "陆大河", key="k" * 65) == "nonce_length"
    ahead = stated(worker, "name", "陆大河", minutes=60 * 24)
    assert ahead.stated_at > START and no(send, device=mine, worker=worker, edit=ahead) == "clock_ahead"
    assert not DoorstepEdit.objects.exists()


def test_a_check_has_a_day(worker, mine, no):
    assert (
        no(send, device=mine, worker=worker, edit=stated(worker, "status", "home:", checked_on=None))
        == "check_day_missing"
    )


def test_a_wiped_device_is_refused(world, worker, mine, no):
    wipe_device(by=world.county_officer, device=mine)
    assert no(send, device=mine, worker=worker, edit=stated(worker, "name", "陆大河")) == "device_wiped"


def test_not_after_leaving_the_register(world, worker, mine, no):
    edit = stated(worker, "name", "陆大河")
    withdraw_worker(by=world.village_officer, worker=worker)
    assert no(send, device=mine, worker=worker, edit=edit) == "not_on_register"
