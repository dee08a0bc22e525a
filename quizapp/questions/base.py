"""What every question has, and what a question type must be able to do."""

import html
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import ClassVar, Literal, Self

from quizapp.questions.guesses import NO_GUESS, Guesses
from quizapp.questions.vocabulary import Vocabulary
from quizapp.source.blocks import Block
from quizapp.source.report import Report

# A response as it is stored: JSON. Positions are those in which the author wrote the choices, from 1; lines that are
# matched or grouped are named by their text; the rest is what was typed. None is blank.
Response = int | str | list[int] | list[str] | dict[str, str] | None
Status = Literal["blank", "invalid", "graded"]
Verdict = Literal["", "right", "wrong", "missed"]

Shuffles = Literal["asked", "always", "never"]

TAG = re.compile(r"<[^>]*>")
# Tags that only set words apart: nothing stands between the word in them and what follows. `10<sup>2</sup>` is no 102.
EMPHASIS = re.compile(r"</?(?:a|abbr|b|bdi|code|del|em|i|ins|kbd|mark|q|s|samp|small|span|strong|u|var)\b[^>]*>")
IMAGE = re.compile(r'<img\b[^>]*?\b(?:alt|src)="([^"]*)"[^>]*>')
SPACE = re.compile(r"\s+")


def text_of(page: str) -> str:
    """HTML with a space in the place of every tag, and white space as single ones; an image by its description."""
    return SPACE.sub(" ", html.unescape(TAG.sub(" ", IMAGE.sub(r" \1 ", page)))).strip()


@lru_cache(maxsize=4096)  # the same few are asked for by everything that looks at one question
def _read(page: str) -> str:
    return text_of(EMPHASIS.sub("", page))


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
        return _read(self.html)


NO_PROSE = Prose()


def plain(text: str) -> Prose:
    """Prose that shows a text as it is."""
    return Prose(text, html.escape(text))


def label_of(prose: Prose) -> str:
    """What a line is named by in a response: its text; where it shows none, its Markdown."""
    return prose.text or prose.markdown


@dataclass(frozen=True, slots=True)
class Mark:
    """The outcome of one response: credit is 0 … 1; feedback is for what was given only.

    `trouble` says why a response is invalid, `about` which blank or line of it is meant; `spelling` is the right
    spelling of what was accepted with a slip; `awaits_person` is True where a person gives the credit, later.
    """

    status: Status
    credit: Fraction = Fraction(0)
    feedback: tuple[Prose, ...] = ()
    trouble: str = ""
    about: str = ""
    spelling: str = ""
    awaits_person: bool = False


NOT_OFFERED = Mark("invalid", trouble="not-offered")  # a response of another shape, or one that names what is not there


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that is to be said of what was given, by its code, and what it is about."""

    code: str
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is said beside one choice, line or blank, or beside what was typed, after checking.

    `content` is what stands in the line, `given` what was answered there, `answer` what would have been right; that
    is set only once nothing can be given away any more. `remarks` say more of what was given.
    """

    verdict: Verdict = ""
    feedback: Prose = NO_PROSE
    spelling: str = ""
    content: Prose = NO_PROSE
    given: Prose = NO_PROSE
    answer: Prose = NO_PROSE
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """One offered or expected answer as those see it who may see the key.

    It is shown as `content`, or is `typed`, into the `blank` of that number where there are several; `goes_with` is
    what belongs to it; `credit` is what it earns (0 … 1), None where it is not scored.
    """

    content: Prose = NO_PROSE
    goes_with: Prose = NO_PROSE
    typed: str = ""
    blank: int = 0
    is_pattern: bool = False
    credit: Fraction | None = None
    feedback: Prose = NO_PROSE


class Control(ABC):
    """The input a response is given with; holds nothing that tells the key. `name` picks its template."""

    __slots__ = ()

    @property
    @abstractmethod
    def name(self) -> str:
        """The name of its template."""

    @property
    @abstractmethod
    def takes(self) -> str:
        """What `read` makes of a form, with an example as JSON; as it would stand behind "Give"."""

    @abstractmethod
    def read(self, values: Sequence[str]) -> Response:
        """Turn the form's values (drawn positions, from 1, or what was typed) into a response.

        Raises NotOffered for anything that was not on the form.
        """

    @abstractmethod
    def values(self, response: Response) -> tuple[str, ...]:
        """The form's values that `read` turns into this response."""


def positions(response: Response) -> frozenset[int]:
    """The written positions that a response holds."""
    given = response if isinstance(response, list) else [response]
    return frozenset(one for one in given if isinstance(one, int) and not isinstance(one, bool))


