"""What is wrong with a plan, found without the solver: plain Python over the rows of its clusters."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice

import numpy as np

from zhitong.engines.linkage.plan import BrokenRule, Plan, Reason, Verdict
from zhitong.engines.linkage.problem import Problem
from zhitong.engines.linkage.rows import Rows

MOST_EACH = 100
"""Of one kind of fault so many are reported."""
LARGEST = 40
"""Of larger clusters not every pair is listed in a plan."""
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def broken_rules(problem: Problem, plan: Plan) -> tuple[BrokenRule, ...]:
    """Everything wrong with `plan` as an answer to `problem`, at most a hundred of each kind."""
    if len(plan.cluster) != len(problem.rows) or plan.problem_digest != problem.digest():
        return (BrokenRule("other_problem", "The plan was made for another problem."),)
    faults = [_shape_faults]
    found = [fault for check in faults for fault in islice(check(plan), MOST_EACH)]
    if found:
        return tuple(found)
    clusters = _clusters(plan)
    checks = (
        _verdict_faults(plan),
        _threshold_faults(plan),
        _sum_faults(plan),
        _listing_faults(plan, clusters),
        _number_faults(problem, clusters),
        _rejected_faults(problem, plan),
        _fixed_faults(problem, plan),
        _twin_faults(problem, plan),
        _chain_faults(problem, plan, clusters),
    )
    return tuple(fault for check in checks for fault in islice(check, MOST_EACH))


def _shape_faults(plan: Plan) -> Iterator[BrokenRule]:
    count = len(plan.cluster)
    wrong = (plan.row_a < 0) | (plan.row_a >= plan.row_b) | (plan.row_b >= count)
    for at in np.flatnonzero(wrong).tolist():
        yield BrokenRule("pair", f"Pair {at} is not two rows of the problem, the lower first.")
    packed = plan.row_a * max(count, 1) + plan.row_b
    if len(np.unique(packed)) < len(packed):
        yield BrokenRule("pair", "A pair is listed twice.")
    heads = plan.cluster
    if ((heads < 0) | (heads > np.arange(count))).any() or (heads[heads] != heads).any():
        yield BrokenRule("cluster", "A cluster is not named by its lowest row.")


def _clusters(plan: Plan) -> list[list[int]]:
    """The rows of each cluster of two and more."""
    members: dict[int, list[int]] = {}
    heads, counts = np.unique(plan.cluster, return_counts=True)
    joined = np.isin(plan.cluster, heads[counts > 1])
    for row in np.flatnonzero(joined).tolist():
        members.setdefault(int(plan.cluster[row]), []).append(row)
    return list(members.values())


def _verdict_faults(plan: Plan) -> Iterator[BrokenRule]:
    together = plan.cluster[plan.row_a] == plan.cluster[plan.row_b]
    for at in np.flatnonzero(together != (plan.verdict == Verdict.SAME)).tolist():
        one, other = int(plan.row_a[at]), int(plan.row_b[at])
        yield BrokenRule(
            "verdict", f"Rows {one} and {other} have a verdict that their clusters deny.", one, other
        )


def _threshold_faults(plan: Plan) -> Iterator[BrokenRule]:
    """Pairs joined by their score below the threshold, or shown below it, or held back for no reason."""
    same, review = plan.params.same_bits, plan.params.review_bits
    scored = plan.reason == Reason.SCORE
    wrong = scored & (plan.verdict == Verdict.SAME) & (plan.bits < same)
    wrong |= scored & (plan.verdict == Verdict.REVIEW) & (plan.bits >= same)
    wrong |= (plan.verdict == Verdict.REVIEW) & (plan.bits < review)
    for at in np.flatnonzero(wrong).tolist():
        one, other = int(plan.row_a[at]), int(plan.row_b[at])
        sentence = (
            f"Rows {one} and {other} have {plan.bits[at]:.2f} bits and another verdict than those mean."
        )
        yield BrokenRule("threshold", sentence, one, other)


def _sum_faults(plan: Plan) -> Iterator[BrokenRule]:
    sums = plan.parts.astype(np.float64).sum(axis=1)
    for at in np.flatnonzero(np.abs(sums - plan.bits) > 0.01).tolist():
        one, other = int(plan.row_a[at]), int(plan.row_b[at])
        yield BrokenRule(
            "parts", f"The parts of rows {one} and {other} do not add up to their bits.", one, other
        )


def _listing_faults(plan: Plan, clusters: list[list[int]]) -> Iterator[BrokenRule]:
    listed = set(zip(plan.row_a.tolist(), plan.row_b.tolist(), strict=True))
    for members in clusters:
        for one, other in combinations(members, 2) if len(members) <= LARGEST else ():
            if (one, other) not in listed:
                yield BrokenRule(
                    "listing", f"Rows {one} and {other} are one person and not listed.", one, other
                )


def valid(number: str) -> bool:
    """Whether eighteen characters are an identity number: a day of birth that can be, the right check character."""
    if len(number) != 18 or not number.isascii() or not number[:17].isdigit() or number.endswith("000"):
        return False
    year, month, day = int(number[6:10]), int(number[10:12]), int(number[12:14])
    check = "10X98765432"[sum(int(one) * by for one, by in zip(number, WEIGHTS, strict=False)) % 11]
    return check == number[17] and 1900 <= year <= 2099 and 1 <= month <= 12 and 1 <= day <= 31


def _numbers(rows: Rows, members: list[int]) -> dict[int, str]:
    return {row: rows.id_text[row].decode() for row in members if valid(rows.id_text[row].decode())}


def _number_faults(problem: Problem, clusters: list[list[int]]) -> Iterator[BrokenRule]:
    """Clusters in which two valid numbers stand that no confirmed pairs brought together."""
    confirmed = _connected(problem.fixed.tolist())
    for members in clusters:
        numbers = _numbers(problem.rows, members)
        groups: dict[int, set[str]] = {}
        for row, number in numbers.items():
            groups.setdefault(confirmed.get(row, row), set()).add(number)
        if len(set(numbers.values())) > max((len(group) for group in groups.values()), default=0):
            yield BrokenRule(
                "two_numbers", f"The cluster of row {members[0]} holds two valid numbers.", members[0]
            )


def _connected(pairs: list[list[int]]) -> dict[int, int]:
    """The lowest row that each row is connected with by pairs."""
    lowest: dict[int, int] = {}
    for _ in pairs:
        before = dict(lowest)
        for one, other in pairs:
            least = min(lowest.get(one, one), lowest.get(other, other))
            lowest[one] = lowest[other] = least
        if lowest == before:
            break
    return lowest


def _rejected_faults(problem: Problem, plan: Plan) -> Iterator[BrokenRule]:
    for one, other in problem.rejected.tolist():
        if plan.cluster[one] == plan.cluster[other]:
            yield BrokenRule("rejected", f"Rows {one} and {other} were rejected and are joined.", one, other)


def _fixed_faults(problem: Problem, plan: Plan) -> Iterator[BrokenRule]:
    unmet = {tuple(pair) for pair in plan.unmet.tolist()}
    for one, other in problem.fixed.tolist():
        if (plan.cluster[one] == plan.cluster[other]) == ((one, other) in unmet):
            yield BrokenRule(
                "fixed", f"Rows {one} and {other} were confirmed and are not joined.", one, other
            )


def _twin_faults(problem: Problem, plan: Plan) -> Iterator[BrokenRule]:
    """Pairs joined by their score whose names differ while no identity number is the same or nearly so."""
    rows = problem.rows
    joined = np.flatnonzero((plan.verdict == Verdict.SAME) & (plan.reason == Reason.SCORE))
    for at in joined.tolist():
        one, other = int(plan.row_a[at]), int(plan.row_b[at])
        if not _same_name(rows, one, other) and not _agree(rows, one, other):
            yield BrokenRule("twins", f"Rows {one} and {other} could be twins and are joined.", one, other)


def _same_name(rows: Rows, one: int, other: int) -> bool:
    first, second = int(rows.name[one]), int(rows.name[other])
    characters = rows.names.characters
    return first >= 0 and second >= 0 and bool((characters[first] == characters[second]).all())


def _agree(rows: Rows, one: int, other: int) -> bool:
    """Whether two numbers are the same, or a slip before the last four characters apart."""
    first, second = rows.id_text[one].decode(), rows.id_text[other].decode()
    if not first or not second or first[-4:] != second[-4:]:
        return False
    if len(first) != len(second):
        short, long = sorted((first, second), key=len)
        return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
    differ = [at for at, (a, b) in enumerate(zip(first, second, strict=True)) if a != b]
    return len(differ) <= 1 or (len(differ) == 2 and differ[1] - differ[0] == 1)


def _chain_faults(problem: Problem, plan: Plan, clusters: list[list[int]]) -> Iterator[BrokenRule]:
    """Clusters that no chain of sure or confirmed pairs holds together."""
    sure = plan.reason[plan.verdict == Verdict.SAME]
    same = plan.verdict == Verdict.SAME
    links = np.stack([plan.row_a[same], plan.row_b[same]], axis=1)[
        np.isin(sure, (Reason.SCORE, Reason.CONFIRMED))
    ]
    near: dict[int, list[int]] = {}
    for one, other in [*links.tolist(), *problem.fixed.tolist()]:
        near.setdefault(one, []).append(other)
        near.setdefault(other, []).append(one)
    for members in clusters:
        reached, waiting = {members[0]}, [members[0]]
        while waiting:
            more = set(near.get(waiting.pop(), ())) - reached
            reached |= more
            waiting.extend(more)
        if not set(members) <= reached:
            yield BrokenRule("chain", f"The cluster of row {members[0]} is not held together.", members[0])
