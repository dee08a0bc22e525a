"""Where the attribute list of a heading stands in its file, and where one would be put."""

import re

from quizapp.content.tidy.base import Source
from quizapp.source.attributes import BEGINS, split_heading
from quizapp.source.blocks import Block

AT_END = re.compile(r"(?<!\\)\{([^{}]*)\}[ \t]*(?:-->)?[ \t]*(?:[ \t]#+|(?<=[}>])#+)?[ \t]*$")
CLOSING = re.compile(r"(?:^|(?<=[ \t]))#+[ \t]*$")
ATX = re.compile(r"[ ]{0,3}#{1,6}")


def attribute_list(source: Source, block: Block) -> tuple[int, int, str] | None:
    """Line, column and text of what stands inside the braces of a heading; None where it has none on one line."""
    number = _last_line(block)
    found = AT_END.search(source.lines[number - 1])
    if not found or not BEGINS.match(found[1]):
        return None
    _, attributes = split_heading(f"x {{{found[1]}}}")
    is_read = attributes == split_heading(" ".join(block.info.split("\n")))[1]
    return (number, found.start(1) + 1, found[1]) if is_read else None


def end_of_heading(source: Source, block: Block) -> tuple[int, int, str] | None:
    """Line and column behind the text of a heading, and what has to stand between that and an attribute list."""
    number = _last_line(block)
    text = source.lines[number - 1].rstrip(" \t")
    if block.marker == "#":
        head = ATX.match(text)
        if head is None:
            return None
        body = text[head.end() :]
        body = CLOSING.sub("", body).rstrip(" \t") if CLOSING.search(body) else body
        return number, head.end() + len(body) + 1, " "
    return number, len(text) + 1, " "


def _last_line(block: Block) -> int:
    """The number of the last line of the text of a heading: the line of `===` below it is none."""
    return block.lines[0 if block.marker == "#" else -2].number
