"""What every question has, and what a question type must be able to do."""

import html
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Literal, Self

from quizapp.errors import NotOffered
from quizapp.questions.vocabulary import Vocabulary
from quizapp.source.blocks import Block
from quizapp.source.report import Report

# A response as it is stored: JSON, with positions as the author wrote the choices, from 1, or what was typed. None is
# blank.
Response = int | list[int] | str | None
Status = Literal["blank", "invalid", "graded"]
Verdict = Literal["", "right", "wrong", "missed"]

TAG = re.compile(r"<[^>]*>")
IMAGE = re.compile(r'<img\b[^>]*?\b(?:alt|src)="([^"]*)"[^>]*>')
SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Prose:
    """A part of a question: what the author wrote, and the safe HTML made of it."""

    markdown: str = ""
    html: str = ""

    def __bool__(self) -> bool:
        return bool(self.markdown)

    @property
    def text(self) -> str:
        """What a reader reads: no tags, white space as single spaces; an image counts by its description."""
        return SPACE.sub(" ", html.unescape(TAG.sub(" ", IMAGE.sub(r" \1 ", self.html)))).strip()


NO_PROSE = Prose()


@dataclass(frozen=True, slots=True)
class Mark:
    """The outcome of one response: credit is 0 … 1; feedback is for what was given only.

    `trouble` says why a response is invalid; `spelling` is the right spelling of what was accepted with a slip.
    """

    status: Status
    credit: Fraction = Fraction(0)
    feedback: tuple[Prose, ...] = ()
    trouble: str = ""
    spelling: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is said beside one choice, or beside what was typed, after checking."""

    verdict: Verdict = ""
    feedback: Prose = NO_PROSE
    spelling: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One offered or expected answer as those see it who may see the key.

    It is shown as `content`, or is `typed`; `credit` is what it earns (0 … 1), None where it is not scored.
    """

    content: Prose = NO_PROSE
    typed: str = ""
    is_pattern: bool = False
    credit: Fraction | None = None
    feedback: Prose = NO_PROSE


@dataclass(frozen=True, slots=True)
class Control:
    """The input a response is given with; holds nothing that tells the key.

    `choices` are in drawn order, `order` maps each of them to its written position; both are empty where something
    is typed. `name` picks the template; `needs_unit` is True where a number without a unit is asked back.
    """

    name: Literal["choose_one", "choose_many", "type_text", "type_number"]
    choices: tuple[Prose, ...]
    order: tuple[int, ...] = field(repr=False)
    needs_unit: bool = False

    def read(self, values: Sequence[str]) -> Response:
        """Turn the form's values (drawn positions, from 1, or what was typed) into a response.

        Raises NotOffered for anything that is not one of the choices shown.
        """
        if self.is_typed:
            return "".join(values[:1]).strip() or None
        offered = {str(drawn): written for drawn, written in enumerate(self.order, start=1)}
        if any(value not in offered for value in values):
            raise NotOffered("One of the answers sent is not among the choices. Choose again.")
        written = sorted({offered[value] for value in values})
        if self.name == "choose_many":
            return written or None
        if len(written) > 1:
            raise NotOffered("This question takes one choice. Choose again.")
        return written[0] if written else None

    @property
    def is_typed(self) -> bool:
        """Whether the answer is typed, not chosen."""
        return self.name in ("type_text", "type_number")

    def drawn(self, response: Response) -> frozenset[int]:
        """The drawn positions (from 1) that a response holds."""
        return frozenset(drawn for drawn, written in enumerate(self.order, start=1) if written in positions(response))


def positions(response: Response) -> frozenset[int]:
    """The written positions that a response holds."""
    if response is None or isinstance(response, str):
        return frozenset()
    return frozenset(response) if isinstance(response, list) else frozenset({response})


def decimal_text(value: Fraction) -> str:
    """A fraction that an author wrote as a decimal number, written as one again."""
    return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a type needs to read its answers: how to render, the question's options, where to say what is wrong."""

    prose: Callable[[Sequence[Block]], Prose]
    options: Mapping[str, str]
    words: frozenset[str]
    report: Report


