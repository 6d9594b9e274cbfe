"""The tables of a round of matching: workers, posts, classifications, and who already knows whom where.

Every position (occupation, place, employer, village, group) is a row number that only the feeding module can
turn back into a record; -1 stands for none. What the law forbids to weigh (sex, ethnicity, religion, kind of
household) has no column.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

import numpy as np
import numpy.typing as npt

from zhitong.engines.matching.columns import Bytes, Column, Flags, Ints, Shorts, Words, settle

MOST = 2**31 - 2
LAST_DAY = 4_000_000
DEAREST_FEN = 1_000_000_000
EDUCATION_LEVELS = 7
HIGHEST_PRIORITY = 9


OPTIONAL = ("declined_posts", "declined_employers")
"""Columns of workers that need not be given."""


def _none_named() -> Ints:
    return np.empty((0, 0), np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class Workers:
    """One row for each worker. Columns of lists may have any width up to 32 and are filled up with -1."""

    age: Annotated[Shorts, Column(np.int16, 0, 130)]
    """Full years on the day of the round."""
    education: Annotated[Bytes, Column(np.int8, 0, EDUCATION_LEVELS - 1)]
    """0 none, 1 primary, 2 junior middle, 3 senior middle or vocational, 4 college, 5 bachelor, 6 higher."""
    wished: Annotated[Ints, Column(np.int32, -1, MOST, axes=2)]
    """(workers, up to 3) Occupation positions wished for; the order does not matter."""
    experienced: Annotated[Ints, Column(np.int32, -1, MOST, axes=2)]
    """(workers, up to 3) Occupation positions practised."""
    experience_years: Annotated[Shorts, Column(np.int16, 0, 80, axes=2)]
    """Years in each of `experienced`; same shape."""
    certificates: Annotated[Words, Column(np.uint64, axes=2)]
    """(workers, words) Bit b of word w is certificate 64 w + b, lawful health certificates among them."""
    earliest_day: Annotated[Ints, Column(np.int32, 0, LAST_DAY)]
    """First day on which the worker can leave, as the proleptic ordinal of the date."""
    wage_floor_fen: Annotated[Ints, Column(np.int32, 0, DEAREST_FEN)]
    """Fen a month below which the worker does not go."""
    wished_places: Annotated[Ints, Column(np.int32, -1, MOST, axes=2)]
    """(workers, any) Places wished for, dearest first; a province stands for all its prefectures."""
    anywhere: Annotated[Flags, Column(np.bool_)]
    """Whether places not wished for are acceptable too. False with no place wished for: no post passes."""
    excluded_places: Annotated[Ints, Column(np.int32, -1, MOST, axes=2)]
    """(workers, any) Places ruled out; a province stands for all its prefectures."""
    needs_dormitory: Annotated[Flags, Column(np.bool_)]
    priority: Annotated[Bytes, Column(np.int8, 0, HIGHEST_PRIORITY)]
    """0 for most; higher for registered-poor and relocated people, as the office decides."""
    village: Annotated[Ints, Column(np.int32, -1, MOST)]
    """Home village position; -1 unknown."""
    group: Annotated[Ints, Column(np.int32, -1, MOST)]
    """Row of `Problem.group_rule`; -1 goes alone."""
    declined_posts: Annotated[Ints, Column(np.int32, -1, MOST, axes=2)] = field(default_factory=_none_named)
    """(workers, any) Posts that the worker has turned down, or that have turned the worker down; may be left out."""
    declined_employers: Annotated[Ints, Column(np.int32, -1, MOST, axes=2)] = field(
        default_factory=_none_named
    )
    """(workers, any) Employers of whom the same holds; may be left out."""

    def __post_init__(self) -> None:
        for name in OPTIONAL:
            if not getattr(self, name).size:
                object.__setattr__(self, name, np.empty((len(self.age), 0), np.int32))
        settle(self)
        if self.experience_years.shape != self.experienced.shape:
            raise ValueError("workers.experience_years must have the shape of workers.experienced.")
        if self.certificates.shape[1] < 1:
            raise ValueError("workers.certificates must have at least one word.")

    def __len__(self) -> int:
        return len(self.age)


@dataclass(frozen=True, slots=True, eq=False)
class Posts:
    """One row for each post (a kind of work at one employer in one place) with its seats."""

    occupation: Annotated[Ints, Column(np.int32, -1, MOST)]
    """Occupation position; -1 not coded, then it stands at distance 4 from everything."""
    place: Annotated[Ints, Column(np.int32, 0, MOST)]
    """Place position, as a rule of a prefecture."""
    employer: Annotated[Ints, Column(np.int32, 0, MOST)]
    """Employer position; those of `Problem.fellow_employer` are the same."""
    seats: Annotated[Ints, Column(np.int32, 0, 1_000_000)]
    """Seats still to be given; 0 is allowed and closes the post."""
    wage_low_fen: Annotated[Ints, Column(np.int32, 0, DEAREST_FEN)]
    """Fen a month promised at least; the worker's floor is held against this."""
    wage_high_fen: Annotated[Ints, Column(np.int32, 0, DEAREST_FEN)]
    """Fen a month at most; not below `wage_low_fen`."""
    min_age: Annotated[Shorts, Column(np.int16, 0, 130)]
    """Lowest age that the law demands of this post (18 for hazardous work); 0 none. 16 holds everywhere."""
    max_age: Annotated[Shorts, Column(np.int16, 0, 130)]
    """Highest age that the law demands of this post; 0 none."""
    heavy: Annotated[Flags, Column(np.bool_)]
    """Heavy or harmful work, closed to workers of 16 and 17."""
    certificates: Annotated[Words, Column(np.uint64, axes=2)]
    """(posts, words) Certificates demanded, all of them; as many words as the workers have."""
    education: Annotated[Bytes, Column(np.int8, 0, EDUCATION_LEVELS - 1)]
    """Lowest education demanded; 0 none."""
    begins_day: Annotated[Ints, Column(np.int32, 0, LAST_DAY)]
    """Day on which the work begins."""
    valid_until_day: Annotated[Ints, Column(np.int32, 0, LAST_DAY)]
    """Last day on which the post can be taken."""
    dormitory: Annotated[Flags, Column(np.bool_)]
    meals: Annotated[Flags, Column(np.bool_)]
    minutes_from_home: Annotated[Ints, Column(np.int32, -1, 1_000_000)]
    """Length of the journey from the home prefecture; -1 unknown."""

    def __post_init__(self) -> None:
        settle(self)
        if (self.wage_high_fen < self.wage_low_fen).any():
            row = int(np.argmax(self.wage_high_fen < self.wage_low_fen))
            raise ValueError(f"posts.wage_high_fen is below posts.wage_low_fen in row {row}.")
        if ((self.max_age > 0) & (self.max_age < self.min_age)).any():
            row = int(np.argmax((self.max_age > 0) & (self.max_age < self.min_age)))
            raise ValueError(f"posts.max_age is below posts.min_age in row {row}.")
        if self.certificates.shape[1] < 1:
            raise ValueError("posts.certificates must have at least one word.")

    def __len__(self) -> int:
        return len(self.occupation)


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """The classifications that positions point into."""

    occupation: Annotated[Ints, Column(np.int32, 0, MOST, axes=2)]
    """(occupations, 3) Position of the minor, middle and major class of each level-4 occupation."""
    place_parent: Annotated[Ints, Column(np.int32, -1, MOST)]
    """(places,) Position of the province of each prefecture; -1 for a province."""

    def __post_init__(self) -> None:
        settle(self, aligned=False)
        if self.occupation.shape[1] != 3:
            raise ValueError("trees.occupation must have three columns: minor, middle and major class.")
        _check_nested("minor", self.occupation[:, 0], "middle", self.occupation[:, 1])
        _check_nested("middle", self.occupation[:, 1], "major", self.occupation[:, 2])
        _check_two_levels(self.place_parent)


