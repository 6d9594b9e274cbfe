"""What each worker has done before, can do, and holds a certificate for.

Coherence is the point: whoever has worked in a trade that demands a certificate either holds it or says
that there is none, and says the same for every trade that demands the same certificate.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhitong.site.demo import assumptions
from zhitong.site.demo.households import Households
from zhitong.site.demo.reference import certificates, skill_level, trades
from zhitong.site.demo.sampling import Floats, Ints
from zhitong.site.demo.work import Work, draw_occupations

NOT_DEMANDED, HOLDS, DECLARES_NONE = range(3)
_VALID_YEARS = {"special_operation": 6, "special_equipment_2019": 4, "construction_special_operation": 2}
_LEVEL_FROM_YEARS = ((2, "5"), (5, "4"), (9, "3"), (15, "2"))

Small = NDArray[np.int16]
Days = NDArray[np.datetime64]


@dataclass(frozen=True)
class Skills:
    """Experience and skills of n workers, and c certificates.

    `experience` (n, 3) positions in `trades()`, latest first, -1 for none; `years` (n, 3);
    `certificate_state` (n, 3) for each experience: NOT_DEMANDED, HOLDS or DECLARES_NONE; `says_none` (n,)
    whether the worker, asked for a certificate, has none; `skill` (n, 3) positions in
    `trades().skill_names` or -1.

    By certificate, in the order of the workers: `certificate_worker` (c,) position of the worker,
    `certificate_kind` in `certificates()`, `certificate_trade` in `trades()`, `issued_on`, `valid_until`
    (NaT: without end).
    """

    experience: Small
    years: NDArray[np.uint8]
    certificate_state: NDArray[np.uint8]
    says_none: NDArray[np.bool_]
    skill: Small
    certificate_worker: NDArray[np.int32]
    certificate_kind: Small
    certificate_trade: Small
    issued_on: Days
    valid_until: Days


def draw_skills(rng: np.random.Generator, people: Households, work: Work, on: np.datetime64) -> Skills:
    """Return what `people` can do on the day `on`."""
    experience = _experience(rng, people, work)
    years = _years(rng, people.age, experience)
    says_none = rng.random(len(experience)) >= assumptions.CERTIFIED
    state = certificate_states(experience, says_none)
    held = certificates_held(experience, state)
    levels = _levels(rng, experience, years)
    worker, kind, trade = (np.concatenate(columns) for columns in zip(held, levels, strict=True))
    order = np.argsort(worker, kind="stable")
    worker, kind, trade = worker[order], kind[order], trade[order]
    issued, until = _validity(rng, kind, people.age[worker], on)
    return Skills(
        experience=experience,
        years=years,
        certificate_state=state,
        says_none=says_none,
        skill=_skills(rng, experience),
        certificate_worker=worker.astype(np.int32),
        certificate_kind=kind.astype(np.int16),
        certificate_trade=trade.astype(np.int16),
        issued_on=issued,
        valid_until=until,
    )


def certificate_states(occupations: Small, says_none: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Return for each occupation (n, m) of each worker whether a certificate is demanded, held or declared absent."""
    demanded = (trades().certificate[occupations] >= 0) & (occupations >= 0)
    return np.where(demanded, np.where(says_none[:, None], DECLARES_NONE, HOLDS), NOT_DEMANDED).astype(
        np.uint8
    )


def _experience(rng: np.random.Generator, people: Households, work: Work) -> Small:
    """The present trade first, then earlier ones: mostly of the same sector, sometimes of another."""
    found = np.full((len(work.occupation), 3), -1, np.int16)
    found[:, 0] = work.occupation
    grown = (people.age >= 25) & (work.occupation >= 0)
    for column, share in enumerate(assumptions.SECOND_TRADE.values(), start=1):
        rows = np.flatnonzero(grown & (found[:, column - 1] >= 0) & (rng.random(len(grown)) < share))
        found[rows, column] = _earlier_trades(rng, people, work, rows)
    found[:, 2][(found[:, 2] == found[:, 0]) | (found[:, 2] == found[:, 1])] = -1
    repeated = found[:, 1] == found[:, 0]
    found[repeated, 1], found[repeated, 2] = found[repeated, 2], -1
    return found


