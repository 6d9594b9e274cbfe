"""Code titles by hand: ``python -m zhitong.engines.coding OCCUPATIONS.csv [TITLE …]``.

OCCUPATIONS is the table of 2022 (.csv or .csv.gz). Without titles, one title a line is read from standard input.
One line of JSON is printed for each title.
"""

import argparse
import csv
import dataclasses
import gzip
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from zhitong.engines.coding import Params, Problem, read_occupations, solve, spoken_words


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m zhitong.engines.coding", description=__doc__)
    parser.add_argument("occupations", type=Path, help="the table of 2022: columns code, level, name")
    parser.add_argument("titles", nargs="*", help="titles; none: one a line from standard input")
    asked = parser.parse_args(arguments)
    titles = tuple(asked.titles) or tuple(line.rstrip("\n") for line in sys.stdin)
    params = Params(read_occupations(_rows(asked.occupations)), spoken_words())
    names = {occupation.code: occupation.name for occupation in params.occupations}
    for title, coding in zip(titles, solve(Problem(titles), params).codings, strict=True):
        line = {"title": title, "name": names.get(coding.code or ""), **dataclasses.asdict(coding)}
        print(json.dumps(line, ensure_ascii=False))
    return 0


def _rows(path: Path) -> list[dict[str, str]]:
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as file
    ):
        return list(csv.DictReader(file))


if __name__ == "__main__":
    raise SystemExit(main())
