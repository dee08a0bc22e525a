"""Single choice; with two choices it is true/false, and they are never shuffled."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar, Self

from quizapp.questions.base import (
    NO_PROSE,
    NOT_OFFERED,
    Answer,
    Control,
    Mark,
    Outcome,
    QuestionType,
    Reading,
    Response,
)
from quizapp.questions.choices import (
    Choice,
    answers_of,
    begins_answers,
    first_marker,
    read_choices,
    rekeyed_choices,
    round_marker,
    speak,
    spot_of,
    write_choice,
)
from quizapp.questions.controls import Choosing
from quizapp.questions.guesses import Guesses, counted
from quizapp.source.blocks import Block

TYPED = re.compile(r"[=!]=?~? \S")  # `(50%) = half` in a list of choices


@dataclass(frozen=True, slots=True)
class SingleChoice(QuestionType):
    """One choice is taken and earns its own credit."""

    name: ClassVar[str] = "single"
    title: ClassVar[str] = "Single choice"
    example: ClassVar[str] = """
## Which record names the servers that accept a domain's mail? {#accepts-mail}

- (x) MX
  > Right: *mail exchanger*.
- ( ) TXT
  > A TXT record holds free text; SPF lives there.
- (50%) A
  > It gives a server's address, once MX has named the server.

The sender asks for MX first, then for the address of the host it names.
"""
    marking: ClassVar[str] = "The choice taken earns its own credit."
    choices: tuple[Choice, ...]

    @classmethod
    def claims(cls, block: Block) -> bool:
        """A list whose first item begins with `( )`, `(x)` or `(50%)`."""
        return begins_answers(block, "(")

    @classmethod
    def parse(cls, blocks: Sequence[Block], reading: Reading) -> Self | None:
        """Read the choices; several `(x)` are each right, which is advised against."""
        [block] = blocks
        choices = read_choices(block, "(", reading)
        for item in block.children:
            marker = first_marker(item)
            if marker and TYPED.match(item.children[0].lines[0].text[marker.end() :].lstrip()):
                reading.report.add("choice-or-typed", *spot_of(item, marker.end()))
        if choices is None:
            return None
        if sum(choice.credit == 1 for choice in choices) > 1:
            reading.report.add("several-right", block.line, block.column)
        return cls(choices)

    def write(self) -> str:
        """The choices as a list."""
        return "\n".join(write_choice(choice, round_marker(choice.credit)) for choice in self.choices)

    @property
    def size(self) -> int:
        """The number of choices."""
        return len(self.choices)

    def control(self, order: Sequence[int]) -> Control:
        """Radio buttons."""
        return Choosing(tuple(self.choices[written - 1].content for written in order), tuple(order))

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The choices, in the order in which they are written."""
        return answers_of(self.choices)

    @property
    def full_credit(self) -> Fraction:
        """The highest credit of a choice."""
        return max(choice.credit for choice in self.choices)

    @property
    def correct_response(self) -> Response:
        """The first choice with the highest credit."""
        credits = [choice.credit for choice in self.choices]
        return credits.index(max(credits)) + 1

    def accepting(self, response: Response) -> tuple[str, ...]:
        """The choice that was taken, as a right one."""
        if self.mark(response).status != "graded" or not isinstance(response, int):
            return ()
        return (write_choice(replace(self.choices[response - 1], feedback=NO_PROSE), "(x)"),)

    def rekeyed(self, now: QuestionType) -> "SingleChoice | None":
        """The same choices at the same places, each with the credit and feedback of now."""
        choices = rekeyed_choices(self.choices, now.choices) if isinstance(now, SingleChoice) else None
        return SingleChoice(choices) if choices else None

    def mark(self, response: Response) -> Mark:
        """The credit of the choice."""
        if response is None:
            return Mark("blank")
        if type(response) is not int or not 1 <= response <= len(self.choices):
            return NOT_OFFERED
        choice = self.choices[response - 1]
        return Mark("graded", choice.credit, (choice.feedback,) if choice.feedback else ())

    def guesses(self) -> Guesses:
        """Any of the choices."""
        return counted((choice.credit, 1) for choice in self.choices)

    def outcomes(self, response: Response, revealed: bool) -> Mapping[int, Outcome]:
        """Verdict and feedback of the chosen choice, of all once revealed."""
        return speak(self.choices, response, revealed, survey=not any(c.credit for c in self.choices))
