"""What people do who mark texts: see how many wait, take the next, give points and feedback.

Nothing here tells whose a text is, or what else its learner wrote.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction

from quizapp.actions.grading import settle_attempt
from quizapp.actions.lessons import settle_lessons
from quizapp.actions.standings import as_shown, standing_of
from quizapp.content.model import Catalogue
from quizapp.errors import NotFound, NotOffered, QuizappError
from quizapp.grading.standing import ROUNDING, Standing, points_of
from quizapp.questions.base import Mark, Question
from quizapp.questions.essay import Criterion, Essay
from quizapp.questions.fingerprint import marking_fingerprint
from quizapp.store import attempts, learners, marking, notices
from quizapp.store.attempts import NewMark, Result, StoredAttempt
from quizapp.store.database import Connection, Database
from quizapp.store.marking import PersonMark, WrittenText
from quizapp.store.notices import NewNotice

MARKED = "marked"  # the kind of the notice
LAST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Queued:
    """A question with texts that wait: how many, and which comes first. Without `path` its file is gone."""

    key: str
    title: str
    path: str
    line: int
    number: int
    first: int


@dataclass(frozen=True, slots=True)
class Done:
    """A text that was marked before: to look at again."""

    response: int
    title: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TextToMark:
    """A text with its question as it was shown; `mark` is the one it has, if any."""

    response: int
    text: str
    question: Question
    mark: PersonMark | None

    @property
    def rubric(self) -> tuple[Criterion, ...]:
        """The lines by which it is marked; none where it gets a share of the points."""
        kind = self.question.type
        return kind.rubric if isinstance(kind, Essay) else ()

    @property
    def seen(self) -> int:
        """What `mark_text` wants to know: the id of the mark it has, 0 for none."""
        return self.mark.id if self.mark else 0


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody thinks of a text: points by line of its rubric, or without one a credit of 0 … 1."""

    lines: tuple[Fraction, ...] = ()
    credit: Fraction = Fraction(0)
    feedback: str = ""


class MarkedMeanwhile(QuizappError):
    """Somebody else marked the text since it was opened; `mark` is theirs."""

    def __init__(self, mark: PersonMark) -> None:
        super().__init__("Somebody else marked this text while you read it.")
        self.mark = mark


def count_waiting(database: Database) -> int:
    """How many texts wait for a mark."""
    with database.reading() as connection:
        return marking.count_waiting(connection)


def queue(database: Database, catalogue: Catalogue, marker: int) -> list[Queued]:
    """The questions with texts that wait, the one with the oldest first."""
    with database.reading() as connection:
        waiting = _by_question(marking.waiting_texts(connection))
        titles = _titles(connection, catalogue, {key: texts[0].fingerprint for key, texts in waiting.items()})
    return [_queued(titles[key], texts, marker) for key, texts in waiting.items()]


def last_marked(database: Database, catalogue: Catalogue, marker: int) -> list[Done]:
    """What somebody marked last, the newest first."""
    with database.reading() as connection:
        found = marking.marked_by(connection, marker, LAST_SHOWN)
        titles = _titles(connection, catalogue, {one.question_key: one.fingerprint for one in found})
    return [Done(one.response, titles[one.question_key].title, one.at) for one in found]


def next_text(database: Database, question: str, marker: int, after: int = 0) -> int | None:
    """The response that comes next of those to a question that wait, behind that one; None behind the last.

    The oldest day comes first. Within a day their order is drawn, another for each marker: it tells nothing of who
    wrote them, and two who mark at once do not get the same.
    """
    with database.reading() as connection:
        waiting = [one for one in marking.waiting_texts(connection) if one.question_key == question]
        left = marking.find_text(connection, after) if after else None
    behind = [one for one in waiting if left is None or _turn(one, marker) > _turn(left, marker)]
    return _ordered(behind, marker)[0].response if behind else None


def find_text(database: Database, response: int) -> TextToMark:
    """A text that was handed in, marked or not. Raises NotFound."""
    with database.reading() as connection:
        return _to_mark(connection, _require(connection, response))


def mark_text(
    database: Database, catalogue: Catalogue, response: int, given: Judgement, marker: int, seen: int, now: datetime
) -> None:
    """Append a mark, derive anew what rests on it, and tell the learner. The same judgement again changes nothing.

    Raises NotFound, NotOffered where points are not those of the rubric, MarkedMeanwhile where the newest mark is not
    the one that was `seen`.
    """
    with database.writing() as connection:
        text = _require(connection, response)
        attempts.lock_attempt(connection, text.attempt)
        one = _to_mark(connection, text)
        credit = _credit(one, given)
        if one.mark and one.mark.id != seen:
            if _is_same(one.mark, given, marker):
                return
            raise MarkedMeanwhile(one.mark)
        stored = attempts.find_attempt(connection, text.attempt)
        if stored is None:
            raise NotFound("There is no such text.")
        before = standing_of(connection, stored, [one.question])
        points = _points(one.question, credit, stored, before, text)
        mark = NewMark(
            response, credit, points, marking_fingerprint(one.question), by="person", author=marker,
            lines=given.lines if one.rubric else None, feedback=given.feedback,
        )  # fmt: skip
        attempts.add_marks(connection, [mark], now)
        _settle(connection, catalogue, stored, before, now)
        learners.raise_version(connection, stored.learner_id)
        notices.add_once(connection, NewNotice(stored.learner_id, MARKED, _about(catalogue, stored)), now)


