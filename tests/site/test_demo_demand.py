"""The posts of the demo: coherent, lawful, and the same every time."""

import numpy as np
import pytest

from zhitong.site.demo import assumptions
from zhitong.site.demo.collectors import collectors
from zhitong.site.demo.demand import BENEFITS, Demand, generate_demand
from zhitong.site.demo.reference import SECTORS, certificates, destinations, industries, trades

POSTS = 6_600


@pytest.fixture(scope="module")
def demand() -> Demand:
    return generate_demand(POSTS, 20)


def test_it_works(demand: Demand) -> None:
    assert len(demand) == POSTS
    assert demand.seats.sum() == round(945_494 / 66_000 * POSTS)
    assert demand.seats.min() >= 1
    assert len(demand.titles()) == POSTS


def test_few_posts_hold_many_seats(demand: Demand) -> None:
    largest = np.sort(demand.seats)[-POSTS // 10 :]
    assert largest.sum() > 0.35 * demand.seats.sum()


def test_employers_are_marked_as_samples_and_differ(demand: Demand) -> None:
    assert all(name.endswith("（样例）") for name in demand.employer_names)
    assert len(set(demand.employer_names)) == len(demand.employer_names)
    assert len(np.unique(demand.credit_code)) == len(demand.employer_names)
    assert {str(number)[:3] for number in demand.telephone.tolist()} == {"154"}


def test_the_whole_city_has_its_posts_and_seats_and_no_two_employers_of_one_name() -> None:
    whole = generate_demand(assumptions.POSTS, 20)
    assert whole.seats.sum() == assumptions.SEATS == 945_494
    assert len(set(whole.employer_names)) == len(whole.employer_names)
    assert any("分公司" in name for name in whole.employer_names)


def test_credit_codes_name_the_province_of_the_employer(demand: Demand) -> None:
    provinces = [destinations().code[place][:2] for place in demand.place]
    assert [code[2:4].decode() for code in demand.credit_code.tolist()] == provinces


def test_posts_fit_the_industry_of_their_employer(demand: Demand) -> None:
    assert (industries().trades[demand.industry[demand.employer], demand.occupation] > 0).all()
    assert np.unique(demand.employer).size == len(demand.employer_names)


def test_a_trade_that_demands_a_certificate_asks_for_it(demand: Demand) -> None:
    assert (demand.certificate == trades().certificate[demand.occupation]).all()
    welding = demand.occupation == trades().code.index("6-18-02-04")
    assert welding.sum() > 20
    assert {certificates()[kind][2] for kind in demand.certificate[welding]} == {"熔化焊接与热切割作业"}
    assert (demand.age_from[demand.certificate >= 0] == 18).all()


def test_the_only_age_asked_for_is_the_lawful_lower_one(demand: Demand) -> None:
    assert set(demand.age_from.tolist()) == {16, 18}
    assert (demand.age_from[demand.night_shift] == 18).all()


def test_titles_promise_only_what_is_given(demand: Demand) -> None:
    both = 1 << BENEFITS.index("dormitory") | 1 << BENEFITS.index("meals")
    promising = np.array(["包吃住" in title for title in demand.titles()])
    assert promising.any()
    assert (demand.benefits[promising] & both == both).all()
    assert not any(word in title for title in demand.titles() for word in ("男", "女", "岁", "籍"))


def test_wages_are_in_order_and_whole(demand: Demand) -> None:
    assert (demand.wage_low_fen < demand.wage_high_fen).all()
    assert demand.wage_low_fen.min() >= 200_000
    assert (demand.wage_high_fen % 10_000 == 0).all()
    assert 400_000 < np.average(demand.wage_low_fen, weights=demand.seats) < 650_000


def test_sectors_and_places_are_as_assumed(demand: Demand) -> None:
    sector = industries().sector[demand.industry[demand.employer]]
    found = np.bincount(sector, minlength=len(SECTORS)) / POSTS
    assert found == pytest.approx(list(assumptions.DEMAND_BY_SECTOR.values()), abs=0.035)
    home = destinations().band[demand.place[demand.employer]] == "Home"
    assert home.mean() == pytest.approx(assumptions.DEMAND_WITHIN_PROVINCE, abs=0.03)


def test_stations_collect_where_they_stand(demand: Demand) -> None:
    who = [collectors()[one] for one in demand.collected_by.tolist()]
    places = [destinations().code[place] for place in demand.place[demand.employer].tolist()]
    assert all(one.host == place for one, place in zip(who, places, strict=True) if one.kind == "station")
    share = np.mean([one.kind == "station" for one in who])
    assert share == pytest.approx(assumptions.POSTS_OF_STATIONS, abs=0.03)
    assert set(demand.collected_by.tolist()) == set(range(len(collectors())))


def test_some_departments_miss_their_target(demand: Demand) -> None:
    entered = np.bincount(demand.collected_by, minlength=len(collectors()))
    owed = [(one.target * POSTS / 66_000, entered[i]) for i, one in enumerate(collectors()) if one.target]
    behind = sum(found < target for target, found in owed)
    assert 0 < behind < len(owed)


def test_dates_are_fresh(demand: Demand) -> None:
    day = np.datetime64(demand.on)
    assert demand.collected_on.max() <= day
    assert demand.collected_on.min() >= day - 90
    assert demand.valid_until.min() > day
    assert demand.begins_on.min() > day
    assert (demand.valid_until - demand.collected_on).max() <= np.timedelta64(120, "D")


def test_the_same_seed_gives_the_same_demand() -> None:
    one, same, other = (generate_demand(500, seed) for seed in (3, 3, 4))
    assert one.titles() == same.titles()
    assert one.employer_names == same.employer_names
    assert (one.seats == same.seats).all()
    assert one.employer_names != other.employer_names


@pytest.mark.parametrize("posts", [1, 2, 37])
def test_little_demand_works(posts: int) -> None:
    assert len(generate_demand(posts, 1)) == posts


def test_no_demand_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        generate_demand(0, 1)
