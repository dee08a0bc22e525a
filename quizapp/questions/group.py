"""Grouping: a list of groups with items in them; each item gets the group it belongs to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

from quizapp.questions.base import (
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
from quizapp.questions.items import gap_below, read_item, report_count, report_twice, write_item
from quizapp.questions.pairs import (
    Pair,
    guessed_pairs,
    key_of,
    mark_pairs,
    pair_outcomes,
    rekeyed_pairs,
    right_pairs,
)
from quizapp.source.blocks import Block
from quizapp.source.writing import indented, moved

RULE = "<hr"  # `- ---` would be one rule, not an item that holds one


@dataclass(frozen=True, slots=True)
class Grouping(QuestionType):
    """Each item gets one of the groups; a group to which none belongs is a decoy."""

    name: ClassVar[str] = "group"
    title: ClassVar[str] = "Grouping"
    word: ClassVar[str] = "group"
    wants: ClassVar[str] = "a bullet list of groups, each with its items indented below it"
    marking: ClassVar[str] = "Each item earns its share when it got its group; nothing chosen is blank."
    shuffles: ClassVar[Shuffles] = "always"
    example: ClassVar[str] = """
## Which record serves what? {#sort-records .group}

- Mail
  - MX
  - SPF
    > SPF is published as a TXT record, for mail servers to read.
- Web
  - CNAME
- Neither
"""
    groups: tuple[Prose, ...]
    pairs: tuple[Pair, ...]

    @classmethod
    def claims(cls, block: Block) -> bool:
        """A bullet list."""
        return block.kind == "list" and block.marker in "-*+"

    @classmethod
    def claims_alone(cls, block: Block) -> bool:
        """A bullet list with lists in it."""
        return cls.claims(block) and any(_items_of(item) for item in block.children)

    @classmethod
    def lacks(cls, block: Block) -> str:
        """Bullets."""
        return "begins a list with numbers: groups have bullets, such as `-`" if block.kind == "list" else ""

    @classmethod
    def parse(cls, blocks: Sequence[Block], reading: Reading) -> Self | None:
        """Read the groups, and the items of the list in each."""
        errors = reading.report.errors
        [block] = blocks
        for item in block.children:
            _report_feedback(item, reading)
        groups = [(read_item(item, reading, "list").content, item) for item in block.children]
        items = [(inner, group) for group, item in groups for inner in _items_of(item)]
        pairs = [Pair(read_item(item, reading), group, (item.line, item.column)) for item, group in items]
        for prose, item in [*groups, *((p.item.content, i) for p, (i, _) in zip(pairs, items, strict=True))]:
            if not prose or prose.html.startswith(RULE):
                reading.report.add("empty-choice", item.line, item.column, what="line")
        report_count(block.children, 2, "groups", reading)
        report_count([item for item, _ in items], 0, "items", reading)
        report_twice([(group, (item.line, item.column)) for group, item in groups], reading)
        report_twice([(pair.item.content, pair.place) for pair in pairs], reading)
        if not pairs and reading.report.errors == errors:
            reading.report.add("group-of-nothing", block.line, block.column)
        return None if reading.report.errors > errors else cls(tuple(group for group, _ in groups), tuple(pairs))

    def write(self) -> str:
        """The groups as a list, the items of each below it."""
        lines: list[str] = []
        for group in self.groups:
            items = [pair.item for pair in self.pairs if label_of(pair.option) == label_of(group)]
            lines += indented(group.markdown.split("\n"), "- ")
            lines += gap_below(group) if items else []
            lines += [line for item in items for line in moved(write_item(item, "- "), 2)]
        return "\n".join(lines)

    @property
    def size(self) -> int:
        """The number of items."""
        return len(self.pairs)

    def control(self, order: Sequence[int]) -> Control:
        """A list of groups beside each item; the items are drawn, the groups stand as written."""
        return Pairing(tuple(self.pairs[written - 1].item.content for written in order), self.groups, tuple(order))

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Each item with its group."""
        return key_of(self.pairs)

    @property
    def correct_response(self) -> Response:
        """Every item with its group."""
        return right_pairs(self.pairs)

    @property
    def full_credit(self) -> Fraction:
        """All of it."""
        return Fraction(1)

    def rekeyed(self, now: QuestionType) -> "Grouping | None":
        """The same groups and items, each item in the group that it belongs to now."""
        pairs = rekeyed_pairs(self.pairs, self.groups, now.pairs, now.groups) if isinstance(now, Grouping) else None
        return Grouping(self.groups, pairs) if pairs else None

    def mark(self, response: Response) -> Mark:
        """Items in their group over items."""
        return mark_pairs(self.pairs, self.groups, response)

    def guesses(self) -> Guesses:
        """Any group beside each item."""
        return guessed_pairs(self.pairs, self.groups)

    def outcomes(self, response: Response, revealed: bool) -> Mapping[int, Outcome]:
        """Verdict and feedback beside each item."""
        return pair_outcomes(self.pairs, self.groups, response, revealed)


def _items_of(group: Block) -> list[Block]:
    return [item for inner in group.children if inner.kind == "list" for item in inner.children]


def _report_feedback(group: Block, reading: Reading) -> None:
    """Report feedback of a group: it belongs to an item, and would be lost."""
    items = _items_of(group)
    columns = items[-1].column + items[-1].indent - 1 if items else group.indent
    for block in group.children:
        if block.kind == "quote":
            reading.report.add("feedback-not-indented", block.line, block.column, columns=columns)