class QuestionType(ABC):
    """The way a question is answered and marked. A subclass with a `name` is registered by being defined."""

    name: ClassVar[str] = ""
    example: ClassVar[str] = ""
    options: ClassVar[frozenset[str]] = frozenset()  # options of the attribute list that this type reads itself

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "name" in cls.__dict__:
            QUESTION_TYPES[cls.name] = cls

    @classmethod
    @abstractmethod
    def claims(cls, block: Block, words: frozenset[str]) -> bool:
        """Whether this block is the answers of a question of this type."""

    @classmethod
    @abstractmethod
    def parse(cls, block: Block, reading: Reading) -> Self | None:
        """Read the answers; None when an error was reported."""

    @abstractmethod
    def write(self) -> str:
        """The answers as canonical Markdown, so that reading them gives an equal value."""

    def written_options(self) -> dict[str, str]:
        """The options of the attribute list that this type holds and that differ from the default."""
        return {}

    @property
    def size(self) -> int:
        """How many positions a draw puts into an order."""
        return 0

    @abstractmethod
    def control(self, order: Sequence[int]) -> Control:
        """The input, its choices in `order` (written positions from 1)."""

    @property
    @abstractmethod
    def correct_response(self) -> Response:
        """A response that earns all the credit there is; None where only a pattern tells which do."""

    @property
    def full_credit(self) -> Fraction:
        """The most that a response can earn."""
        return self.mark(self.correct_response).credit

    @property
    @abstractmethod
    def answers(self) -> tuple[Answer, ...]:
        """Every answer that is offered or looked for, as written, with what it earns: the key."""

    @property
    def solutions(self) -> tuple[str, ...]:
        """Answers to type that earn all, shown once nothing can be given away any more."""
        return ()

    @property
    def vocabulary(self) -> frozenset[str]:
        """The words that are answers of this question, for others of its file to tell apart from slips."""
        return frozenset()

    def told_apart_from(self, words: Vocabulary) -> "QuestionType":
        """The same type, knowing the words that are answers elsewhere in its file."""
        return self

    @abstractmethod
    def mark(self, response: Response) -> Mark:
        """Mark a response; blank earns nothing, what was not offered is invalid."""

    @abstractmethod
    def outcomes(self, response: Response, revealed: bool) -> Mapping[int, Outcome]:
        """What to say beside each choice, by written position; beside what was typed, under 0.

        Until `revealed`, only chosen choices are spoken of, so that the key stays hidden.
        """


QUESTION_TYPES: dict[str, type[QuestionType]] = {}


@dataclass(frozen=True, slots=True)
class Question:
    """One thing asked.

    `key` is `module#name`, `was` are former names; `tries` are the worth of each try (empty: any number at full worth);
    `definitions` are the lines of its file that define what its Markdown refers to.
    """

    key: str
    type: QuestionType
    heading: Prose = NO_PROSE
    prompt: Prose = NO_PROSE
    hints: tuple[Prose, ...] = ()
    explanation: Prose = NO_PROSE
    points: Fraction = Fraction(1)
    tags: tuple[str, ...] = ()
    shuffle: bool = True
    tries: tuple[Fraction, ...] = ()
    words: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    definitions: tuple[str, ...] = field(default=(), compare=False)
    path: str = field(default="", compare=False)
    line: int = field(default=1, compare=False)
    fingerprint: str = field(default="", compare=False)

    @property
    def name(self) -> str:
        """The part of the key after `#`."""
        return self.key.partition("#")[2]

    @property
    def title(self) -> str:
        """A short text that names the question to people."""
        return self.heading.text or self.prompt.text or self.name


def parts_of(question: Question) -> list[Prose]:
    """Every part of a question that shows something, in the order in which they are read."""
    parts = (question.heading, question.prompt, question.type, question.hints, question.explanation)
    return [prose for part in parts for prose in _prose_in(part) if prose]


def _prose_in(value: object) -> Sequence[Prose]:
    if isinstance(value, Prose):
        return [value]
    if isinstance(value, tuple):
        return [prose for part in value for prose in _prose_in(part)]
    if is_dataclass(value):
        return [prose for one in fields(value) for prose in _prose_in(getattr(value, one.name))]
    return []
