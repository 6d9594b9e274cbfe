"""Employers and posts of the demo city: nobody's firm, nobody's advert, but the mix that stations bring home."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from zhitong.site.demo import assumptions
from zhitong.site.demo.collectors import department_weights, station_weights
from zhitong.site.demo.identity import credit_codes, telephones
from zhitong.site.demo.population import DEMO_DAY
from zhitong.site.demo.reference import SECTORS, destinations, industries, trades
from zhitong.site.demo.sampling import Floats, Ints, draw, draw_by_row, rake, share_out
from zhitong.site.demo.work import EDUCATION, band_level, usual_income

BENEFITS = tuple(assumptions.BENEFITS)
PAID_BY = ("month", "day", "piece")
_TITLE_FORMS = ("{}", "{}", "{}", "急招{}", "诚聘{}", "{}若干名", "{}（长期）", "{}（包吃住）")
_BRANDS = "云禾锦川岭泽朗越澄岳岚栎晟弘拓启衡骏嵘沐霖澜砺瑞垣屹曜昱溪榕桐棠柏樟枫谷帆舟汇聚"
_FIRST_EMPLOYER_TELEPHONE = 90_000_000

Small = NDArray[np.int16]
Days = NDArray[np.datetime64]


@dataclass(frozen=True)
class Demand:
    """e employers and their p posts, posts of one employer one after the other.

    By employer: `employer_names`, `credit_code` (e,) 18 ASCII characters, `industry` position in
    `industries()`, `place` position in `destinations()`, `employees`, `telephone`. By post: `employer`;
    `occupation` in `trades()`; `title` words of the trade, `title_form`, see `titles`; `seats`;
    `wage_low_fen` and `wage_high_fen` a month; `paid_by` in PAID_BY; `certificate` in `certificates()` or
    -1; `education` lowest asked for, in EDUCATION; `experience_years` asked for; `age_from` 16 or 18, the
    only bound; `night_shift`; `benefits` bits in the order of BENEFITS; `collected_by` in `collectors()`;
    `collected_on`, `begins_on`, `valid_until`.
    """

    on: date
    employer_names: list[str]
    credit_code: NDArray[np.bytes_]
    industry: Small
    place: Small
    employees: NDArray[np.int32]
    telephone: NDArray[np.int64]
    employer: NDArray[np.int32]
    occupation: Small
    title: NDArray[np.uint8]
    title_form: NDArray[np.uint8]
    seats: NDArray[np.int32]
    wage_low_fen: NDArray[np.int32]
    wage_high_fen: NDArray[np.int32]
    paid_by: NDArray[np.uint8]
    certificate: Small
    education: NDArray[np.uint8]
    experience_years: NDArray[np.uint8]
    age_from: NDArray[np.uint8]
    night_shift: NDArray[np.bool_]
    benefits: NDArray[np.uint8]
    collected_by: NDArray[np.uint8]
    collected_on: Days
    begins_on: Days
    valid_until: Days

    def __len__(self) -> int:
        return len(self.occupation)

    def titles(self, rows: slice = slice(None)) -> list[str]:
        """Return the titles of some posts as their employers would write them."""
        words = trades().titles
        columns = (self.occupation[rows], self.title[rows], self.title_form[rows])
        return [
            _TITLE_FORMS[form].format(words[trade][word])
            for trade, word, form in zip(*(column.tolist() for column in columns), strict=True)
        ]


def generate_demand(posts: int, seed: int, *, on: date = DEMO_DAY) -> Demand:
    """Return `posts` made-up posts and their employers as they stand on the day `on`.

    Seats grow with the posts: 945,494 at 66,000. The same arguments give the same demand. Raises ValueError
    below 1.
    """
    if posts < 1:
        raise ValueError("demand has at least one post")
    streams = [np.random.default_rng(child) for child in np.random.SeedSequence((seed, posts)).spawn(6)]
    industry, place = _employers(streams[0], max(1, round(posts * assumptions.EMPLOYERS)))
    employer = _employer_of_post(streams[1], len(industry), posts)
    occupation = draw_by_row(streams[1], industries().trades, industry[employer])
    low, high = _wages(streams[2], occupation, employer, place)
    benefits = _benefits(streams[3], posts)
    title, form = _titles(streams[3], occupation, benefits)
    high = _told_apart(high, employer, occupation, title, form, low)
    night = streams[3].random(posts) < assumptions.NIGHT_SHIFT
    by = _collectors(streams[4], place[employer])
    collected, begins, until = _dates(streams[5], posts, np.datetime64(on, "D"))
    seats = _seats(streams[2], industry[employer])
    return Demand(
        on=on,
        employer_names=_employer_names(streams[0], industry, place),
        credit_code=_credit_codes(place),
        industry=industry.astype(np.int16),
        place=place.astype(np.int16),
        employees=_employees(streams[0], industry, np.bincount(employer, seats).astype(np.float64)),
        telephone=telephones(len(industry), _FIRST_EMPLOYER_TELEPHONE),
        employer=employer.astype(np.int32),
        occupation=occupation.astype(np.int16),
        title=title,
        title_form=form,
        seats=seats,
        wage_low_fen=low,
        wage_high_fen=high,
        paid_by=_paid_by(streams[2], occupation),
        certificate=trades().certificate[occupation].astype(np.int16),
        education=_education(streams[3], occupation),
        experience_years=_experience_years(streams[3], occupation),
        age_from=np.where(night | (streams[3].random(posts) < 0.6), 18, trades().age_from[occupation]).astype(
            np.uint8
        ),
        night_shift=night,
        benefits=benefits,
        collected_by=by,
        collected_on=collected,
        begins_on=begins,
        valid_until=until,
    )


def _employers(rng: np.random.Generator, count: int) -> tuple[Ints, Ints]:
    """Draw the industry and the place of each employer; factories sit where factories are."""
    known = industries()
    share = np.array(list(assumptions.DEMAND_BY_SECTOR.values()))
    of_sector = np.bincount(known.sector, known.weight, len(SECTORS))
    industry = draw(rng, known.weight / of_sector[known.sector] * share[known.sector], count)
    return industry, draw_by_row(rng, _places_by_sector(), known.sector[industry])


def _places_by_sector() -> Floats:
    known = destinations()
    home = known.band == "Home"
    scale = np.where(
        home,
        assumptions.DEMAND_WITHIN_PROVINCE / assumptions.WITHIN_PROVINCE,
        (1 - assumptions.DEMAND_WITHIN_PROVINCE) / (1 - assumptions.WITHIN_PROVINCE),
    )
    seed = np.tile(known.weight * scale, (len(SECTORS), 1))
    seed[0] *= known.manufacturing
    seed[1:] /= known.manufacturing
    return rake(seed, list(assumptions.DEMAND_BY_SECTOR.values()), known.weight * scale)


def _employer_of_post(rng: np.random.Generator, employers: int, posts: int) -> Ints:
    return np.repeat(np.arange(employers), share_out(posts, rng.lognormal(0, 0.7, employers), least=1))


def _employer_names(rng: np.random.Generator, industry: Ints, place: Ints) -> list[str]:
    """A place, two pleasant characters, the trade, and the mark 样例; no two alike."""
    brand = rng.integers(0, len(_BRANDS), (len(industry), 2)).tolist()
    word = rng.integers(0, 2, len(industry)).tolist()
    seen: dict[str, int] = {}
    return [
        _numbered(_name(kind, where, pair, pick), seen)
        for kind, where, pair, pick in zip(industry.tolist(), place.tolist(), brand, word, strict=True)
    ]


def _name(industry: int, place: int, brand: list[int], pick: int) -> str:
    words = industries().words[industry]
    city = destinations().name[place].removesuffix("市")
    return f"{city}{_BRANDS[brand[0]]}{_BRANDS[brand[1]]}{words[pick % len(words)]}"


def _numbered(stem: str, seen: dict[str, int]) -> str:
    """Tell firms of the same name apart as firms do: the second and third of a name get a branch number."""
    seen[stem] = seen.get(stem, 0) + 1
    branch = "" if seen[stem] == 1 else f"第{seen[stem]}分公司"
    return f"{stem}有限公司{branch}（样例）"


def _credit_codes(place: Ints) -> NDArray[np.bytes_]:
    province = np.array([int(code[:2]) for code in destinations().code])[place]
    return credit_codes(province, 1_000_003 + np.arange(len(place)) * 7_919)


def _employees(rng: np.random.Generator, industry: Ints, seats: Floats) -> NDArray[np.int32]:
    """Firms look for about as many people as they have, at most."""
    size = industries().size[industry] * rng.lognormal(0.5, 0.9, len(industry))
    return np.round(np.maximum(size, seats * rng.uniform(1, 4, len(size)))).astype(np.int32)


def _seats(rng: np.random.Generator, industry: Ints) -> NDArray[np.int32]:
    """Few large posts hold most of the seats; large industries ask for more at once."""
    total = round(assumptions.SEATS / assumptions.POSTS * len(industry))
    weight = rng.lognormal(0, assumptions.SEAT_SPREAD, len(industry)) * np.sqrt(industries().size[industry])
    return share_out(total, weight, least=1).astype(np.int32)


def _wages(
    rng: np.random.Generator, occupation: Ints, employer: Ints, place: Ints
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Around what the trade commonly earns at the place; firms pay above or below it for all their posts."""
    scale = assumptions.WAGE_RANGE
    house = rng.lognormal(0, scale["firms"], len(place))[employer]
    usual = usual_income()[occupation] * band_level()[place[employer]] * house
    low = usual * rng.uniform(scale["low_from"], scale["low_to"], len(occupation))
    high = low * rng.uniform(scale["high_from"], scale["high_to"], len(occupation))
    return _hundreds(np.maximum(low, 200_000)), _hundreds(np.maximum(high, 220_000))


