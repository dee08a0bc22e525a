"""Text with placeholders: one private character stands for each blank while the text around them is rendered.

What is rendered is split there, and an input put between the pieces; so every placeholder must come out once, where an
input may stand.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from html.parser import HTMLParser

from quizapp.questions.blanks import Blank, WrittenBlank, find_blanks, is_blanks_fence, write_blank
from quizapp.source.blocks import Block, walk
from quizapp.source.cursor import Line
from quizapp.source.scanner import read_blocks
from quizapp.source.writing import PLACEHOLDER

REFERENCE = re.compile(r"(?<=&#)(?:(?P<hex>[xX]0*)[eE]000(?![0-9a-fA-F])|(?P<zeros>0*)57344(?!\d))")


def without_own(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, the placeholders of the author in them made other characters; all else keeps its place."""
    return [
        replace(
            block,
            lines=[replace(line, text=_without_own(line.text)) for line in block.lines],
            children=without_own(block.children),
            info=_without_own(block.info),
        )
        for block in blocks
    ]


def _without_own(text: str) -> str:
    text = text.replace(PLACEHOLDER, "\N{REPLACEMENT CHARACTER}")
    return REFERENCE.sub(_other_reference, text) if "&#" in text else text


def _other_reference(found: re.Match[str]) -> str:
    return f"{found['hex']}FFFD" if found["hex"] else f"{found['zeros']}65533"


def with_placeholders(blocks: Sequence[Block], blanks: Iterable[WrittenBlank]) -> list[Block]:
    """The blocks with a placeholder for each of the blanks that were found in them."""
    by_line: dict[int, list[WrittenBlank]] = {}
    for blank in blanks:
        by_line.setdefault(blank.line, []).insert(0, blank)
    return [_replaced(block, by_line) for block in blocks]


def _replaced(block: Block, by_line: Mapping[int, Sequence[WrittenBlank]]) -> Block:
    info = " ".join(word for word in block.info.split() if word != "blanks") if is_blanks_fence(block) else block.info
    lines = [_with_placeholders(line, by_line.get(line.number, ())) for line in block.lines]
    return replace(block, lines=lines, children=[_replaced(child, by_line) for child in block.children], info=info)


def _with_placeholders(line: Line, blanks: Sequence[WrittenBlank]) -> Line:
    """A line of a block, or of a block around it, with placeholders; `blanks` are its last one first."""
    text = line.text
    for blank in blanks:
        start = blank.column - line.column
        if start >= 0 and text.startswith(blank.text, start):
            text = text[:start] + PLACEHOLDER + text[start + len(blank.text) :]
    return replace(line, text=text)


def with_blanks(markdown: str, blanks: Sequence[Blank]) -> str:
    """A text with blanks in the place of its placeholders, so that reading it gives them again."""
    written = [write_blank(blank) for blank in blanks]
    text = _filled(markdown, written)
    if [blank.inside for blank in find_blanks(read_blocks(text))] == [one[2:-2] for one in written]:
        return text
    longest = max(map(len, re.findall(r"`+", markdown)), default=1)
    return _filled(markdown, [write_blank(blank, longest) for blank in blanks])


def _filled(markdown: str, written: Sequence[str]) -> str:
    """The text with what is written in the place of its placeholders; in a table, bars are written `\\|`."""
    tables = (block for block in walk(read_blocks(markdown)) if block.kind == "table")
    rows = {line.number for table in tables for line in table.lines}
    blanks = iter(written)

    def fill(line: str, in_table: bool) -> str:
        bar = "\\|" if in_table else "|"
        return re.sub(PLACEHOLDER, lambda _: next(blanks).replace("|", bar), line)

    return "\n".join(fill(line, number in rows) for number, line in enumerate(markdown.split("\n"), start=1))


def first_lost(page: str, count: int) -> int | None:
    """Which of so many placeholders (from 0) does not come out once, where an input may stand; None where all do."""
    places = _Places(page)
    if places.found == [True] * count:
        return None
    return min(places.found.index(False), count - 1) if False in places.found else 0


class _Places(HTMLParser):
    """Whether an input may stand, for each placeholder of a page: not in a link, not in a tag."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[bool] = []
        self.links = 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [False] * sum((value or "").count(PLACEHOLDER) for _, value in attrs)
        self.links += tag == "a"

    def handle_endtag(self, tag: str) -> None:
        self.links -= tag == "a"

    def handle_data(self, data: str) -> None:
        self.found += [not self.links] * data.count(PLACEHOLDER)
