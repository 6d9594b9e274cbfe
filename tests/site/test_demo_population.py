"""The people of the demo: as published, coherent, and the same every time."""

from dataclasses import fields
from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from zhitong.site.demo import assumptions
from zhitong.site.demo.households import ROLES, SPOUSE
from zhitong.site.demo.population import DEMO_DAY, Population, generate_population
from zhitong.site.demo.reference import SECTORS, certificates, destinations, trades, villages
from zhitong.site.demo.skills import DECLARES_NONE, HOLDS, NOT_DEMANDED, certificates_held
from zhitong.site.demo.work import AWAY, EDUCATION, LOCAL

WORKERS = 52_500
WELDER = "6-18-02-04"


@pytest.fixture(scope="module")
def people() -> Population:
    return generate_population(WORKERS, 20)


@pytest.fixture(scope="module")
def years(people: Population) -> NDArray[np.float64]:
    return np.floor(people.households.age)


def shares(positions: NDArray[np.integer], count: int) -> NDArray[np.float64]:
    return np.bincount(positions, minlength=count) / len(positions)


def test_it_works(people: Population) -> None:
    assert len(people) == WORKERS
    assert people.on == DEMO_DAY
    assert all(2 <= len(name) <= 9 for name in people.names())


def test_sex_age_and_marriage_are_as_published(people: Population, years: NDArray[np.float64]) -> None:
    bands = shares(np.digitize(years, (41, 51)), 3)
    assert people.households.female.mean() == pytest.approx(assumptions.FEMALE, abs=0.01)
    assert bands == pytest.approx(list(assumptions.AGE.values()), abs=0.015)
    assert years.mean() == pytest.approx(assumptions.MEAN_AGE, abs=1)
    assert shares(people.households.marital, 3) == pytest.approx(
        list(assumptions.MARITAL.values()), abs=0.001
    )
    assert years.min() >= 16


def test_education_and_sectors_are_as_published(people: Population) -> None:
    assert shares(people.work.education, len(EDUCATION)) == pytest.approx(
        list(assumptions.EDUCATION.values()), abs=0.01
    )
    assert shares(people.work.sector, len(SECTORS)) == pytest.approx(
        list(assumptions.SECTOR.values()), abs=0.01
    )


def test_those_away_are_as_published(people: Population, years: NDArray[np.float64]) -> None:
    away = people.work.status == AWAY
    married = people.households.marital == 0
    assert away.mean() == pytest.approx(assumptions.AWAY, abs=0.01)
    assert years[away].mean() == pytest.approx(assumptions.AWAY_MEAN_AGE, abs=0.3)
    assert people.households.female[away].mean() == pytest.approx(assumptions.AWAY_FEMALE, abs=0.01)
    assert married[away].mean() == pytest.approx(assumptions.AWAY_MARRIED, abs=0.01)
    home = destinations().band[people.work.place[away]] == "Home"
    assert home.mean() == pytest.approx(assumptions.WITHIN_PROVINCE, abs=0.01)


def test_zhejiang_guangdong_and_shanghai_lead_the_lanes(people: Population) -> None:
    away = people.work.place[people.work.status == AWAY]
    provinces = np.array([code[:2] for code in destinations().code])[away]
    outside = provinces[provinces != "52"]
    order = [str(name) for name in np.unique(outside)[np.argsort(-np.unique(outside, return_counts=True)[1])]]
    assert order[:2] == ["33", "44"]
    assert (outside == "31").mean() > 0.03


def test_incomes_are_as_published(people: Population) -> None:
    income, status = people.work.income_fen, people.work.status
    assert income[status == AWAY].mean() == pytest.approx(assumptions.INCOME_AWAY, rel=0.001)
    assert income[status == LOCAL].mean() == pytest.approx(assumptions.INCOME_LOCAL, rel=0.001)
    working = (status == AWAY) | (status == LOCAL)
    for name, published in assumptions.INCOME_BY_SECTOR.items():
        mine = working & (people.work.sector == SECTORS.index(name))
        expected = published / assumptions.INCOME * income[working].mean()
        assert income[mine].mean() == pytest.approx(expected, rel=0.03), name


def test_no_village_and_no_county_unit_is_empty(people: Population) -> None:
    home = people.households.home
    assert np.bincount(home, minlength=2093).min() >= 1
    assert np.bincount(villages().unit[home], minlength=15).min() >= 300


def test_a_small_register_still_reaches_every_village() -> None:
    assert np.bincount(generate_population(3_400, 1).households.home, minlength=2093).min() == 1


