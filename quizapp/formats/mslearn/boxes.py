"""Boxes to Markdown: rows to tables where they are tables, zones to tabs, long descriptions to details."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from quizapp.formats.mslearn.includes import trimmed
from quizapp.formats.mslearn.markers import Box
from quizapp.formats.mslearn.rows import Row, indent_of
from quizapp.source.blocks import Block, paragraph_text
from quizapp.source.scanner import read_blocks

BOLD = re.compile(r"(\*\*|__)(?!\s)(?:(?!\1).)+(?<!\s)\1[ .:]*")
ITEM = re.compile(r"( *)([-+*])(?= )")
BAR = re.compile(r"(?<!\\)\|")
PIVOTS = re.compile(r"[\s,]+")


@dataclass(frozen=True, slots=True)
class Flattener:
    """Writes what boxes hold; `pivots` are the titles of the ids of zones."""

    note: Callable[..., None]
    pivots: Mapping[str, str] = field(default_factory=dict)

    def rows(self, children: Sequence[Row | Box]) -> list[Row]:
        """The rows of a text with boxes."""
        found: list[Row] = []
        position = 0
        while position < len(children):
            child = children[position]
            if isinstance(child, Row):
                found.append(child)
                position += 1
                continue
            run = _run(children, position)
            boxes = [one for one in children[position:run] if isinstance(one, Box)]
            found += _apart(self._boxes(child.kind, boxes))
            position = run
        return found

    def _boxes(self, kind: str, boxes: Sequence[Box]) -> list[Row]:
        if kind == "row":
            return self._table(boxes) or self._layout(boxes)
        if kind == "zone":
            return self._zones(boxes)
        if kind == "tab":
            return [
                row for box in boxes for row in _slashed(box, "tab", box.attributes["title"], self.rows(box.children))
            ]
        if kind == "image-text":
            return [
                row for box in boxes for row in _slashed(box, "details", "Image description", self.rows(box.children))
            ]
        if kind == "moniker":
            for box in boxes:
                self.note("moniker", box.place, range=box.attributes.get("range", "some versions"))
        return [row for box in boxes for row in [*self.rows(box.children), Row("", box.place)]]

    def _table(self, boxes: Sequence[Box]) -> list[Row]:
        """Rows as a table, where the first holds bold headings, and all can be written in cells; else nothing."""
        cells = [[trimmed(self._cell(column)) for column in _columns(box)] for box in boxes]
        if len(cells) < 2 or len(cells[0]) < 2 or any(len(row) != len(cells[0]) for row in cells):
            return []
        heads = [" ".join(row.text.strip() for row in cell) for cell in cells[0]]
        if not any(heads) or not all(not head or BOLD.fullmatch(head) for head in heads):
            return []
        written = [[cell_text("\n".join(row.text for row in cell)) for cell in row] for row in cells[1:]]
        if any(cell is None for row in written for cell in row):
            return []
        before = " " * boxes[0].column
        lines: list[list[str | None]] = [
            [re.sub(r"^(\*\*|__)(.*)\1", r"\2", head) for head in heads],
            ["---" for _ in heads],
            *written,
        ]
        places = [boxes[0].place, boxes[0].place, *(box.place for box in boxes[1:])]
        return [Row(before + _line(cells), place) for cells, place in zip(lines, places, strict=True)]

    def _layout(self, boxes: Sequence[Box]) -> list[Row]:
        """Columns below each other; lists that stand side by side are one."""
        self.note("columns", boxes[0].place)
        found: list[Row] = []
        for box in boxes:
            before = " " * box.column
            columns = [trimmed(self._cell(column)) for column in _columns(box)]
            found.append(Row("", box.place))
            for above, cell in pairwise([[], *filter(None, columns)]):
                found += [] if _goes_on(above, cell) else [Row("", box.place)]
                found += [row.with_text(before + row.text if row.text else "") for row in cell]
        return found

    def _cell(self, column: Box) -> list[Row]:
        return dedented(self.rows(column.children))

    def _zones(self, boxes: Sequence[Box]) -> list[Row]:
        """Zones as tabs, those of one pivot as one."""
        tabs: dict[str, list[Row]] = {}
        first: dict[str, Box] = {}
        for box in boxes:
            pivots = [one for one in PIVOTS.split(box.attributes.get("pivot", "")) if one]
            if not pivots:
                self.note("zone-target", box.place, target=box.attributes.get("target", "some readers"))
            title = " / ".join(self.pivots.get(one, _title(one)) for one in pivots)
            first.setdefault(title, box)
            tabs[title] = [*tabs.get(title, []), Row("", box.place), *self.rows(box.children)]
        if list(tabs) == [""]:
            return tabs[""]
        return [row for title, rows in tabs.items() for row in _slashed(first[title], "tab", title or "All", rows)]


def _run(children: Sequence[Row | Box], start: int) -> int:
    """Where the run of boxes of one kind ends that begins there; blank rows may stand between them."""
    first = children[start]
    end = start + 1
    for position in range(start + 1, len(children)):
        child = children[position]
        if (
            isinstance(child, Box)
            and isinstance(first, Box)
            and (child.kind, child.column) == (first.kind, first.column)
        ):
            end = position + 1
        elif isinstance(child, Box) or not child.is_blank:
            break
    return end


def _columns(box: Box) -> list[Box]:
    """The columns of a row; text that stands in none is one of its own."""
    found: list[Box] = []
    for child in box.children:
        if isinstance(child, Box) and child.kind == "column":
            found.append(child)
        elif isinstance(child, Box) or not child.is_blank:
            if not found or found[-1].kind != "loose":
                found.append(Box("loose", {}, box.place, box.column))
            found[-1].children.append(child)
    return found


def _apart(rows: Sequence[Row]) -> list[Row]:
    """The rows with a blank one above and below."""
    return [Row("", rows[0].place), *rows, Row("", rows[-1].place)] if rows else []


def _slashed(box: Box, word: str, title: str, rows: Sequence[Row]) -> list[Row]:
    """Rows between `/// word | title` and `///`."""
    before = " " * box.column
    kept = trimmed(rows)
    blank, end = Row("", box.place), kept[-1].place if kept else box.place
    return [
        Row(f"{before}/// {word} | {title}", box.place),
        blank,
        *kept,
        Row("", end),
        Row(f"{before}///", end),
        Row("", end),
    ]


def _title(pivot: str) -> str:
    return pivot.replace("-", " ").replace("_", " ").capitalize()


def dedented(rows: Sequence[Row]) -> list[Row]:
    """The rows as far to the left as the first of them."""
    full = [row for row in rows if not row.is_blank]
    most = indent_of(full[0].text) if full else 0
    return [row.with_text(row.text[min(most, indent_of(row.text)) :]) for row in rows]


def _goes_on(above: Sequence[Row], below: Sequence[Row]) -> bool:
    """Whether both are lists of one kind."""
    if not above or not below:
        return False
    last = next((ITEM.match(row.text) for row in reversed(above) if ITEM.match(row.text)), None)
    first = ITEM.match(below[0].text)
    is_list = all(ITEM.match(row.text) or row.text.startswith("  ") for row in above)
    return bool(is_list and last and first and last[0] == first[0])


def _line(cells: Sequence[str | None]) -> str:
    return "| " + " | ".join(cell or "" for cell in cells) + " |"


def cell_text(markdown: str) -> str | None:
    """Some Markdown as the text of a table cell; None where it holds more than paragraphs and plain lists."""
    parts: list[str] = []
    for block in read_blocks(markdown):
        part = _cell_part(block)
        if part is None:
            return None
        is_list = part.startswith(("<ul>", "<ol>"))
        parts.append(part if not parts or is_list or parts[-1].endswith(("</ul>", "</ol>")) else f"<br>{part}")
    return BAR.sub(r"\\|", "".join(parts))


def _cell_part(block: Block) -> str | None:
    if block.kind == "paragraph":
        return " ".join(paragraph_text(block).split("\n"))
    if block.kind != "list":
        return None
    name = "ol" if block.marker in ".)" else "ul"
    items = [[_cell_part(child) for child in item.children] for item in block.children]
    if any(part is None for item in items for part in item):
        return None
    inner = "".join("<li>" + "<br>".join(part or "" for part in item) + "</li>" for item in items)
    return f"<{name}>{inner}</{name}>"
