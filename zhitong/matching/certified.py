"""The certificate of a round in plain words: how far from the best possible it can be, and what that means."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from zhitong.matching.models import Round

CLOSE, FAIR = 0.001, 0.01
"""Shares of the bound: up to the first nothing is worth computing again, up to the second hardly anything."""
SMALL = 500
"""In a round of fewer people the bound itself is often wide."""
TIME_UP = "time_up"


@dataclass(frozen=True)
class Certificate:
    """What a round's plan is proven to be: one line, how it is coloured, and what it means, a sentence each."""

    headline: str
    colour: str
    meaning: tuple[str, ...]


def certificate_of(held: Round) -> Certificate | None:
    """Return what is proven of a round's plan; nothing where no plan was made."""
    figures = held.summary
    if not figures.get("bound"):
        return None
    gap = gap_of(held)
    return Certificate(_headline(gap), _colour(held, gap), tuple(_meaning(held, gap)))


def gap_of(held: Round) -> float:
    """Return how far the round's plan can be from the best possible at most, as a share of the bound."""
    total, bound = int(held.summary["total"]), int(held.summary["bound"])
    return max(0, bound - total) / bound


def percent_up(share: float) -> str:
    """Return a share in per cent with two figures, never less than it is: 0.000312 gives 0.032."""
    percent = share * 100
    if percent <= 0:
        return "0"
    if percent < 0.001:
        return "0.001"
    digits = 1 - math.floor(math.log10(percent))
    raised = math.ceil(round(percent * 10**digits, 6)) / 10**digits
    return f"{raised:.{max(0, digits)}f}".rstrip("0").rstrip(".") if digits > 0 else f"{raised:.0f}"


def is_strict(held: Round) -> bool:
    """Tell whether priority groups chose before all others."""
    return held.rules is not None and held.rules.priority_mode == held.rules.PriorityMode.STRICT


def left_by_time(held: Round) -> int:
    """Return how many people were not settled when the time of the computation was up."""
    return int(held.summary.get("reasons_left", {}).get(TIME_UP, 0))


def was_stopped(held: Round) -> bool:
    """Tell whether the computation ended because its time was up."""
    return bool(held.summary.get("stopped")) or left_by_time(held) > 0


def _headline(gap: float) -> str:
    if gap == 0:
        return _("已经证明：这就是最好的可能")
    return _("离最好的可能最多差 %(share)s %%") % {"share": percent_up(gap)}


def _colour(held: Round, gap: float) -> str:
    if was_stopped(held) and gap > CLOSE:
        return "orange"
    if gap <= CLOSE:
        return "green"
    return "azure" if gap <= FAIR or is_strict(held) or _is_small(held) else "orange"


def _is_small(held: Round) -> bool:
    return int(held.summary.get("workers", 0)) < SMALL


def _meaning(held: Round, gap: float) -> Iterator[str]:
    yield _sum(held, gap)
    if was_stopped(held):
        yield _time_up(held)
    if gap > 0:
        yield _verdict(held, gap)
    elif is_strict(held):
        yield _("这一轮优先群体先选；就是和不分先后的方案比，也已经是最好的。")
    yield _(
        "这只说明按现在的规则和分值算得有多好，不说明规则本身定得好不好，也不是说人人都得到了最想要的岗位。"
    )


def _sum(held: Round, gap: float) -> str:
    """Say what the points are and how much more any other plan could bring, to one person on the average."""
    figures = held.summary
    total, bound = int(figures["total"]), int(figures["bound"])
    placed = max(1, int(figures["placed"]))
    known = {"total": f"{total:,}", "bound": f"{bound:,}", "each": f"{total / placed:,.0f}"}
    if gap == 0:
        return (
            _(
                "推荐的岗位合起来是 %(total)s 分，平均每人 %(each)s 分。"
                "不管怎么另行安排，只要不违反规则，都不会比这更高。"
            )
            % known
        )
    more = math.ceil((bound - total) / placed * 10) / 10
    return _(
        "推荐的岗位合起来是 %(total)s 分，平均每人 %(each)s 分。不管怎么另行安排，只要不违反规则，"
        "合起来都不会超过 %(bound)s 分，摊到每个有岗位的人身上最多再高 %(more)s 分。"
    ) % {**known, "more": f"{more:,.1f}"}


def _time_up(held: Round) -> str:
    many = left_by_time(held)
    if not many:
        return _("到了规定的时间就停了，给出的是停下时最好的结果，没有违反任何规则。")
    return _(
        "到了规定的时间就停了，给出的是停下时最好的结果，没有违反任何规则；有 %(many)s 人还没来得及算完，"
        "可以取消这一轮，缩小范围或换个时间再发起。"
    ) % {"many": f"{many:,}"}


def _verdict(held: Round, gap: float) -> str:
    if is_strict(held):
        return _("这一轮优先群体先选，这里是和不分先后的方案比，上限也估得很宽，差得多不等于算得不好。")
    if gap <= CLOSE:
        return _("差得这么小，重新计算也不会有看得出来的好处，可以放心审定。")
    if _is_small(held):
        return _("人少的轮次上限估得偏宽，夫妻要求同去时更是这样；差得多不等于算得不好，实际差距通常小得多。")
    if gap <= FAIR:
        return _("结果可用。如果时间允许，可以重新计算，看能不能再靠近一些。")
    return _("差距偏大，审定前请看看下面没有匹配到的原因；时间允许的话，建议取消后重新发起。")