def _hundreds(fen: Floats) -> NDArray[np.int32]:
    return (np.round(fen / 10_000) * 10_000).astype(np.int32)


def _told_apart(high: NDArray[np.int32], *others: NDArray[np.integer]) -> NDArray[np.int32]:
    """Raise the high end by hundreds of yuan where an employer's post would be one that stands already."""
    while True:
        order = np.lexsort((high, *others))
        same = np.all([np.diff(column[order]) == 0 for column in (high, *others)], axis=0)
        if not same.any():
            return high
        high = high + np.bincount(order[1:][same], minlength=len(high)).astype(np.int32) * 10_000


def _paid_by(rng: np.random.Generator, occupation: Ints) -> NDArray[np.uint8]:
    """Building sites reckon by the day, garment and shoe makers often by the piece."""
    sector = trades().sector[occupation]
    piece = np.array([code.startswith(("6-05", "6-04")) for code in trades().code])[occupation]
    chance = rng.random(len(occupation))
    daily = (sector == SECTORS.index("construction")) & (chance < 0.6)
    return np.select([daily, piece & (chance < 0.6)], [1, 2], 0).astype(np.uint8)


def _education(rng: np.random.Generator, occupation: Ints) -> NDArray[np.uint8]:
    asked = draw(rng, list(assumptions.DEMAND_EDUCATION.values()), len(occupation))
    learned = np.array([code.startswith("2-") for code in trades().code])[occupation]
    return np.where(learned, np.maximum(asked, EDUCATION.index("senior_middle")), asked).astype(np.uint8)


