"""Questions with their key, as those who write and teach see them: values that templates read."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import g
from markupsafe import Markup

from quizapp.content.folder import is_laid_over
from quizapp.content.model import Entry
from quizapp.questions.base import Answer, Question
from quizapp.web.links import inline, linked
from quizapp.web.panels import QuestionPanel, ask_panel
from quizapp.web.words import sentence as _


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One answer of a question as the key shows it; `credit` is in %, empty where it is not scored."""

    content: Markup
    goes_with: Markup
    typed: str
    blank: int
    is_pattern: bool
    is_right: bool
    credit: str
    feedback: Markup


@dataclass(frozen=True, slots=True)
class StaffQuestion:
    """A question as a learner is asked it, and with key and feedback."""

    panel: QuestionPanel
    question: Question
    answers: tuple[KeyRow, ...]
    explanation: Markup
    hidden: str
    is_private: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that stand for places together; `note` says how many of them are drawn, where not all are asked."""

    note: str
    pairs: tuple[StaffQuestion, ...]


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions that are shown together; `name` makes the ids of their controls."""

    name: str
    title: str
    introduction: Markup
    groups: tuple[Group, ...]
    questions: tuple[QuestionPanel, ...]


def with_keys(name: str, title: str, introduction: str, entries: Iterable[Entry]) -> QuestionSet:
    """Every question that entries may ask, once each, with those that are drawn from together in a group."""
    groups: list[Group] = []
    number_of: dict[str, int] = {}
    for entry in entries:
        new = [question for question in entry.pool if question.key not in number_of]
        number_of |= {question.key: len(number_of) + place for place, question in enumerate(new, start=1)}
        pairs = tuple(_staff_question(number_of[question.key], question) for question in new)
        groups.append(Group(_note(entry, len(new)), pairs))
    questions = tuple(pair.panel for group in groups for pair in group.pairs)
    return QuestionSet(name, title, linked(introduction), tuple(groups), questions)


def _note(entry: Entry, shown: int) -> str:
    """How many are drawn of a pool; some of it may have been shown above, in another."""
    n, size, above = entry.count, len(entry.pool), len(entry.pool) - shown
    if n >= size:
        return ""
    note = _("One of these {all} is drawn.", all=size) if n == 1 else _("{n} of these {all} are drawn.", n=n, all=size)
    if not above:
        return note
    return " ".join((note, _("One of them stands above.") if above == 1 else _("{n} of them stand above.", n=above)))


def is_private(path: str) -> bool:
    """Whether a file lies in the private folder."""
    return is_laid_over(g.site.settings.content_folders, path)


def _staff_question(number: int, question: Question) -> StaffQuestion:
    is_draft = "draft" in question.words
    return StaffQuestion(
        panel=ask_panel(number, question),
        question=question,
        answers=tuple(_key_row(answer, question) for answer in question.type.answers),
        explanation=linked(question.explanation.html),
        hidden=_("Draft: only authors see this.") if is_draft else "",
        is_private=is_private(question.path),
    )


def _key_row(answer: Answer, question: Question) -> KeyRow:
    credit = answer.credit
    return KeyRow(
        content=linked(inline(answer.content.html)),
        goes_with=linked(inline(answer.goes_with.html)),
        typed=answer.typed,
        blank=answer.blank,
        is_pattern=answer.is_pattern,
        is_right=bool(credit) and "survey" not in question.words,
        credit="" if credit is None or "survey" in question.words else f"{round(float(credit * 100), 2):g}",
        feedback=linked(answer.feedback.html),
    )
