"""Blocks written as canonical Markdown, format section 10: reading it again gives the same.

A list is written from its items and a quote from its blocks, so that indentation, tabs and lazy lines of the author
leave no trace; code stands as it is, to the character.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from quizapp.source.blocks import Block
from quizapp.source.scanner import read_blocks

PLAIN = re.compile(r"[^\W\d_]")  # begins with a letter: nothing but text begins so, a table and a heading apart
PLACEHOLDER = "\ue000"  # stands in a text for what is put there when it is shown, and is text itself
NEEDS_ESCAPE = re.compile(rf"(\d{{0,9}})([^\w\s<${PLACEHOLDER}])")


def source_of(blocks: Sequence[Block]) -> str:
    """The Markdown of some blocks, one blank line apart."""
    return "\n".join(_lines(blocks, is_tight=False))


def _lines(blocks: Sequence[Block], is_tight: bool) -> list[str]:
    kept = [block for block in blocks if block.kind != "comment"]
    lines = _block(kept[0]) if kept else []
    for before, block in pairwise(kept):
        gap = [] if is_tight or block.kind == "definition" else [""]
        lines += [*gap, "<!-- -->"] if would_merge(before, block) else []
        lines += [*gap, *_block(block)]
    return lines


def would_merge(before: Block, block: Block) -> bool:
    """Whether a block would become part of the list or indented code before it."""
    if block.kind == "code":
        return before.kind in ("list", "code")
    return before.kind == block.kind == "list" and block.marker == before.marker


def _block(block: Block) -> list[str]:
    if block.kind == "list":
        return _list(block)
    if block.kind == "quote":
        return quoted(_lines(block.children, is_tight=False))
    if block.kind == "definition":
        return indented(_lines(block.children, is_tight=False), ":   ")
    if block.kind == "heading":
        text = " ".join(block.info.split("\n"))
        return [f"{'#' * block.level} {text}{' #' if text.endswith('#') else ''}".rstrip()]
    if block.kind == "fence":
        return [block.lines[0].text.strip(), *code_text(block).split("\n")[:-1], block.marker]
    if block.kind == "code":
        return [f"    {line}" if line.strip() else "" for line in code_text(block).split("\n")[:-1]]
    if block.kind == "paragraph":
        return _paragraph(block)
    first, *others = [line.text.rstrip() for line in block.lines]
    end = ["$$"] if block.kind == "math" and not block.closed else []
    return [first.lstrip(), *(line.strip() if block.kind == "table" else line for line in others), *end]


def _list(block: Block) -> list[str]:
    lines: list[str] = []
    for number, item in enumerate(block.children, start=block.start):
        marker = f"{number}{block.marker} " if block.marker in ".)" else f"{block.marker} "
        lines += [""] if block.loose and lines else []
        lines += indented(_lines(item.children, is_tight=not block.loose) or [""], marker)
    return lines


def _paragraph(block: Block) -> list[str]:
    """Its lines; what would begin another block were it not for its place is escaped."""
    lines = [_prose_line(line.text) for line in block.lines]
    lines = [lines[0].lstrip(), *lines[1:-1], *(line.rstrip() for line in lines[1:][-1:])]
    if len(lines) == 1:
        lines = [lines[0].rstrip()]
    if all(map(PLAIN.match, lines)):
        return lines
    found = read_blocks("\n".join(lines))
    return lines if [one.kind for one in found] == ["paragraph"] else [_escaped(line) for line in lines]


def _prose_line(text: str) -> str:
    """A line of prose: two spaces at its end stay, because they break the line, and four before it are no marker."""
    indent = "    " if text.startswith(("    ", "\t")) else ""
    return indent + text.strip() + ("  " if text.endswith("  ") else "")


def _escaped(line: str) -> str:
    return NEEDS_ESCAPE.sub(r"\1\\\2", line, count=1) if NEEDS_ESCAPE.match(line) else line


def indented(lines: Sequence[str], marker: str, columns: int = 0) -> list[str]:
    """Lines behind a marker: the first one beside it, the others `columns` to the right (0: below the first)."""
    first, *others = lines
    return [marker + first if first else marker.rstrip(), *moved(others, columns or len(marker))]


def moved(lines: Sequence[str], columns: int) -> list[str]:
    """Lines further to the right; empty ones stay empty."""
    return [" " * columns + line if line else "" for line in lines]


def quoted(lines: Sequence[str]) -> list[str]:
    """Lines as a quote."""
    return [f"> {line}" if line else ">" for line in lines]


def code_text(block: Block) -> str:
    """The exact text of a code block, its last line ended by `\\n`."""
    if block.kind == "code":
        lines = [_dedent(line.text, 4) for line in block.lines]
    else:
        inner = block.lines[1:-1] if block.closed else block.lines[1:]
        lines = [_dedent(line.text, block.indent) for line in inner]
    return "".join(f"{line}\n" for line in lines)


def _dedent(text: str, columns: int) -> str:
    """Drop up to that many columns of white space; a tab reaches to the next multiple of four."""
    column = position = 0
    while position < len(text) and column < columns and text[position] in " \t":
        column += 4 - column % 4 if text[position] == "\t" else 1
        position += 1
    return " " * max(0, column - columns) + text[position:]
