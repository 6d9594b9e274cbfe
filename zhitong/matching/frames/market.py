"""A round as a problem of the engine, and the way back from positions to rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from zhitong.employers.models import Demand
from zhitong.engines.matching import Params, Plan, Problem, Rule, solve
from zhitong.engines.matching.pairs import kept_rules
from zhitong.matching.frames.codes import Codes, read_codes
from zhitong.matching.frames.people import People, pair_person, people_of, told_noes
from zhitong.matching.frames.posts import Openings, asked, fellows, open_demands, openings
from zhitong.matching.frames.rules import params_of
from zhitong.matching.models import Round, RuleSet
from zhitong.matching.stages import Stages
from zhitong.workers.models import Worker


@dataclass(frozen=True)
class Market:
    """People and posts by position, and the problem that they make."""

    people: People
    openings: Openings
    codes: Codes
    problem: Problem


def market_of(held: Round) -> Market:
    """Read the people of a round's place and every post open to them on its day."""
    codes = read_codes()
    posts = asked(open_demands(held.held_on))
    people = people_of(scope_of(held), held.held_on, codes, posts.kinds)
    offered = openings(posts, codes, held.city, held.held_on)
    workers = told_noes(people, offered.keys, offered.employers)
    return _market(replace(people, workers=workers), offered, codes, held.held_on)


def pair_market(worker: Worker, demand: Demand, day: dt.date) -> Market:
    """Read one worker and one post, so that a single offer is held against the same rules as a round's.

    An earlier no between them is left to whoever offers.
    """
    codes = read_codes()
    post = asked(Demand.objects.filter(pk=demand.pk))
    person = pair_person(worker, day, codes, post.kinds)
    return _market(person, openings(post, codes, None, day, free_only=False), codes, day)


def propose(
    market: Market,
    *,
    seed: int,
    rules: RuleSet | None = None,
    stop: Callable[[], bool] | None = None,
    stages: Stages | None = None,
) -> Plan:
    """Let the engine solve the round by the rules, without any by its defaults, and check its plan independently.

    ``stop`` says when time is up; the plan is then the best found until then. ``stages`` are told how long clearing
    the market (placement and certificate), the reasons and the check take. Raises ``ValueError`` if the plan breaks a
    hard rule.
    """
    went = stages or Stages()
    went.begin("clear")
    plan = solve(
        market.problem,
        params_of(rules),
        seed=seed,
        stop=stop,
        cleared=lambda: went.begin("reasons"),
    )
    went.begin("check")
    broken = plan.broken_rules(market.problem)
    went.end()
    if broken:
        raise ValueError(f"the plan breaks {len(broken)} rules, the first: {broken[0].sentence}")
    return plan


def broken_between(worker: Worker, demand: Demand, day: dt.date) -> list[str]:
    """Return the names of the hard rules that forbid to offer this post to this worker."""
    problem = pair_market(worker, demand, day).problem
    kept = kept_rules(problem, Params(), np.zeros(1, np.int64), np.zeros(1, np.int64))[0]
    return [rule.name.lower() for rule in Rule if not kept[rule]]


def scope_of(held: Round) -> Mapping[str, Any]:
    """Return the lookup that picks the workers of the round's place."""
    for level in ("town", "county", "city"):
        key = getattr(held, f"{level}_id")
        if key is not None:
            return {f"{level}_id": key}
    raise ValueError(f"round {held.pk} has no place")


def _market(people: People, offered: Openings, codes: Codes, day: dt.date) -> Market:
    problem = Problem(
        workers=people.workers,
        posts=offered.posts,
        trees=codes.trees,
        on_day=day.toordinal(),
        group_rule=people.group_rule,
        fellows=fellows(people.villages, offered.employers),
    )
    return Market(people, offered, codes, problem)
