"""What a text2qti document says: its questions, texts and groups in order."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

Kind = Literal["", "choice", "several", "number", "short", "essay", "upload"]


@dataclass(slots=True)
class Offered:
    """A choice or accepted answer."""

    text: str
    is_right: bool
    feedback: str | None = None


@dataclass(slots=True)
class Asked:
    """A question; `error` is the first thing that is wrong with it, on the line where that is noticed."""

    line: int
    end: int
    text: str
    title: str | None = None
    points: Fraction = Fraction(1)
    kind: Kind = ""
    choices: list[Offered] = field(default_factory=list)
    number: str = ""
    feedback: str | None = None
    right: str | None = None
    wrong: str | None = None
    solution: str | None = None
    group: int = 0
    error: str = ""
    error_line: int = 0

    def fail(self, text: str, line: int) -> None:
        """Note what is wrong, unless something was before."""
        if not self.error:
            self.error, self.error_line = text, line

    @property
    def is_truth(self) -> bool:
        """Whether its choices are true and false."""
        return self.kind == "choice" and sorted(one.text.lower() for one in self.choices) == ["false", "true"]


@dataclass(slots=True)
class Region:
    """A text between questions."""

    line: int
    text: str = ""
    title: str | None = None


@dataclass(slots=True)
class Group:
    """Where a group of questions begins, of which some are picked; its number counts from 1."""

    line: int
    number: int
    pick: int = 1
    points: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class GroupEnd:
    """Where a group ends."""

    line: int


@dataclass(slots=True)
class Document:
    """A whole document; `errors` are those that keep all of it from being read, each with its line."""

    title: str = ""
    description: str = ""
    settings: dict[str, tuple[str, int]] = field(default_factory=dict)
    items: list[Asked | Region | Group | GroupEnd] = field(default_factory=list)
    errors: list[tuple[str, int]] = field(default_factory=list)
