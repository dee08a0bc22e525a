"""A text of Microsoft Learn to blocks of our Markdown: every step of reference section 2, in order."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from quizapp.formats.mslearn.addresses import Addresses
from quizapp.formats.mslearn.blocks import Tidying
from quizapp.formats.mslearn.boxes import Flattener
from quizapp.formats.mslearn.documents import Text
from quizapp.formats.mslearn.includes import Gathering
from quizapp.formats.mslearn.inline import Inliner
from quizapp.formats.mslearn.markers import read_boxes
from quizapp.formats.mslearn.notes import Notes, Place
from quizapp.formats.mslearn.rows import Row, by_paragraph
from quizapp.formats.mslearn.snippets import Snippets
from quizapp.formats.mslearn.tree import Library
from quizapp.source.attributes import AT_END, BEGINS
from quizapp.source.blocks import Block
from quizapp.source.scanner import read_blocks
from quizapp.source.writing import source_of

SANDBOX = re.compile(r"</?rgn>", re.IGNORECASE)
SLASHES = re.compile(r"([ >]*(?:(?:[-+*]|\d{1,9}[.)]) +)?)(/{3})")
HEADING = re.compile(r"[ >]{0,12}#{1,6} ")
DOLLARS = re.compile(r"[ >]*\$\$[ ]*$")


@dataclass(slots=True)
class Prose:
    """Reads the texts of one unit or module."""

    library: Library
    addresses: Addresses
    notes: Notes
    pivots: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    question: int = 0

    def note(self, code: str, place: Place, **words: object) -> None:
        """Note something about this unit or question."""
        self.notes.add(code, place, self.unit, self.question, **words)

    def blocks(self, text: Text, path: str, in_question: bool = False) -> list[Block]:
        """The blocks of a text that stands in a file of the tree."""
        rows = self.rows(text, path)
        blocks = read_blocks("\n".join(row.text for row in rows))
        places = [row.place for row in rows] or [Place(path, text.line)]
        tidying = Tidying(self.note, lambda block: places[min(block.line, len(places)) - 1], in_question)
        return tidying.blocks(blocks)

    def markdown(self, text: Text, path: str, in_question: bool = False) -> str:
        """The Markdown of a text."""
        return source_of(self.blocks(text, path, in_question))

    def rows(self, text: Text, path: str) -> list[Row]:
        """The lines of a text, nothing of Microsoft's own in them but alerts."""
        rows = Gathering(self.library, self.note).gather(text.value, path, text.line)
        noting = replace(self.addresses, note=self.note)
        rows = Snippets(self.library, self.note).rows(rows)
        rows = _guarded([_without_sandbox(row) for row in rows])
        rows = by_paragraph(rows, Inliner(noting).paragraph)
        return Flattener(self.note, self.pivots).rows(read_boxes(rows, self.note))


def _without_sandbox(row: Row) -> Row:
    return row.with_text(SANDBOX.sub("", row.text)) if "<" in row.text else row


def _guarded(rows: Sequence[Row]) -> list[Row]:
    """The rows, what would mean something to our reader only as the text that it is."""
    lone = [number for number, row in enumerate(rows) if not row.is_code and DOLLARS.match(row.text)]
    open_formula = lone[-1] if len(lone) % 2 else -1
    return [
        row if row.is_code else row.with_text(_guarded_text(row.text, number == open_formula))
        for number, row in enumerate(rows)
    ]


def _guarded_text(text: str, is_open_formula: bool) -> str:
    if is_open_formula:
        return text.replace("$$", "\\$\\$")
    if "///" in text:
        text = SLASHES.sub(r"\1\\\2", text, count=1) if SLASHES.match(text) else text
    braces = AT_END.search(text) if text.endswith("}") and HEADING.match(text) else None
    if braces and BEGINS.match(braces[1]):
        text = text[: braces.start()] + "\\" + text[braces.start() :]
    return text
