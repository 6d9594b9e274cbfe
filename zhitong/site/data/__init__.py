"""The reference data shipped with the product. README.md beside this file names each file's source and licence."""

import csv
import gzip
import io
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent


def read_rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of one table, each a mapping of column name to text.

    `name` is the file's name without its ending, such as "zunyi_villages"; whether it is compressed is
    nobody's business. Every value is text: codes keep their leading zeros, an empty cell is "". Raises
    FileNotFoundError for a table that is not shipped.
    """
    with io.StringIO(_read_text(name), newline="") as text:
        yield from csv.DictReader(text)


def _read_text(name: str) -> str:
    packed = FOLDER / f"{name}.csv.gz"
    if packed.exists():
        return gzip.decompress(packed.read_bytes()).decode("utf-8")
    return (FOLDER / f"{name}.csv").read_text("utf-8")
