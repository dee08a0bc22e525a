"""What learners do in an attempt at a quiz that runs: save, check, flag, open a hint, go on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from quizapp.actions.grading import close_overdue
from quizapp.actions.standings import standing_of
from quizapp.content.model import Catalogue
from quizapp.errors import AttemptFinished, NotFound, NotOffered, NotReadable, TimeIsUp
from quizapp.grading.quizzes import is_over
from quizapp.grading.standing import Confidence, Slot, Standing, mark_all, points_of
from quizapp.questions.base import Response
from quizapp.questions.fingerprint import marking_fingerprint
from quizapp.store import attempts, learners, quizzes
from quizapp.store.attempts import MarkedResponse, NewResponse, StoredAttempt
from quizapp.store.database import Connection, Database
from quizapp.store.learners import Learner


@dataclass(frozen=True, slots=True)
class Given:
    """What a form holds for one question; `seen` is the number of the response that its page showed, 0 for none.

    `is_touched` is that a script saw it being changed; without one, it was changed if it differs from what was shown.
    """

    slot: int
    value: Response
    seen: int = 0
    confidence: Confidence | None = None
    is_touched: bool = False


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A question that was answered from another page since this one was opened; ours counts if it `is_ours`."""

    slot: int
    at: datetime
    is_ours: bool


@dataclass(frozen=True, slots=True)
class Saved:
    """What is stored now: the number and time of the last response by slot, and what came from elsewhere."""

    numbers: Mapping[int, int]
    elsewhere: tuple[Elsewhere, ...]


@dataclass(frozen=True, slots=True)
class Sitting:
    """An attempt at a quiz as its learner finds it."""

    quiz_key: str
    standing: Standing


def open_attempt(database: Database, learner: Learner, attempt_id: str, catalogue: Catalogue, now: datetime) -> Sitting:
    """An attempt at a quiz; one whose time is over is graded first.

    Questions that the catalogue has in the same version need not be looked up. Raises NotFound for another learner's
    attempt or none.
    """
    close_overdue(database, now)
    with database.reading() as connection:
        stored = _owned(connection, learner, attempt_id)
        current = catalogue.questions_of_quiz(stored.content_key)
        return Sitting(stored.content_key, standing_of(connection, stored, current))


def save(database: Database, learner: Learner, attempt_id: str, given: Sequence[Given], now: datetime) -> Saved:
    """Store what a form holds as drafts: what differs from what its page showed, and from what is stored.

    So a page that is older than what is stored overwrites only what was changed in it. Raises AttemptFinished when
    the attempt takes no more, TimeIsUp when that is so because of the time.
    """
    with database.writing() as connection:
        stored = _running(connection, learner, attempt_id, now)
        standing = standing_of(connection, stored, ())
        given = [one for one in given if _takes(stored, standing, one.slot)]
        new = [_draft(stored, standing, one) for one in given if _is_changed(stored, one)]
        attempts.add_responses(connection, stored.id, new, now)
        if new:
            learners.raise_version(connection, stored.learner_id)
    changed = {one.slot for one in new}
    numbers = {one.slot: _newest(stored, one.slot) + (one.slot in changed) for one in given}
    return Saved(
        numbers, tuple(_elsewhere(stored, one, one.slot in changed) for one in given if _is_behind(stored, one))
    )


def check_one(database: Database, learner: Learner, attempt_id: str, given: Given, now: datetime) -> None:
    """Mark the response to one question at once, and store it as a try; the same response again is no new one.

    Raises NotReadable where it cannot be read, NotOffered where the question takes no response now, and as `save`.
    """
    with database.reading() as connection:
        standing = standing_of(connection, _owned(connection, learner, attempt_id), ())
    slot = _slot(standing, given.slot)
    [mark] = mark_all([slot.question], [given.value])
    if mark.status == "invalid":
        raise NotReadable({given.slot: (mark.trouble, mark.about)})
    with database.writing() as connection:
        stored = _running(connection, learner, attempt_id, now)
        standing = standing_of(connection, stored, ())
        slot = _slot(standing, given.slot)
        if standing.terms is None or not standing.terms.is_during or given.value is None:
            raise NotOffered("This question is not checked by itself.")
        if not slot.is_open or _last_try(stored, given.slot) == given.value:
            return
        is_marked = not mark.awaits_person
        points = points_of(slot.question, mark, slot.tries + 1, slot.hints, standing.terms.hint_cost)
        new = NewResponse(
            given.slot, slot.saved + 1, given.value, mark.credit if is_marked else None, points if is_marked else None,
            given.confidence or "", hints=slot.hints, marking_fingerprint=marking_fingerprint(slot.question),
        )  # fmt: skip
        attempts.add_responses(connection, stored.id, [new], now)
        learners.raise_version(connection, stored.learner_id)


def flag(database: Database, learner: Learner, attempt_id: str, slot: int, is_flagged: bool, now: datetime) -> None:
    """Note that a learner wants to come back to a question, or not any more."""
    with database.writing() as connection:
        stored = _running(connection, learner, attempt_id, now)
        quizzes.set_flag(connection, stored.id, slot, is_flagged)


