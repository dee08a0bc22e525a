"""Attempts, what was answered in them and how it was marked."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, Row, bindparam, case, func, select, update

from quizapp.grading.completion import CheckRecord
from quizapp.grading.quizzes import Terms
from quizapp.questions.base import Response
from quizapp.store.tables import Base

ATTEMPT = Base.metadata.tables["attempt"]
QUESTION = Base.metadata.tables["attempt_question"]
RESPONSE = Base.metadata.tables["response"]
MARK = Base.metadata.tables["mark"]
ASSESSMENT = Base.metadata.tables["self_assessment"]

# Statements are built once: building one costs several times what executing it does.
FIND = select(ATTEMPT).where(ATTEMPT.c.public_id == bindparam("public_id"))
QUESTIONS_OF = select(QUESTION).where(QUESTION.c.attempt_id == bindparam("attempt")).order_by(QUESTION.c.slot)
RESPONSES = (
    select(
        *(RESPONSE.c.id, RESPONSE.c.slot, RESPONSE.c.try_number, RESPONSE.c.value, RESPONSE.c.confidence),
        *(RESPONSE.c.is_draft, RESPONSE.c.hints, RESPONSE.c.at),
        *(MARK.c.credit, MARK.c.points, MARK.c.fingerprint, MARK.c.lines, MARK.c.feedback, MARK.c.by),
    )
    .outerjoin(MARK, MARK.c.response_id == RESPONSE.c.id)
    .order_by(RESPONSE.c.try_number, RESPONSE.c.slot, MARK.c.id)
)
RESPONSES_OF = RESPONSES.where(RESPONSE.c.attempt_id == bindparam("attempt"))
ASSESSMENTS_OF = (
    select(RESPONSE.c.slot, ASSESSMENT.c.met)
    .join(ASSESSMENT, ASSESSMENT.c.response_id == RESPONSE.c.id)
    .where(RESPONSE.c.attempt_id == bindparam("attempt"))
    .order_by(RESPONSE.c.try_number, ASSESSMENT.c.id)
)
NEWEST_RESPONSE = select(func.max(RESPONSE.c.id)).where(
    RESPONSE.c.attempt_id == bindparam("attempt"), RESPONSE.c.slot == bindparam("in_slot")
)
BY_LEARNER = ATTEMPT.c.learner_id == bindparam("learner")
AT_CHECKS = ATTEMPT.c.content_key.in_(bindparam("content_keys", expanding=True))
ALL_RECORDS_OF = (
    select(
        ATTEMPT.c.content_key,
        func.max(ATTEMPT.c.score).label("best"),
        func.max(case((ATTEMPT.c.passed, 1), else_=0)).label("passed"),
    )
    .where(BY_LEARNER)
    .group_by(ATTEMPT.c.content_key)
)
RECORDS_OF = ALL_RECORDS_OF.where(AT_CHECKS)
NEWEST = select(func.max(ATTEMPT.c.id)).where(BY_LEARNER, AT_CHECKS).group_by(ATTEMPT.c.content_key)
LATEST = select(
    ATTEMPT.c.public_id, ATTEMPT.c.content_key, ATTEMPT.c.started, ATTEMPT.c.submitted, ATTEMPT.c.passed
).where(ATTEMPT.c.id.in_(NEWEST))
ADD = ATTEMPT.insert().returning(ATTEMPT.c.id)
ADD_QUESTION, ADD_MARK = QUESTION.insert(), MARK.insert()
ADD_RESPONSE = RESPONSE.insert().returning(RESPONSE.c.id, RESPONSE.c.slot)
UPDATE = update(ATTEMPT).where(ATTEMPT.c.id == bindparam("attempt"))


@dataclass(frozen=True, slots=True)
class DrawnQuestion:
    """One question of a draw, as it was shown; the learner `is_flagged` it to come back, and opened `hints`."""

    slot: int
    question_key: str
    fingerprint: str
    order: tuple[int, ...]
    points: Fraction
    is_flagged: bool = False
    hints: int = 0


@dataclass(frozen=True, slots=True)
class MarkedResponse:
    """One response with its newest mark; `credit` and `points` are None while it has none.

    It has none while it awaits one from a person, and as a draft. `marked_by` is the fingerprint of the version of its
    question that it was marked by, empty for the one that was shown; `lines` the points that a person gave by line of
    the rubric, `feedback` what they wrote.
    """

    slot: int
    try_number: int
    value: Response
    credit: Fraction | None
    points: Fraction | None
    confidence: str = ""
    is_draft: bool = False
    hints: int = 0
    at: datetime | None = None
    id: int = 0
    by: str = ""
    marked_by: str = ""
    lines: tuple[Fraction, ...] | None = None
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class NewResponse(MarkedResponse):
    """A response with its mark, to be stored."""

    marking_fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class NewMark:
    """A mark to be appended to a response, by its row id; `by` is auto, regrade or person."""

    response: int
    credit: Fraction
    points: Fraction
    marking_fingerprint: str
    by: str = "auto"
    reason: str = ""
    author: int | None = None
    fingerprint: str = ""
    lines: tuple[Fraction, ...] | None = None
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class StoredAttempt:
    """One attempt; `questions` by slot, `responses` by try and slot. An attempt at a quiz has `terms`."""

    id: int
    public_id: str
    learner_id: int
    content_key: str
    started: datetime
    submitted: datetime | None
    questions: tuple[DrawnQuestion, ...]
    responses: tuple[MarkedResponse, ...]
    score: Fraction = Fraction(0)
    passed: bool = False
    terms: Terms | None = None
    deadline: datetime | None = None
    position: int = 1


@dataclass(frozen=True, slots=True)
class Result:
    """What is derived from the marks of an attempt; `submitted` is set when it takes no more responses."""

    score: Fraction
    passed: bool
    submitted: datetime | None


@dataclass(frozen=True, slots=True)
class AttemptNote:
    """What a lesson page says of an earlier attempt."""

    public_id: str
    content_key: str
    started: datetime
    submitted: datetime | None
    passed: bool


def find_attempt(connection: Connection, public_id: str) -> StoredAttempt | None:
    """The attempt of that public id."""
    row = connection.execute(FIND, {"public_id": public_id}).one_or_none()
    return None if row is None else _whole(connection, row)


def _whole(connection: Connection, row: Row[Any]) -> StoredAttempt:
    """The attempt of a row, with its draw and its responses."""
    questions = connection.execute(QUESTIONS_OF, {"attempt": row.id})
    return attempt_of(row, questions, connection.execute(RESPONSES_OF, {"attempt": row.id}))


def attempt_of(row: Row[Any], questions: Iterable[Row[Any]], responses: Iterable[Row[Any]]) -> StoredAttempt:
    """The attempt of a row and those of its draw and its responses, of which each stands there with every mark."""
    return StoredAttempt(
        id=row.id,
        public_id=row.public_id,
        learner_id=row.learner_id,
        content_key=row.content_key,
        started=row.started,
        submitted=row.submitted,
        questions=tuple(
            DrawnQuestion(
                one.slot, one.question_key, one.fingerprint, tuple(json.loads(one.order)), one.points, one.flagged,
                one.hints,
            )
            for one in questions
        ),
        responses=tuple(_newest(responses)),
        score=row.score,
        passed=row.passed,
        terms=Terms.from_json(json.loads(row.terms)) if row.terms else None,
        deadline=row.deadline,
        position=row.position,
    )  # fmt: skip


def _newest(rows: Iterable[Row[Any]]) -> list[MarkedResponse]:
    newest = {(row.try_number, row.slot): _response(row) for row in rows}
    return list(newest.values())


def _response(row: Row[*tuple[Any, ...]]) -> MarkedResponse:
    lines = tuple(map(Fraction, json.loads(row.lines))) if row.lines else None
    return MarkedResponse(
        row.slot, row.try_number, json.loads(row.value), row.credit, row.points, row.confidence or "", row.is_draft,
        row.hints, row.at, row.id, row.by or "", row.fingerprint or "", lines, row.feedback or "",
    )  # fmt: skip


def add_attempt(
    connection: Connection,
    public_id: str,
    learner_id: int,
    content_key: str,
    questions: Sequence[DrawnQuestion],
    result: Result,
    now: datetime,
    terms: Terms | None = None,
    deadline: datetime | None = None,
) -> int:
    """Store a new attempt with its draw; returns its row id. At a quiz it has terms, and ends by itself at a deadline.

    `result` is how it stands: at a check after its first try.
    """
    row = {
        "public_id": public_id, "learner_id": learner_id, "kind": "quiz" if terms else "check",
        "content_key": content_key, "seed": public_id, "started": now,
        "score": result.score, "passed": result.passed, "submitted": result.submitted,
        "terms": json.dumps(terms.as_json()) if terms else None, "deadline": deadline,
    }  # fmt: skip
    attempt_id = int(connection.execute(ADD, row).scalar_one())
    drawn = [
        {
            "attempt_id": attempt_id, "slot": one.slot, "question_key": one.question_key,
            "fingerprint": one.fingerprint, "order": json.dumps(one.order), "points": one.points,
        }
        for one in questions
    ]  # fmt: skip
    connection.execute(ADD_QUESTION, drawn)
    return attempt_id


def add_responses(
    connection: Connection, attempt_id: int, responses: Sequence[NewResponse], now: datetime
) -> dict[int, int]:
    """Append responses, no two to one question, each with its first mark if it has one; returns their ids by slot."""
    rows = [
        {
            "attempt_id": attempt_id, "slot": one.slot, "try_number": one.try_number,
            "value": json.dumps(one.value), "confidence": one.confidence or None, "is_draft": one.is_draft,
            "hints": one.hints, "at": now,
        }
        for one in responses
    ]  # fmt: skip
    stored = {row.slot: row.id for row in connection.execute(ADD_RESPONSE, rows)} if rows else {}
    marks = [
        {
            "response_id": stored[one.slot], "credit": one.credit, "points": one.points,
            "marking_fingerprint": one.marking_fingerprint, "by": "auto", "reason": "", "at": now,
        }
        for one in responses
        if one.credit is not None
    ]  # fmt: skip
    if marks:
        connection.execute(ADD_MARK, marks)
    return stored


def add_marks(connection: Connection, marks: Sequence[NewMark], now: datetime) -> None:
    """Append marks to responses that are stored."""
    rows = [
        {
            "response_id": one.response, "credit": one.credit, "points": one.points,
            "marking_fingerprint": one.marking_fingerprint, "by": one.by, "reason": one.reason, "author": one.author,
            "lines": json.dumps([str(points) for points in one.lines]) if one.lines is not None else None,
            "feedback": one.feedback, "fingerprint": one.fingerprint or None, "at": now,
        }
        for one in marks
    ]  # fmt: skip
    if rows:
        connection.execute(ADD_MARK, rows)


def assessments_of(connection: Connection, attempt_id: int) -> dict[int, tuple[int, ...]]:
    """Which lines of a rubric (from 1) the learner says their response meets, by slot."""
    rows = connection.execute(ASSESSMENTS_OF, {"attempt": attempt_id})
    return {row.slot: tuple(json.loads(row.met)) for row in rows}


def add_assessment(connection: Connection, attempt_id: int, slot: int, met: Sequence[int], now: datetime) -> None:
    """Append what a learner says of their newest response in a slot."""
    response = connection.execute(NEWEST_RESPONSE, {"attempt": attempt_id, "in_slot": slot}).scalar_one()
    connection.execute(ASSESSMENT.insert(), {"response_id": response, "met": json.dumps(list(met)), "at": now})


def update_attempt(connection: Connection, attempt_id: int, result: Result) -> None:
    """Set what is derived from the marks of an attempt."""
    values = {"score": result.score, "passed": result.passed, "submitted": result.submitted}
    connection.execute(UPDATE, {"attempt": attempt_id, **values})


def lock_attempt(connection: Connection, public_id: str) -> None:
    """Make other transactions on this attempt wait; on SQLite they wait already."""
    if connection.dialect.name != "sqlite":
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(public_id, 0))))


def records_of(
    connection: Connection, learner_id: int, content_keys: Collection[str] | None = None
) -> dict[str, CheckRecord]:
    """The best a learner reached in each of these checks that they tried; without keys, in all of them."""
    if content_keys is None:
        rows = connection.execute(ALL_RECORDS_OF, {"learner": learner_id})
    else:
        rows = connection.execute(RECORDS_OF, {"learner": learner_id, "content_keys": list(content_keys)})
    return {row.content_key: CheckRecord(row.best, bool(row.passed)) for row in rows}


def best_of_each(connection: Connection, content_keys: Collection[str]) -> dict[tuple[int, str], CheckRecord]:
    """The best that each learner reached in each of these checks, by learner id and check key."""
    query = (
        select(
            ATTEMPT.c.learner_id,
            ATTEMPT.c.content_key,
            func.max(ATTEMPT.c.score).label("best"),
            func.max(case((ATTEMPT.c.passed, 1), else_=0)).label("passed"),
        )
        .where(ATTEMPT.c.content_key.in_(content_keys))
        .group_by(ATTEMPT.c.learner_id, ATTEMPT.c.content_key)
    )
    rows = connection.execute(query)
    return {(row.learner_id, row.content_key): CheckRecord(row.best, bool(row.passed)) for row in rows}


def latest_attempts(connection: Connection, learner_id: int, content_keys: Collection[str]) -> dict[str, AttemptNote]:
    """The newest attempt of a learner at each of these checks."""
    rows = connection.execute(LATEST, {"learner": learner_id, "content_keys": list(content_keys)})
    return {row.content_key: AttemptNote(*row) for row in rows}