@dataclass(frozen=True, slots=True, eq=False)
class Fellows:
    """People of this village already work for this employer: one row for each such pair."""

    village: Annotated[Ints, Column(np.int32, 0, MOST)]
    employer: Annotated[Ints, Column(np.int32, 0, MOST)]

    def __post_init__(self) -> None:
        settle(self)

    def __len__(self) -> int:
        return len(self.village)

    @classmethod
    def nobody(cls) -> Fellows:
        """No such pair."""
        return cls(village=np.empty(0, np.int32), employer=np.empty(0, np.int32))


def _check_nested(lower: str, below: Ints, upper: str, above: Ints) -> None:
    pairs = np.unique(np.stack([below, above], axis=1), axis=0)
    repeated = pairs[1:, 0] == pairs[:-1, 0]
    if repeated.any():
        raise ValueError(
            f"trees.occupation puts {lower} class {pairs[1:][repeated][0, 0]} under two {upper} classes."
        )


def _check_two_levels(parent: Ints) -> None:
    child: npt.NDArray[np.int64] = np.flatnonzero(parent >= 0)
    outside = child[parent[child] >= len(parent)]
    if len(outside):
        raise ValueError(
            f"trees.place_parent in row {outside[0]} names place {parent[outside[0]]}, which is not there."
        )
    deep = child[parent[parent[child]] >= 0]
    if len(deep):
        raise ValueError(
            f"trees.place_parent in row {deep[0]} leads to a place with a parent: a cycle or a third level."
        )
