"""What an importer gives and what it promises, and what an exporter does; decision 0018.

An importer takes bytes and gives an `Imported`: every question in the order of its source, as canonical Markdown that
was read again and is equal; what was guessed, what was lost, and why one is refused. It never raises for what stands
in the source, and changes nothing silently: each loss is a `Note` of the question that lost it. An exporter takes
questions, or a quiz, and gives an `Exported`: the bytes, and by question what they could not hold.
"""

import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, TypeVar

from quizapp.content.model import Quiz
from quizapp.formats.rules import unheld
from quizapp.questions.base import QUESTION_TYPES, Question

MAX_BYTES = 1024 * 1024  # of a source that is text, and of what a packed one may unfold to as text
MAX_ITEMS = 1000  # questions of one source, where nobody says how many
MOST = 20_000  # questions of one source, where somebody waits who can see how far it is
MAX_LONG = 16 * MAX_BYTES  # of a source that is text and holds as many questions as somebody says
MAX_PLACES, MAX_ASKED = 200, 10_000  # sections of one quiz, and what all quizzes of a source name
MAX_LINES = 20_000  # lines of text of one source
MAX_LINE = 5000  # characters of a line of text: what is searched in it takes no longer than people wait
MAX_TOLD = 100  # sentences on what one question lost
MORE_IS_LOST = "more of it is lost than is told here."
LONGEST_TOLD = 1000  # characters of a sentence, which may hold what stood in the source
UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")  # no text


def told(text: str) -> str:
    """A sentence for people, whatever it quotes of a source: of bounded length, and without what is no text."""
    shown = UNSHOWN.sub("\N{REPLACEMENT CHARACTER}", text)
    return shown if len(shown) <= LONGEST_TOLD else f"{shown[: LONGEST_TOLD - 1]}…"


def tell_once(text: str, sentences: list[str]) -> None:
    """Add a sentence on what a question lost; where there are too many already, that is said instead."""
    said = text if len(sentences) < MAX_TOLD else MORE_IS_LOST
    if said not in sentences:
        sentences.append(said)


@dataclass(frozen=True, slots=True)
class Note:
    """Something that is said of a source: a sentence, and the line it is about (0: all of it)."""

    text: str
    line: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", told(self.text))

    def __str__(self) -> str:
        return f"line {self.line}: {self.text}" if self.line else self.text


@dataclass(frozen=True, slots=True)
class Asked:
    """What has to be said before an item can be saved: which of the `options` is right, or what is typed.

    Without options an accepted answer is asked for, one for each of the `blanks`; `several` options may be right.
    `why` says what is not known.
    """

    why: str
    options: tuple[str, ...] = ()
    several: bool = False
    blanks: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of an item that asked: positions of right options from 1, else answers to type.

    With neither, `by_person` makes it a text that a person marks.
    """

    right: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()
    by_person: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a source.

    `id` is made of its text: the same text has the same. `place` says where it stands in words of its format (a line,
    an element), `line` and `end` are its lines in `Imported.source`. `question` is what `markdown` reads as; where it
    is None, the item is `refused` for a reason, or `asked` has what is not known. `files` are those that it shows,
    by their path beside the bank, `media/…`: a name that is made of their bytes. `group` says where it stood in its
    source, by names from the outside in: its category, test or bank; empty where there is none.
    """

    id: str
    place: str
    line: int
    end: int
    title: str
    markdown: str = ""
    question: Question | None = None
    guesses: tuple[Note, ...] = ()
    warnings: tuple[Note, ...] = ()
    asked: Asked | None = None
    refused: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)
    group: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("place", "title", "refused"):
            object.__setattr__(self, name, told(getattr(self, name)))

    @property
    def is_good(self) -> bool:
        """Whether it can be saved as it is."""
        return self.question is not None

    @property
    def kind(self) -> str:
        """What its type is called; empty where it has none."""
        return (self.question.type.title or self.question.type.name) if self.question else ""


@dataclass(frozen=True, slots=True)
class Section:
    """What a quiz asks at one place: all of the items in their order, or `count` of them, drawn for each attempt."""

    items: tuple[Item, ...]
    count: int | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class ImportedQuiz:
    """A test of a source, as a quiz of ours; what a quiz cannot say of it is told in the notes of the source.

    `introduction` is Markdown, which shows `files` by their path beside the quiz. `settings` are keys of the front
    matter of a quiz (format section 8) with their values as they are written there: only what the source says.
    """

    title: str
    sections: tuple[Section, ...]
    introduction: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    line: int = 0


@dataclass(frozen=True, slots=True)
class Imported:
    """A whole source: its questions in order, what is said of the rest of it, and errors that keep all of it out.

    `quizzes` are its tests, whose items are some of its own. `source` is the text that lines count in.
    """

    items: tuple[Item, ...] = ()
    notes: tuple[Note, ...] = ()
    errors: tuple[Note, ...] = ()
    source: str = ""
    quizzes: tuple[ImportedQuiz, ...] = ()

    @property
    def good(self) -> tuple[Item, ...]:
        """Those that can be saved."""
        return tuple(item for item in self.items if item.is_good)

    @property
    def counts(self) -> dict[str, int]:
        """How many there are of each type, in the order of the types; what cannot be saved is not counted."""
        found = Counter(item.question.type.name for item in self.good if item.question)
        return {name: found[name] for name in QUESTION_TYPES if found[name]}


