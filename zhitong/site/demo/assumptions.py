"""What the demo city assumes, each figure with its source.

Shares are fractions of one, money is fen a month. The printed page is made by

    python -m zhitong.site.demo > docs/reference/demo-assumptions.md
"""

from zhitong.site.demo.figures import (
    GUIZHOU,
    SURVEY,
    assumed,
    derived,
    published,
    published_group,
    rows_of,
)

# Who there is

AGE = published_group(
    "age",
    "share",
    0.01,
    {"up_to_40": "<=40", "41_to_50": "41-50", "over_50": ">50"},
    year="2024",
    indicator="age_share",
)
MEAN_AGE = published("mean_age", SURVEY, "years", 1, year="2024", indicator="mean_age", group="all")
FEMALE = published("female", SURVEY, year="2024", indicator="sex_share", group="female")
MARITAL = published_group(
    "marital",
    "share",
    0.01,
    {"married": "married", "never_married": "never_married", "widowed_or_divorced": "widowed_or_divorced"},
    year="2023",
    indicator="marital_share",
)
EDUCATION = published_group(
    "education",
    "share",
    0.01,
    {name: name for name in ("none", "primary", "junior_middle", "senior_middle", "college_or_above")},
    year="2023",
    indicator="education_share",
)
EDUCATION_BY_AGE = {
    "none": (0.1, 0.2, 0.6, 2.2),
    "primary": (0.15, 0.4, 1.0, 2.4),
    "junior_middle": (0.7, 0.95, 1.2, 1.0),
    "senior_middle": (1.6, 1.3, 0.8, 0.5),
    "college_or_above": (2.6, 1.5, 0.4, 0.1),
}
for _level, _odds in EDUCATION_BY_AGE.items():
    assumed(
        f"education_by_age.{_level}",
        dict(zip(("16-25", "26-40", "41-50", "51+"), _odds, strict=True)),
        "relative odds",
        "younger people stayed at school longer; raked to the published shares",
    )

# Households

COUPLES = assumed(
    "couples",
    0.54,
    "share of workers",
    "both spouses are on the register; leaves the published share of women",
)
CHILDREN = assumed(
    "grown_children", 0.08, "share of workers", "unmarried children registered with their parents"
)
PARENTS = assumed(
    "parents", 0.02, "share of workers", "parents who still work, registered with a married child"
)
LONE_MARRIED_WOMEN = assumed(
    "lone_married_women", 0.12, "share", "married people whose spouse is not on the register are mostly men"
)
FEMALE_HEADS = assumed(
    "female_heads", 0.12, "share of couples", "the woman is entered as head of the household"
)
SINGLE_WOMEN = assumed(
    "women", {"never_married": 0.32, "widowed_or_divorced": 0.4, "grown_child": 0.4, "parent": 0.3},
    "share", "outside couples; chosen so that the published share of women holds",
)  # fmt: skip
AGE_GAP = assumed("age_gap", 2.0, "years", "husband older than wife, standard deviation 2.5")
SPOUSES_AGREE = assumed(
    "spouses_agree", 0.6, "share of couples", "whether to be away is one decision for both"
)
SAME_PLACE = assumed(
    "same_place", 0.85, "share of couples", "spouses who are both away are in the same place"
)

# Where the villages' people come from

RURAL_WEIGHT = assumed(
    "rural_weight",
    {"520302": 0.45, "520303": 0.45, "520304": 0.75, "520382": 0.8, "520381": 0.9, "others": 1.0},
    "weight",
    "of the 2010 census population (zunyi_counties); the three districts and the two cities send fewer away",
)
COMMUNITY_WEIGHT = assumed(
    "community_weight", 0.4, "weight", "a residents' committee against a village committee"
)
VILLAGE_SPREAD = assumed("village_spread", 0.4, "log standard deviation", "villages differ in size")
REGISTERED_POOR = assumed(
    "registered_poor", 0.12, "share of households", "order of size of the former register"
)
RELOCATED = assumed(
    "relocated", 0.03, "share of households", "about two in a hundred people were relocated; poorer first"
)
MINIMUM_LIVING = assumed(
    "minimum_living", 0.03, "share of households", "registered-poor households more often"
)
DISABLED = assumed("disabled", 0.012, "share of workers", "able to work and registered")
VETERAN = assumed("veteran", 0.015, "share of men over 20", "order of size")
FORMER_POOR_COUNTIES = assumed(
    "former_poor_counties",
    {"520322": 1.3, "520324": 2.0, "520325": 2.0, "520326": 2.0, "520327": 1.4, "520328": 1.2, "520330": 1.7,
     "520302": 0.3, "520303": 0.4, "520304": 0.6, "others": 1.0},
    "relative odds",
    "counties that were on the national or provincial list of poor counties have more registered-poor households",
)  # fmt: skip

