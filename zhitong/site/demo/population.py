"""The people of the demo city: one call that draws them all."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from zhitong.site.demo import assumptions, names
from zhitong.site.demo.households import Households, draw_households
from zhitong.site.demo.identity import identity_numbers, telephones
from zhitong.site.demo.intentions import Intentions, draw_intentions
from zhitong.site.demo.reference import villages
from zhitong.site.demo.sampling import Floats, draw_by_row
from zhitong.site.demo.skills import Skills, draw_skills
from zhitong.site.demo.work import AWAY, STATUSES, Work, draw_work

DEMO_DAY = date(2026, 3, 2)
PRIORITY_GROUPS = ("registered_poor", "relocated", "minimum_living", "disabled", "veteran")
PRIORITY_SINCE = ("2014-12-31", "2018-06-30", "2022-01-31", "2019-05-31", "2012-12-31")
CONSENTS = tuple(assumptions.CONSENT)
CHECK_SOURCES = tuple(assumptions.CHECK_SOURCES)

Days = NDArray[np.datetime64]


@dataclass(frozen=True)
class Person:
    """Who the n workers are. Names are positions in the tables of `names`; see `Population.names`.

    `born_on`; `id_number` (n,) 18 ASCII characters; `telephone` (n,) or 0 for none; `priority` bits in the
    order of PRIORITY_GROUPS; `consent` bits in the order of CONSENTS; `since_on` day from which the status
    holds; `checked_on` day of the last check and `checked_by` its source, a position in CHECK_SOURCES; `stated` the
    ethnic group that the person said, by its number in GB/T 3304-1991, 0 for those who did not say it.
    """

    surname: NDArray[np.int16]
    given: NDArray[np.int16]
    second_given: NDArray[np.int16]
    dotted: NDArray[np.int16]
    born_on: Days
    id_number: NDArray[np.bytes_]
    telephone: NDArray[np.int64]
    priority: NDArray[np.uint8]
    consent: NDArray[np.uint8]
    since_on: Days
    checked_on: Days
    checked_by: NDArray[np.uint8]
    stated: NDArray[np.uint8]


@dataclass(frozen=True)
class Population:
    """All workers of the demo as arrays; a worker is the position in them.

    Tables that the arrays point into stand in `reference`; words for small codes stand beside each class.
    """

    on: date
    households: Households
    person: Person
    work: Work
    skills: Skills
    intentions: Intentions

    def __len__(self) -> int:
        return len(self.work.status)

    def names(self, rows: slice = slice(None)) -> list[str]:
        """Return the names of some workers."""
        who = self.person
        return names.spell(who.surname[rows], who.given[rows], who.second_given[rows], who.dotted[rows])

    def id_numbers(self, rows: slice = slice(None)) -> list[str]:
        """Return the identity numbers of some workers."""
        return [number.decode("ascii") for number in self.person.id_number[rows].tolist()]

    def telephones(self, rows: slice = slice(None)) -> list[str]:
        """Return the telephone numbers of some workers, "" for none."""
        return [str(number) if number else "" for number in self.person.telephone[rows].tolist()]


def generate_population(workers: int, seed: int, *, on: date = DEMO_DAY) -> Population:
    """Return `workers` made-up people as they stand on the day `on`.

    The same arguments give the same people. Ages and dates are counted back from `on`, so that a demo set
    up on any day looks fresh. Raises ValueError below 100 workers.
    """
    streams = [np.random.default_rng(child) for child in np.random.SeedSequence(seed).spawn(6)]
    day = np.datetime64(on, "D")
    people = draw_households(streams[0], workers)
    work = draw_work(streams[1], people)
    skills = draw_skills(streams[2], people, work, day)
    intentions = draw_intentions(streams[3], people, work, skills, day)
    person = _draw_person(streams[4], people, work, day, _stated(streams[5], people))
    return Population(on, people, person, work, skills, intentions)


def _stated(rng: np.random.Generator, people: Households) -> NDArray[np.uint8]:
    """Whole households are of one ethnic group; its members say it or not, each for himself."""
    counties = list(assumptions.ETHNICITY)
    table = np.array(list(assumptions.ETHNICITY.values()))
    known = {code: at for at, code in enumerate(counties)}
    county = np.array([known.get(code, 0) for code in villages().county])[people.village]
    codes = np.array(list(map(int, assumptions.ETHNIC_CODES)), np.uint8)
    household = codes[draw_by_row(rng, table, county)]
    says = rng.random(len(people.household)) < assumptions.STATE_ETHNICITY
    return np.where(says, household[people.household], 0).astype(np.uint8)


def _draw_person(
    rng: np.random.Generator, people: Households, work: Work, day: np.datetime64, stated: NDArray[np.uint8]
) -> Person:
    born = day - np.ceil(people.age * 365.25).astype("timedelta64[D]")
    surname, first, second = _names(rng, people, born)
    checked, by = _checks(rng, work, day)
    return Person(
        surname=surname,
        given=first,
        second_given=second,
        dotted=names.draw_dotted(rng, len(born)),
        born_on=born,
        id_number=identity_numbers(villages().unit[people.home] + 1, born, people.female),
        telephone=_telephones(rng, people.age),
        priority=_priorities(rng, people),
        consent=_consents(rng, len(born)),
        since_on=_since(rng, work, people.age, checked),
        checked_on=checked,
        checked_by=by,
        stated=stated,
    )


def _names(rng: np.random.Generator, people: Households, born: Days) -> tuple[NDArray[np.int16], ...]:
    """Grown children carry their father's surname."""
    county = np.array([code in ("520325", "520326") for code in villages().county])
    surname = names.draw_surnames(rng, county[people.home].astype(np.int64))
    child = np.flatnonzero(people.father >= 0)
    surname[child] = surname[people.father[child]]
    years = born.astype("datetime64[Y]").astype(np.int64) + 1970
    return surname, *names.draw_given(rng, people.female, years)


