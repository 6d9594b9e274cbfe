"""The real advertisements, which may not be shipped: run where ZHITONG_JOB_ADS names their file."""

import csv
import gzip
import os
from collections import Counter

import pytest

from zhitong.employers.adverts import (
    CONDITIONS,
    SENTENCES,
    Advert,
    Place,
    Places,
    RefusedRow,
    Salary,
    Tables,
    read_advert,
    read_salary,
)
from zhitong.engines.coding import Coder, Params, read_occupations, spoken_words
from zhitong.site.data import read_rows

PATH = os.environ.get("ZHITONG_JOB_ADS", "")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not PATH, reason="ZHITONG_JOB_ADS names no file of real advertisements; they may not be shipped"
    ),
]


@pytest.fixture(scope="module")
def sheet() -> list[dict[str, str]]:
    with gzip.open(PATH, "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def tables() -> Tables:
    occupations = read_occupations(read_rows("occupations_cn_2022"))
    return Tables(Places(read_rows("divisions_cn_2024")), Coder(Params(occupations, spoken_words())))


def test_every_row_becomes_a_post_or_has_its_reason(sheet: list[dict[str, str]], tables: Tables) -> None:
    read = [read_advert(row, tables) for row in sheet]
    reasons = Counter(one.reason_code for one in read if isinstance(one, RefusedRow))
    print(f"{len(read)} rows, {len(read) - reasons.total()} read, refused: {reasons.most_common()}")
    assert sum(isinstance(one, Advert) for one in read) + reasons.total() == len(sheet)
    assert reasons.keys() <= SENTENCES.keys() | CONDITIONS.keys()
    assert reasons.total() < 0.1 * len(sheet)
    assert all(
        one.salary and one.salary.promise() and one.place and one.coding.code
        for one in read
        if isinstance(one, Advert)
    )


def test_pay_agrees_with_the_columns_that_the_sheet_worked_out(sheet: list[dict[str, str]]) -> None:
    factors = {"month": 1.0, "day": 21.75, "hour": 174.0}
    differing = []
    for row in sheet:
        read = read_salary(row["salary_raw"])
        if isinstance(read, Salary) and not row["salary_raw"].isdigit() and row["salary_period"] in factors:
            factor = 100 * factors[row["salary_period"]]
            if not _same(read.low_fen, row["salary_min"], factor) or not _same(
                read.high_fen, row["salary_max"], factor
            ):
                differing.append(row["salary_raw"])
    assert [text for text in differing if "/单" not in text] == []


def _same(fen: int | None, yuan: str, factor: float) -> bool:
    """Equal to a yuan a month, for the sheet rounds a year's pay to whole yuan."""
    return (fen is None) == (yuan == "") and (fen is None or abs(fen - float(yuan) * factor) <= 100)


def test_places_agree_with_the_codes_of_the_sheet(sheet: list[dict[str, str]], tables: Tables) -> None:
    coded = [row for row in sheet if row["prefecture_code"]]
    differing = [row["city_raw"] for row in coded if not _is_at(tables.places, row)]
    print(f"{len(coded)} coded, differing: {Counter(differing).most_common()}")
    assert len(differing) < 0.001 * len(coded)


def _is_at(places: Places, row: dict[str, str]) -> bool:
    place = places.read(row["city_raw"], province=row["province"])
    return isinstance(place, Place) and place.prefecture_code == row["prefecture_code"]
