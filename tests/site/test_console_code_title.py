"""zhitong code-title: titles in, occupations out, and a sentence for what cannot be read."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from zhitong.site import console

HEADINGS = ["title", "occupation_code", "confidence", "runner_up"]


def coded(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.fixture
def titles(tmp_path: Path) -> Path:
    file = tmp_path / "titles.csv"
    file.write_text('编号,title\n1,急招电焊工\n2,"普工，长白班"\n3,"保洁员/""保安"""\n', encoding="utf-8")
    return file


def test_it_works(titles: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert console.main(["code-title", str(titles)]) == 0
    headings, *lines = coded(capfdbinary.readouterr().out.decode())
    assert headings == HEADINGS
    assert [line[:2] for line in lines] == [
        ["急招电焊工", "6-18-02-04"],
        ["普工，长白班", ""],
        ['保洁员/"保安"', "4-09-08-01"],
    ]
    assert lines[2][3] == "4-07-05-01" and all(0 <= float(line[2]) <= 1 for line in lines)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_other_encodings_give_the_same_file(titles: Path, tmp_path: Path, encoding: str) -> None:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    assert console.main(["code-title", str(titles), "-o", str(first)]) == 0
    titles.write_bytes(titles.read_text("utf-8").encode(encoding))
    assert console.main(["code-title", str(titles), "-o", str(second)]) == 0
    assert first.read_bytes() == second.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first.csv", "second.csv", "titles.csv"]


def test_the_text_beside_a_title_helps(tmp_path: Path) -> None:
    file, out = tmp_path / "in.csv", tmp_path / "out.csv"
    file.write_text("Title,description\n普工,服装加工，会踩平车\n普工\n", encoding="utf-8")
    assert console.main(["code-title", str(file), "-o", str(out)]) == 0
    assert [line[1] for line in coded(out.read_text("utf-8"))[1:]] == ["6-05-01-03", ""]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "没有找到文件"),
        (b"", "是空的"),
        (b"\xef\xbb\xbf\r\n", "是空的"),
        ("职位\n电工\n".encode(), "没有“title”列"),
        ("title\n电工\n焊工,2\n".encode(), "第 3 行有 2 格，首行只有 1 列"),
        ('title\n"电工\n'.encode(), "不是规范的 CSV"),
        (b"title\n\xff\xff\xff\n", "既不是 UTF-8 也不是 GB18030"),
        (b"title\n" + b"x" * 120_000, "第 2 行有一格超过 100000 个字"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence(
    content: bytes | None, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = tmp_path / "in.csv", tmp_path / "out.csv"
    if content is not None:
        file.write_bytes(content)
    assert console.main(["code-title", str(file), "-o", str(out)]) == 2
    told = capsys.readouterr()
    assert sentence in told.err and told.err.count("\n") == 1 and told.out == ""
    assert not out.exists()


def test_a_folder_is_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert console.main(["code-title", str(tmp_path)]) == 2
    assert "无法读取" in capsys.readouterr().err


def test_a_place_that_cannot_be_written(titles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert console.main(["code-title", str(titles), "-o", str(titles / "out.csv")]) == 2
    assert "无法写出结果" in capsys.readouterr().err
