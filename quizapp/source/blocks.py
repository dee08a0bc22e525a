"""The blocks of a Markdown text: what they are, and what can be asked of them.

Every block keeps its lines with their place in the file, so that a problem can be told where it stands.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from quizapp.source.cursor import Line
from quizapp.source.definitions import Definitions, take_definitions

Kind = Literal[
    "document", "quote", "list", "item", "footnote", "definition",
    "heading", "paragraph", "break", "code", "fence", "math", "html", "comment", "table", "slashes",
]  # fmt: skip
CONTAINERS = frozenset({"document", "quote", "list", "item", "footnote", "definition"})
LEVELS = frozenset({"quote", "item", "footnote", "definition"})
MAX_DEPTH = 32
MAX_LEAF = 100_000  # characters of one paragraph or table; a longer one is too complex, and defines nothing

CELL_BAR = re.compile(r"(?<!\\)\|")


@dataclass(slots=True)
class Block:
    """A block; `lines` are as its parent sees them (its own marker included), `children` its inner blocks.

    `marker` is the bullet or `.`/`)` of a list and its items, or the fence; `level` that of a heading; `start` the
    first number of an ordered list; `info` a fence's info string, a heading's text, a footnote's name or the title of
    a `/// tab | title` line, whose word is its marker; `closed` is False for a fence, `$$` or HTML block that runs to
    the end of its container; `unread` is True for the paragraph that holds the rest of a text that was too much.
    """

    kind: Kind
    lines: list[Line] = field(default_factory=list)
    children: list["Block"] = field(default_factory=list)
    marker: str = ""
    level: int = 0
    start: int = 1
    indent: int = 0
    info: str = ""
    closed: bool = True
    loose: bool = False
    unread: bool = False
    end: re.Pattern[str] | None = None

    @property
    def line(self) -> int:
        """The number of its first line."""
        return self.lines[0].number

    @property
    def column(self) -> int:
        """The column of its first character that is not white space."""
        first = self.lines[0]
        return first.column + len(first.text) - len(first.text.lstrip())

    @property
    def text(self) -> str:
        """Its lines as one text."""
        return "\n".join(line.text for line in self.lines)


def walk(blocks: Sequence[Block]) -> Iterator[Block]:
    """Every block of the trees, parents first."""
    for block in blocks:
        yield block
        yield from walk(block.children)


def paragraph_text(block: Block) -> str:
    """The lines of a paragraph as one text, without indentation and without white space at its end."""
    return "\n".join(line.text.lstrip(" \t") for line in block.lines).rstrip(" \t")


def split_definitions(paragraph: Block) -> tuple[str, str]:
    """Divide the text of a paragraph into the definitions with which it begins, and what is shown."""
    text = paragraph_text(paragraph)
    rest = take_definitions(text, Definitions()) if text.startswith(("[", "*[")) and len(text) <= MAX_LEAF else text
    return text[: len(text) - len(rest)].rstrip("\n"), rest


def note_definitions(blocks: Iterable[Block], into: Definitions) -> None:
    """Note the link definitions and abbreviations with which those of the blocks begin that are paragraphs."""
    for block in blocks:
        if block.kind == "paragraph" and block.lines[0].text.lstrip(" \t").startswith(("[", "*[")):
            text = paragraph_text(block)
            if len(text) <= MAX_LEAF:
                take_definitions(text, into)


def belonging(blocks: Sequence[Block], first: int, last: int) -> range:
    """The places of some blocks in a row, with those around them that cannot be shown apart from them.

    Those are a term and what it means, and what stands between the two lines of `/// tab` and its kin.
    """
    while first and blocks[first].kind == "definition":
        first -= 1
    while last + 1 < len(blocks) and blocks[last + 1].kind == "definition":
        last += 1
    is_captioned = last + 1 < len(blocks) and blocks[last + 1].marker == "caption"
    for begin, end in _slash_pairs(blocks):
        if begin <= last + is_captioned and end >= first:
            first, last, is_captioned = min(first, begin), max(last, end), False
    return range(first, last + 1)


def _slash_pairs(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Where `/// tab` and its kin begin and end, in the order of their ends."""
    begun, pairs = list[int](), list[tuple[int, int]]()
    for place, block in enumerate(blocks):
        if block.kind == "slashes" and block.marker:
            begun.append(place)
        elif block.kind == "slashes" and begun:
            pairs.append((begun.pop(), place))
    return pairs


def too_deep(blocks: Sequence[Block], depth: int = 0) -> Block | None:
    """The first block that is nested deeper than MAX_DEPTH levels of quotes and lists."""
    for block in blocks:
        level = depth + (block.kind in LEVELS)
        if level > MAX_DEPTH:
            return block
        found = too_deep(block.children, level)
        if found:
            return found
    return None


def split_row(text: str) -> list[str]:
    """Return the cells of a table row; a bar is written `\\|` inside a cell."""
    row = text.strip()
    row = row.removeprefix("|")
    if row.endswith("|") and not row.endswith("\\|"):
        row = row[:-1]
    return [cell.strip() for cell in CELL_BAR.split(row)]
