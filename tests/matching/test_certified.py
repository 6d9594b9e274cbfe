"""The certificate in plain words: never a bare number, never less than what is proven, and honest about limits."""

from __future__ import annotations

from typing import Any

import pytest

from zhitong.matching.certified import certificate_of, percent_up
from zhitong.matching.models import Round, RuleSet


def held(total: int, bound: int, rules: RuleSet | None = None, **more: Any) -> Round:
    figures = {"total": total, "bound": bound, "placed": 1000, "workers": 5000, **more}
    return Round(summary=figures, rules=rules)


def told(one: Round) -> str:
    certificate = certificate_of(one)
    assert certificate is not None
    return "".join([certificate.headline, *certificate.meaning])


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (0.0003, "0.03"),
        (0.000312, "0.032"),
        (0.12, "12"),
        (0.0123, "1.3"),
        (1e-7, "0.001"),
        (0.0, "0"),
        (1, "100"),
    ],
)
def test_a_share_is_never_shown_smaller_than_it_is(share: float, shown: str) -> None:
    assert percent_up(share) == shown
    assert float(shown) >= share * 100


def test_it_works() -> None:
    text = told(held(999_700, 1_000_000))
    assert "离最好的可能最多差 0.03 %" in text
    assert "平均每人 1,000 分" in text and "最多再高 0.3 分" in text and "可以放心审定" in text
    assert "不说明规则本身定得好不好" in text


def test_a_round_without_a_plan_has_none() -> None:
    assert certificate_of(Round(summary={})) is None
    assert certificate_of(held(0, 0)) is None


def test_what_is_proven_best_is_called_so() -> None:
    text = told(held(1_000_000, 1_000_000))
    assert "已经证明：这就是最好的可能" in text and "最多差" not in text


def test_a_strict_order_is_not_called_badly_computed() -> None:
    strict = held(900_000, 1_000_000, RuleSet(priority_mode="strict"))
    certificate = certificate_of(strict)
    assert certificate is not None and certificate.colour == "azure"
    assert "这一轮优先群体先选" in told(held(1_000, 1_000, RuleSet(priority_mode="strict")))
    assert "差得多不等于算得不好" in told(strict) and "优先群体先选" in told(strict)


def test_a_small_round_says_that_its_bound_is_wide() -> None:
    assert "人少的轮次上限估得偏宽" in told(held(90_000, 100_000, workers=40, placed=30))


def test_a_wide_gap_of_a_large_round_is_a_warning() -> None:
    certificate = certificate_of(held(900_000, 1_000_000))
    assert certificate is not None and certificate.colour == "orange" and "差距偏大" in certificate.meaning[1]
    assert "结果可用" in told(held(995_000, 1_000_000))


def test_a_limit_that_was_reached_is_said() -> None:
    stopped = held(950_000, 1_000_000, stopped=True, reasons_left={"time_up": 1234})
    assert "到了规定的时间就停了" in told(stopped) and "1,234 人还没来得及算完" in told(stopped)
    assert "人还没来得及" not in told(held(999_990, 1_000_000, stopped=True))
