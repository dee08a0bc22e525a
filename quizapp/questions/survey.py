"""Survey without answers: a text, about which nothing is right or wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

from quizapp.questions.base import (
    NOT_OFFERED,
    Answer,
    Control,
    Mark,
    Outcome,
    QuestionType,
    Reading,
    Response,
    plain,
)
from quizapp.questions.controls import Writing
from quizapp.questions.essay import MAX_LENGTH
from quizapp.source.blocks import Block


@dataclass(frozen=True, slots=True)
class Survey(QuestionType):
    """What people write is kept, and not marked."""

    name: ClassVar[str] = "survey"
    title: ClassVar[str] = "Survey"
    rank: ClassVar[int] = 2
    marking: ClassVar[str] = "Not marked. A survey with choices or values is one of those types, with `.survey`."
    example: ClassVar[str] = """
## What would you like to read more about? {#more .survey}
"""

    @classmethod
    def find(cls, blocks: Sequence[Block], words: frozenset[str]) -> Sequence[int] | None:
        """No block at all, of a question with the word `.survey`."""
        return [] if "survey" in words else None

    @classmethod
    def claims(cls, block: Block) -> bool:
        """None."""
        return False

    @classmethod
    def parse(cls, blocks: Sequence[Block], reading: Reading) -> Self | None:
        """There is nothing to read."""
        return cls()

    def write(self) -> str:
        """Nothing."""
        return ""

    def control(self, order: Sequence[int]) -> Control:
        """An area to write in."""
        return Writing("write_text")

    @property
    def answers(self) -> tuple[Answer, ...]:
        """None."""
        return ()

    @property
    def correct_response(self) -> Response:
        """None."""
        return None

    @property
    def full_credit(self) -> Fraction:
        """Nothing is earned."""
        return Fraction(0)

    def mark(self, response: Response) -> Mark:
        """No credit."""
        if response is not None and not isinstance(response, str):
            return NOT_OFFERED
        if len(response or "") > MAX_LENGTH:
            return Mark("invalid", trouble="too-long")
        return Mark("graded") if response and response.strip() else Mark("blank")

    def outcomes(self, response: Response, revealed: bool) -> Mapping[int, Outcome]:
        """What was written."""
        return {0: Outcome(given=plain(response))} if isinstance(response, str) else {}