def test_couples_are_mutual_plausible_and_live_together(people: Population) -> None:
    them = people.households
    partner = np.flatnonzero(them.role == SPOUSE)
    head = them.spouse[partner]
    assert len(partner) > WORKERS // 5
    assert (them.spouse[head] == partner).all()
    assert (them.spouse >= 0).sum() == 2 * len(partner)
    assert (them.household[head] == them.household[partner]).all()
    assert (them.female[head] != them.female[partner]).all()
    assert np.abs(them.age[head] - them.age[partner]).max() < 16
    assert them.age[them.female & (them.spouse >= 0)].min() >= 20
    assert them.age[~them.female & (them.spouse >= 0)].min() >= 22


def test_households_hold_their_members_in_order(people: Population) -> None:
    them = people.households
    assert (them.role[them.first] == ROLES.index("head")).all()
    assert (np.bincount(them.household) == them.size).all()
    assert (np.diff(them.household) >= 0).all()
    assert (np.diff(them.home) >= 0).all()


def test_children_are_a_generation_younger_and_carry_the_fathers_name(people: Population) -> None:
    them = people.households
    child = np.flatnonzero(them.father >= 0)
    assert len(child) > 1000
    assert (them.age[them.father[child]] - them.age[child]).min() >= 20 - 1e-9
    assert (people.person.surname[child] == people.person.surname[them.father[child]]).all()
    parent = them.role == ROLES.index("parent")
    assert (them.age[parent] - them.age[them.first[them.household[parent]]]).min() >= 20 - 1e-9


def test_identity_numbers_agree_with_the_person(people: Population) -> None:
    found = people.id_numbers()
    born = np.datetime_as_string(people.person.born_on).tolist()
    assert len(set(found)) == WORKERS
    assert all(number[6:14] == day.replace("-", "") for number, day in zip(found, born, strict=True))
    assert [int(number[16]) % 2 == 0 for number in found] == people.households.female.tolist()
    assert [int(number[4:6]) for number in found] == (villages().unit[people.households.home] + 1).tolist()


def test_nobody_is_under_16_on_the_day(people: Population) -> None:
    youngest = people.person.born_on.max().astype(date)
    assert youngest.replace(year=youngest.year + 16) <= people.on


def test_telephones_are_nobodys_and_different(people: Population) -> None:
    given = [number for number in people.telephones() if number]
    assert len(set(given)) == len(given) > 0.9 * WORKERS
    assert {number[:3] for number in given} == {"154"}


def test_some_names_are_hard(people: Population) -> None:
    text = people.names()
    assert any("·" in name for name in text)
    assert any(ord(character) > 0xFFFF for name in text for character in name)
    assert any(name.startswith("令狐") for name in text)


def test_a_welder_holds_the_certificate_or_says_that_there_is_none(people: Population) -> None:
    skills = people.skills
    worker, column = np.nonzero(skills.experience == trades().code.index(WELDER))
    state = skills.certificate_state[worker, column]
    assert len(worker) > 200
    assert set(state.tolist()) == {HOLDS, DECLARES_NONE}
    welding = [name for _, _, name in certificates()].index("熔化焊接与热切割作业")
    holders = set(skills.certificate_worker[skills.certificate_kind == welding].tolist())
    assert holders == set(worker[state == HOLDS].tolist())


def test_every_trade_that_demands_a_certificate_is_answered(people: Population) -> None:
    skills = people.skills
    demanded = (trades().certificate[skills.experience] >= 0) & (skills.experience >= 0)
    assert ((skills.certificate_state != NOT_DEMANDED) == demanded).all()
    pairs = skills.certificate_worker.astype(np.int64) * 1000 + skills.certificate_kind
    assert len(np.unique(pairs)) == len(pairs)


def test_two_trades_that_demand_the_same_certificate_are_answered_by_one() -> None:
    both = [trades().code.index(code) for code in ("6-31-01-03", "6-29-03-02")]
    experience = np.array([[*both, -1], [both[1], -1, -1]], np.int16)
    worker, kind, trade = certificates_held(experience, np.where(experience >= 0, HOLDS, NOT_DEMANDED))
    assert worker.tolist() == [0, 1]
    assert [certificates()[position][2] for position in kind] == ["低压电工作业"] * 2
    assert trade.tolist() == both


def test_certificates_are_issued_to_adults_before_today(people: Population) -> None:
    skills = people.skills
    age = people.households.age[skills.certificate_worker]
    assert age.min() >= 18
    assert skills.issued_on.max() <= np.datetime64(people.on)
    ends = skills.valid_until[~np.isnat(skills.valid_until)]
    assert 0.9 < (ends >= np.datetime64(people.on)).mean() < 1


