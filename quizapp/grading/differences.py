"""What differs between two versions of the content: values for those who decide whether the second may go live."""

from collections.abc import Collection
from dataclasses import dataclass

from quizapp.errors import Problem
from quizapp.questions.base import Question


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting by its name in the front matter or attribute list, and its values in words."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangedSettings:
    """What was set anew for a question, quiz, lesson or module."""

    kind: str
    key: str
    place: str
    settings: tuple[Setting, ...]


@dataclass(frozen=True, slots=True)
class ChangedQuestion:
    """A question that has two versions; the right answers of both are in words, and `parts` name what differs.

    A regrade `is_due` where a response could earn something else now; where the answers of both cannot be paired
    (not `is_pairable`), it leaves out what was answered.
    """

    before: Question
    after: Question
    right_before: tuple[str, ...] = ()
    right_after: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    is_due: bool = False
    is_pairable: bool = True

    @property
    def key(self) -> str:
        """Its key of now."""
        return self.after.key

    @property
    def place(self) -> str:
        """Where it is written now: file and line."""
        return place_of(self.after)


@dataclass(frozen=True, slots=True)
class Lost:
    """A key under which something is stored, perhaps, and that leads nowhere any more.

    `kind` is question, lesson, quiz, module, path or check; `place` is where it was, `mend` what to write and where.
    `near` is the key of what it seems to be now. What went with it is in `within`, as keys with their kind.
    """

    kind: str
    key: str
    place: str
    mend: str
    near: str = ""
    within: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything that differs.

    `renamed` questions are followed by their new name; `reused` names stand for another question now; `held_up` are
    questions that an error in their file keeps from being read, so that nobody can tell whether they are still there.
    """

    added: tuple[Question, ...] = ()
    keys: tuple[ChangedQuestion, ...] = ()
    texts: tuple[ChangedQuestion, ...] = ()
    renamed: tuple[ChangedQuestion, ...] = ()
    reused: tuple[ChangedQuestion, ...] = ()
    lost: tuple[Lost, ...] = ()
    held_up: tuple[Question, ...] = ()
    settings: tuple[ChangedSettings, ...] = ()
    new_problems: tuple[Problem, ...] = ()
    mended_problems: tuple[Problem, ...] = ()

    def does_harm(self, may_go: Collection[str] = ()) -> bool:
        """Whether history would be lost, or counted for something else; apart from keys that may go."""
        lost, reused, held_up = ({one.key for one in some} for some in (self.lost, self.reused, self.held_up))
        return bool((lost | reused | held_up) - set(may_go))


def place_of(question: Question) -> str:
    """Where a question is written: file and line."""
    return f"{question.path}:{question.line}"
