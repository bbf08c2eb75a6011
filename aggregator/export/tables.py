"""Tables for spreadsheets (RFC 4180), in which no cell can be taken for a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from aggregator.export.characters import printable

Cell = str | int | float | None
# What spreadsheets take for the beginning of a formula (OWASP, "CSV injection"), full width forms too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Spreadsheets read umlauts rightly only behind this mark.
BYTE_ORDER_MARK = "\ufeff"


def render_table(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The table in UTF-8 with its columns' names in the first line, cells separated by commas."""
    text = StringIO()
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([cell(value) for value in row] for row in rows)
    return text.getvalue().encode()


def cell(value: Cell) -> Cell:
    """A value as it may stand in a cell: text of others never begins like a formula, numbers stay numbers."""
    if not isinstance(value, str):
        return value
    text = printable(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text