def test_experience_fits_into_a_life(people: Population) -> None:
    skills = people.skills
    assert (skills.years.sum(axis=1) <= people.households.age - 16).all()
    assert ((skills.experience >= 0) | (skills.years == 0)).all()
    minors = people.households.age < 18
    assert trades().age_from[skills.experience[minors][skills.experience[minors] >= 0]].max() <= 16
    for one, other in ((0, 1), (0, 2), (1, 2)):
        same = (skills.experience[:, one] == skills.experience[:, other]) & (skills.experience[:, one] >= 0)
        assert not same.any()


def test_couples_who_go_together_want_the_same(people: Population) -> None:
    wants = people.intentions
    bound = np.flatnonzero(wants.with_spouse)
    partner = people.households.spouse[bound]
    assert len(bound) > 500
    assert wants.looking[bound].all()
    assert wants.with_spouse[partner].all()
    assert (wants.destination[bound] == wants.destination[partner]).all()
    assert (wants.from_on[bound] == wants.from_on[partner]).all()


def test_groups_are_fellow_villagers_who_want_the_same(people: Population) -> None:
    wants, home = people.intentions, people.households.home
    rows = np.flatnonzero(wants.group >= 0)
    order = rows[np.argsort(wants.group[rows], kind="stable")]
    _, first, sizes = np.unique(wants.group[order], return_index=True, return_counts=True)
    assert sizes.min() >= 2
    assert sizes.max() <= 6
    leader = np.repeat(order[first], sizes)
    assert (home[order] == home[leader]).all()
    assert (wants.destination[order] == wants.destination[leader]).all()
    assert wants.looking[order].all()


def test_wishes_are_named_once_and_without_gaps(people: Population) -> None:
    wants = people.intentions
    for wishes in (wants.occupation, wants.destination):
        assert (np.diff((wishes < 0).astype(int), axis=1) >= 0).all()
        for one in range(wishes.shape[1]):
            for other in range(one):
                assert not ((wishes[:, one] == wishes[:, other]) & (wishes[:, one] >= 0)).any()
    assert ((wants.destination[:, 0] < 0) == wants.anywhere).all()
    assert (wants.occupation[:, 0] >= 0).all()


def test_wage_floors_are_whole_and_below_what_is_paid(people: Population) -> None:
    floor = people.intentions.wage_floor_fen
    assert (floor % 10_000 == 0).all()
    assert floor.min() >= 200_000
    assert floor.mean() < people.work.income_fen[people.work.status == AWAY].mean()


def test_poor_counties_have_more_registered_poor(people: Population) -> None:
    poor = people.person.priority & 1
    county = np.array(villages().county)[people.households.home]
    assert poor.mean() == pytest.approx(assumptions.REGISTERED_POOR, abs=0.02)
    assert poor[county == "520326"].mean() > 2 * poor[county == "520302"].mean()


def test_dates_lie_before_the_day_and_wishes_after(people: Population) -> None:
    day = np.datetime64(people.on)
    assert people.person.checked_on.max() <= day
    assert (people.person.since_on <= people.person.checked_on).all()
    assert people.intentions.from_on.min() >= day


def test_the_same_seed_gives_the_same_people() -> None:
    one, same, other = (generate_population(2_000, seed) for seed in (3, 3, 4))
    for part in ("households", "person", "work", "skills", "intentions"):
        for field in fields(getattr(one, part)):
            left, right = getattr(getattr(one, part), field.name), getattr(getattr(same, part), field.name)
            assert np.array_equal(left, right, equal_nan=left.dtype.kind in "fM"), field.name
    assert one.id_numbers() != other.id_numbers()


def test_another_day_moves_every_date() -> None:
    later = generate_population(2_000, 3, on=date(2027, 1, 15))
    assert later.intentions.from_on.min() >= np.datetime64("2027-01-15")
    assert later.person.checked_on.max() > np.datetime64("2026-12-01")


@pytest.mark.parametrize("workers", [100, 101, 777, 5_000])
def test_small_registers_work(workers: int) -> None:
    assert len(generate_population(workers, 1)) == workers


def test_too_few_workers_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 100"):
        generate_population(99, 1)


def test_a_share_of_people_state_their_ethnic_group(people: Population) -> None:
    stated, home = people.person.stated, people.households
    assert (stated > 0).mean() == pytest.approx(assumptions.STATE_ETHNICITY, abs=0.01)
    assert (stated == 1).sum() > (stated == 37).sum() > 100
    pairs = home.household[stated > 0]
    first = {}
    for household, code in zip(pairs.tolist(), stated[stated > 0].tolist(), strict=True):
        assert first.setdefault(household, code) == code
