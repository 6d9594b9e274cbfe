"""What the law says of a contract of employment, as rows with the day from which they hold."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from zhitong.kernel.workdays import months_after


@dataclass(frozen=True)
class TrialLimit:
    """The longest trial period, in months, of contracts whose term has at least so many months."""

    from_months: int
    most_months: int


@dataclass(frozen=True)
class ContractLaw:
    """The limits that hold from a day on.

    ``limits`` stand in falling order of the term; ``open_months`` is the longest trial of a contract without an end.
    ``trial_wage_percent`` is the least share of the agreed wage that a trial pays. A contract is written within
    ``written_months`` of the first day of work.
    """

    begins_on: dt.date
    basis: str
    limits: tuple[TrialLimit, ...]
    open_months: int
    trial_wage_percent: int
    written_months: int


LAWS: tuple[ContractLaw, ...] = (
    ContractLaw(
        begins_on=dt.date(2008, 1, 1),
        basis="Labour Contract Law of the PRC, articles 10, 19, 20 and 82",
        limits=(TrialLimit(36, 6), TrialLimit(12, 2), TrialLimit(3, 1)),
        open_months=6,
        trial_wage_percent=80,
        written_months=1,
    ),
)
"""Article 19: below three months and for the time of a task no trial; from three months one, from one year two, from
three years or without an end six. Article 20: at least 80 percent. Articles 10 and 82: written within a month, double
wages from the day after it."""


def law_on(day: dt.date) -> ContractLaw:
    """Return what holds on a day; for days before the first row that row."""
    begun = [one for one in LAWS if one.begins_on <= day]
    return max(begun or LAWS[:1], key=lambda one: one.begins_on)


def whole_months(begins_on: dt.date, ends_on: dt.date) -> int:
    """Return how many whole months a term has, its last day included."""
    after = ends_on + dt.timedelta(days=1)
    months = (after.year - begins_on.year) * 12 + after.month - begins_on.month
    return months if months_after(begins_on, months) <= after else months - 1


def most_trial_months(begins_on: dt.date, ends_on: dt.date | None, *, has_end: bool) -> int:
    """Return the longest lawful trial of a contract; ``has_end`` without ``ends_on`` means until a task is done."""
    law = law_on(begins_on)
    if not has_end:
        return law.open_months
    months = 0 if ends_on is None else whole_months(begins_on, ends_on)
    return next((one.most_months for one in law.limits if months >= one.from_months), 0)


def written_by(first_day: dt.date) -> dt.date:
    """Return the last day by which a contract has to be in writing for somebody who began to work on a day."""
    return months_after(first_day, law_on(first_day).written_months)