# Who is away

AWAY = derived(
    "away", round(611_900 / 1_050_000, 4), "share",
    "611,900 of 1.05 million had left again by early spring, in the reports that the product is made from; "
    "the national survey of 2024 has 59.6 % outgoing (17,871 of 29,973)",
)  # fmt: skip
AWAY_MEAN_AGE = published(
    "away.mean_age", SURVEY, "years", 1, year="2024", indicator="mean_age", group="outgoing"
)
AWAY_FEMALE = published("away.female", SURVEY, year="2024", indicator="female_share", group="outgoing")
AWAY_MARRIED = published("away.married", SURVEY, year="2023", indicator="married_share", group="outgoing")
NOT_AWAY = assumed(
    "not_away",
    {"local_working": 0.29, "wanting_work": 0.46, "not_looking": 0.16, "in_training": 0.03, "returned": 0.06},
    "share of those not away",
    "the weeks after the Spring Festival, when most who are still at home want to leave",
)
NOT_AWAY_OLDER = assumed(
    "not_away.older_odds",
    {"local_working": 1.0, "wanting_work": 0.7, "not_looking": 3.0, "in_training": 0.3, "returned": 1.0},
    "relative odds", "over 50 against up to 50; raked to not_away",
)  # fmt: skip
NOT_AWAY_FEMALE = assumed(
    "not_away.female_odds",
    {"local_working": 1.0, "wanting_work": 0.9, "not_looking": 1.8, "in_training": 1.0, "returned": 1.0},
    "relative odds", "women stay for children and parents; raked to not_away",
)  # fmt: skip
BEGINNERS = assumed(
    "beginners", 0.3, "share", "of those under 22 at home wanting work or in training: never worked"
)
SECOND_TRADE = assumed(
    "second_trade", {"second": 0.45, "third": 0.15}, "share of those over 25", "earlier work"
)
_MIGRANTS = {
    group: published(
        f"guizhou.{group}",
        GUIZHOU,
        "10,000 people",
        1,
        area="贵州省",
        period="2016",
        indicator="migrant_workers",
        group=group,
    )
    for group in ("total", "within_province")
}
WITHIN_PROVINCE = derived(
    "away.within_province", round(_MIGRANTS["within_province"] / _MIGRANTS["total"], 4), "share",
    "guizhou.within_province / guizhou.total; the only split of Guizhou's migrants that was found, reliability low",
)  # fmt: skip
assumed(
    "away.destinations", rows_of("destinations.csv"), "rows",
    "weights of destinations.csv; no published figures for Zunyi by place; order of lanes after "
    "chartered_return_transport_events (Zhejiang, Guangdong, Shanghai), inside Guizhou after common knowledge",
)  # fmt: skip

# What they do and earn

