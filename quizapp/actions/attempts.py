"""What people do with a knowledge check: look at it, check their answers, have the answers shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from quizapp.actions.lessons import settle_lesson
from quizapp.actions.standings import filled, restored, standing_of, with_responses
from quizapp.content.links import symbolic
from quizapp.content.model import Check, Lesson
from quizapp.errors import AttemptFinished, CheckChanged, NotFound, NotOffered, NotReadable
from quizapp.grading.completion import CheckRecord
from quizapp.grading.draw import draw_order, draw_questions, draw_seal, equal, version_seal
from quizapp.grading.standing import Confidence, Slot, Standing, mark_all, points_of
from quizapp.questions.base import Mark, Question, Response
from quizapp.questions.fingerprint import marking_fingerprint
from quizapp.store import attempts, learners, snapshots
from quizapp.store.attempts import DrawnQuestion, NewResponse, Result, StoredAttempt
from quizapp.store.database import Connection, Database
from quizapp.store.learners import Learner


@dataclass(frozen=True, slots=True)
class Shown:
    """What a form says of the check it shows: per slot `key:version`, and the seal over all of it."""

    attempt_id: str
    slots: tuple[str, ...]
    seal: str


@dataclass(frozen=True, slots=True)
class Submission:
    """What a form sends: responses by slot (from 1) to the questions still open, the try it makes, how sure of each."""

    responses: Mapping[int, Response]
    try_number: int
    confidences: Mapping[int, Confidence] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Answer:
    """A response that was marked before the transaction began; in which try it counts is known only inside."""

    slot: int
    question: Question
    value: Response
    mark: Mark
    confidence: str
    marking_fingerprint: str

    def as_try(self, number: int) -> NewResponse:
        is_marked = not self.mark.awaits_person
        credit = self.mark.credit if is_marked else None
        points = points_of(self.question, self.mark, number) if is_marked else None
        return NewResponse(
            self.slot, number, self.value, credit, points, self.confidence,
            marking_fingerprint=self.marking_fingerprint,
        )  # fmt: skip


def show_fresh(secret: bytes, check: Check, attempt_id: str) -> Standing:
    """The check as it is now, nothing answered; draw and order follow from the attempt id, nothing is stored."""
    questions = draw_questions(secret, attempt_id, check.entries)
    return Standing(attempt_id, tuple(_fresh_slots(secret, attempt_id, questions)))


def shown(secret: bytes, check: Check, standing: Standing) -> Shown:
    """What the form of a check has to carry."""
    slots = tuple(f"{slot.question.key}:{version_seal(secret, slot.question.fingerprint)}" for slot in standing.slots)
    return Shown(standing.attempt_id, slots, draw_seal(secret, check.key, standing.attempt_id, slots))


def show_posted(database: Database, secret: bytes, check: Check, learner: Learner, form: Shown) -> Standing:
    """The attempt that a form belongs to, with its questions as they were shown.

    Raises NotFound for another learner's attempt, CheckChanged when the form was not made by this site.
    """
    with database.reading() as connection:
        stored = attempts.find_attempt(connection, form.attempt_id)
        if stored is not None:
            return _standing(connection, stored, check, learner)
        if not equal(form.seal, draw_seal(secret, check.key, form.attempt_id, form.slots)):
            raise CheckChanged("This page is not the check as it is on this site. Answer it here.")
        questions = _shown_questions(connection, secret, check, form.slots)
    return Standing(form.attempt_id, tuple(_fresh_slots(secret, form.attempt_id, questions)))


def show_attempt(database: Database, check: Check, learner: Learner, attempt_id: str) -> Standing:
    """A stored attempt, with its questions as they were shown. Raises NotFound for another's or none."""
    with database.reading() as connection:
        stored = attempts.find_attempt(connection, attempt_id)
        if stored is None:
            raise NotFound("There is no such attempt.")
        return _standing(connection, stored, check, learner)


def check_answers(
    database: Database,
    lesson: Lesson,
    check: Check,
    learner: Learner,
    standing: Standing,
    sent: Submission,
    now: datetime,
) -> None:
    """Mark the responses and store them as one try.

    Equal responses sent again for the same try change nothing. Raises NotReadable where one cannot be read as an
    answer (nothing is stored then), AttemptFinished when the attempt takes no more.
    """
    answers = _marked(standing, sent)
    with database.writing() as connection:
        attempts.lock_attempt(connection, standing.attempt_id)
        learner_id = learners.keep_learner(connection, learner, now)
        stored = attempts.find_attempt(connection, standing.attempt_id)
        if stored is not None:
            _require_owner(stored, learner_id, check)
            if _is_same_try(stored, sent.responses, sent.try_number):
                return
            standing = filled(standing, stored)
        if standing.is_finished:
            raise AttemptFinished("This check was finished before. What was sent now was not recorded.")
        new = [answer.as_try(standing.tries + 1) for answer in answers if standing.slots[answer.slot - 1].is_open]
        result = _result(with_responses(standing, new), now)
        if stored is None:
            attempt_id = _add_attempt(connection, standing, check, learner_id, result, now)
        else:
            attempt_id = stored.id
            attempts.update_attempt(connection, attempt_id, result)
        attempts.add_responses(connection, attempt_id, new, now)
        reached = {check.key: CheckRecord(result.score, result.passed)}
        settle_lesson(connection, lesson, learner_id, reached, now)


