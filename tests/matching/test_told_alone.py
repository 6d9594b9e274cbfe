"""Whoever has a post from a great round is told, when he asks, what everybody is told at once by a smaller one."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from django.test import Client

from zhitong.matching.frames import Findings, explaining, market_of, propose, told_alone
from zhitong.matching.models import Board, Proposal, Round
from zhitong.matching.tellings import told_of
from zhitong.site.world import World
from zhitong.workers.actions import Wish, state_intention
from zhitong.workers.models import Worker

Solved = Callable[[], Round]


@pytest.fixture
def great(world: World, monkeypatch: pytest.MonkeyPatch) -> Solved:
    """Solve a round as if so many took part that not everybody can be told at once."""

    def solved() -> Round:
        with monkeypatch.context() as patch:
            patch.setattr(explaining, "MOST_EXPLAINED", 0)
            return world.solved_round()

    return solved


@pytest.fixture
def better(world: World) -> Any:
    """A post that pays more and asks for a certificate that hardly anybody has."""
    return world.demand(
        title="持证焊工", seats=2, wage_low_fen=800_000, wage_high_fen=900_000,
        certificates=(world.welding_certificate,),
    )  # fmt: skip


def test_it_works(world: World, seeker: Worker, better: Any, great: Solved) -> None:
    assert world.couple and world.post
    held = great()
    market = market_of(held)
    findings = Findings(market, propose(market, seed=held.seed))
    told = {row[5]: row[9] for row in findings.proposals(held.pk)}
    assert held.proposals.count() == 3
    for proposal in held.proposals.all():
        assert "if" not in proposal.reasons
        assert told_of(proposal) == told[proposal.worker_id]
    mine = told_alone(held.proposals.get(worker=seeker))
    assert mine["if"] == ["certificate", world.welding_certificate.pk, better.pk]


def test_a_small_round_keeps_no_board(world: World, seeker: Worker) -> None:
    assert world.post
    held = world.solved_round()
    proposal = held.proposals.get()
    assert not Board.objects.exists() and "if" in proposal.reasons
    assert told_of(proposal) == proposal.reasons and told_alone(proposal) == {}


def test_whoever_wishes_something_else_now_is_told_nothing(
    world: World, seeker: Worker, better: Any, great: Solved
) -> None:
    assert world.post
    proposal = great().proposals.get()
    wish = Wish(occupations=(world.sewer,), cities=(world.host_city,), wage_floor_fen=300_000)
    state_intention(by=world.village_officer, worker=seeker, wish=wish)
    assert told_alone(proposal) == {} and told_of(proposal) == proposal.reasons


def test_whose_data_are_deleted_is_told_nothing(
    world: World, seeker: Worker, better: Any, great: Solved
) -> None:
    assert world.post
    proposal = great().proposals.get()
    Proposal.objects.filter(pk=proposal.pk).update(reasons={})
    proposal.refresh_from_db()
    assert told_alone(proposal) == {}


def test_the_page_says_it(world: World, seeker: Worker, better: Any, great: Solved) -> None:
    assert world.post
    proposal = great().proposals.get()
    client = Client()
    client.force_login(world.county_officer)
    page = client.get(f"/matching/proposals/{proposal.pk}/").content.decode()
    assert str(world.welding_certificate.name) in page


def test_the_board_holds_nothing_about_people(
    world: World, seeker: Worker, better: Any, great: Solved
) -> None:
    assert world.post
    great()
    board = Board.objects.get()
    with np.load(io.BytesIO(bytes(board.posts))) as held:
        assert set(held["keys"].tolist()) == {world.post.pk, better.pk}
        assert {len(column) for name, column in held.items() if name != "kinds"} == {2}
