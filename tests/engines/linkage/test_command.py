"""The engine run by hand, on good files and bad ones."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.engines.linkage.making import number
from zhitong.engines.linkage.__main__ import main

pytestmark = pytest.mark.slow

HEADER = "row,id_number,name,sex,birth_on,phone,village\n"
ID = number("52990119900102001")
LIST = f"""{HEADER}7,{ID},王大明,男,1990-01-02,15400000001,529901101201
12,{ID},王大明,,,,
30,,李秀英,女,1985/5/6,15400000002,529901101202
"""


def run(folder: Path, content: str | bytes, *more: str) -> int:
    given = folder / "rows.csv"
    given.write_bytes(content if isinstance(content, bytes) else content.encode())
    return main(["pairs", str(given), str(folder / "pairs.csv"), *more])


def written(folder: Path) -> list[dict[str, str]]:
    with (folder / "pairs.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_it_works(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, LIST, "--check") == 0
    assert json.loads(capsys.readouterr().out)["broken_rules"] == []
    (pair,) = written(tmp_path)
    assert (pair["row_a"], pair["row_b"], pair["verdict"]) == ("7", "12", "same")
    assert float(pair["bits"]) > 9


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_other_encodings_columns_and_labels(tmp_path: Path, encoding: str) -> None:
    lines = LIST.replace("row,", "village_name,row,").replace("\n7", "\nx,A-7").replace("\n12", "\nx,A-12")
    assert run(tmp_path, lines.replace("\n30", "\nx,𠮷30").encode(encoding)) == 0
    assert [(pair["row_a"], pair["row_b"]) for pair in written(tmp_path)] == [("A-7", "A-12")]


def test_a_list_without_rows(tmp_path: Path) -> None:
    assert run(tmp_path, HEADER) == 0
    assert written(tmp_path) == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "lacks the column row"),
        ("row,name\n1,王大明\n", "lacks the column id_number"),
        (LIST + "7,,王芳,,,,\n", "row 7 stands in the file more than once"),
        (LIST + "8,x\n", "has 2 of 7 columns"),
        (b"row,\xff\xff\n", "neither UTF-8 nor GB 18030"),
    ],
)
def test_a_bad_list_is_refused_with_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | bytes, sentence: str
) -> None:
    assert run(tmp_path, content) == 2
    told = capsys.readouterr().err
    assert sentence in told
    assert told.count("\n") == 1


def test_a_missing_file_and_strange_params(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pairs", str(tmp_path / "none.csv"), str(tmp_path / "out.csv")]) == 2
    (tmp_path / "params.json").write_text('{"same_bits": 99}', "utf-8")
    assert run(tmp_path, LIST, "--params", str(tmp_path / "params.json")) == 2
    assert "same_bits must be a number" in capsys.readouterr().err


def test_a_sample_is_made_linked_and_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows, truth, pairs = (str(tmp_path / name) for name in ("rows.csv", "truth.csv", "pairs.csv"))
    assert main(["sample", rows, truth, "--people", "3000", "--seed", "5"]) == 0
    assert main(["pairs", rows, pairs]) == 0
    assert main(["measure", truth, pairs]) == 0
    made, _linked, found = map(json.loads, capsys.readouterr().out.splitlines())
    assert made["rows"] == found["rows"] == 3228
    assert found["listed"]["f1"] > 0.97
    assert main(["pairs", rows, pairs, "--only-equal-numbers"]) == 0
    assert main(["measure", truth, pairs]) == 0
    simple = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert 0.7 < simple["listed"]["recall"] < 0.9


def test_a_village_list_arrives(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows, truth = (str(tmp_path / name) for name in ("rows.csv", "truth.csv"))
    assert main(["sample", rows, truth, "--people", "3000", "--seed", "5"]) == 0
    assert main(["arrivals", rows, truth, "--rows", "200"]) == 0
    found = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert found["arriving_rows"] == 200 and found["register_rows"] == 3028
    assert found["same_wrong"] == 0 < found["same"]
    (tmp_path / "truth.csv").write_text("row,person,twin\n", "utf-8")
    assert main(["arrivals", rows, truth]) == 2


def test_pairs_of_unknown_rows_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    truth, pairs = tmp_path / "truth.csv", tmp_path / "pairs.csv"
    truth.write_text("row,person,twin\n1,1,0\n2,1,0\n", "utf-8")
    for line in ("1,3,9.0,same", "1,2,many,same"):
        pairs.write_text(f"row_a,row_b,bits,verdict\n{line}\n", "utf-8")
        assert main(["measure", str(truth), str(pairs)]) == 2
    assert main(["sample", str(truth), str(pairs), "--people", "0"]) == 2
    assert "at least one person" in capsys.readouterr().err


def test_the_same_seed_makes_the_same_sample(tmp_path: Path) -> None:
    def made(name: str, seed: int) -> Any:
        main(
            [
                "sample",
                str(tmp_path / name),
                str(tmp_path / "truth.csv"),
                "--people",
                "300",
                "--seed",
                str(seed),
            ]
        )
        return (tmp_path / name).read_bytes()

    assert made("one", 1) == made("again", 1) != made("two", 2)


def test_a_sample_belongs_to_nobody(tmp_path: Path) -> None:
    main(
        [
            "sample",
            str(tmp_path / "rows.csv"),
            str(tmp_path / "truth.csv"),
            "--people",
            "2000",
            "--errors",
            "0",
        ]
    )
    with (tmp_path / "rows.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["id_number"].replace(" ", "")[:4] for row in rows} <= {"5299", "５２９９", ""}
    with (tmp_path / "truth.csv").open(encoding="utf-8", newline="") as file:
        known = {line["row"]: line["person"] for line in csv.DictReader(file)}
    owners: dict[str, set[str]] = {}
    for row in rows:
        if len(row["id_number"]) == 18 and row["id_number"].isascii():
            owners.setdefault(row["id_number"].upper(), set()).add(known[row["row"]])
    assert all(len(people) == 1 for people in owners.values())
