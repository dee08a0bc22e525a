"""Text that was meant as a table, an alert, a heading or a block of `///`, and is read as plain text."""

import difflib
import re
from collections.abc import Iterator, Sequence

from quizapp.content.headings import without_code
from quizapp.source.blocks import Block, split_row, walk
from quizapp.source.cursor import Line
from quizapp.source.report import Report

ALERTS = ("NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION")
OTHER_ALERTS = {"HINT": "TIP", "INFO": "NOTE", "DANGER": "CAUTION", "ATTENTION": "WARNING", "ALERT": "WARNING"}
ALERT = re.compile(r"[ \t]*\[(!?)([A-Za-z]{3,20})\](?![(\[:])")
SLASHES = re.compile(r"[ \t]{0,3}/{3,}[ \t]*([A-Za-z]+)[ \t]*(?:\||$)")
SLASH_WORDS = ("caption", "tab", "details")
HEADING = re.compile(r"[ ]{0,3}(#{1,6})[^#\s\\]")
ON_DISK = re.compile(r"!\[[^\]\n]*\]\(<?((?:[A-Za-z]:[\\/]|file:)[^)>\n]*)>?\)")
ROW = re.compile(r"[ \t]{0,3}\|.*\|[ \t]*$")


def report_slips(blocks: Sequence[Block], report: Report) -> None:
    """Report what Markdown takes for plain text, and its author hardly did; `blocks` are those of a file."""
    first = blocks[0] if blocks else None
    heading, quoted = "", None
    for block in walk(blocks):
        if block.kind == "heading":
            heading = block.info
        elif block.kind == "quote":
            quoted = block.children[0] if block.children else None
        elif block.kind == "table" and ".match" not in heading:  # its own columns are told by the question
            _report_cells(block, report)
        elif block.kind == "paragraph":
            _report_alert(block, block is quoted, report)
            _report_paragraph(block, block is first, report)


def _report_paragraph(block: Block, is_first: bool, report: Report) -> None:
    for row in _rows_without_line(block):
        report.add("no-table", *_place(row), dashes="|" + " --- |" * len(split_row(row.text)))
    for above, line in zip([None, *block.lines], block.lines, strict=False):
        for found in ON_DISK.finditer(without_code(line.text)):
            name = re.split(r"[\\/]", found[1].strip())[-1]
            report.add("picture-on-disk", line.number, line.column + found.start(1), written=found[1], name=name)
        slashes, heading = SLASHES.match(line.text), HEADING.match(line.text)
        if slashes:
            near = difflib.get_close_matches(slashes[1].lower(), SLASH_WORDS, n=1, cutoff=0.5)
            mend = f"Did you mean `/// {near[0]}`?" if near else "Write `/// tab`, `/// details` or `/// caption`."
            report.add("unknown-slashes", *_place(line), word=slashes[1], mend=mend)
        is_broken = above is not None and above.text.endswith("\\")
        if heading and (len(heading[1]) > 1 or is_first) and not is_broken:  # who breaks lines so, wrote text
            report.add("no-heading", *_place(line), signs=heading[1])


def _rows_without_line(block: Block) -> Iterator[Line]:
    """The first of the lines that look like the rows of a table."""
    rows = [line for line in block.lines if ROW.match(line.text)]
    if len(rows) > 1 and rows[-1] is block.lines[-1]:
        yield rows[0]


def _report_cells(table: Block, report: Report) -> None:
    """Report the first row of a table that has more cells than the table has columns."""
    columns = len(split_row(table.lines[0].text))
    rows = (line for line in table.lines[2:] if "[[" not in line.text)  # a blank in a cell too many is told as that
    row = next((line for line in rows if len(split_row(line.text)) > columns), None)
    if row is not None:
        report.add("cells-too-many", *_place(row), found=len(split_row(row.text)), columns=columns)


def _report_alert(block: Block, is_quoted: bool, report: Report) -> None:
    """Report a word in brackets that was meant to begin an alert; `is_quoted` says that a quote begins with it."""
    found = ALERT.match(block.lines[0].text)
    if not found:
        return
    word = found[2].upper()
    if is_quoted and found[1]:
        mend = "" if word in ALERTS else _meant(word)
    elif is_quoted:
        mend = f"Write `[!{word}]`." if word in ALERTS and found[2] == word else ""
    else:
        is_meant = found[1] and (word in ALERTS or word in OTHER_ALERTS)
        mend = "Begin this line, and those of its text, with `> `." if is_meant else ""
    if mend:
        report.add("no-alert", *_place(block.lines[0]), written=found[0].strip(), mend=mend)


def _meant(word: str) -> str:
    near = OTHER_ALERTS.get(word) or next(iter(difflib.get_close_matches(word, ALERTS, n=1, cutoff=0.6)), "")
    every = ", ".join(f"`[!{one}]`" for one in ALERTS[:-1])
    return f"Did you mean `[!{near}]`?" if near else f"Write {every} or `[!{ALERTS[-1]}]`."


def _place(line: Line) -> tuple[int, int]:
    return line.number, line.column + len(line.text) - len(line.text.lstrip())
