"""Essay: a text that a person marks; until then the learner compares it with the rubric and the model answer."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar, Self

from quizapp.questions.base import (
    NOT_OFFERED,
    Answer,
    Control,
    Mark,
    Outcome,
    Prose,
    QuestionType,
    Reading,
    Response,
    decimal_text,
    plain,
)
from quizapp.questions.choices import MARKER, spot_of
from quizapp.questions.controls import Writing
from quizapp.questions.items import report_count
from quizapp.questions.pairing import paired
from quizapp.source.blocks import Block
from quizapp.source.writing import indented

MAX_LENGTH = 50_000  # characters of a response
POINTS = re.compile(r"\[(?P<points>[0-9]{1,4}(?:\.[0-9]{1,6})?)\](?:[ \t]+|$)")


@dataclass(frozen=True, slots=True)
class Criterion:
    """A line of the rubric and the points it is worth."""

    points: Fraction
    content: Prose


@dataclass(frozen=True, slots=True)
class Essay(QuestionType):
    """A person gives the credit, by the rubric where there is one."""

    name: ClassVar[str] = "essay"
    title: ClassVar[str] = "Essay"
    word: ClassVar[str] = "essay"
    wants: ClassVar[str] = "a text to write"
    marking: ClassVar[str] = (
        "A person marks it, by the rubric where there is one. Until then the learner compares it with the rubric and "
        "the model answer: the explanation below the rubric."
    )
    example: ClassVar[str] = """
## Why does a mail to Contoso arrive? {#why-it-arrives .essay points=3}

Two or three sentences are enough.

- [2] Names the MX record
- [1] Says who looks it up

The sending server asks DNS for the MX record of the domain, and delivers to the host that it names.
"""
    rubric: tuple[Criterion, ...] = ()

    @classmethod
    def find(cls, blocks: Sequence[Block], words: frozenset[str]) -> Sequence[int] | None:
        """The rubric; an essay may have none, and no answers either."""
        found = next((place for place, block in enumerate(blocks) if cls.claims(block)), None)
        return [] if found is None else [found]

    @classmethod
    def claims(cls, block: Block) -> bool:
        """A list whose first item begins with points in brackets, or with a marker that was meant as such."""
        return block.kind == "list" and bool(_points(block.children[0]) or MARKER.match(_first_text(block.children[0])))

    @classmethod
    def claims_alone(cls, block: Block) -> bool:
        """A list whose first item begins with points."""
        return block.kind == "list" and _points(block.children[0]) is not None

    @classmethod
    def parse(cls, blocks: Sequence[Block], reading: Reading) -> Self | None:
        """Read the rubric."""
        errors = reading.report.errors
        items = blocks[0].children if blocks else []
        report_count(items, 0, "lines in a rubric", reading)
        rubric = tuple(criterion for item in items if (criterion := _criterion(item, reading)))
        return None if reading.report.errors > errors else cls(rubric)

    def write(self) -> str:
        """The rubric as a list."""
        return "\n".join(
            line
            for one in self.rubric
            for line in indented(f"[{decimal_text(one.points)}] {one.content.markdown}".split("\n"), "- ")
        )

    def control(self, order: Sequence[int]) -> Control:
        """An area to write in."""
        return Writing("write_text")

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The rubric; each line with its share."""
        return tuple(Answer(one.content, credit=self.share([place])) for place, one in enumerate(self.rubric, start=1))

    @property
    def correct_response(self) -> Response:
        """None: a person tells."""
        return None

    @property
    def full_credit(self) -> Fraction:
        """All of it."""
        return Fraction(1)

    @property
    def is_marked_by_people(self) -> bool:
        """It is."""
        return True

    def rekeyed(self, now: QuestionType) -> "Essay | None":
        """The lines of the rubric as they were shown, each with its points of now."""
        if not isinstance(now, Essay):
            return None
        places = paired([one.content for one in self.rubric], [one.content for one in now.rubric])
        if places is None:
            return None
        worth = [now.rubric[place].points for place in places]
        return Essay(tuple(replace(one, points=points) for one, points in zip(self.rubric, worth, strict=True)))

    def share(self, met: Sequence[int]) -> Fraction:
        """The credit for the lines of the rubric (from 1) that a text meets."""
        possible = sum((one.points for one in self.rubric), Fraction(0))
        earned = sum((self.rubric[place - 1].points for place in set(met)), Fraction(0))
        return earned / possible if possible else Fraction(0)

    def mark(self, response: Response) -> Mark:
        """Nothing yet: a person marks it."""
        if response is None or isinstance(response, str):
            text = response.strip() if response else ""
            if len(text) > MAX_LENGTH:
                return Mark("invalid", trouble="too-long")
            return Mark("graded", awaits_person=True) if text else Mark("blank")
        return NOT_OFFERED

    def outcomes(self, response: Response, revealed: bool) -> Mapping[int, Outcome]:
        """The lines of the rubric, once they may be seen."""
        said = {place: Outcome(content=one.content) for place, one in enumerate(self.rubric, start=1)}
        return {0: Outcome(given=plain(response))} | (said if revealed else {}) if isinstance(response, str) else {}


def _points(item: Block) -> re.Match[str] | None:
    return POINTS.match(_first_text(item))


def _first_text(item: Block) -> str:
    is_text = item.children and item.children[0].kind == "paragraph"
    return item.children[0].lines[0].text if is_text else ""


def _criterion(item: Block, reading: Reading) -> Criterion | None:
    found = _points(item)
    points = Fraction(found["points"]) if found else Fraction(0)
    if not found or not points:
        reading.report.add("rubric-points", *spot_of(item))
        return None
    first = item.children[0]
    line = first.lines[0]
    rest = replace(line, column=line.column + found.end(), text=line.text[found.end() :])
    content = reading.prose([replace(first, lines=[rest, *first.lines[1:]]), *item.children[1:]])
    if not content:
        reading.report.add("empty-choice", *spot_of(item), what="line")
        return None
    return Criterion(points, content)
