"""The coder run by hand."""

import io
import json
from importlib.resources import files

import pytest

from zhitong.engines.coding.__main__ import main

TABLE = str(files("zhitong.site.data") / "occupations_cn_2022.csv.gz")


def test_it_works(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([TABLE, "钢筋工", "普工"]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["code"], first["name"]) == ("6-29-01-04", "钢筋工")
    assert (second["code"], second["reason"]) == (None, "title_too_vague")


def test_it_reads_titles_from_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("架子工\n保安\n"))
    assert main([TABLE]) == 0
    assert [json.loads(line)["code"] for line in capsys.readouterr().out.splitlines()] == [
        "6-29-01-05",
        "4-07-05-01",
    ]
