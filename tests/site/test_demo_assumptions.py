"""Every assumption names its source, and the printed page is the one of the code."""

from pathlib import Path

import pytest

from zhitong.site.demo import assumptions, figures

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "demo-assumptions.md"


def test_the_page_is_fresh() -> None:
    assert PAGE.read_text("utf-8") == figures.reference_page(), (
        "run: python -m zhitong.site.demo > docs/reference/demo-assumptions.md"
    )


def test_every_figure_names_a_source() -> None:
    for figure in figures.FIGURES.values():
        start = figure.source.split(":")[0]
        assert start in ("assumed", "derived") or ", row" in start, figure.name
        assert len(figure.source) > 12, figure.name


def test_published_figures_are_read_from_the_data() -> None:
    assert assumptions.FEMALE == pytest.approx(0.376)
    assert assumptions.AGE["over_50"] == pytest.approx(0.316)
    assert assumptions.INCOME_AWAY == 563_400
    assert sum(assumptions.SECTOR.values()) == pytest.approx(1)


def test_a_question_without_exactly_one_row_is_refused() -> None:
    with pytest.raises(LookupError):
        figures.published("nonsense", figures.SURVEY, year="1999", indicator="age_share", group="<=40")
    with pytest.raises(LookupError):
        figures.published("ambiguous", figures.SURVEY, indicator="age_share", group="<=40")
    assert "nonsense" not in figures.FIGURES
