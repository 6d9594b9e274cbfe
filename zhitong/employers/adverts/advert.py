"""One row of a sheet of advertisements: a post that can be registered, or the reason why it cannot."""

import datetime as dt
import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Final, Protocol

from zhitong.employers.adverts.places import Place, Places
from zhitong.employers.adverts.plain import cut, make_plain
from zhitong.employers.adverts.refused import Refused, refuse
from zhitong.employers.adverts.requirements import (
    EducationAsked,
    ExperienceAsked,
    Headcount,
    read_education,
    read_experience,
    read_headcount,
)
from zhitong.employers.adverts.salary import Salary, read_salary
from zhitong.employers.adverts.unlawful import Finding, unlawful_conditions

LONGEST_TITLE: Final = 80
NEEDS: Final = frozenset({"occupation", "place", "salary", "wage_floor", "conditions"})
"""What a row must have to become a post; a caller that can do without takes some away."""

_COLUMNS = ("title", "salary_raw", "city_raw")


class TitleCoding(Protocol):
    """What a title was taken for; the coding engine answers with these."""

    @property
    def code(self) -> str | None: ...
    @property
    def confidence(self) -> float: ...
    @property
    def runner_up(self) -> str | None: ...
    @property
    def reason(self) -> str: ...


class TitleCoder(Protocol):
    """Whoever can take a title for an occupation."""

    def code(self, title: str, text: str = "") -> TitleCoding: ...


@dataclass(frozen=True, slots=True)
class Tables:
    """What reading needs besides the row: the divisions, the coder, and how sure of an occupation it must be."""

    places: Places
    titles: TitleCoder
    sure_enough: float = 0.3


