"""The two kinds of wrong: a Problem is an author's mistake, a value; a QuizappError is a caller's, raised."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "advice"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong in a content file; line and column count from 1, in characters."""

    path: str
    line: int
    column: int
    severity: Severity
    code: str
    message: str
    advice: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}"
        return f"{place}: {self.severity} {self.code}: {self.message} {self.advice}".rstrip()


class QuizappError(Exception):
    """Something a caller asked for cannot be done; the text is a sentence for people."""


class NotFound(QuizappError):
    """Nothing (that this learner may see) is at this key."""


class NotInstalled(QuizappError):
    """Something that is an extra is not installed; the text says how to get it."""


class SettingsError(QuizappError):
    """A setting cannot be used."""


class NotEditable(QuizappError):
    """What is at a content path, or a text for it, is nothing that the editor in the browser takes."""


class NotWritten(QuizappError):
    """A file could not be written; it is as it was."""


class ChangedMeanwhile(QuizappError):
    """A file is not what an edit was made from; `theirs` are its bytes of now, None where it is gone."""

    def __init__(self, theirs: bytes | None) -> None:
        super().__init__("This file was changed meanwhile. Nothing was written.")
        self.theirs = theirs


class DatabaseError(QuizappError):
    """The database does not fit this program."""


class ServeError(QuizappError):
    """The site cannot be served from here."""


class NotOffered(QuizappError):
    """A response names a choice that the question does not offer."""


class NotReadable(QuizappError):
    """Some responses cannot be read as what their questions ask for.

    `troubles` says why, by slot: a code, and which line or blank of the response it is about.
    """

    def __init__(self, troubles: dict[int, tuple[str, str]]) -> None:
        super().__init__("Some answers cannot be read.")
        self.troubles = troubles


class CheckChanged(QuizappError):
    """A form does not show a check as it ever was, or a question is lost; it is to be shown afresh."""


class AttemptFinished(QuizappError):
    """The attempt takes no more responses."""


class TimeIsUp(AttemptFinished):
    """What was sent came after the time of the attempt was over."""
