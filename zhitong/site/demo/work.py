"""Education, status, sector, occupation, place and income of each worker, drawn to meet the published shares."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhitong.site.demo import assumptions
from zhitong.site.demo.households import Flags, Households
from zhitong.site.demo.reference import SECTORS, destinations, trades
from zhitong.site.demo.sampling import Floats, Ints, balance, draw_by_row, rake, tilt

EDUCATION = tuple(assumptions.EDUCATION)
STATUSES = ("away_working", *assumptions.NOT_AWAY)
AWAY, LOCAL, WANTING, NOT_LOOKING, TRAINING, RETURNED = range(6)

Small = NDArray[np.int16]
Money = NDArray[np.int32]


@dataclass(frozen=True)
class Work:
    """What each worker (n,) learnt and does.

    `education` and `status` are positions in EDUCATION and STATUSES, `sector` in SECTORS, `occupation` in
    `trades()` (-1: never worked), `place` in `destinations()`: where the worker is, or was last, or would
    go by habit; `income_fen` a month in the present or last job, 0 for who never worked.
    """

    education: NDArray[np.uint8]
    status: NDArray[np.uint8]
    sector: NDArray[np.uint8]
    occupation: Small
    place: NDArray[np.uint8]
    income_fen: Money


def draw_work(rng: np.random.Generator, people: Households) -> Work:
    """Return the working lives of `people`."""
    years = np.floor(people.age).astype(np.int64)
    status = _statuses(rng, people, years)
    sector = _sectors(rng, people.female, years)
    occupation = draw_occupations(rng, sector, people.female, years)
    place = _places(rng, people, status, sector)
    beginner = (
        (years < 22) & np.isin(status, (WANTING, TRAINING)) & (rng.random(len(years)) < assumptions.BEGINNERS)
    )
    income = _incomes(rng, years, status, sector, occupation, place)
    return Work(
        education=_education(rng, years),
        status=status.astype(np.uint8),
        sector=sector.astype(np.uint8),
        occupation=np.where(beginner, -1, occupation).astype(np.int16),
        place=place.astype(np.uint8),
        income_fen=np.where(beginner, 0, income).astype(np.int32),
    )


def _education(rng: np.random.Generator, years: Ints) -> NDArray[np.uint8]:
    band = np.digitize(years, (26, 41, 51))
    odds = np.array([assumptions.EDUCATION_BY_AGE[level] for level in EDUCATION]).T
    table = rake(
        odds * _values(assumptions.EDUCATION), np.bincount(band, minlength=4), _values(assumptions.EDUCATION)
    )
    return draw_by_row(rng, _without_empty(table, odds), band).astype(np.uint8)


def _values(shares: dict[str, float]) -> Floats:
    return np.array(list(shares.values()))


def _without_empty(table: Floats, otherwise: Floats) -> Floats:
    """Rows that nobody is in come out of raking empty; any weights will do for them."""
    return np.where(table.sum(axis=1, keepdims=True) > 0, table, otherwise)


def _statuses(rng: np.random.Generator, people: Households, years: Ints) -> Ints:
    away = _away(rng, people, years)
    row = 2 * (years > 50) + people.female
    odds = np.array(
        [
            _values(assumptions.NOT_AWAY)
            * _values(assumptions.NOT_AWAY_OLDER) ** older
            * _values(assumptions.NOT_AWAY_FEMALE) ** female
            for older in (0, 1)
            for female in (0, 1)
        ]
    )
    table = rake(odds, np.bincount(row[~away], minlength=4), _values(assumptions.NOT_AWAY))
    return np.where(away, AWAY, 1 + draw_by_row(rng, _without_empty(table, odds), row))


def _away(rng: np.random.Generator, people: Households, years: Ints) -> Flags:
    """Who is away: logistic in age, sex and marriage, so that the published means of those away hold."""
    married = people.marital == 0
    cell, row = np.unique(years * 4 + people.female * 2 + married, return_inverse=True)
    features = np.column_stack([cell // 4, cell // 2 % 2, cell % 2]).astype(float)
    means = (assumptions.AWAY_MEAN_AGE, assumptions.AWAY_FEMALE, assumptions.AWAY_MARRIED)
    chance = tilt(np.bincount(row).astype(float), features, assumptions.AWAY, means)
    return _shared_chance(rng, people, assumptions.SPOUSES_AGREE) < chance[row]


def _shared_chance(rng: np.random.Generator, people: Households, share: float) -> Floats:
    """Uniform numbers, the same for both spouses in `share` of the couples."""
    chance = rng.random(len(people.role))
    follows = np.flatnonzero(people.role == 1)
    follows = follows[rng.random(len(follows)) < share]
    chance[follows] = chance[people.spouse[follows]]
    return chance


def _sectors(rng: np.random.Generator, female: Flags, years: Ints) -> Ints:
    """Rows: men and women, of 16 and 17, up to 50, and older."""
    group = np.digitize(years, (18, 51))
    row = 3 * female + group
    women, older = _values(assumptions.SECTOR_FEMALE_ODDS), _values(assumptions.SECTOR_OLDER_ODDS)
    minors = np.isin(np.arange(len(SECTORS)), _sectors_open_to_minors())
    odds = np.array([women**sex * age for sex in (0, 1) for age in (minors, older**0, older)])
    seed = odds * _values(assumptions.SECTOR)
    table = rake(seed, np.bincount(row, minlength=6), _values(assumptions.SECTOR))
    return draw_by_row(rng, _without_empty(table, seed), row)


def _sectors_open_to_minors() -> Ints:
    return np.unique(trades().sector[trades().age_from < 18])


def draw_occupations(rng: np.random.Generator, sector: Ints, female: Flags, years: Ints) -> Ints:
    """Return a position in `trades()` for each sector, sex and age; nobody under 18 gets work closed to minors."""
    known, kinds = trades(), len(SECTORS)
    table = np.array(
        [
            known.weight[sex] * (known.sector == kind) * (known.age_from <= age)
            for age in (16, 18)
            for sex in (0, 1)
            for kind in range(kinds)
        ]
    )
    open_to = np.where(years < 18, 0, 1)
    table[table.sum(axis=1) == 0] = table[0]
    return draw_by_row(rng, table, (open_to * 2 + female) * kinds + sector)


def _places(rng: np.random.Generator, people: Households, status: Ints, sector: Ints) -> Ints:
    """Factories draw people to factory towns; spouses who are both away are mostly in one place."""
    known = destinations()
    seed = np.tile(known.weight, (len(SECTORS), 1))
    seed[0] *= known.manufacturing
    seed[1:] /= known.manufacturing
    table = rake(seed, np.bincount(sector, minlength=len(SECTORS)), known.weight)
    place = draw_by_row(rng, _without_empty(table, seed), sector)
    follows = np.flatnonzero((people.role == 1) & (status == AWAY))
    follows = follows[status[people.spouse[follows]] == AWAY]
    follows = follows[rng.random(len(follows)) < assumptions.SAME_PLACE]
    place[follows] = place[people.spouse[follows]]
    return place


def _incomes(
    rng: np.random.Generator, years: Ints, status: Ints, sector: Ints, occupation: Ints, place: Ints
) -> Ints:
    """Levels by sector and by away or local hold on the mean; inside, trade, place, age and chance decide."""
    noise = rng.lognormal(0, assumptions.INCOME_SPREAD, len(years))
    hump = 1 - ((years - 38) / 60) ** 2
    relative = trades().wage[occupation] * hump * noise
    relative *= np.where(status == AWAY, band_level()[place], 1.0)
    cell = (status == LOCAL) * len(SECTORS) + sector
    return np.round(relative * _cell_factors(cell, relative, status)[cell] / 1000) * 1000


def _cell_factors(cell: Ints, relative: Floats, status: Ints) -> Floats:
    """Fen for one unit of `relative`, by local and sector, measured on those who work."""
    working = (status == AWAY) | (status == LOCAL)
    size = 2 * len(SECTORS)
    counts = np.bincount(cell[working], minlength=size).astype(float)
    total = np.bincount(cell[working], relative[working], size)
    mean = np.divide(total, counts, out=np.ones(size), where=counts > 0)
    levels = (assumptions.INCOME_AWAY, assumptions.INCOME_LOCAL)
    sectors = _values(assumptions.INCOME_BY_SECTOR)
    start = np.outer(levels, sectors / assumptions.INCOME)
    wanted = balance(start, np.maximum(counts, 1e-9).reshape(2, -1), levels, sectors)
    return wanted.ravel() / mean


def band_level() -> Floats:
    """Income at each destination against the mean of all; inside the province as in the West."""
    bands = {**assumptions.INCOME_BY_BAND, "Home": assumptions.INCOME_BY_BAND["West"]}
    return np.array([bands[band] for band in destinations().band]) / assumptions.INCOME


def usual_income() -> Floats:
    """Fen a month that each trade (k,) commonly earns away from home at the mean of places."""
    known = trades()
    weight = known.weight.sum(axis=0)
    kinds = len(SECTORS)
    mean = np.bincount(known.sector, weight * known.wage, kinds) / np.bincount(known.sector, weight, kinds)
    level = _values(assumptions.INCOME_BY_SECTOR) * assumptions.INCOME_AWAY / assumptions.INCOME
    return level[known.sector] * known.wage / mean[known.sector]