_INDUSTRIES = {
    "manufacturing": "manufacturing", "construction": "construction", "wholesale_retail": "wholesale_retail",
    "transport": "transport_storage_post", "accommodation_catering": "accommodation_catering",
    "resident_services": "resident_services_repair",
}  # fmt: skip
_SIX = published_group("sector.six", "share", 0.01, _INDUSTRIES, year="2024", indicator="industry_share")
_BROAD = published_group(
    "sector.broad",
    "share",
    0.01,
    {"secondary": "secondary", "tertiary": "tertiary"},
    year="2024",
    indicator="sector_share",
)
_SIX_TERTIARY = sum(_SIX.values()) - _SIX["manufacturing"] - _SIX["construction"]
SECTOR = derived(
    "sector",
    {
        **_SIX,
        "other_tertiary": round(_BROAD["tertiary"] - _SIX_TERTIARY, 6),
        "other_secondary": round(_BROAD["secondary"] - _SIX["manufacturing"] - _SIX["construction"], 6),
        "primary": round(1 - _BROAD["secondary"] - _BROAD["tertiary"], 6),
    },
    "share",
    "sector.six, with what sector.broad leaves over for the rest",
)
SECTOR_FEMALE_ODDS = assumed(
    "sector.female_odds",
    {"manufacturing": 1.1, "construction": 0.25, "wholesale_retail": 1.6, "transport": 0.25,
     "accommodation_catering": 1.9, "resident_services": 1.4, "other_tertiary": 1.2, "other_secondary": 0.25,
     "primary": 1.0},
    "relative odds", "raked to the published shares of sectors and sexes",
)  # fmt: skip
SECTOR_OLDER_ODDS = assumed(
    "sector.older_odds",
    {"manufacturing": 0.55, "construction": 2.2, "wholesale_retail": 0.7, "transport": 0.9,
     "accommodation_catering": 0.8, "resident_services": 1.1, "other_tertiary": 1.3, "other_secondary": 1.2,
     "primary": 2.0},
    "relative odds", "over 50 against up to 50; raked to the published shares",
)  # fmt: skip
assumed(
    "occupation", rows_of("trades.csv"), "rows",
    "employed by sex and middle group in the destination provinces (census2020_employed_by_occupation_province), "
    "split inside a group by the weights of trades.csv",
)  # fmt: skip
OCCUPATION_PROVINCES = ("上海", "江苏", "浙江", "福建", "广东", "贵州")
INCOME = published(
    "income", SURVEY, "fen a month", 100, year="2024", indicator="mean_monthly_income", group="all"
)
INCOME_AWAY = published(
    "income.away", SURVEY, "fen a month", 100, year="2024", indicator="mean_monthly_income", group="outgoing"
)
INCOME_LOCAL = published(
    "income.local", SURVEY, "fen a month", 100, year="2024", indicator="mean_monthly_income", group="local"
)
_INCOME_SIX = published_group(
    "income.six", "fen a month", 100, _INDUSTRIES, year="2024", indicator="mean_monthly_income_by_industry"
)
_REST = 1 - sum(_SIX.values())
INCOME_BY_SECTOR = derived(
    "income.by_sector",
    {
        **_INCOME_SIX,
        **dict.fromkeys(
            ("other_tertiary", "other_secondary", "primary"),
            round((INCOME - sum(_SIX[name] * _INCOME_SIX[name] for name in _SIX)) / _REST),
        ),
    },
    "fen a month",
    "income.six; the rest earns what the mean of all leaves over",
)
INCOME_BY_BAND = published_group(
    "income.by_band", "fen a month", 100, {"East": "East", "Central": "Central", "West": "West"},
    year="2024", indicator="mean_monthly_income_by_destination_region",
)  # fmt: skip
INCOME_SPREAD = assumed(
    "income.spread", 0.28, "log standard deviation", "inside one occupation, place and age"
)

# What they can and want

CERTIFIED = assumed(
    "certified",
    0.72,
    "share",
    "of those with a trade that demands a certificate; the rest say they have none",
)
SKILL_LEVEL = assumed(
    "skill_level", 0.08, "share of workers", "hold a skill-level certificate of their occupation"
)
WANTS_CHANGE = assumed(
    "wants_change", {"away_working": 0.12, "local_working": 0.2, "wanting_work": 1.0, "not_looking": 0.0,
                     "in_training": 1.0, "returned": 0.7},
    "share", "who has a live intention",
)  # fmt: skip
KEEPS_TRADE = assumed("keeps_trade", 0.68, "share", "the first wish is the present occupation")
ANYWHERE = assumed("anywhere", 0.12, "share", "names no destination")
WAGE_FLOOR = assumed(
    "wage_floor", 0.85, "of the usual income", "log standard deviation 0.12, whole hundreds of yuan"
)
COUPLES_TOGETHER = assumed(
    "couples_together", 0.6, "share of couples that both look for work", "only go together"
)
IN_GROUPS = assumed("in_groups", 0.1, "share of those looking", "go with two to six fellow villagers")
DORMITORY = assumed("dormitory", 0.72, "share of those looking outside the prefecture", "need a bed")
CHECK_SOURCES = assumed(
    "check_sources",
    {"village_officer_visit": 0.55, "telephone": 0.2, "self_registration": 0.15, "labour_station": 0.0,
     "imported_list": 0.1},
    "share of those at home", "who last checked the status",
)  # fmt: skip
CHECK_SOURCES_AWAY = assumed(
    "check_sources.away",
    {"village_officer_visit": 0.15, "telephone": 0.5, "self_registration": 0.15, "labour_station": 0.15,
     "imported_list": 0.05},
    "share of those away", "mostly by telephone",
)  # fmt: skip
CHECKED_AGO = assumed(
    "checked_ago", {"mean": 25.0, "most": 200.0}, "days", "exponential; the register is fresh"
)
STATUS_SINCE = assumed(
    "status_since",
    {"away_working": 400.0, "local_working": 700.0, "wanting_work": 60.0, "not_looking": 500.0, "in_training": 45.0,
     "returned": 50.0},
    "mean days", "exponential, before the last check",
)  # fmt: skip
HARD_NAMES = assumed(
    "names", {"one_character": 0.13, "rare_character": 0.006, "middle_dot": 0.0004}, "share of given names",
    "rare on purpose, not from a source: software must survive them; surnames and characters from common knowledge",
)  # fmt: skip
NO_TELEPHONE = assumed("no_telephone", 0.03, "share", "four times as many over 60")
CONSENT = assumed(
    "consent", {"processing": 1.0, "sensitive": 0.96, "share_with_employer": 0.92}, "share",
    "nobody is on the demo register without the first",
)  # fmt: skip
STATE_ETHNICITY = assumed("state_ethnicity", 0.3, "share", "who says it and agrees to that alone; no source")
ETHNIC_CODES = ("01", "06", "37", "15", "09", "07", "12", "97")
ETHNICITY = {
    "others": (0.955, 0.015, 0.015, 0.006, 0.003, 0.003, 0.002, 0.001),
    "520325": (0.23, 0.26, 0.45, 0.05, 0.002, 0.002, 0.002, 0.004),
    "520326": (0.08, 0.36, 0.44, 0.11, 0.002, 0.002, 0.002, 0.004),
}
for _where, _shares in ETHNICITY.items():
    _known, _by = dict(zip(ETHNIC_CODES, _shares, strict=True)), "share of households, by code of GB/T 3304"
    assumed(f"ethnicity.{_where}", _known, _by, "two counties of the Gelao and Miao, elsewhere mostly Han")

