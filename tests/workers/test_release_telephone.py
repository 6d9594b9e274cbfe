"""release_telephone: an officer closes the account behind a telephone that is somebody else's now."""

from __future__ import annotations

import pytest

from zhitong.kernel.actions import open_own_account
from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.models import Account, Record
from zhitong.workers.actions import correct_worker, link_account, merge_workers, release_telephone
from zhitong.workers.actions.facts import Correction
from zhitong.workers.models import Worker


def test_it_works(world, worker, himself):
    number = himself.telephone.open()
    Worker.objects.filter(pk=worker.pk).update(telephone=himself.telephone)
    release_telephone(by=world.village_officer, worker=worker, reason="recycled")
    worker.refresh_from_db()
    himself.refresh_from_db()
    assert worker.account is None and worker.telephone is None and worker.state == "active"
    assert not himself.is_active and himself.telephone is None
    line = Record.objects.of(worker).get(verb="release_telephone")
    assert line.given["reason"] == "recycled" and line.concerns_id == worker.pk
    heir = open_own_account(by=world.system, telephone=number)
    assert heir.pk != himself.pk


def test_another_telephone_of_the_entry_stays(world, worker, himself):
    correct_worker(by=world.village_officer, worker=worker, facts=Correction(telephone="15400008888"))
    release_telephone(by=world.village_officer, worker=worker, reason="lost")
    worker.refresh_from_db()
    assert worker.telephone.open() == "15400008888"


def test_no_entry_of_the_person_brings_the_number_back(world, worker, himself):
    correct_worker(by=himself, worker=worker, facts=Correction(telephone=himself.telephone.open()))
    other = world.entry_without_number(telephone=himself.telephone.open())
    merge_workers(by=world.village_officer, kept=worker, other=other)
    release_telephone(by=world.village_officer, worker=worker, reason="recycled")
    correct_worker(
        by=world.village_officer, worker=Worker.objects.get(pk=other.pk), facts=Correction(education=5)
    )
    worker.refresh_from_db()
    assert (worker.education, worker.telephone, worker.account) == (5, None, None)


def test_who_takes_the_entry_over_again_reads_of_it(world, worker, himself):
    release_telephone(by=world.village_officer, worker=worker, reason="recycled")
    worker.refresh_from_db()
    correct_worker(by=world.village_officer, worker=worker, facts=Correction(telephone="15400008888"))
    again = open_own_account(by=world.system, telephone="15400008888")
    link_account(by=again, name=worker.name, id_number=worker.id_number.open())
    mine = Record.objects.visible_to(Account.objects.get(pk=again.pk)).concerning(worker)
    assert mine.filter(verb="release_telephone").exists()


def test_a_stranger_cannot(world, worker, himself):
    with pytest.raises(OutOfReach):
        release_telephone(by=world.stranger, worker=worker, reason="recycled")


def test_only_for_a_listed_reason(world, worker, himself, no):
    assert no(release_telephone, by=world.village_officer, worker=worker, reason="whim") == "not_a_choice"


def test_not_where_nobody_signs_in(world, worker, no):
    assert no(release_telephone, by=world.village_officer, worker=worker, reason="lost") == "no_account"


def test_the_page(client, world, worker, himself):
    client.force_login(world.village_officer)
    url = f"/workers/{worker.pk}/release_telephone/"
    assert url in client.get(f"/workers/{worker.pk}/").content.decode()
    assert client.post(url, {"reason": "recycled"}).url == f"/workers/{worker.pk}/"
    text = client.get(f"/workers/{worker.pk}/").content.decode()
    assert url not in text and "号码已归别人使用" in text


def test_a_post_is_offered_from_the_page(client, world, worker):
    url = f"/matching/workers/{worker.pk}/send_offer/"
    client.force_login(world.township_officer)
    assert url in client.get(f"/workers/{worker.pk}/").content.decode()
    client.force_login(world.village_officer)
    assert url not in client.get(f"/workers/{worker.pk}/").content.decode()


def test_nobody_locks_himself_out(worker, himself, let_in, no):
    assert no(release_telephone, by=himself, worker=worker, reason="lost") == "not_by_oneself"
