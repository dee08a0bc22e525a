"""Attempts at quizzes are submitted and graded: by their learners, or by the clock."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from quizapp.actions.standings import standing_of
from quizapp.errors import CheckChanged, NotFound
from quizapp.grading.quizzes import GRACE
from quizapp.grading.standing import Slot, Standing, mark_all, points_of
from quizapp.questions.base import Mark, Question
from quizapp.questions.fingerprint import marking_fingerprint
from quizapp.store import attempts, learners, quizzes
from quizapp.store.attempts import NewMark, NewResponse, Result, StoredAttempt
from quizapp.store.database import Connection, Database
from quizapp.store.learners import Learner


@dataclass(frozen=True, slots=True)
class _Final:
    """What submitting stores for one question: a mark for the draft that counts, or a blank response with none."""

    slot: int
    response: int  # row id of the draft; 0 where nothing was given
    saved: int
    mark: NewMark


def submit_attempt(database: Database, learner: Learner, attempt_id: str, now: datetime) -> None:
    """Grade what was saved in an attempt at a quiz; one that was submitted before stays as it is.

    Raises NotFound for another learner's attempt or none.
    """
    with database.reading() as connection:
        stored = attempts.find_attempt(connection, attempt_id)
        if stored is None or stored.terms is None or stored.learner_id != learners.find_id(connection, learner):
            raise NotFound("There is no such attempt.")
    _submit(database, attempt_id, now)


def close_overdue(database: Database, now: datetime) -> None:
    """Grade every attempt whose time is over by what was saved, as of its deadline.

    One that cannot be read any more waits, and holds up nobody else: its learner is told when they open it.
    """
    with database.reading() as connection:
        late = quizzes.overdue(connection, now - GRACE)
    for attempt_id in late:
        with suppress(CheckChanged):
            _submit(database, attempt_id, now)


def _submit(database: Database, attempt_id: str, now: datetime) -> None:
    """Mark outside the transaction what is stored then inside it; once more if something was saved in between."""
    is_done = False
    while not is_done:
        with database.reading() as connection:
            before = attempts.find_attempt(connection, attempt_id)
            if before is None or before.submitted:
                return
            standing = standing_of(connection, before, ())
        final = _finals(before, standing)
        with database.writing() as connection:
            attempts.lock_attempt(connection, attempt_id)
            stored = attempts.find_attempt(connection, attempt_id)
            is_done = stored is None or stored.submitted is not None or stored == before
            if stored is not None and stored == before:
                _store(connection, stored, [slot.question for slot in standing.slots], final, now)


def _store(
    connection: Connection, stored: StoredAttempt, questions: Sequence[Question], final: Sequence[_Final], now: datetime
) -> None:
    """Store the last marks, and what is derived from all of them."""
    at = min(now, stored.deadline) if stored.deadline else now
    blank = [
        NewResponse(
            one.slot, one.saved + 1, None, Fraction(0), Fraction(0), is_draft=True,
            marking_fingerprint=one.mark.marking_fingerprint,
        )
        for one in final
        if not one.response
    ]  # fmt: skip
    if blank:
        attempts.add_responses(connection, stored.id, blank, at)
    attempts.add_marks(connection, [one.mark for one in final if one.response], at)
    settle_attempt(connection, stored.public_id, questions, at)
    learners.raise_version(connection, stored.learner_id)


def settle_attempt(connection: Connection, attempt_id: str, questions: Iterable[Question], submitted: datetime) -> None:
    """Derive score and result of an attempt at a quiz anew from its marks, and note when it was submitted."""
    stored = attempts.find_attempt(connection, attempt_id)
    if stored is not None:
        after = standing_of(connection, replace(stored, submitted=submitted), questions)
        attempts.update_attempt(connection, stored.id, Result(after.score, after.is_passed, submitted))


def _finals(stored: StoredAttempt, standing: Standing) -> list[_Final]:
    """What is to be stored for each question that has no mark yet: not for a text that a person marks."""
    drafts = {one.slot: one.id for one in stored.responses if one.is_draft}  # the last of each
    to_mark = [(number, slot) for number, slot in enumerate(standing.slots, start=1) if _counts(slot)]
    marks = mark_all([slot.question for _, slot in to_mark], [slot.response for _, slot in to_mark])
    found = [
        _Final(number, drafts[number], slot.saved, _mark(drafts[number], slot, mark, standing))
        for (number, slot), mark in zip(to_mark, marks, strict=True)
        if not mark.awaits_person
    ]
    blank = [
        _Final(number, 0, slot.saved, NewMark(0, Fraction(0), Fraction(0), marking_fingerprint(slot.question)))
        for number, slot in enumerate(standing.slots, start=1)
        if slot.tries == 0 and not _counts(slot)
    ]
    return found + blank


def _counts(slot: Slot) -> bool:
    """Whether the last draft of a question counts: it can still be tried, and something was given."""
    return slot.is_open and slot.is_draft and slot.response is not None


def _mark(response: int, slot: Slot, mark: Mark, standing: Standing) -> NewMark:
    """The mark of a draft; one that cannot be read earns nothing, and says why."""
    cost = standing.terms.hint_cost if standing.terms else Fraction(0)
    points = points_of(slot.question, mark, slot.tries + 1, slot.hints, cost)
    reason = mark.trouble if mark.status == "invalid" else ""
    return NewMark(response, mark.credit, points, marking_fingerprint(slot.question), reason=reason)
