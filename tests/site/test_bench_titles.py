"""The measurement of titles, on a few made-up labels."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from zhitong.site import console

LABELS = """title,occupation_code
钢筋工,6-29-01-04
架子工,6-29-01-05
保安,6-29-01-05
普工,6-29-01-05
普工,
电工,
"""


def test_it_works(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "labels.csv"
    file.write_text(LABELS, encoding="utf-8")
    assert console.main(["bench", "titles", "--labels", str(file), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["labelled"], told["right_level_4"], told["coverage"]) == (4, 0.5, 0.75)
    assert told["right_when_coded"] == pytest.approx(2 / 3, abs=1e-4)
    assert (told["too_vague"], told["blank_kept"], told["right_with_blanks"]) == (2, 0.5, 0.5)
    assert {
        "label": "6-29-01-05 架子工",
        "coded": "4-07-05-01 保安员",
        "times": 1,
        "titles": ["保安"],
    } in told["confusions"]
    assert told["microseconds_per_title"] > 0


@pytest.mark.parametrize(
    ("content", "sentence"), [("title\n电工\n", "没有“occupation_code”列"), ("", "是空的")]
)
def test_labels_that_cannot_be_read(
    content: str, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "labels.csv"
    file.write_text(content, encoding="utf-8")
    assert console.main(["bench", "titles", "--labels", str(file)]) == 2
    assert sentence in capsys.readouterr().err


def test_labels_are_needed(capsys: pytest.CaptureFixture[str]) -> None:
    assert console.main(["bench", "titles"]) == 2
    assert "--labels" in capsys.readouterr().err
