"""Spreadsheets: the one room through which they come in and go out.

In: ``read_sheets`` finds the table in a workbook or a text file, ``read_tables`` every cell of what strangers send;
``cell_text`` and ``exact_text`` read cells.
Out: ``write_bulk`` for lists of any length, ``write_template`` for blanks to fill in, ``write_errors`` for refused
rows in the sender's own layout. Text stays text: nothing that people typed becomes a formula, a link or a number.
"""

from .apart import as_cell, as_json
from .blanks import Blank, write_template
from .book import Table as SheetTable
from .book import write_book
from .errors import Problem, write_errors
from .find import read_sheets
from .read import Line, Sheet, cell_text, exact_text, heading_key
from .tables import Table, read_tables
from .write import MOST_ROWS, Part, write_bulk, write_parts

__all__ = [
    "MOST_ROWS",
    "Blank",
    "Line",
    "Part",
    "Problem",
    "Sheet",
    "SheetTable",
    "Table",
    "as_cell",
    "as_json",
    "cell_text",
    "exact_text",
    "heading_key",
    "read_sheets",
    "read_tables",
    "write_book",
    "write_bulk",
    "write_errors",
    "write_parts",
    "write_template",
]