def decimal_text(value: Fraction) -> str:
    """A fraction that an author wrote as a decimal number, written as one again."""
    return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a type needs to read its answers: how to render, the question's options, where to say what is wrong.

    `place` is line and column of the question.
    """

    prose: Callable[[Sequence[Block]], Prose]
    options: Mapping[str, str]
    words: frozenset[str]
    report: Report
    place: tuple[int, int] = (1, 1)


class QuestionType(ABC):
    """The way a question is answered and marked. A subclass with a `name` is registered by being defined."""

    name: ClassVar[str] = ""
    example: ClassVar[str] = ""
    title: ClassVar[str] = ""  # what it is called on a screen; without one, its name
    marking: ClassVar[str] = ""  # how it is marked, in a sentence for authors
    word: ClassVar[str] = ""  # the word of the attribute list that asks for this type; others then do not look
    wants: ClassVar[str] = ""  # what a question with that word must have
    asks_itself: ClassVar[bool] = False  # what is asked stands in the answers, and need not stand above them
    rank: ClassVar[int] = 0  # a higher one is asked only where none of a lower one finds answers
    rules: ClassVar[tuple[str, ...]] = ()  # values of `credit=` that it knows, the default first
    options: ClassVar[frozenset[str]] = frozenset()  # options of the attribute list that this type reads itself
    shuffles: ClassVar[Shuffles] = "asked"  # whether a draw changes the order: as `shuffle=` says, or whatever it says
    key_is_an_order: ClassVar[bool] = False  # the order as written is the key, and no draw shows that one

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "name" in cls.__dict__:
            QUESTION_TYPES[cls.name] = cls

    @classmethod
    def find(cls, blocks: Sequence[Block], words: frozenset[str]) -> Sequence[int] | None:
        """Which of the blocks of a question are its answers; None when none are, and it is of another type.

        What stands before the last of them is the prompt, what stands after it the explanation.
        """
        return next(([place] for place, block in enumerate(blocks) if cls.claims(block)), None)

    @classmethod
    @abstractmethod
    def claims(cls, block: Block) -> bool:
        """Whether this block is (part of) the answers of a question of this type."""

    @classmethod
    def claims_alone(cls, block: Block) -> bool:
        """Whether a block can hardly be anything else, so that the word for this type was forgotten."""
        return cls.claims(block)

    @classmethod
    def lacks(cls, block: Block) -> str:
        """What a block lacks to be the answers that the word asks for, after its line number; empty where nothing."""
        return ""

    @classmethod
    @abstractmethod
    def parse(cls, blocks: Sequence[Block], reading: Reading) -> Self | None:
        """Read the answers from the blocks that `find` named; None when an error was reported."""

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

    @property
    def asked(self) -> Prose:
        """What the answers say is asked, where they do."""
        return NO_PROSE

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
    def is_marked_by_people(self) -> bool:
        """Whether a person gives the credit."""
        return False

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

    def rekeyed(self, now: "QuestionType") -> "QuestionType | None":
        """This version as it was shown, with the key, credit and feedback of the version `now`.

        It reads the responses to this one. None where the answers of the two cannot be paired; a type that does not say
        how they are is only paired with one that offers the same in the same order.
        """
        written = range(1, self.size + 1)
        is_same = type(self) is type(now) and self.size == now.size and self.control(written) == now.control(written)
        return now if is_same else None

    def accepting(self, response: Response) -> tuple[str, ...]:
        """Lines of Markdown with which the key accepts a response, to add or to write in the place of others.

        Empty where the type cannot say.
        """
        return ()

    @abstractmethod
    def mark(self, response: Response) -> Mark:
        """Mark a response; blank earns nothing, what was not offered is invalid. Raises nothing, whatever it gets."""

    def guesses(self) -> Guesses:
        """What a response earns that somebody gives who knows nothing; nothing where it is typed or written."""
        return NO_GUESS

    @abstractmethod
    def outcomes(self, response: Response, revealed: bool) -> Mapping[int, Outcome]:
        """What to say beside each choice or line, by written position; beside what was typed, under 0.

        Until `revealed`, only what was given is spoken of, so that the key stays hidden.
        """


def rule_of(kind: type[QuestionType], reading: Reading) -> str:
    """The credit rule of a question: what `credit=` says, where its type knows that; else the default."""
    rule = reading.options.get("credit", "")
    return rule if rule in kind.rules else kind.rules[0]


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
        return self.heading.text or self.prompt.text or self.type.asked.text or self.name


def parts_of(question: Question) -> list[Prose]:
    """Every part of a question that shows something, once each, in the order in which they are read."""
    parts = (question.heading, question.prompt, question.type, question.hints, question.explanation)
    found = [prose for part in parts for prose in _prose_in(part) if prose]
    return list({id(prose): prose for prose in found}.values())


def _prose_in(value: object) -> Sequence[Prose]:
    if isinstance(value, Prose):
        return [value]
    if isinstance(value, tuple):
        return [prose for part in value for prose in _prose_in(part)]
    if is_dataclass(value):
        return [prose for one in fields(value) for prose in _prose_in(getattr(value, one.name))]
    return []
