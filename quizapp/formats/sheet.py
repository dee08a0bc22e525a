"""A table for spreadsheet programs: CSV that keeps its letters and computes nothing."""

import csv
import io
from collections.abc import Iterable, Sequence

COMPUTED = ("=", "+", "-", "@", "\t", "\r")  # how a cell begins that a spreadsheet program would take for a formula


def write_sheet(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows of cells as CSV in UTF-8 with a byte order mark; what would be a formula gets a leading apostrophe."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_as_text(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _as_text(cell: str) -> str:
    return f"'{cell}" if cell.startswith(COMPUTED) else cell