def show_answers(database: Database, check: Check, learner: Learner, attempt_id: str, now: datetime) -> None:
    """Finish an attempt, so that key, feedback and explanations may be shown. Raises NotFound as `show_attempt`."""
    with database.writing() as connection:
        attempts.lock_attempt(connection, attempt_id)
        stored = attempts.find_attempt(connection, attempt_id)
        if stored is None:
            raise NotFound("There is no such attempt.")
        standing = _standing(connection, stored, check, learner)
        if stored.submitted is None:
            learners.keep_learner(connection, learner, now)
            attempts.update_attempt(connection, stored.id, Result(standing.score, standing.is_passed, now))


def assess_oneself(
    database: Database, check: Check, learner: Learner, attempt_id: str, slot: int, met: Sequence[int], now: datetime
) -> None:
    """Store which lines of the rubric (from 1) a learner says their text in a slot meets.

    Raises NotFound as `show_attempt`, NotOffered where that slot has no rubric to be seen, or not these lines.
    """
    with database.writing() as connection:
        attempts.lock_attempt(connection, attempt_id)
        stored = attempts.find_attempt(connection, attempt_id)
        if stored is None:
            raise NotFound("There is no such attempt.")
        standing = _standing(connection, stored, check, learner)
        one = standing.slots[slot - 1] if 0 < slot <= len(standing.slots) else None
        if one is None or not one.tries or not set(met) <= set(one.rubric):
            raise NotOffered("This is not on the rubric of the question. Go back to the lesson and choose there.")
        attempts.add_assessment(connection, stored.id, slot, sorted(set(met)), now)


def is_in_an_attempt(database: Database, learner: Learner, path: str) -> bool:
    """Whether a question that a learner answered shows a content file: its page may have lost it since."""
    if learner.id is None:
        return False
    with database.reading() as connection:
        return snapshots.is_in_an_attempt(connection, learner.id, symbolic(path))


def _marked(standing: Standing, sent: Submission) -> list[_Answer]:
    given = {number: value for number, value in sent.responses.items() if value is not None}
    questions = [standing.slots[number - 1].question for number in given]
    marks = mark_all(questions, list(given.values()))
    troubles = {
        number: (mark.trouble, mark.about)
        for number, mark in zip(given, marks, strict=True)
        if mark.status == "invalid"
    }
    if troubles:
        raise NotReadable(troubles)
    return [
        _Answer(number, question, given[number], mark, sent.confidences.get(number, ""), marking_fingerprint(question))
        for number, question, mark in zip(given, questions, marks, strict=True)
    ]


def _result(after: Standing, now: datetime) -> Result:
    return Result(after.score, after.is_passed, now if after.is_finished else None)


def _add_attempt(
    connection: Connection, standing: Standing, check: Check, learner_id: int, result: Result, now: datetime
) -> int:
    drawn = [
        DrawnQuestion(number, slot.question.key, slot.question.fingerprint, slot.order, slot.question.points)
        for number, slot in enumerate(standing.slots, start=1)
    ]
    return attempts.add_attempt(connection, standing.attempt_id, learner_id, check.key, drawn, result, now)


def _fresh_slots(secret: bytes, attempt_id: str, questions: Sequence[Question]) -> list[Slot]:
    return [
        Slot(question, draw_order(secret, attempt_id, number, question))
        for number, question in enumerate(questions, start=1)
    ]


def _shown_questions(connection: Connection, secret: bytes, check: Check, slots: Sequence[str]) -> list[Question]:
    """The questions in the versions a form shows: those of now, else those of the snapshots."""
    current = {version_seal(secret, question.fingerprint): question for question in check.questions}
    return [
        current.get(seal) or _stored_version(connection, secret, key, seal)
        for key, _, seal in (slot.rpartition(":") for slot in slots)
    ]


def _stored_version(connection: Connection, secret: bytes, key: str, seal: str) -> Question:
    for snapshot in snapshots.snapshots_of(connection, key):
        if equal(seal, version_seal(secret, snapshot.fingerprint)):
            return restored(snapshot)
    raise CheckChanged("This check was changed while you answered, and its old version is gone. Answer it here.")


def _standing(connection: Connection, stored: StoredAttempt, check: Check, learner: Learner) -> Standing:
    learner_id = learners.find_id(connection, learner)
    _require_owner(stored, learner_id, check)
    return standing_of(connection, stored, check.questions)


def _require_owner(stored: StoredAttempt, learner_id: int | None, check: Check) -> None:
    if stored.learner_id != learner_id or stored.content_key not in (check.key, *check.former):
        raise NotFound("There is no such attempt.")


def _is_same_try(stored: StoredAttempt, responses: Mapping[int, Response], try_number: int) -> bool:
    """Whether these responses were stored for that try before; questions settled in an earlier try do not count."""
    before = {one.slot: one.value for one in stored.responses if one.try_number == try_number}
    return bool(before) and all(responses.get(slot) == value for slot, value in before.items())
