"""merge_workers: two entries become one person, and nothing of either is lost."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import NotAllowed, OutOfReach, Refusal
from zhitong.kernel.models import Record
from zhitong.matching.actions import recall_offer
from zhitong.workers import actions
from zhitong.workers.actions.persons import worth_keeping
from zhitong.workers.models import EntryFacts, LinkDecision, Worker


@pytest.fixture
def entries(world):
    """Two entries of one man: one from his card, one from a list without his number."""
    return world.worker(name="陆样例"), world.entry_without_number(name="陆样列")


def test_it_works(world, entries):
    kept, other = entries
    decision = actions.merge_workers(
        by=world.village_officer, kept=kept, other=other, reasons=("telephone_same",)
    )
    kept.refresh_from_db()
    other.refresh_from_db()
    assert (decision.kind, decision.decided_by) == ("merge", world.village_officer)
    assert (other.state, other.merged_into) == ("merged", kept)
    assert kept.state == "active" and kept.name == "陆样例"
    assert other.telephone is None and list(Worker.objects.active().filter(pk=other.pk)) == []
    assert EntryFacts.objects.count() == 2
    assert Record.objects.filter(verb="merge_workers").count() == 1


def test_reasons_are_codes(world, entries, no):
    kept, other = entries
    given = {"by": world.village_officer, "kept": kept, "other": other, "reasons": ("他弟弟说的",)}
    assert no(actions.merge_workers, **given) == "not_a_choice"


def test_an_own_telephone_wins_over_a_later_one_from_a_list(world):
    kept = world.worker()
    account = world.worker_account(kept)
    actions.correct_worker(by=account, worker=kept, facts=actions.Correction(telephone="15412345678"))
    other = world.entry_without_number(telephone="15487654321")
    actions.merge_workers(by=world.village_officer, kept=kept, other=other)
    kept.refresh_from_db()
    assert kept.telephone.open() == "15412345678"


def test_the_kept_entry_takes_up_what_it_lacked(world):
    kept = world.entry_without_number(telephone="")
    other = world.worker()
    number, telephone = other.id_number.open(), other.telephone.open()
    actions.merge_workers(by=world.village_officer, kept=kept, other=other)
    kept.refresh_from_db()
    assert (kept.id_number.open(), kept.telephone.open(), kept.name) == (number, telephone, other.name)
    assert Worker.objects.with_id_number(number).get() == kept


def test_a_correction_after_the_merge_stays_with_its_entry(world, entries):
    kept, other = entries
    decision = actions.merge_workers(by=world.village_officer, kept=kept, other=other)
    facts = actions.Correction(education=kept.education + 1)
    actions.correct_worker(by=world.village_officer, worker=Worker.objects.get(pk=other.pk), facts=facts)
    kept.refresh_from_db()
    assert kept.education == facts.education
    actions.undo_decision(by=world.village_officer, decision=decision)
    kept.refresh_from_db()
    other.refresh_from_db()
    assert (other.education, kept.education) == (facts.education, facts.education - 1)


def test_a_stranger(world, entries):
    with pytest.raises(OutOfReach):
        actions.merge_workers(by=world.stranger, kept=entries[0], other=entries[1])


def test_an_auditor_reads_only(world, entries):
    with pytest.raises(NotAllowed):
        actions.merge_workers(by=world.auditor, kept=entries[0], other=entries[1])


def test_an_entry_of_another_village_is_beyond_a_village_officer(world):
    kept, other = world.worker(), world.entry_without_number(village=world.other_village)
    with pytest.raises(OutOfReach):
        actions.merge_workers(by=world.village_officer, kept=kept, other=other)
    actions.merge_workers(by=world.township_officer, kept=kept, other=other)


def _refused(world, kept, other):
    with pytest.raises(Refusal) as no:
        actions.merge_workers(by=world.village_officer, kept=kept, other=other)
    assert LinkDecision.objects.standing().filter(kept=kept, other=other, kind="merge").count() == 0 or (
        no.value.code == "merged_already"
    )
    return no.value.code


def test_one_entry_is_no_pair(world):
    kept = world.worker()
    assert _refused(world, kept, kept) == "same_entry"


def test_two_valid_numbers_are_two_people(world):
    assert _refused(world, world.worker(), world.worker()) == "two_id_numbers"


def test_twice_is_said(world, entries):
    actions.merge_workers(by=world.village_officer, kept=entries[0], other=entries[1])
    assert _refused(world, *entries) == "merged_already"


def test_who_has_left_is_not_merged(world, entries):
    actions.withdraw_worker(by=world.village_officer, worker=entries[0])
    assert _refused(world, *entries) == "not_on_register"


def test_an_account_is_kept(world):
    kept, other = world.entry_without_number(), world.worker()
    world.worker_account(other)
    assert _refused(world, kept, other) == "other_has_account"


def test_a_spouse_is_kept(world):
    husband, _wife = world.couple
    assert _refused(world, world.entry_without_number(), husband) == "other_has_spouse"


def test_who_was_told_apart_stays_apart(world, entries):
    decision = actions.merge_workers(by=world.village_officer, kept=entries[0], other=entries[1])
    actions.separate_worker(by=world.village_officer, worker=Worker.objects.get(pk=entries[1].pk))
    assert decision.pk and _refused(world, *entries) == "told_apart_before"


def test_a_second_number_beside_the_first_is_refused(world, entries):
    kept, other = entries
    actions.merge_workers(by=world.village_officer, kept=kept, other=other)
    facts = actions.Correction(id_number=world.identity())
    with pytest.raises(Refusal) as no:
        actions.correct_worker(by=world.village_officer, worker=Worker.objects.get(pk=other.pk), facts=facts)
    assert no.value.code == "two_id_numbers"


def test_what_still_waits_keeps_its_entry(world, no):
    kept, other = world.entry_without_number(name="陆大江"), world.seeker(name="陆大江")
    offer = world.offer(other)
    given = {"by": world.village_officer, "kept": kept, "other": other}
    assert no(actions.merge_workers, **given) == "other_in_use"
    recall_offer(by=world.county_officer, offer=offer)
    assert actions.merge_workers(**given).kept == kept


def test_what_waits_makes_an_entry_worth_keeping(world):
    first, second = world.seeker(), world.seeker()
    assert max((first, second), key=worth_keeping) == first
    world.offer(second)
    assert max((first, second), key=worth_keeping) == second


def test_a_placement_that_lasts_keeps_its_entry(world, no):
    placement = world.arrived()
    kept = world.entry_without_number(name=placement.worker.name)
    given = {"by": world.village_officer, "kept": kept, "other": placement.worker}
    assert no(actions.merge_workers, **given) == "other_in_use"
    type(placement).objects.filter(pk=placement.pk).update(offer=None)
    placement.offer.delete()
    assert no(actions.merge_workers, **given) == "other_in_use"
