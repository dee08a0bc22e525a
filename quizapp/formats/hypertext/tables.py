"""Tables of HTML to tables of Markdown, or as HTML where cells span or hold blocks."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from quizapp.formats.hypertext.phrases import markup_of
from quizapp.formats.hypertext.tree import EMBEDDED, INLINE, Conversion, Node

GROUPS = ("thead", "tbody", "tfoot")
SIMPLE = INLINE | EMBEDDED | {"br", "img", "p", "div"}
MAX_CELLS = 10_000  # of a table of signs, in which all lines have as many as the longest
BARE = {"table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"}


class Writes(Protocol):
    """What writes a run of inline nodes."""

    def of(self, nodes: Sequence[Node | str], *, line_break: str = ...) -> str:
        """The paragraph of some nodes."""


class Tables:
    """Writes tables."""

    def __init__(self, conversion: Conversion, paragraphs: Writes) -> None:
        self.conversion, self.paragraphs = conversion, paragraphs

    def of(self, table: Node) -> Iterator[str]:
        """A table and its caption, as blocks."""
        rows = list(_rows(table))
        for caption in _children(table, "caption"):
            yield self.paragraphs.of(caption.children, line_break=" ")
        if rows and any(row.children for row in rows):
            yield self._signs(rows) if _is_simple(rows) else self._markup(table)

    def _signs(self, rows: Sequence[Node]) -> str:
        cells = [[self._cell(cell) for cell in _cells(row)] for row in rows]
        width = max(map(len, cells))
        is_headed = any(cell.tag == "th" for cell in _cells(rows[0]))
        head, body = (cells[0], cells[1:]) if is_headed else ([], cells)
        return "\n".join([_row(head, width), _row(["---"] * width, width), *(_row(row, width) for row in body)])

    def _cell(self, cell: Node) -> str:
        runs: list[list[Node | str]] = [[]]
        for child in cell.children:
            if isinstance(child, Node) and child.tag in ("p", "div"):
                runs += [[*child.children], []]
            else:
                runs[-1].append(child)
        texts = [self.paragraphs.of(run, line_break="<br>") for run in runs]
        return "<br>".join(text for text in texts if text).replace("|", "\\|")

    def _markup(self, table: Node) -> str:
        rows = "\n".join(markup_of(row) for row in _rows(table))
        return f"<table>\n{rows}\n</table>"


def _children(node: Node, *tags: str) -> Iterator[Node]:
    return (child for child in node.children if isinstance(child, Node) and child.tag in tags)


def _rows(table: Node) -> Iterator[Node]:
    for child in _children(table, "tr", *GROUPS):
        if child.tag == "tr":
            yield child
        else:
            yield from _children(child, "tr")


def _cells(row: Node) -> list[Node]:
    return list(_children(row, "td", "th"))


def _is_simple(rows: Sequence[Node]) -> bool:
    width = max(len(_cells(row)) for row in rows)
    return 0 < width * len(rows) <= MAX_CELLS and all(_is_simple_cell(cell) for row in rows for cell in _cells(row))


def _is_simple_cell(cell: Node) -> bool:
    spans = {cell.get("colspan") or "1", cell.get("rowspan") or "1"}
    return spans <= {"1"} and all(_holds_text(child) for child in cell.children)


def _holds_text(node: Node | str) -> bool:
    if isinstance(node, str):
        return True
    inner_blocks = node.tag in ("p", "div")
    return node.tag in SIMPLE and all(
        isinstance(child, str) or (_holds_text(child) and not (inner_blocks and child.tag in ("p", "div")) and
                                   (inner_blocks or child.tag not in ("p", "div")))
        for child in node.children
    )  # fmt: skip


def _row(cells: Sequence[str], width: int) -> str:
    return "| " + " | ".join([*cells, *[""] * (width - len(cells))]) + " |"
