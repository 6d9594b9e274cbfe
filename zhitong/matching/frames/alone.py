"""What one change would have brought to somebody with a post, found when he asks: from the board of the round."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from zhitong.engines.matching import GroupRule, Problem, points_of
from zhitong.engines.matching.alone import explain_alone
from zhitong.matching.frames.boards import Kept, unfolded
from zhitong.matching.frames.explaining import lines
from zhitong.matching.frames.people import People, pair_person, told_noes
from zhitong.matching.frames.posts import fellows
from zhitong.matching.frames.reading import NONE, places_of
from zhitong.matching.frames.rules import params_of
from zhitong.matching.frames.seeking import codes_of_seeking
from zhitong.matching.models import Board, Proposal


def told_alone(proposal: Proposal) -> dict[str, Any]:
    """Return what is told beside the reasons, as `Explained.of` yields it for a round in which everybody was told.

    Nothing where the round kept no board, and where the post would no longer have the same fit: what somebody wishes
    now says nothing then about what he could have had.
    """
    board = Board.objects.filter(round=proposal.round_id).first()
    if board is None or not proposal.reasons:
        return {}
    codes = codes_of_seeking()
    kept = unfolded(bytes(board.posts), codes)
    held = proposal.round
    person = pair_person(proposal.worker, held.held_on, codes, kept.offered.kinds)
    post = int(places_of(kept.offered.keys, np.array([proposal.demand_id]))[0])
    if post == NONE or not len(person.keys):
        return {}
    params = params_of(held.rules)
    problem = _problem(proposal, person, kept, codes.trees)
    fit = points_of(problem, params, np.zeros(1, np.int64), np.array([post])).sum()
    if int(fit) != proposal.fit:
        return {}
    told = explain_alone(problem, params, post, kept.cutoff)
    return next(lines(told, kept.cutoff, kept.offered, codes, np.zeros(1, np.int64)))


def _problem(proposal: Proposal, person: People, kept: Kept, trees: Any) -> Problem:
    """Return one person and the posts of the round; whoever was to go with somebody still is."""
    workers, rule = told_noes(person, kept.offered.keys, kept.offered.employers), person.group_rule
    if proposal.group_number is not None:
        workers = replace(workers, group=np.zeros(1, np.int32))
        rule = np.array([GroupRule.SAME_CITY], np.int8)
    return Problem(
        workers=workers,
        posts=kept.offered.posts,
        trees=trees,
        on_day=proposal.round.held_on.toordinal(),
        group_rule=rule,
        fellows=fellows(person.villages, kept.offered.employers),
    )
