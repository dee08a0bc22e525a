"""Spaces at the ends of lines, where they mean nothing: not in code, not two that break a line."""

from collections.abc import Iterator, Sequence

from quizapp.content.edits import Edit
from quizapp.content.tidy.base import Repair, Source, add_repair
from quizapp.source.blocks import Block, walk

OPAQUE = frozenset({"fence", "code", "math", "html", "comment"})
PLAIN = frozenset({"paragraph", "heading", "table", "break", "slashes"})


def edits(source: Source) -> Iterator[Sequence[Edit]]:
    """The white space at the end of each line that it does not matter to."""
    blocks = list(walk(source.blocks))
    opaque = {line.number for block in blocks if block.kind in OPAQUE for line in block.lines}
    plain = _plain_lines(blocks)
    first = source.file.front.body_line
    for number, text in enumerate(source.lines[first - 1 :], start=first):
        kept = text.rstrip(" \t")
        if kept != text and number not in opaque and (not kept or number in plain) and not kept.endswith("\\"):
            yield [Edit(number, len(kept) + 1, text[len(kept) :], "")]


def _plain_lines(blocks: Sequence[Block]) -> set[int]:
    """The lines that end with text in which white space at the end means nothing."""
    found = set[int]()
    for block in blocks:
        if block.kind in PLAIN and not block.unread:
            numbers = {line.number for line in block.lines}
            found |= numbers - (_breaking(block) if block.kind in ("paragraph", "heading") else set())
    return found


def _breaking(block: Block) -> set[int]:
    """The lines of a paragraph whose last spaces break the line, or stand in code that goes on below."""
    found, ticks = set[int](), 0
    for line in block.lines[:-1]:
        ticks += line.text.count("`")
        if line.text.endswith("  ") or ticks % 2:
            found.add(line.number)
    return found


add_repair(Repair("spaces at the end of a line", 10, edits))
