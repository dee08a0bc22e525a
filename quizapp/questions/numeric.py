"""Numeric: a number to type, with or without a unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

from quizapp.questions.base import NOT_OFFERED, Answer, Control, Mark, Outcome, Prose, QuestionType, Reading, Response
from quizapp.questions.controls import Typing
from quizapp.questions.numbers import Interval, TypedNumber, read_key, read_typed
from quizapp.questions.typed import (
    TypedLine,
    begins_typed,
    first_line,
    read_lines,
    read_value,
    typed_text,
    write_line,
)
from quizapp.source.blocks import Block


@dataclass(frozen=True, slots=True)
class NumericValue:
    """One value of the list: credit 0 is a known wrong answer."""

    interval: Interval
    credit: Fraction
    feedback: Prose

    @property
    def written(self) -> str:
        """It as the author wrote it."""
        return self.interval.text

    @property
    def operator(self) -> str:
        """What stands before it in the list."""
        return "=" if self.credit else "!="


@dataclass(frozen=True, slots=True)
class Numeric(QuestionType):
    """The best value whose interval holds the number counts; of equal ones the first."""

    name: ClassVar[str] = "numeric"
    title: ClassVar[str] = "Number"
    example: ClassVar[str] = """
## What is the mean latency of 10, 12 and 15 ms? {#latency}

- = 12.33 +- 0.05 ms
  > Right: 37 ms over three measurements.
- != 37 ms
  > That is the sum.
"""
    marking: ClassVar[str] = (
        "The best value that holds the number counts; what cannot be read as one is asked back and costs nothing."
    )
    values: tuple[NumericValue, ...]

    @classmethod
    def claims(cls, block: Block) -> bool:
        """A list of values to type in which every value is a number."""
        if not begins_typed(block):
            return False
        found = [line for item in block.children if (line := first_line(item))]
        return all(is_number(line["operator"], line["value"] or "") for line in found)

    @classmethod
    def parse(cls, blocks: Sequence[Block], reading: Reading) -> Self | None:
        """Read the values."""
        errors = reading.report.errors
        lines = read_lines(blocks[0], reading)
        if reading.report.errors > errors:
            return None
        return cls.of(lines)

    @classmethod
    def of(cls, lines: Sequence[TypedLine]) -> Self:
        """The type that looks for the values of some lines, each of which is a number."""
        read = [(read_key(line.value), line) for line in lines]
        return cls(tuple(NumericValue(key, line.credit, line.feedback) for key, line in read if key))

    def write(self) -> str:
        """The values as a list."""
        return "\n".join(
            write_line(value.operator, value.credit, value.written, value.feedback) for value in self.values
        )

    def control(self, order: Sequence[int]) -> Control:
        """A line to type in."""
        return Typing("type_number", self.needs_unit)

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The numbers and ranges, in the order in which they are written."""
        return tuple(Answer(typed=one.interval.text, credit=one.credit, feedback=one.feedback) for one in self.values)

    @property
    def correct_response(self) -> Response:
        """A number inside the interval that earns the most, in the author's unit."""
        best = max(self.values, key=lambda value: value.credit).interval
        return best.inside

    @property
    def full_credit(self) -> Fraction:
        """The highest credit of a value."""
        return max(value.credit for value in self.values)

    @property
    def solutions(self) -> tuple[str, ...]:
        """The values that earn the most, as the author wrote them."""
        return tuple(
            value.interval.text.replace("+-", "±") for value in self.values if value.credit == self.full_credit > 0
        )

    def accepting(self, response: Response) -> tuple[str, ...]:
        """What was typed, as one more value, where a key can be written so."""
        text = typed_text(response)
        is_key = text is not None and is_number("=", text) and self.mark(response).status == "graded"
        return (write_line("=", Fraction(1), text, Prose()),) if text and is_key else ()

    def rekeyed(self, now: QuestionType) -> "Numeric | None":
        """The values of now: what was typed can be compared with any, but for a unit that was not asked for."""
        return now if isinstance(now, Numeric) else None

    def mark(self, response: Response) -> Mark:
        """The credit of the best value that holds the number; invalid where no number can be read."""
        text = typed_text(response)
        if text is None:
            return Mark("blank") if response is None or isinstance(response, str) else NOT_OFFERED
        typed = read_typed(text)
        trouble = typed.trouble or self._unit_trouble(typed)
        if trouble:
            return Mark("invalid", trouble=trouble)
        holding = [value for value in self.values if self._holds(value.interval, typed)]
        if not holding:
            return Mark("graded")
        best = max(holding, key=lambda value: value.credit)
        return Mark("graded", best.credit, (best.feedback,) if best.feedback else ())

    def outcomes(self, response: Response, revealed: bool) -> Mapping[int, Outcome]:
        """What to say of the number that was typed, under position 0."""
        mark = self.mark(response)
        if mark.status != "graded" or not self.full_credit:
            return {0: Outcome("")}
        return {0: Outcome("right" if mark.credit else "wrong", mark.feedback[0] if mark.feedback else Prose())}

    @property
    def needs_unit(self) -> bool:
        """Whether a number without a unit is asked back."""
        return all(value.interval.kind for value in self.values)

    def _unit_trouble(self, typed: TypedNumber) -> str:
        """A unit where the key has none, or none where every key has one, is asked back, not marked."""
        kinds = {value.interval.kind for value in self.values}
        if typed.unit is None:
            return "missing-unit" if self.needs_unit else ""
        return "no-unit" if kinds == {""} else ""

    def _holds(self, interval: Interval, typed: TypedNumber) -> bool:
        kind, factor = (typed.unit.kind, typed.unit.factor) if typed.unit else ("", Fraction(1))
        return interval.kind == kind and interval.holds(typed.value * factor)


def is_number(operator: str, written: str) -> bool:
    """Whether a value behind its operator is a number, not a text."""
    value, is_literal = read_value(written)
    return operator in ("=", "!=") and not is_literal and read_key(value) is not None
