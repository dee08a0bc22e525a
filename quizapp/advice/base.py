"""What a piece of advice must be able to do, and what it is asked about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from quizapp.advice.sight import Sight, Spot
from quizapp.content.model import Lesson, Module
from quizapp.questions.base import Question


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: a file at a content path that gets the advice, and the same once it was followed.

    `around` are other files that it needs, by content path.
    """

    before: str
    after: str
    path: str = "m/1.bank.md"
    around: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that could be better, at a place of a file; `words` fill the braces of the texts."""

    path: str
    spot: Spot
    words: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions that one learner may be asked together: a `check` or `quiz`, or the `bank` they are drawn from."""

    kind: str
    path: str
    questions: tuple[Question, ...]


Findings = Iterable[Finding]


class Advice:
    """One piece of advice to authors. A subclass with a `code` is registered by being defined.

    It says what it has to say of each value in one of the methods below, and leaves the others alone. They raise
    nothing, whatever they get. `is_english` is True where it knows English only; then it is not asked of others.
    """

    code: ClassVar[str] = ""
    title: ClassVar[str] = ""  # what it is called in a list
    message: ClassVar[str] = ""  # what is so
    advice: ClassVar[str] = ""  # what to do
    example: ClassVar[Example]
    is_english: ClassVar[bool] = False

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if cls.code:
            ADVICE[cls.code] = cls()

    def of_question(self, question: Question, sight: Sight) -> Findings:
        """What it says of a question by itself; only of those that count."""
        return ()

    def of_questions(self, questions: Sequence[Question], sight: Sight) -> Findings:
        """What it says of all questions that are written in one file."""
        return ()

    def of_lesson(self, lesson: Lesson, sight: Sight) -> Findings:
        """What it says of a lesson by itself."""
        return ()

    def of_asked(self, asked: Asked, sight: Sight) -> Findings:
        """What it says of questions that are asked together."""
        return ()

    def of_module(self, module: Module, sight: Sight) -> Findings:
        """What it says of a module, with all that stands in it and what its quizzes draw."""
        return ()


ADVICE: dict[str, Advice] = {}
