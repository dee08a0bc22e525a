"""Tables with one space around each cell; where that is asked for, padded so that bars stand below each other."""

import re
from collections.abc import Iterator, Sequence

from quizapp.content.edits import Edit
from quizapp.content.tidy.base import Repair, Source, add_repair
from quizapp.source.blocks import CELL_BAR, Block, walk
from quizapp.source.cursor import Line
from quizapp.source.widths import columns_of

BAR_IN_BLANK = re.compile(r"\[\[[^\[\]\n]*(?<!\\)\|")
MAX_WIDTH = 80  # columns of a cell; a longer one is not waited for
MAX_COLUMNS = 100
DELIMITERS = 1  # the place of the row below the header


def edits(source: Source) -> Iterator[Sequence[Edit]]:
    """The rows of each table that are written otherwise."""
    for block in walk(source.blocks):
        if block.kind == "table" and not block.unread and _is_plain(source, block):
            rows = [_cells(line.text, place == DELIMITERS) for place, line in enumerate(block.lines)]
            widths = _widths(rows) if source.wishes.align else []
            pairs = zip(block.lines, rows, strict=True)
            yield [_edit(line, row) for line, cells in pairs if (row := _row(line.text, cells, widths)) != _old(line)]


def _is_plain(source: Source, block: Block) -> bool:
    """Whether the rows can be written anew: bars in a blank divide its answers, not cells."""
    return all(
        source.is_in_place(line.number, line.column, line.text) and not BAR_IN_BLANK.search(line.text)
        for line in block.lines
    )


def _old(line: Line) -> str:
    return line.text.strip(" \t")


def _edit(line: Line, row: str) -> Edit:
    indent = len(line.text) - len(line.text.lstrip(" \t"))
    return Edit(line.number, line.column + indent, _old(line), row)


def _has_end(row: str) -> bool:
    """Whether a bar ends the row."""
    return len(row) > 1 and row.endswith("|") and not row.endswith("\\|")


def _cells(text: str, is_delimiters: bool) -> list[str]:
    """The cells of a row; an empty one keeps its spaces. Those of the line below the header have three hyphens."""
    row = text.strip(" \t")
    inner = row.removeprefix("|")
    cells = CELL_BAR.split(inner[:-1] if _has_end(row) else inner)
    tidy = [cell.strip(" \t") or (cell if cell.strip(" ") == "" else " ") or " " for cell in cells]
    return [re.sub("-+", "---", cell) for cell in tidy] if is_delimiters else tidy


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """The columns that each column of the table takes, as far as is waited for."""
    count = min(max(map(len, rows)), MAX_COLUMNS)
    cells = [[columns_of(row[place].strip(" ")) for row in rows if place < len(row)] for place in range(count)]
    return [max(3, *(width for width in column if width <= MAX_WIDTH), 0) for column in cells]


def _row(text: str, cells: Sequence[str], widths: Sequence[int]) -> str:
    """A row with one space around each cell; bars at its ends stay as they are."""
    row = text.strip(" \t")
    shown = [_padded(cell, widths[place]) if place < len(widths) else _spaced(cell) for place, cell in enumerate(cells)]
    return f"{row[:1] if row.startswith('|') else ''}{'|'.join(shown)}{'|' if _has_end(row) else ''}".strip(" \t")


def _spaced(cell: str) -> str:
    return f" {cell} " if cell.strip(" ") else cell


def _padded(cell: str, width: int) -> str:
    text = cell.strip(" ")
    if re.fullmatch(r":?---:?", text):
        return f" {text.replace('---', '-' * max(3, width - len(text) + 3))} "
    return f" {text}{' ' * (width - columns_of(text))} "


add_repair(Repair("tables", 60, edits))
