"""What matching, grouping and ordering share: lines that are named by their text, and what is wrong with them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quizapp.questions.base import NO_PROSE, Prose, Reading, label_of
from quizapp.questions.choices import said
from quizapp.source.blocks import Block
from quizapp.source.writing import indented, moved, quoted

MAX_ITEMS = 100  # each has a list of all places or options beside it
MAX_SHOWN = 60  # characters of a line that a problem repeats


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a question: what stands in it, and what is said of it once it was answered."""

    content: Prose
    feedback: Prose = NO_PROSE


def read_item(item: Block, reading: Reading, leave_out: str = "") -> Item:
    """A list item: quotes in it are feedback; blocks of the kind `leave_out` are read elsewhere."""
    feedback = [inner for block in item.children if block.kind == "quote" for inner in said(block)]
    shown = [block for block in item.children if block.kind not in ("quote", "comment", leave_out)]
    return Item(reading.prose(shown), reading.prose(feedback) if feedback else NO_PROSE)


def write_item(item: Item, marker: str) -> list[str]:
    """A list item as Markdown, its feedback as a quote."""
    lines = indented(item.content.markdown.split("\n"), marker)
    if not item.feedback:
        return lines
    return [*lines, *gap_below(item.content), *moved(quoted(item.feedback.markdown.split("\n")), len(marker))]


def gap_below(content: Prose) -> list[str]:
    """The empty line that ends a content of more than a line of text before something else stands below it."""
    is_line = content.html.startswith("<p>") and "\n" not in content.markdown
    return [] if is_line else [""]


def report_twice(placed: Iterable[tuple[Prose, tuple[int, int]]], reading: Reading) -> None:
    """Report what says the same as something above: both would have the same name in a response."""
    seen: dict[str, int] = {}
    for prose, (line, column) in placed:
        name = label_of(prose)
        if name in seen:
            reading.report.add("same-choice-twice", line, column, text=name[:MAX_SHOWN], other=seen[name])
        elif name:
            seen[name] = line


def report_count(blocks: Sequence[Block], least: int, what: str, reading: Reading) -> None:
    """Report too few or too many of something; each of them is a block."""
    if len(blocks) < least:
        reading.report.add("too-few-items", *reading.place, what=what, least=least)
    elif len(blocks) > MAX_ITEMS:
        block = blocks[MAX_ITEMS]
        reading.report.add("too-many-items", block.line, block.column, what=what, most=MAX_ITEMS)
