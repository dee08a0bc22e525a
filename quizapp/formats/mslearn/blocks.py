"""The blocks of an imported text made tidy: alerts, wrappers, headings and tables as our format has them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from quizapp.formats.mslearn.notes import Place
from quizapp.formats.mslearn.rows import pieces
from quizapp.source.blocks import Block, split_row
from quizapp.source.cursor import Line

ALERTS = frozenset({"NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"})
ALERT = re.compile(r"\s*\[!\s*(?P<word>[^\]\s]{1,40})(?P<inside>[^\]]{0,200})\]\s*(?P<rest>.*)$")
CLASS = re.compile(r"""class\s*=\s*["'“”]([^"'“”]*)["'“”]""")
BOLD = re.compile(r"(\*\*|__)(?!\s)(?P<text>(?:(?!\1).)+)(?<!\s)\1$")
BULLETS = re.compile(r"\s*<br>\s*[•·]\s*")
BREAK = re.compile(r"[ \n]{0,9}<br>[ \n]{0,9}")
BREAKS = re.compile(r"\s{0,9}<br>(?:\s{0,9}<br>)+\s{0,9}|\A\s{0,9}<br>\s{0,9}|\s{0,9}<br>\s{0,9}\Z")
SECOND_LEVEL = 2
LOWEST = 6


@dataclass(slots=True)
class Tidying:
    """Tidies the blocks of one text; `place` says where a block came from."""

    note: Callable[..., None]
    place: Callable[[Block], Place]
    in_question: bool = False

    def blocks(self, blocks: Sequence[Block]) -> list[Block]:
        """The blocks as they are written."""
        levels: list[int] = []
        return self._all(blocks, levels)

    def _all(self, blocks: Sequence[Block], levels: list[int]) -> list[Block]:
        found: list[Block] = []
        for block in blocks:
            found += self._block(block, levels)
        return found

    def _block(self, block: Block, levels: list[int]) -> list[Block]:
        if block.kind == "quote":
            return self._quote(block, levels)
        if block.kind == "heading":
            return [self._heading(block, levels)]
        if block.kind == "table":
            return [replace(block, lines=_compact(block.lines))]
        if block.kind == "list":
            return [self._list(block, levels)]
        if block.children:
            return [replace(block, children=self._all(block.children, levels))]
        return _without_breaks(block) if block.kind == "paragraph" and "<br>" in block.text else [block]

    def _list(self, block: Block, levels: list[int]) -> Block:
        """A list; breaks in a paragraph of a tight one do not divide it."""
        items = [replace(item, children=self._all(item.children, levels)) for item in block.children]
        has_more = any(len(new.children) > len(old.children) for new, old in zip(items, block.children, strict=True))
        return replace(block, children=items, loose=block.loose or has_more)

    def _heading(self, block: Block, levels: list[int]) -> Block:
        """A heading on a level that skips none, from the second on; in a question it is a bold line."""
        if self.in_question:
            text = " ".join(block.info.split())
            return _paragraph(f"**{text}**" if text and "**" not in text else text or "&nbsp;", block)
        while levels and levels[-1] >= block.level:
            levels.pop()
        levels.append(block.level)
        return replace(block, level=min(len(levels) + SECOND_LEVEL - 1, LOWEST))

    def _quote(self, block: Block, levels: list[int]) -> list[Block]:
        first = block.children[0] if block.children else None
        found = ALERT.match(first.lines[0].text) if first is not None and first.kind == "paragraph" else None
        if first is None or found is None:
            return [replace(block, children=self._all(block.children, levels))]
        rest = [replace(first.lines[0], text=found["rest"])] if found["rest"] else []
        lines = [*rest, *first.lines[1:]]
        inner = self._all([*([replace(first, lines=lines)] if lines else []), *block.children[1:]], levels)
        word = found["word"].upper()
        if word == "DIV":
            named = CLASS.search(found["inside"])
            self.note("wrapper", self.place(block), name=named[1] if named else "div")
            return inner
        if word not in ALERTS:
            self.note("alert-kind", self.place(block), word=found["word"])
            return [replace(block, children=inner)]
        return [self._alert(word, block, inner)]

    def _alert(self, word: str, block: Block, inner: list[Block]) -> Block:
        if word == "TIP" and self.in_question:
            self.note("hint-like", self.place(block))
            word = "NOTE"
        marker = Line(block.line, 1, f"[!{word}]")
        if inner and inner[0].kind == "paragraph":
            opening = [replace(inner[0], lines=[marker, *inner[0].lines])]
            return replace(block, children=[*opening, *inner[1:]])
        return replace(block, children=[Block("paragraph", lines=[marker]), *inner])


def _without_breaks(block: Block) -> list[Block]:
    """A paragraph with breaks as our format has them; two in a row divide it."""
    text = "\n".join(line.text.strip() if not line.text.endswith("  ") else line.text.lstrip() for line in block.lines)
    held = "".join(piece.replace("<br>", "\ue003") if is_code else piece for is_code, piece in pieces(text))
    found: list[Block] = []
    for part in BREAKS.split(held):
        lines = BREAK.sub("\\\\\n", part.strip()).replace("\ue003", "<br>").split("\n")
        if part.strip():
            found.append(Block("paragraph", lines=[Line(block.line, 1, line) for line in lines]))
    return found


def _paragraph(text: str, block: Block) -> Block:
    return Block("paragraph", lines=[Line(block.line, 1, text)])


def _compact(lines: Sequence[Line]) -> list[Line]:
    """The lines of a table without what only lines up their cells; headers are bold anyway."""
    header, delimiters, *rows = [split_row(line.text) for line in lines]
    width = len(delimiters)
    bold = [BOLD.match(cell) for cell in header]
    if all(found or not cell for found, cell in zip(bold, header, strict=True)):
        header = [found["text"] if found else "" for found in bold]
    written = [header, [_delimiter(cell) for cell in delimiters], *([_cell(one) for one in row] for row in rows)]
    padded = [[*row, *[""] * (width - len(row))] for row in written]
    return [replace(line, text="| " + " | ".join(row) + " |") for line, row in zip(lines, padded, strict=True)]


def _delimiter(cell: str) -> str:
    return (":" if cell.startswith(":") else "") + "---" + (":" if cell.endswith(":") else "")


def _cell(cell: str) -> str:
    """A cell; items behind breaks and bullets are a list."""
    before, *items = BULLETS.split(cell) if "•" in cell or "·" in cell else [cell]
    if not items:
        return cell
    last = re.sub(r"(?:\s*<br>)+$", "", items[-1])
    return before.strip() + "<ul>" + "".join(f"<li>{item.strip()}</li>" for item in [*items[:-1], last]) + "</ul>"