@dataclass(frozen=True, slots=True)
class Advert:
    """An advertisement as read.

    `place`, `salary` and the code of `coding` are there unless the caller did without. `seats` is at least one.
    `education` is the level 0 to 6, `years` the least experience. `findings` are conditions to ask about (those
    that the law forbids refuse the row). `unknown` says what was left out and why, `supposed` the codes of
    `SENTENCES` that were taken for granted.
    """

    advert_id: str
    source: str
    employer: str
    title: str
    coding: TitleCoding
    place: Place | None
    salary: Salary | None
    seats: int
    education: int
    years: int
    published_on: dt.date | None
    industry: str
    tags: tuple[str, ...]
    details: str
    findings: tuple[Finding, ...]
    unknown: tuple[Refused, ...]
    supposed: tuple[str, ...]

    @property
    def text(self) -> str:
        """All that the advertisement says in words."""
        return "。".join((self.title, "，".join(self.tags), self.details))


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that cannot become a post: the reason, the sentence, and the column and value at fault."""

    reason_code: str
    sentence: str
    field: str
    value: str


def read_advert(
    row: Mapping[str, str], tables: Tables, *, lawful: Set[str] = frozenset(), needs: Set[str] = NEEDS
) -> Advert | RefusedRow:
    """Read one row with the columns title, salary_raw, city_raw and, where there are more, the rest of the sheet's.

    `lawful` are exceptions as in `unlawful_conditions`. The first reason in the order title, place, salary,
    occupation, conditions refuses the row; nothing that the cells hold raises an exception.
    """
    missing = next((column for column in _COLUMNS if column not in row), None)
    if missing is not None:
        return _row(refuse("row_malformed", missing), missing, "")
    cells = {name: value.strip() for name, value in row.items() if isinstance(value, str)}
    return _Reader(cells, tables, lawful, needs).read()


def read_published(text: str, year: str = "") -> dt.date | Refused | None:
    """Read 2026-03-05, 2026年3月5日 or 03-05 (of `year`); None for a blank cell."""
    plain = make_plain(text)
    if not plain:
        return None
    found = re.search(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?(?!\d)", plain)
    whole_year = (found[1] if found else None) or year.strip()
    try:
        return (
            dt.date(int(whole_year), int(found[2]), int(found[3]))
            if found
            else refuse("published_unreadable", text)
        )
    except ValueError:
        return refuse("published_unreadable", text)


def _row(refused: Refused, field: str, value: str) -> RefusedRow:
    return RefusedRow(refused.code, refused.sentence, field, cut(value, 200))


class _Reader:
    """Reads one row, noting on the way what stays unknown and what is taken for granted."""

    def __init__(self, cells: Mapping[str, str], tables: Tables, lawful: Set[str], needs: Set[str]) -> None:
        self.cells, self.tables, self.lawful, self.needs = cells, tables, lawful, needs
        self.unknown: list[Refused] = []
        self.supposed: list[str] = []

    def read(self) -> Advert | RefusedRow:
        title = self._cell("title")
        if not title:
            return _row(refuse("title_missing"), "title", "")
        place = self._place()
        if isinstance(place, Refused) and "place" in self.needs:
            return _row(place, "city_raw", self._cell("city_raw"))
        salary = self._salary()
        if isinstance(salary, Refused) and "salary" in self.needs:
            return _row(salary, "salary_raw", self._cell("salary_raw"))
        return self._occupation_and_conditions(title, place, salary)

    def _occupation_and_conditions(
        self, title: str, place: Place | Refused, salary: Salary | Refused
    ) -> Advert | RefusedRow:
        coding = self.tables.titles.code(title, self._context())
        if (doubt := self._doubt(title, coding)) and "occupation" in self.needs:
            return _row(doubt, "title", title)
        findings = unlawful_conditions(self._words(), lawful=self.lawful)
        forbidden = next((finding for finding in findings if not finding.is_question), None)
        if forbidden and "conditions" in self.needs:
            return RefusedRow(forbidden.code, forbidden.sentence, "description", forbidden.matched_text)
        self.unknown += [refused for refused in (place, salary, doubt) if isinstance(refused, Refused)]
        return self._advert(title, coding, place, salary, tuple(findings))

    def _advert(
        self,
        title: str,
        coding: TitleCoding,
        place: Place | Refused,
        salary: Salary | Refused,
        findings: tuple[Finding, ...],
    ) -> Advert:
        education, years = self._education_and_years()
        return Advert(
            advert_id=self._cell("ad_id"),
            source=self._cell("source"),
            employer=self._cell("company_id"),
            title=self._title(title),
            coding=coding,
            place=None if isinstance(place, Refused) else place,
            salary=None if isinstance(salary, Refused) else salary,
            seats=self._seats(),
            education=education,
            years=years,
            published_on=self._published_on(),
            industry=self._cell("industry"),
            tags=tuple(tag for tag in self._cell("tags").split("|") if tag.strip() and tag != "无"),
            details=self._cell("description"),
            findings=findings,
            unknown=tuple(self.unknown),
            supposed=tuple(self.supposed),
        )

    def _cell(self, name: str) -> str:
        return self.cells.get(name, "")

    def _words(self) -> str:
        return "。".join((self._cell("title"), self._cell("tags"), self._cell("description")))

    def _context(self) -> str:
        return " ".join((self._cell("function_label"), self._cell("industry"), self._words()))

    def _title(self, title: str) -> str:
        if len(title) > LONGEST_TITLE:
            self.supposed.append("title_was_cut")
        return title[:LONGEST_TITLE]

    def _place(self) -> Place | Refused:
        province = self._cell("province")
        place = self.tables.places.read(self._cell("city_raw"), province=province)
        if isinstance(place, Refused) and place.code == "place_missing" and self._cell("city"):
            by_city = self.tables.places.read(self._cell("city"), province=province)
            if isinstance(by_city, Place):
                self.supposed.append("place_by_city_column")
                return by_city
        return place

    def _salary(self) -> Salary | Refused:
        salary = read_salary(
            self._cell("salary_raw"),
            minimum=self._cell("salary_min"),
            maximum=self._cell("salary_max"),
            period=self._cell("salary_period"),
        )
        if isinstance(salary, Refused):
            return salary
        if "wage_floor" in self.needs and isinstance(promise := salary.promise(), Refused):
            return promise
        if salary.assumption.code != "month_as_stated":
            self.supposed.append(salary.assumption.code)
        return salary

    def _doubt(self, title: str, coding: TitleCoding) -> Refused | None:
        if coding.code is None:
            return refuse(coding.reason, title)
        return refuse("title_unsure", title) if coding.confidence < self.tables.sure_enough else None

    def _seats(self) -> int:
        """The head-count; one where the row does not say, or says it in the column of experience."""
        read = read_headcount(self._cell("headcount"))
        if isinstance(read, Refused) and "招" in self._cell("experience"):
            read = read_headcount(self._cell("experience"))
            self.supposed.append("columns_were_shifted")
        if isinstance(read, Headcount) and read.high is not None:
            return read.high
        if isinstance(read, Refused):
            self.unknown.append(read)
        self.supposed.append("seats_supposed_one")
        return 1

    def _education_and_years(self) -> tuple[int, int]:
        """Education and experience; some sheets hold the education in the column of experience."""
        education, experience = (
            read_education(self._cell("education")),
            read_experience(self._cell("experience")),
        )
        if isinstance(experience, Refused) and isinstance(education, Refused):
            shifted = read_education(self._cell("experience"))
            if isinstance(shifted, EducationAsked):
                self.supposed.append("columns_were_shifted")
                education, experience = shifted, refuse("experience_missing")
        self.unknown += [read for read in (education, experience) if isinstance(read, Refused)]
        level = education.level if isinstance(education, EducationAsked) else 0
        return level, experience.low if isinstance(experience, ExperienceAsked) else 0

    def _published_on(self) -> dt.date | None:
        """The day of publishing; one job board writes it behind the head-count."""
        cell = self._cell("publish_date")
        if not cell and "发布" in self._cell("headcount"):
            cell = self._cell("headcount")
        read = read_published(cell, self._cell("year"))
        if isinstance(read, Refused):
            self.unknown.append(read)
            return None
        return read
