"""What each worker wants: which work, where, from when, for how much, and with whom."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhitong.site.demo import assumptions
from zhitong.site.demo.households import Flags, Households
from zhitong.site.demo.reference import destinations
from zhitong.site.demo.sampling import Ints, draw
from zhitong.site.demo.skills import Skills, certificate_states
from zhitong.site.demo.work import STATUSES, Work, band_level, draw_occupations, usual_income

Small = NDArray[np.int16]
Days = NDArray[np.datetime64]


@dataclass(frozen=True)
class Intentions:
    """The wishes of n workers. Only those with `looking` have a live intention; the others say what they would want.

    `occupation` (n, 3) positions in `trades()` and `destination` (n, 4) in `destinations()`, first wish
    first, -1 for none; `anywhere`: no destination named; `certificate_state` (n, 3) as for experience, for
    the wished occupations; `from_on` earliest day; `wage_floor_fen` a month; `with_spouse`: only together,
    always true for both; `group` fellow villagers who go together, -1 for none; `needs_dormitory`.
    """

    looking: Flags
    occupation: Small
    certificate_state: NDArray[np.uint8]
    destination: NDArray[np.int8]
    anywhere: Flags
    from_on: Days
    wage_floor_fen: NDArray[np.int32]
    with_spouse: Flags
    group: NDArray[np.int32]
    needs_dormitory: Flags


def draw_intentions(
    rng: np.random.Generator, people: Households, work: Work, skills: Skills, on: np.datetime64
) -> Intentions:
    """Return what `people` want on the day `on`."""
    count = len(people.role)
    chance = np.array([assumptions.WANTS_CHANGE[status] for status in STATUSES])
    looking = rng.random(count) < chance[work.status]
    together = _with_spouse(rng, people, looking)
    group = _groups(rng, people, looking & ~together)
    leader = _leaders(people, together, group)
    occupation = _occupations(rng, people, work, skills)
    anywhere = (rng.random(count) < assumptions.ANYWHERE)[leader]
    destination = _destinations(rng, work, anywhere, leader)
    wait = np.where(rng.random(count) < 0.45, 0, rng.integers(1, 61, count))[leader]
    return Intentions(
        looking=looking,
        occupation=occupation,
        certificate_state=certificate_states(occupation, skills.says_none),
        destination=destination,
        anywhere=anywhere,
        from_on=on + wait.astype("timedelta64[D]"),
        wage_floor_fen=_wage_floors(rng, occupation, destination),
        with_spouse=together,
        group=group,
        needs_dormitory=_dormitory(rng, destination),
    )


def _with_spouse(rng: np.random.Generator, people: Households, looking: Flags) -> Flags:
    pair = np.flatnonzero(people.role == 1)
    both = pair[looking[pair] & looking[people.spouse[pair]]]
    chosen = both[rng.random(len(both)) < assumptions.COUPLES_TOGETHER]
    together = np.zeros(len(looking), bool)
    together[chosen] = together[people.spouse[chosen]] = True
    return together


def _groups(rng: np.random.Generator, people: Households, free: Flags) -> NDArray[np.int32]:
    """Number groups of two to six people of one village among those who are free to join."""
    rows = np.flatnonzero(free)
    village = people.home[rows]
    order = np.lexsort((rng.random(len(rows)), village))
    rows, village = rows[order], village[order]
    sizes = rng.integers(2, 7, len(rows) // 2 + 1)
    chunk = np.repeat(np.arange(len(sizes)), sizes)[: len(rows)]
    wanted = rng.random(len(sizes)) < assumptions.IN_GROUPS
    label = np.where(wanted[chunk], chunk * 10_000 + village, -1)
    names, position, members = np.unique(label, return_inverse=True, return_counts=True)
    lasting = (members >= 2) & (names >= 0)
    number = np.where(lasting, np.cumsum(lasting) - 1, -1)
    group = np.full(len(free), -1, np.int32)
    group[rows] = number[position]
    return group


def _leaders(people: Households, together: Flags, group: NDArray[np.int32]) -> Ints:
    """Whose wishes about place and day each worker shares: the spouse's, the first member's, or the own."""
    leader = np.arange(len(group))
    follows = np.flatnonzero(together & (people.role == 1))
    leader[follows] = people.spouse[follows]
    rows = np.flatnonzero(group >= 0)
    if len(rows):
        _, first, position = np.unique(group[rows], return_index=True, return_inverse=True)
        leader[rows] = rows[first][position]
    return leader


def _occupations(rng: np.random.Generator, people: Households, work: Work, skills: Skills) -> Small:
    years = people.age.astype(np.int64)
    sector = work.sector.astype(np.int64)
    new = draw_occupations(rng, rng.permutation(sector) * (years >= 18), people.female, years)
    near = draw_occupations(rng, sector, people.female, years)
    last = skills.experience[:, 0]
    keeps = (last >= 0) & (rng.random(len(last)) < assumptions.KEEPS_TRADE)
    wished = np.column_stack([np.where(keeps, last, new), near, skills.experience[:, 1]])
    wished[:, 1][rng.random(len(last)) < 0.4] = -1
    return _without_repeats(wished).astype(np.int16)


def _without_repeats(wishes: Ints) -> Ints:
    """Drop later repeats of a wish and close the gaps, keeping the order."""
    for column in range(1, wishes.shape[1]):
        repeated = (wishes[:, :column] == wishes[:, column : column + 1]).any(axis=1)
        wishes[repeated, column] = -1
    order = np.argsort(wishes < 0, axis=1, kind="stable")
    return np.take_along_axis(wishes, order, axis=1)


def _destinations(rng: np.random.Generator, work: Work, anywhere: Flags, leader: Ints) -> NDArray[np.int8]:
    """Half name the place they know first; one to four places in all."""
    count = len(leader)
    weight = destinations().weight
    wishes = draw(rng, weight, count * 4).reshape(count, 4)
    knows = rng.random(count) < 0.5
    wishes[knows, 0] = work.place[knows]
    named = 1 + draw(rng, (0.35, 0.3, 0.2, 0.15), count)
    wishes[np.arange(4) >= named[:, None]] = -1
    wishes = _without_repeats(wishes)[leader]
    wishes[anywhere] = -1
    return wishes.astype(np.int8)


def _wage_floors(
    rng: np.random.Generator, occupation: Small, destination: NDArray[np.int8]
) -> NDArray[np.int32]:
    """Somewhat below what the first wish commonly earns at the first place, in whole hundreds of yuan."""
    place = np.where(destination[:, 0] >= 0, band_level()[destination[:, 0]], 1.0)
    usual = usual_income()[occupation[:, 0]] * place
    floor = usual * assumptions.WAGE_FLOOR * rng.lognormal(0, 0.12, len(usual))
    return np.maximum(np.round(floor / 10_000) * 10_000, 200_000).astype(np.int32)


def _dormitory(rng: np.random.Generator, destination: NDArray[np.int8]) -> Flags:
    here = destinations().code.index("520300")
    outside = (destination[:, 0] >= 0) & (destination[:, 0] != here)
    return rng.random(len(outside)) < np.where(outside, assumptions.DORMITORY, 0.25)
