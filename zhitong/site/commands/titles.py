"""Titles in CSV files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from zhitong.site.frames import TITLE

LARGEST = 200_000_000
"""Bytes of a file that is read: some two million titles."""
LONGEST = 100_000
"""Characters of a cell that is read: a longer one is an unclosed quotation or no table."""


class UnreadableTitles(ValueError):
    """A file of titles that cannot be read; its text is a sentence for whoever gave it."""


def read_titles(path: Path, *needed: str) -> list[dict[str, str]]:
    """The rows of a CSV file with a column `title` and those `needed`, by heading in lower case, in order.

    Reads UTF-8 with or without a byte order mark, and GB18030. Empty lines are no rows. Raises `UnreadableTitles`
    where there is no such file, it is empty, in another encoding or no CSV, a column is missing, or a row has more
    cells than headings or a cell of more than `LONGEST` characters.
    """
    lines = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        headings = [heading.strip().lower() for heading in next(lines, [])]
        lacking = [f"“{name}”" for name in (TITLE, *needed) if name not in headings]
        if lacking:
            raise UnreadableTitles(f"{path} 的首行没有{'、'.join(lacking)}列。")
        return [dict(_cells(path, headings, row, lines.line_num)) for row in lines if row]
    except csv.Error as error:
        raise UnreadableTitles(f"{path} 第 {lines.line_num} 行不是规范的 CSV：{error}。") from error


def _cells(path: Path, headings: list[str], row: list[str], line: int) -> Iterator[tuple[str, str]]:
    if len(row) > len(headings):
        raise UnreadableTitles(f"{path} 第 {line} 行有 {len(row)} 格，首行只有 {len(headings)} 列。")
    if max(map(len, row)) > LONGEST:
        raise UnreadableTitles(f"{path} 第 {line} 行有一格超过 {LONGEST} 个字。")
    return zip(headings, row + [""] * (len(headings) - len(row)), strict=True)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise UnreadableTitles(f"{path} 超过 {LARGEST // 1_000_000} MB，请分成几个文件。")
        held = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableTitles(f"没有找到文件 {path}。") from None
    except OSError as error:
        raise UnreadableTitles(f"文件 {path} 无法读取：{error.strerror}。") from None
    if not held.strip(b"\xef\xbb\xbf \t\r\n"):
        raise UnreadableTitles(f"文件 {path} 是空的。")
    return _decoded(path, held)


def _decoded(path: Path, held: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return held.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableTitles(f"文件 {path} 既不是 UTF-8 也不是 GB18030 编码的 CSV。")
