"""Matching: a table, in which each line on the left gets what belongs to it from the right."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import ClassVar, Self

from quizapp.questions.base import (
    NO_PROSE,
    Answer,
    Control,
    Mark,
    Outcome,
    Prose,
    QuestionType,
    Reading,
    Response,
    Shuffles,
    label_of,
)
from quizapp.questions.controls import Pairing
from quizapp.questions.guesses import Guesses
from quizapp.questions.items import Item, report_count, report_twice
from quizapp.questions.pairs import (
    Pair,
    guessed_pairs,
    key_of,
    mark_pairs,
    options_of,
    pair_outcomes,
    rekeyed_pairs,
    right_pairs,
)
from quizapp.source.blocks import Block, split_row
from quizapp.source.cursor import Line

ESCAPED_BAR = re.compile(r"\\\|")
UNESCAPED_BAR = re.compile(r"\|")
COLUMNS = (2, 3)  # left, right, feedback


@dataclass(frozen=True, slots=True)
class Matching(QuestionType):
    """Each left side gets one of the right sides; `heads` are the headings of the columns.

    `decoys` stand beside an empty left side. Equal texts on the right are one option. `shown` are the options in the
    order of the version that was shown, where this has the key of another.
    """

    name: ClassVar[str] = "match"
    title: ClassVar[str] = "Matching"
    word: ClassVar[str] = "match"
    wants: ClassVar[str] = "a table: what is asked on the left, what belongs to it on the right"
    marking: ClassVar[str] = "Each line earns its share when it got what belongs to it; nothing chosen is blank."
    shuffles: ClassVar[Shuffles] = "always"
    example: ClassVar[str] = """
## Match each record to its job {#record-jobs .match}

| Record | Job | Feedback |
| --- | --- | --- |
| MX | Names the servers that accept mail | Think of *mail exchanger*. |
| SPF | Lists the servers that may send | |
| PTR | Names the host behind an address | |
|  | Encrypts the mailbox | |
"""
    heads: tuple[Prose, ...]
    pairs: tuple[Pair, ...]
    decoys: tuple[Prose, ...] = ()
    shown: tuple[Prose, ...] = field(default=(), compare=False)

    @classmethod
    def claims(cls, block: Block) -> bool:
        """A table."""
        return block.kind == "table"

    @classmethod
    def lacks(cls, block: Block) -> str:
        """Cells."""
        return "begins a list: write it as a table with two columns" if block.kind == "list" else ""

    @classmethod
    def parse(cls, blocks: Sequence[Block], reading: Reading) -> Self | None:
        """Read the table; an empty left side makes a decoy of the right one."""
        errors = reading.report.errors
        [table] = blocks
        head, *body = [_cells(line, reading) for line in (table.lines[0], *table.lines[2:])]
        heads = tuple(reading.prose([cell]) if cell.text else NO_PROSE for cell in head)
        rows = [row for row in body if len(row) in COLUMNS and any(cell.text for cell in row[:2])]
        pairs = [pair for row in rows if row[0].text and (pair := _pair(row, reading))]
        decoys = [reading.prose([row[1]]) for row in rows if not row[0].text]
        report_twice([(pair.item.content, pair.place) for pair in pairs], reading)
        if reading.report.errors == errors:
            report_count([row[0] for row in rows], 2, "pairs", reading)
        if any(pair.item.feedback for pair in pairs):
            heads = (*heads, NO_PROSE)[:3]
        if reading.report.errors == errors and len(options_of(pairs, decoys)) < 2:
            reading.report.add("too-few-items", table.line, table.column, what="different right sides", least=2)
        if reading.report.errors > errors or not pairs:
            return None
        return cls(heads, tuple(pairs), tuple(decoys))

    def write(self) -> str:
        """The table, its cells not padded; a third column where something is said."""
        rows = [[pair.item.content, pair.option, pair.item.feedback] for pair in self.pairs]
        rows += [[NO_PROSE, decoy, NO_PROSE] for decoy in self.decoys]
        width = 3 if len(self.heads) == 3 else 2
        written = [_row(row[:width]) for row in (self.heads, *rows)]
        return "\n".join([written[0], "|" + " --- |" * width, *written[1:]])

    @property
    def offered(self) -> tuple[Prose, ...]:
        """What stands on the right, once each."""
        return self.shown or options_of(self.pairs, self.decoys)

    @property
    def size(self) -> int:
        """The number of options."""
        return len(self.offered)

    def control(self, order: Sequence[int]) -> Control:
        """A list of options beside each left side; the options are drawn, the left sides stand as written."""
        rows = tuple(pair.item.content for pair in self.pairs)
        options = tuple(self.offered[written - 1] for written in order)
        return Pairing(rows, options, tuple(range(1, len(rows) + 1)), self.heads[:2])

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Each pair, then the options that belong to none."""
        taken = {label_of(pair.option) for pair in self.pairs}
        others = [option for option in self.offered if label_of(option) not in taken]
        return (*key_of(self.pairs), *(Answer(goes_with=decoy, credit=Fraction(0)) for decoy in others))

    @property
    def correct_response(self) -> Response:
        """Every left side with what belongs to it."""
        return right_pairs(self.pairs)

    def rekeyed(self, now: QuestionType) -> "Matching | None":
        """The same lines and options, each line with the option that belongs to it now."""
        pairs = rekeyed_pairs(self.pairs, self.offered, now.pairs, now.offered) if isinstance(now, Matching) else None
        return replace(self, pairs=pairs, shown=self.offered) if pairs else None

    def mark(self, response: Response) -> Mark:
        """Right pairs over left sides."""
        return mark_pairs(self.pairs, self.offered, response)

    def guesses(self) -> Guesses:
        """Any option beside each left side."""
        return guessed_pairs(self.pairs, self.offered)

    def outcomes(self, response: Response, revealed: bool) -> Mapping[int, Outcome]:
        """Verdict and feedback beside each left side."""
        return pair_outcomes(self.pairs, self.offered, response, revealed)


def _cells(line: Line, reading: Reading) -> list[Block]:
    """The cells of a table row as paragraphs, each at its place; a row of another width is reported."""
    texts = split_row(line.text)
    if len(texts) not in COLUMNS:
        reading.report.add("match-columns", line.number, line.column, found=len(texts))
    cells, start = [], 0
    for text in texts:
        start = max(line.text.find(text, start), 0)
        cells.append(Block("paragraph", lines=[Line(line.number, line.column + start, ESCAPED_BAR.sub("|", text))]))
        start += len(text)
    return cells


def _pair(row: Sequence[Block], reading: Reading) -> Pair | None:
    """A row with something on the left; an empty right side is reported."""
    left, right = row[0], row[1]
    content = reading.prose([left])
    feedback = reading.prose([row[2]]) if len(row) > 2 and row[2].text else NO_PROSE
    option = reading.prose([right]) if right.text else NO_PROSE
    if not content or not option:
        reading.report.add("empty-cell", left.line, left.column)
        return None
    return Pair(Item(content, feedback), option, (left.line, left.column))


def _row(cells: Sequence[Prose]) -> str:
    written = [" ".join(UNESCAPED_BAR.sub(r"\\|", cell.markdown).split("\n")) for cell in cells]
    return "| " + " | ".join(written) + " |"
