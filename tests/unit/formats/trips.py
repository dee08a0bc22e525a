"""The way into another format and back: what is not told as lost is the same, and marks the same."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st

from quizapp.formats.contract import Exported, Imported
from quizapp.formats.writing import Writer
from quizapp.questions.base import Question, QuestionType, Response
from tests.unit.questions.generators import KINDS, texts

WRITER = Writer()  # reads questions as they are read after an import, so that links lead to the same files


@dataclass(frozen=True, slots=True)
class Trips:
    """How many questions of each of these types are generated, and go into a format and back."""

    each: int
    kinds: tuple[str, ...] = tuple(sorted(KINDS))

    @property
    def count(self) -> int:
        """How many that are."""
        return self.each * len(self.kinds)

    def law(self, test: Callable[..., None]) -> Any:
        """A test of the `name` of a type, with examples, as a test of all of them."""
        drawn = settings(max_examples=self.each, suppress_health_check=list(HealthCheck))(test)
        return pytest.mark.parametrize("name", self.kinds)(drawn)


@st.composite
def written_questions(draw: st.DrawFn, name: str) -> Question:
    """A question that is written as one of a type."""
    questions, _, _ = WRITER.questions(draw(texts(name)))
    assume(questions)
    return questions[0]


def moved(question: Question) -> Question:
    """A question as it is after an import: of no file."""
    return replace(question, path="", line=1)


def require_same_or_told(
    question: Question, found: Imported, made: Exported, response: Callable[[QuestionType], Response]
) -> None:
    """What was read back is one question; where no loss is told it asks the same and marks any response the same."""
    [item] = found.items
    if made.losses:
        return
    again = item.question
    assert again, item.refused
    assert (again.name, again.tags, again.points) == (question.name, question.tags, question.points)
    assert _asked(again) == _asked(question)
    assert again.explanation.markdown.split() == question.explanation.markdown.split()
    given = response(question.type)
    assert again.type.mark(given) == question.type.mark(given)


def _asked(question: Question) -> str:
    return " ".join(f"{question.heading.text} {question.prompt.text} {question.type.asked.text}".split())
