"""Attempts, what was answered in them and how it was marked."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import Connection, case, func, select, update

from quizapp.grading.completion import CheckRecord
from quizapp.questions.base import Response
from quizapp.store.tables import Base

ATTEMPT = Base.metadata.tables["attempt"]
QUESTION = Base.metadata.tables["attempt_question"]
RESPONSE = Base.metadata.tables["response"]
MARK = Base.metadata.tables["mark"]


@dataclass(frozen=True, slots=True)
class DrawnQuestion:
    """One question of a draw, as it was shown."""

    slot: int
    question_key: str
    fingerprint: str
    order: tuple[int, ...]
    points: Fraction


@dataclass(frozen=True, slots=True)
class MarkedResponse:
    """One response with its newest mark."""

    slot: int
    try_number: int
    value: Response
    credit: Fraction
    points: Fraction


@dataclass(frozen=True, slots=True)
class NewResponse:
    """A response with its mark, to be stored."""

    slot: int
    try_number: int
    value: Response
    credit: Fraction
    points: Fraction
    marking_fingerprint: str


@dataclass(frozen=True, slots=True)
class StoredAttempt:
    """One attempt; `questions` by slot, `responses` by try and slot."""

    id: int
    public_id: str
    learner_id: int
    content_key: str
    started: datetime
    submitted: datetime | None
    questions: tuple[DrawnQuestion, ...]
    responses: tuple[MarkedResponse, ...]


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
    row = connection.execute(select(ATTEMPT).where(ATTEMPT.c.public_id == public_id)).one_or_none()
    if row is None:
        return None
    questions = connection.execute(select(QUESTION).where(QUESTION.c.attempt_id == row.id).order_by(QUESTION.c.slot))
    return StoredAttempt(
        id=row.id,
        public_id=row.public_id,
        learner_id=row.learner_id,
        content_key=row.content_key,
        started=row.started,
        submitted=row.submitted,
        questions=tuple(
            DrawnQuestion(one.slot, one.question_key, one.fingerprint, tuple(json.loads(one.order)), one.points)
            for one in questions
        ),
        responses=tuple(_responses(connection, row.id)),
    )


def _responses(connection: Connection, attempt_id: int) -> list[MarkedResponse]:
    query = (
        select(RESPONSE.c.slot, RESPONSE.c.try_number, RESPONSE.c.value, MARK.c.credit, MARK.c.points)
        .join(MARK, MARK.c.response_id == RESPONSE.c.id)
        .where(RESPONSE.c.attempt_id == attempt_id)
        .order_by(RESPONSE.c.try_number, RESPONSE.c.slot, MARK.c.id)
    )
    newest = {
        (row.try_number, row.slot): MarkedResponse(
            row.slot, row.try_number, json.loads(row.value), row.credit, row.points
        )
        for row in connection.execute(query)
    }
    return list(newest.values())


def add_attempt(
    connection: Connection,
    public_id: str,
    learner_id: int,
    content_key: str,
    questions: Sequence[DrawnQuestion],
    now: datetime,
) -> int:
    """Store a new attempt at a check with its draw; returns its row id."""
    row = {
        "public_id": public_id, "learner_id": learner_id, "kind": "check", "content_key": content_key,
        "seed": public_id, "started": now, "score": Fraction(0), "passed": False,
    }  # fmt: skip
    attempt_id = int(connection.execute(ATTEMPT.insert().returning(ATTEMPT.c.id), row).scalar_one())
    drawn = [
        {
            "attempt_id": attempt_id, "slot": one.slot, "question_key": one.question_key,
            "fingerprint": one.fingerprint, "order": json.dumps(one.order), "points": one.points,
        }
        for one in questions
    ]  # fmt: skip
    connection.execute(QUESTION.insert(), drawn)
    return attempt_id


def add_responses(connection: Connection, attempt_id: int, responses: Sequence[NewResponse], now: datetime) -> None:
    """Append responses, each with its first mark."""
    for one in responses:
        row = {
            "attempt_id": attempt_id, "slot": one.slot, "try_number": one.try_number,
            "value": json.dumps(one.value), "at": now,
        }  # fmt: skip
        response_id = connection.execute(RESPONSE.insert().returning(RESPONSE.c.id), row).scalar_one()
        mark = {
            "response_id": response_id, "credit": one.credit, "points": one.points,
            "marking_fingerprint": one.marking_fingerprint, "by": "auto", "reason": "", "at": now,
        }  # fmt: skip
        connection.execute(MARK.insert(), mark)


def update_attempt(
    connection: Connection, attempt_id: int, score: Fraction, passed: bool, submitted: datetime | None
) -> None:
    """Set what is derived from the marks of an attempt; `submitted` when it takes no more responses."""
    values = {"score": score, "passed": passed, "submitted": submitted}
    connection.execute(update(ATTEMPT).where(ATTEMPT.c.id == attempt_id).values(values))


def lock_attempt(connection: Connection, public_id: str) -> None:
    """Make other transactions on this attempt wait; on SQLite they wait already."""
    if connection.dialect.name != "sqlite":
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(public_id, 0))))


def records_of(
    connection: Connection, learner_id: int, content_keys: Collection[str] | None = None
) -> dict[str, CheckRecord]:
    """The best a learner reached in each of these checks that they tried; without keys, in all of them."""
    query = (
        select(
            ATTEMPT.c.content_key,
            func.max(ATTEMPT.c.score).label("best"),
            func.max(case((ATTEMPT.c.passed, 1), else_=0)).label("passed"),
        )
        .where(ATTEMPT.c.learner_id == learner_id)
        .group_by(ATTEMPT.c.content_key)
    )
    if content_keys is not None:
        query = query.where(ATTEMPT.c.content_key.in_(content_keys))
    return {row.content_key: CheckRecord(row.best, bool(row.passed)) for row in connection.execute(query)}


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
    query = (
        select(ATTEMPT.c.public_id, ATTEMPT.c.content_key, ATTEMPT.c.started, ATTEMPT.c.submitted, ATTEMPT.c.passed)
        .where(ATTEMPT.c.learner_id == learner_id, ATTEMPT.c.content_key.in_(content_keys))
        .order_by(ATTEMPT.c.id)
    )
    return {row.content_key: AttemptNote(*row) for row in connection.execute(query)}
