"""Feedback that does not stand under its answer: indented as far as the text of the answer."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from quizapp.content.edits import Edit
from quizapp.content.tidy.base import Repair, Source, add_repair
from quizapp.source.blocks import Block

CODE = "feedback-not-indented"
QUOTED = re.compile(r"[ \t]*>")


def edits(source: Source) -> Iterator[Sequence[Edit]]:
    """For each quote that was reported: its lines, as far in as the answer above it."""
    wrong = source.lines_of(CODE)
    for above, block in pairwise(source.blocks):
        if above.kind == "list" and block.kind == "quote" and block.line in wrong:
            numbers = [line.number for line in block.lines]
            yield list(_moved(source, numbers, above.children[-1].indent))
    for block in source.blocks:
        for item in block.children if block.kind == "list" else ():
            yield from _too_far(source, item, wrong)


def _too_far(source: Source, item: Block, wrong: frozenset[int]) -> Iterator[Sequence[Edit]]:
    """For feedback that is indented so far that it goes on the text of its answer."""
    for block in item.children:
        numbers = [line.number for line in block.lines] if block.kind == "paragraph" else []
        begin = next((place for place, number in enumerate(numbers) if number in wrong), None)
        if begin is not None and QUOTED.match(source.lines[numbers[begin] - 1]):
            yield list(_moved(source, numbers[begin:], item.indent))


def _moved(source: Source, numbers: Sequence[int], columns: int) -> Iterator[Edit]:
    for number in numbers:
        text = source.lines[number - 1]
        old, new = text[: len(text) - len(text.lstrip(" \t"))], " " * columns
        if old != new:
            yield Edit(number, 1, old, new)


add_repair(Repair("feedback that was not indented", 20, edits, mends=frozenset({CODE})))
