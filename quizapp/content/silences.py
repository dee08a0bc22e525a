"""Comments that switch advice off in place: `<!-- advice-off code, code: the reason -->`; decision 0016."""

import re
from collections.abc import Collection, Iterator, Sequence

from quizapp.content.headings import without_code
from quizapp.content.sources import WHOLE_FILE, Silence
from quizapp.source.blocks import Block, walk
from quizapp.source.report import Report

WORD = "advice-off"
COMMENT = re.compile(r"\s*<!--\s*advice-off\b(?P<codes>[^:]*?)(?::(?P<reason>.*?))?-->", re.DOTALL)
BEGIN = re.compile(r"(?<!\\)<!--\s*advice-off\b")
CODE = re.compile(r"[^\s,]+")
LEAVES = frozenset({"paragraph", "heading", "table"})


def read_silences(blocks: Sequence[Block], questions: Collection[int], report: Report) -> tuple[Silence, ...]:
    """The silences of a file; `questions` are the lines of the headings of its questions.

    One inside a question holds for that question, any other for the whole file. One without a reason, and one that
    does not stand alone, is reported.
    """
    found: list[Silence] = []
    for block in walk(blocks):
        if block.kind == "comment":
            found += _read(block, blocks, questions, report)
        elif block.kind in LEAVES:
            _report_inline(block, report)
    return tuple(found)


def _read(block: Block, blocks: Sequence[Block], questions: Collection[int], report: Report) -> Iterator[Silence]:
    text = block.text
    comment = COMMENT.match(text)
    if comment is None:
        return
    codes = tuple(
        (code[0], *_place(block, comment.start("codes") + code.start())) for code in CODE.finditer(comment["codes"])
    )
    reason = (comment["reason"] or "").strip()
    if not reason or not codes:
        report.add("advice-off-why", block.line, block.column)
    yield Silence(codes, reason, *_range(block.line, blocks, questions))


def _place(block: Block, position: int) -> tuple[int, int]:
    """Line and column of a position in the text of a block."""
    before = block.text[:position].split("\n")
    line = block.lines[len(before) - 1]
    return line.number, line.column + len(before[-1])


def _range(line: int, blocks: Sequence[Block], questions: Collection[int]) -> tuple[int, int]:
    """The first and last line of the question that a line stands in; else the whole file."""
    start = max((one for one in questions if one <= line), default=0)
    headings = [block for block in blocks if block.kind == "heading"]
    level = next((one.level for one in headings if start in range(one.line, one.lines[-1].number + 1)), 0)
    if not level:
        return WHOLE_FILE
    end = next((one.line for one in headings if one.line > start and one.level <= level), WHOLE_FILE[1])
    return (start, end - 1) if line < end else WHOLE_FILE


def _report_inline(block: Block, report: Report) -> None:
    for line in block.lines:
        found = BEGIN.search(without_code(line.text))
        if found:
            report.add("advice-off-alone", line.number, line.column + found.start())