def open_hint(database: Database, learner: Learner, attempt_id: str, slot: int, number: int, now: datetime) -> None:
    """Open the hints of a question up to that number; each takes its cost off the points."""
    with database.writing() as connection:
        stored = _running(connection, learner, attempt_id, now)
        one = _slot(standing_of(connection, stored, ()), slot)
        if stored.terms is None or not stored.terms.has_hints or not 0 < number <= len(one.question.hints):
            raise NotOffered("This question has no such hint.")
        if one.is_open:
            quizzes.open_hints(connection, stored.id, slot, number)


def go_on(database: Database, learner: Learner, attempt_id: str, slot: int, now: datetime) -> None:
    """Go on to a question; a forward-only attempt does not come back to those before it, and leaves none out."""
    with database.writing() as connection:
        stored = _running(connection, learner, attempt_id, now)
        is_next = slot == stored.position + 1 and slot <= len(stored.questions)
        if stored.terms and stored.terms.is_forward and is_next:
            quizzes.set_position(connection, stored.id, slot)


def assess_oneself(
    database: Database, learner: Learner, attempt_id: str, slot: int, met: Sequence[int], now: datetime
) -> None:
    """Store which lines of the rubric (from 1) a learner says their text meets, once the attempt is submitted.

    Raises NotFound for another learner's attempt, NotOffered where that question has no rubric, or not these lines.
    """
    with database.writing() as connection:
        stored = _owned(connection, learner, attempt_id)
        one = _slot(standing_of(connection, stored, ()), slot)
        if stored.submitted is None or not one.tries or not set(met) <= set(one.rubric):
            raise NotOffered("This is not on the rubric of the question. Go back to the attempt and choose there.")
        attempts.add_assessment(connection, stored.id, slot, sorted(set(met)), now)


def _owned(connection: Connection, learner: Learner, attempt_id: str) -> StoredAttempt:
    stored = attempts.find_attempt(connection, attempt_id)
    if stored is None or stored.terms is None or stored.learner_id != learners.find_id(connection, learner):
        raise NotFound("There is no such attempt.")
    return stored


def _running(connection: Connection, learner: Learner, attempt_id: str, now: datetime) -> StoredAttempt:
    """The attempt, held until the end of the transaction."""
    attempts.lock_attempt(connection, attempt_id)
    stored = _owned(connection, learner, attempt_id)
    if is_over(stored.deadline, now):
        raise TimeIsUp("The time was over. What was saved before is graded.")
    if stored.submitted:
        raise AttemptFinished("This attempt was submitted before. What was sent now was not recorded.")
    return stored


def _takes(stored: StoredAttempt, standing: Standing, slot: int) -> bool:
    """Whether a question takes a response now: it can be tried, and was not left behind."""
    if not 0 < slot <= len(standing.slots):
        raise NotOffered("There is no such question in this attempt.")
    is_behind = stored.terms is not None and stored.terms.is_forward and slot < stored.position
    return standing.slots[slot - 1].is_open and not is_behind


def _slot(standing: Standing, number: int) -> Slot:
    if not 0 < number <= len(standing.slots):
        raise NotOffered("There is no such question in this attempt.")
    return standing.slots[number - 1]


def _draft(stored: StoredAttempt, standing: Standing, one: Given) -> NewResponse:
    return NewResponse(
        one.slot, _newest(stored, one.slot) + 1, one.value, None, None, one.confidence or "",
        is_draft=True, hints=standing.slots[one.slot - 1].hints,
    )  # fmt: skip


def _responses(stored: StoredAttempt, slot: int) -> list[MarkedResponse]:
    return [one for one in stored.responses if one.slot == slot]


def _newest(stored: StoredAttempt, slot: int) -> int:
    """The number of the last response to a question; 0 before the first."""
    return max((one.try_number for one in _responses(stored, slot)), default=0)


def _last_try(stored: StoredAttempt, slot: int) -> Response:
    tries = [one.value for one in _responses(stored, slot) if not one.is_draft]
    return tries[-1] if tries else None


def _said(stored: StoredAttempt, slot: int, number: int) -> tuple[Response, str]:
    """The response of that number, with how sure they were; that of 0 is none."""
    return next(
        ((one.value, one.confidence) for one in _responses(stored, slot) if one.try_number == number), (None, "")
    )


def _is_changed(stored: StoredAttempt, one: Given) -> bool:
    told = (one.value, one.confidence or "")
    is_new = told != _said(stored, one.slot, _newest(stored, one.slot))
    return is_new and (one.is_touched or told != _said(stored, one.slot, one.seen))


def _is_behind(stored: StoredAttempt, one: Given) -> bool:
    """Whether something else was saved for the question since the page of the form was made."""
    newest = _newest(stored, one.slot)
    return newest > one.seen and _said(stored, one.slot, newest) != (one.value, one.confidence or "")


def _elsewhere(stored: StoredAttempt, one: Given, is_ours: bool) -> Elsewhere:
    last = _responses(stored, one.slot)[-1]
    return Elsewhere(one.slot, last.at or stored.started, is_ours)