def _earlier_trades(rng: np.random.Generator, people: Households, work: Work, rows: Ints) -> Ints:
    sector = work.sector[rows].astype(np.int64)
    other = rng.random(len(rows)) < 0.4
    sector[other] = work.sector[rng.permutation(rows)[other]]
    return draw_occupations(rng, sector, people.female[rows], people.age[rows].astype(np.int64))


def _years(rng: np.random.Generator, age: Floats, experience: Small) -> NDArray[np.uint8]:
    """Years in each trade, about seven on average, together never more than since the sixteenth birthday."""
    left = np.floor(age - 16).astype(np.int64)
    years = np.zeros(experience.shape, np.uint8)
    for column in range(3):
        drawn = np.minimum(rng.geometric(1 / 7, len(age)), left)
        years[:, column] = np.where(experience[:, column] >= 0, drawn, 0)
        left -= years[:, column]
    return years


def certificates_held(experience: Small, state: NDArray[np.uint8]) -> tuple[Ints, Ints, Ints]:
    """One certificate for each worker and kind, even where two trades demand the same one."""
    worker, column = np.nonzero(state == HOLDS)
    trade = experience[worker, column].astype(np.int64)
    kind = trades().certificate[trade]
    _, once = np.unique(worker * len(certificates()) + kind, return_index=True)
    return worker[once], kind[once], trade[once]


def _levels(rng: np.random.Generator, experience: Small, years: NDArray[np.uint8]) -> tuple[Ints, Ints, Ints]:
    """Skill levels of the latest trade; the level follows from the years in it."""
    known = (experience[:, 0] >= 0) & (years[:, 0] >= _LEVEL_FROM_YEARS[0][0])
    share = assumptions.SKILL_LEVEL * len(known) / max(1, known.sum())
    worker = np.flatnonzero(known & (rng.random(len(known)) < share))
    step = np.digitize(years[worker, 0], [since for since, _ in _LEVEL_FROM_YEARS]) - 1
    kind = np.array([skill_level(code) for _, code in _LEVEL_FROM_YEARS])[step]
    return worker, kind, experience[worker, 0].astype(np.int64)


def _validity(rng: np.random.Generator, kind: Ints, age: Floats, on: np.datetime64) -> tuple[Days, Days]:
    """Issued after the eighteenth birthday; a few certificates have run out."""
    span = np.array([_VALID_YEARS.get(family, 0) for family, _, _ in certificates()])[kind]
    ago = np.where(span > 0, span, 10) * rng.uniform(0.03, 1.05, len(kind))
    ago = np.minimum(ago, np.maximum(age - 18, 0.05))
    issued = on - np.round(ago * 365.25).astype("timedelta64[D]")
    until = issued + np.round(span * 365.25).astype("timedelta64[D]")
    until[span == 0] = np.datetime64("NaT")
    return issued, until


def _skills(rng: np.random.Generator, experience: Small) -> Small:
    """Up to two skills of the latest trade and one of the trade before."""
    table = trades().skills
    count = (table >= 0).sum(axis=1)
    found = np.full(experience.shape, -1, np.int16)
    start = rng.integers(0, 3, len(experience))
    for column, (trade_column, offset) in enumerate(((0, 0), (0, 1), (1, 0))):
        trade = experience[:, trade_column]
        position = (start + offset) % np.maximum(count[trade], 1)
        found[:, column] = np.where(trade >= 0, table[trade, position], -1)
    found[:, 1][found[:, 1] == found[:, 0]] = -1
    found[:, 2][(found[:, 2] == found[:, 0]) | (found[:, 2] == found[:, 1])] = -1
    return found