def _queued(question: Question, texts: Sequence[WrittenText], marker: int) -> Queued:
    first = _ordered(texts, marker)[0].response
    return Queued(question.key, question.title, question.path, question.line, len(texts), first)


def _settle(
    connection: Connection, catalogue: Catalogue, stored: StoredAttempt, before: Standing, now: datetime
) -> None:
    """Derive the attempt anew, and of a check the lessons that it completes."""
    questions = [slot.question for slot in before.slots]
    if stored.terms is not None and stored.submitted is not None:
        settle_attempt(connection, stored.public_id, questions, stored.submitted)
        return
    marked = attempts.find_attempt(connection, stored.public_id) or stored
    after = standing_of(connection, marked, questions)
    attempts.update_attempt(connection, stored.id, Result(after.score, after.is_passed, stored.submitted))
    settle_lessons(connection, catalogue, stored.learner_id, now)


def _credit(one: TextToMark, given: Judgement) -> Fraction:
    """The credit of a judgement. Raises NotOffered where it does not fit the rubric."""
    most = [line.points for line in one.rubric]
    fits = len(given.lines) == len(most) and all(
        0 <= points <= limit for points, limit in zip(given.lines, most, strict=True)
    )
    if not fits or not 0 <= given.credit <= 1:
        raise NotOffered("These points are not on the rubric. Give each line from 0 to what it is worth.")
    return sum(given.lines, Fraction(0)) / sum(most, Fraction(0)) if most else given.credit


def _points(
    question: Question, credit: Fraction, stored: StoredAttempt, before: Standing, text: WrittenText
) -> Fraction:
    """What a credit earns in the try that the text was, with the hints that were open."""
    mark, slot = Mark("graded", credit), before.slots[text.slot - 1]
    if stored.terms:
        return points_of(question, mark, slot.tries, slot.hints, stored.terms.hint_cost)
    number = next(one.try_number for one in stored.responses if one.id == text.response)
    return points_of(question, mark, number)


def _is_same(mark: PersonMark, given: Judgement, marker: int) -> bool:
    """Whether a mark is what the same person gives once more, as by a button that was pressed twice."""
    same = mark.lines == given.lines if mark.lines is not None else abs(mark.credit - given.credit) <= ROUNDING
    return same and mark.author == marker and mark.feedback == given.feedback


def _about(catalogue: Catalogue, stored: StoredAttempt) -> dict[str, str]:
    """What the notice says: which attempt, at what."""
    title = _quiz_title(catalogue, stored) if stored.terms else _lesson_title(catalogue, stored)
    return {"attempt": stored.public_id, "content": stored.content_key, "title": title or stored.content_key}


def _quiz_title(catalogue: Catalogue, stored: StoredAttempt) -> str:
    quiz = catalogue.asking_quiz(stored.content_key)
    return quiz.title if quiz else ""


def _lesson_title(catalogue: Catalogue, stored: StoredAttempt) -> str:
    lessons = [lesson for module in catalogue.modules.values() for lesson in module.lessons]
    return next(
        (
            lesson.title
            for lesson in lessons
            for check in lesson.checks
            if stored.content_key in (check.key, *check.former)
        ),
        "",
    )


def _require(connection: Connection, response: int) -> WrittenText:
    text = marking.find_text(connection, response)
    if text is None:
        raise NotFound("There is no such text.")
    return text


def _to_mark(connection: Connection, text: WrittenText) -> TextToMark:
    question = as_shown(connection, (), [text.fingerprint])[text.fingerprint]
    return TextToMark(text.response, text.text, question, marking.newest_mark(connection, text.response))


def _by_question(texts: Sequence[WrittenText]) -> dict[str, list[WrittenText]]:
    found: dict[str, list[WrittenText]] = {}
    for text in texts:
        found.setdefault(text.question_key, []).append(text)
    return found


def _titles(connection: Connection, catalogue: Catalogue, versions: Mapping[str, str]) -> dict[str, Question]:
    """Questions by key: as they are now, else in these versions, as they were shown."""
    current = catalogue.questions()
    gone = {key: version for key, version in versions.items() if key not in current}
    shown = as_shown(connection, (), list(gone.values()))
    return {key: current[key] if key in current else replace(shown[gone[key]], path="") for key in versions}


def _ordered(texts: Sequence[WrittenText], marker: int) -> list[WrittenText]:
    return sorted(texts, key=lambda one: _turn(one, marker))


def _turn(text: WrittenText, marker: int) -> tuple[date, str]:
    """Where a text stands in a marker's order."""
    return text.at.date(), hashlib.sha256(f"{marker} {text.response}".encode()).hexdigest()
