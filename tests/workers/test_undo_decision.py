"""undo_decision: a decision is voided, and everything is as if it had never been taken."""

from __future__ import annotations

import random

import pytest

from zhitong.kernel.errors import Faster, OutOfReach, Refusal
from zhitong.workers import actions
from zhitong.workers.deriving import FIELDS, told_by
from zhitong.workers.models import EntryFacts, LinkDecision, Worker


@pytest.fixture
def merged(world):
    """A decision that made one person of two entries."""
    kept, other = world.worker(), world.entry_without_number()
    return actions.merge_workers(by=world.village_officer, kept=kept, other=other)


def test_it_works(world, merged):
    actions.undo_decision(by=world.village_officer, decision=merged)
    assert {one.state for one in Worker.objects.all()} == {"active"}
    assert LinkDecision.objects.standing().count() == 0 and LinkDecision.objects.count() == 1
    assert EntryFacts.objects.count() == 0
    assert Worker.objects.get(pk=merged.other_id).telephone is not None


def test_a_stranger(world, merged):
    with pytest.raises(OutOfReach):
        actions.undo_decision(by=world.stranger, decision=merged)


def test_of_two_at_once_the_second_hears_it(world, merged):
    actions.undo_decision(by=world.village_officer, decision=LinkDecision.objects.get(pk=merged.pk))
    with pytest.raises(Faster):
        actions.undo_decision(by=world.village_officer, decision=merged)


def test_a_chain_comes_apart_where_it_is_cut(world):
    first, second, third = (world.entry_without_number(name=name) for name in ("王一", "王二", "王三"))
    by = world.village_officer
    inner = actions.merge_workers(by=by, kept=second, other=third)
    outer = actions.merge_workers(by=by, kept=first, other=Worker.objects.get(pk=second.pk))
    assert set(Worker.objects.get(pk=first.pk).parts.all()) == {second, third}
    actions.undo_decision(by=by, decision=inner)
    assert set(Worker.objects.get(pk=first.pk).parts.all()) == {second}
    actions.undo_decision(by=by, decision=outer)
    assert Worker.objects.active().count() == 3


def _says(worker):
    told = told_by(worker)
    return {name: told[name] for name in FIELDS} | {"state": worker.state}


def _steps(seed, many):
    """Return so many steps: edits, and between them merges, splits and undos of whatever stands."""
    chance = random.Random(seed)
    return [
        (chance.choice(("merge", "undo", "separate", "edit", "edit")), chance.random()) for _ in range(many)
    ]


def _edit(by, worker, at):
    telephone, education = f"154{int(at * 1e8):08d}", int(at * 1e6) % 4 + 1
    given = {"telephone": telephone} if int(at * 1e7) % 3 else {"education": education}
    actions.correct_worker(by=by, worker=worker, facts=actions.Correction(**given))


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.sqlite) for seed in (1, 2, 3))])
def test_a_thousand_steps_leave_what_never_merging_leaves(world, seed):
    by = world.village_officer
    pairs = [(make(), make()) for make in [world.worker, *[world.entry_without_number] * 5]]
    entries, twins = [one.pk for one, _twin in pairs], {one.pk: twin.pk for one, twin in pairs}
    for one, twin in pairs:  # both begin alike but for the number
        _edit(by, one, 0.25), _edit(by, twin, 0.25)
    merged = 0
    for what, at in _steps(seed, 250):
        rows = list(Worker.objects.filter(pk__in=entries).order_by("pk"))
        row = rows[int(at * len(rows))]
        try:
            if what == "edit":
                _edit(by, row, at)
                _edit(by, Worker.objects.get(pk=twins[row.pk]), at)
            elif what == "merge":
                actions.merge_workers(by=by, kept=row, other=rows[int(at * 977) % len(rows)])
                merged += 1
            elif what == "separate":
                actions.separate_worker(by=by, worker=row)
            elif standing := list(LinkDecision.objects.standing().order_by("pk")):
                actions.undo_decision(by=by, decision=standing[int(at * len(standing))])
        except Refusal:
            continue
    for decision in LinkDecision.objects.standing().order_by("-pk"):
        actions.undo_decision(by=by, decision=decision)
    assert merged > 10 and EntryFacts.objects.count() == 0
    for one, twin in twins.items():
        mine, other = _says(Worker.objects.get(pk=one)), _says(Worker.objects.get(pk=twin))
        assert {**mine, "id_number": None} == {**other, "id_number": None}