def _experience_years(rng: np.random.Generator, occupation: Ints) -> NDArray[np.uint8]:
    skilled = trades().wage[occupation] >= 1.1
    asked = rng.random(len(occupation)) < np.where(skilled, 0.4, 0.05)
    return np.where(asked, rng.integers(1, 4, len(occupation)), 0).astype(np.uint8)


def _benefits(rng: np.random.Generator, count: int) -> NDArray[np.uint8]:
    """A room for couples is only promised where there is a dormitory."""
    has = {name: rng.random(count) < share for name, share in assumptions.BENEFITS.items()}
    has["couple_room"] &= has["dormitory"]
    bits = np.zeros(count, np.uint8)
    for bit, name in enumerate(BENEFITS):
        bits |= has[name].astype(np.uint8) << bit
    return bits


def _titles(
    rng: np.random.Generator, occupation: Ints, benefits: NDArray[np.uint8]
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Pick one of the trade's titles and a way to dress it; board and lodging only where they are given."""
    choices = np.array([len(words) for words in trades().titles])[occupation]
    title = (rng.random(len(occupation)) * choices).astype(np.uint8)
    form = rng.integers(0, len(_TITLE_FORMS), len(occupation)).astype(np.uint8)
    form[form < _TITLE_FORMS.count("{}")] = 0
    both = 1 << BENEFITS.index("dormitory") | 1 << BENEFITS.index("meals")
    form[(form == len(_TITLE_FORMS) - 1) & (benefits & both != both)] = 0
    return title, form


def _collectors(rng: np.random.Generator, place: Ints) -> NDArray[np.uint8]:
    """Posts in a city with a station come from it or from a department; all others from a department."""
    stations = station_weights(destinations().code)
    hosted = stations.sum(axis=1) > 0
    share = min(1.0, assumptions.POSTS_OF_STATIONS / max(hosted[place].mean(), 1e-9))
    own = hosted[place] & (rng.random(len(place)) < share)
    found = draw(rng, department_weights(), len(place))
    found[own] = draw_by_row(rng, stations + ~hosted[:, None], place[own])
    return found.astype(np.uint8)


def _dates(rng: np.random.Generator, count: int, day: np.datetime64) -> tuple[Days, Days, Days]:
    """Collected within the last twelve weeks, valid for some weeks from now, work begins within six weeks."""
    mean, most = assumptions.COLLECTED_AGO.values()
    shortest, longest, in_all = (int(days) for days in assumptions.VALID_DAYS.values())
    collected = day - np.minimum(rng.exponential(mean, count), most).astype("timedelta64[D]")
    begins = day + rng.integers(1, 45, count).astype("timedelta64[D]")
    until = day + rng.integers(shortest, longest, count).astype("timedelta64[D]")
    return collected, begins, np.minimum(until, collected + np.timedelta64(in_all, "D"))
