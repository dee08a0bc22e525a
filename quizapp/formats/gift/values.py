"""What a GIFT file says: the values of its questions, before they become ours."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

Format = Literal["moodle", "html", "plain", "markdown"]
Kind = Literal["Category", "Description", "Essay", "Numerical", "MC", "Matching", "TF", "Short", "Ordering"]
FORMATS: tuple[Format, ...] = ("moodle", "html", "plain", "markdown")


@dataclass(frozen=True, slots=True)
class Text:
    """A text and how it is meant; `moodle` is HTML in which line ends count."""

    text: str
    format: Format = "moodle"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer or choice; `is_right` where it is written with `=`, `weight` in percent where one is stated."""

    text: Text
    is_right: bool
    weight: Fraction | None = None
    feedback: Text | None = None

    @property
    def percent(self) -> Fraction:
        """What it is worth."""
        return self.weight if self.weight is not None else Fraction(100 if self.is_right else 0)


@dataclass(frozen=True, slots=True)
class Number:
    """A number and how far off it may be, or the bounds of a range; `high` is None for the first."""

    low: str
    off: str = "0"
    high: str | None = None


@dataclass(frozen=True, slots=True)
class NumberAnswer:
    """An answer to a numerical question; `number` is None for any other one."""

    number: Number | None
    weight: Fraction | None = None
    feedback: Text | None = None


@dataclass(slots=True)
class Entry:
    """One block of a GIFT file: a question, a description or a category (its title).

    `has_gap` says that text follows the answers: `stem` has a placeholder in their place. `wrong` is why it cannot be
    read.
    """

    line: int
    end: int
    kind: Kind = "Description"
    title: str | None = None
    id: str | None = None
    tags: tuple[str, ...] = ()
    stem: Text = Text("")
    has_gap: bool = False
    general: Text | None = None
    answers: list[Answer] = field(default_factory=list)
    numbers: list[NumberAnswer] = field(default_factory=list)
    pairs: list[tuple[Text, str]] = field(default_factory=list)
    lines: list[Text] = field(default_factory=list)  # in their right order
    rule: str = ""  # of an order
    is_true: bool = False
    feedback: tuple[Text | None, Text | None] = (None, None)  # of true/false: to a wrong answer, to the right one
    wrong: str = ""
    notes: list[str] = field(default_factory=list)