# The posts

POSTS, SEATS = 66_000, 945_494
assumed(
    "posts",
    {"posts": float(POSTS), "seats": float(SEATS)},
    "at full size",
    "the reports' posts; seats as in the matching benchmark",
)
DEMAND_BY_SECTOR = assumed(
    "demand.by_sector",
    {"manufacturing": 0.58, "construction": 0.09, "wholesale_retail": 0.06, "transport": 0.07,
     "accommodation_catering": 0.08, "resident_services": 0.05, "other_tertiary": 0.055, "other_secondary": 0.01,
     "primary": 0.005},
    "share of posts", "organised export goes to factories first",
)  # fmt: skip
DEMAND_WITHIN_PROVINCE = assumed(
    "demand.within_province", 0.18, "share of posts", "posts near home are rarer than wishes"
)
BENEFITS = assumed(
    "demand.benefits",
    {"dormitory": 0.82, "meals": 0.74, "insurance": 0.78, "travel_refund": 0.45, "couple_room": 0.18},
    "share of posts", "as adverts to migrant workers commonly state",
)  # fmt: skip
NIGHT_SHIFT = assumed("demand.night_shift", 0.35, "share of posts", "two-shift factories")
DEMAND_EDUCATION = assumed(
    "demand.education",
    {"none": 0.56, "primary": 0.04, "junior_middle": 0.28, "senior_middle": 0.10, "college_or_above": 0.02},
    "share of posts", "lowest education asked for",
)  # fmt: skip
POSTS_OF_STATIONS = assumed(
    "demand.of_stations", 0.38, "share of posts", "collected by stations, the rest by departments"
)
DEPARTMENT_TARGET = assumed(
    "demand.target", 35_000.0, "posts at full size", "target of the departments in the reports"
)
STATIONS = assumed(
    "stations",
    {"all": 32.0, "shanghai_line": 18.0, "one_county": 10.0},
    "stations",
    "as in the reports; which county is not said",
)
VALID_DAYS = assumed(
    "demand.valid_days", {"at_least": 10.0, "at_most": 90.0, "from_collection": 120.0}, "days",
    "from the day of the demo, and at most so long after collection",
)  # fmt: skip
COLLECTED_AGO = assumed(
    "demand.collected_ago",
    {"mean": 20.0, "most": 85.0},
    "days",
    "exponential; posts over 90 days old close themselves",
)
EMPLOYERS = assumed(
    "demand.employers", 1 / 6, "employers for each post", "a firm asks for about six kinds of people"
)
SEAT_SPREAD = assumed(
    "demand.seat_spread", 1.1, "log standard deviation", "times the root of the usual size in the industry"
)
WAGE_RANGE = assumed(
    "demand.wage", {"low_from": 0.82, "low_to": 1.0, "high_from": 1.12, "high_to": 1.5, "firms": 0.09}, "factors",
    "low end against the usual income of trade and place, high end against the low end; firms differ (log "
    "standard deviation)",
)  # fmt: skip
EMPLOYERS_WAITING = assumed(
    "employers.waiting",
    0.02,
    "share of employers",
    "credentials not checked yet; nobody is offered their posts",
)
CHECKED_WITHIN = assumed(
    "demand.checked_within", 1.0, "days", "a post collected today still waits for its check"
)