def within_bounds(quizzes: Iterable[ImportedQuiz | None]) -> tuple[tuple[ImportedQuiz, ...], tuple[Note, ...]]:
    """Those that are there, as many as can be looked at, and a note where others are left out."""
    kept: list[ImportedQuiz] = []
    asked = 0
    for quiz in quizzes:
        if quiz and len(quiz.sections) > MAX_PLACES:
            told = f"the quiz “{quiz.title}” has more than {MAX_PLACES} sections, and is left out."
            return tuple(kept), (Note(told, quiz.line),)
        asked += sum(len(section.items) for section in quiz.sections) if quiz else 0
        if quiz and asked > MAX_ASKED:
            return tuple(kept), (Note(f"from the quiz “{quiz.title}” on, quizzes are left out: they ask too much."),)
        kept += [quiz] if quiz else []
    return tuple(kept), ()


def failed(*errors: str, source: str = "") -> Imported:
    """A source that cannot be read at all, and why."""
    return Imported(errors=tuple(Note(error) for error in errors), source=source)


T = TypeVar("T")
Tell = Callable[[int, int], None]  # is told how many questions are done, and of how many


def nobody(done: int, count: int) -> None:
    """Be told, and do nothing."""


def telling(things: Sequence[T], tell: Tell) -> Iterator[T]:
    """The things in order; when the next one is asked for, the one before is told as done."""
    for done, thing in enumerate(things, start=1):
        yield thing
        tell(done, len(things))


@dataclass(frozen=True, slots=True)
class Source:
    """What an importer reads: the bytes, and what the file was called; `said` answers what items asked, by their id.

    `tell` is for people who wait: it is told of each question that is done, and changes nothing. No more than `most`
    questions are read; where that is more than usual, so are the bounds of a text that holds them.
    """

    data: bytes
    name: str = ""
    said: Mapping[str, Said] = field(default_factory=dict)
    tell: Tell = nobody
    most: int = MAX_ITEMS

    @property
    def scale(self) -> int:
        """How many times as much as usual may stand in it."""
        return max(1, self.most // MAX_ITEMS)

    @property
    def longest(self) -> int:
        """The bytes that it may have where it is text."""
        return min(MAX_BYTES * self.scale, MAX_LONG)

    def too_many(self, count: int, what: str = "questions", mend: str = "Give it in parts.") -> str:
        """What is said where it holds too many; empty where it does not."""
        return f"there are {count} {what}, and {self.most} can be read at once. {mend}" if count > self.most else ""


class Importer(ABC):
    """A format that can be read. A subclass with a `name` is registered by being defined."""

    name: ClassVar[str] = ""
    title: ClassVar[str] = ""
    endings: ClassVar[tuple[str, ...]] = ()  # of file names, with the dot
    has_quizzes: ClassVar[bool] = False  # whether a source of it may hold tests

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if cls.name:
            IMPORTERS[cls.name] = cls()

    @abstractmethod
    def read(self, source: Source) -> Imported:
        """The questions of a source. Raises nothing, whatever the bytes are; time and memory are bounded by counts."""


IMPORTERS: dict[str, Importer] = {}


def importer_for(name: str, among: Iterable[str] = ()) -> Importer | None:
    """The importer for a file of that name, by its ending; None where none knows it."""
    known = [IMPORTERS[one] for one in among or IMPORTERS]
    return next((one for one in known if name.lower().endswith(one.endings)), None)


@dataclass(frozen=True, slots=True)
class Loss:
    """What a format cannot hold of a question or quiz, in a sentence; `is_left_out` where that is the whole question.

    `key` is that of the question or quiz.
    """

    key: str
    text: str
    is_left_out: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """A file of another format, and all that was lost on the way."""

    data: bytes
    losses: tuple[Loss, ...] = ()


Media = Callable[[str], bytes | None]  # the bytes of a picture by its content path; None where there is none


class Exporter(ABC):
    """A format that can be written. A subclass with a `name` is registered by being defined."""

    name: ClassVar[str] = ""
    title: ClassVar[str] = ""
    ending: ClassVar[str] = ""  # of the file's name, with the dot

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if cls.name:
            EXPORTERS[cls.name] = cls()

    @abstractmethod
    def write(self, questions: Sequence[Question], title: str, media: Media, tell: Tell = nobody) -> Exported:
        """The questions, in their order, under a title. The same questions give the same bytes.

        `tell` is told of each that is done; most of the time goes into reading them back.
        """

    def write_quiz(self, quiz: Quiz, media: Media, tell: Tell = nobody) -> Exported:
        """A quiz: all questions that it may ask, and of its rules what the format holds: none, which is told."""
        made = self.write(quiz.questions, quiz.title, media, tell)
        return Exported(made.data, (*(Loss(quiz.key, text) for text in unheld(quiz)), *made.losses))


EXPORTERS: dict[str, Exporter] = {}