def _telephones(rng: np.random.Generator, age: Floats) -> NDArray[np.int64]:
    none = assumptions.NO_TELEPHONE * np.where(age > 60, 4, 1)
    numbers = telephones(len(age), int(rng.integers(0, 5 * 10**7)))
    return np.where(rng.random(len(age)) < none, 0, numbers)


def _priorities(rng: np.random.Generator, people: Households) -> NDArray[np.uint8]:
    """The first three belong to the household, the last two to the person."""
    odds = np.array(
        [
            assumptions.FORMER_POOR_COUNTIES.get(code, assumptions.FORMER_POOR_COUNTIES["others"])
            for code in villages().county
        ]
    )[people.village]
    odds = odds / odds.mean()
    poor = rng.random(len(odds)) < assumptions.REGISTERED_POOR * odds
    more = np.where(poor, 4.0, 1.0) / (1 + 3 * assumptions.REGISTERED_POOR)
    relocated = rng.random(len(odds)) < assumptions.RELOCATED * more
    minimum = rng.random(len(odds)) < assumptions.MINIMUM_LIVING * more
    household = (poor * 1 + relocated * 2 + minimum * 4)[people.household]
    disabled = rng.random(len(people.role)) < assumptions.DISABLED
    veteran = ~people.female & (people.age > 20) & (rng.random(len(people.role)) < assumptions.VETERAN)
    return (household + disabled * 8 + veteran * 16).astype(np.uint8)


def _consents(rng: np.random.Generator, count: int) -> NDArray[np.uint8]:
    bits = np.zeros(count, np.uint8)
    for bit, share in enumerate(assumptions.CONSENT.values()):
        bits |= (rng.random(count) < share).astype(np.uint8) << bit
    return bits


def _checks(rng: np.random.Generator, work: Work, day: np.datetime64) -> tuple[Days, NDArray[np.uint8]]:
    mean, most = assumptions.CHECKED_AGO.values()
    ago = np.minimum(rng.exponential(mean, len(work.status)), most)
    table = np.array(
        [list(row.values()) for row in (assumptions.CHECK_SOURCES, assumptions.CHECK_SOURCES_AWAY)]
    )
    source = draw_by_row(rng, table, (work.status == AWAY).astype(np.int64))
    return day - ago.astype("timedelta64[D]"), source.astype(np.uint8)


def _since(rng: np.random.Generator, work: Work, age: Floats, checked: Days) -> Days:
    """A status holds from some weeks or years before it was last checked, never from before working age."""
    mean = np.array([assumptions.STATUS_SINCE[status] for status in STATUSES])[work.status]
    ago = np.minimum(rng.exponential(mean), (age - 16) * 365.25)
    return checked - ago.astype("timedelta64[D]")
