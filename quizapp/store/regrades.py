"""What a regrade looks at and appends: every attempt that asked a question, and marks by another version of it."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, TypeVar

from sqlalchemy import BindParameter, Connection, Row, bindparam, or_, select, union, update

from quizapp.questions.base import Question
from quizapp.questions.fingerprint import marking_fingerprint
from quizapp.store.attempts import ADD_MARK, ATTEMPT, MARK, QUESTION, RESPONSE, RESPONSES, MarkedResponse, StoredAttempt
from quizapp.store.attempts import attempt_of as whole
from quizapp.store.learners import ACCOUNT
from quizapp.store.learners import TABLE as LEARNER

Key = TypeVar("Key", int, str)
AT_ONCE = 500  # attempts that are looked up together; SQLite takes so many values in a statement and more

IDS: BindParameter[Any] = bindparam("ids", expanding=True)
ATTEMPTS = select(ATTEMPT).where(ATTEMPT.c.id.in_(IDS)).order_by(ATTEMPT.c.id)
QUESTIONS = select(QUESTION).where(QUESTION.c.attempt_id.in_(IDS)).order_by(QUESTION.c.attempt_id, QUESTION.c.slot)
ANSWERS = RESPONSES.add_columns(RESPONSE.c.attempt_id).where(RESPONSE.c.attempt_id.in_(IDS))
BY_PEOPLE = (
    select(MARK.c.response_id)
    .join(RESPONSE, RESPONSE.c.id == MARK.c.response_id)
    .where(MARK.c.by == "person", RESPONSE.c.attempt_id.in_(IDS))
)
PEOPLE = (
    select(LEARNER.c.id, ACCOUNT.c.name)
    .outerjoin(ACCOUNT, ACCOUNT.c.id == LEARNER.c.account_id)
    .where(LEARNER.c.id.in_(IDS), or_(LEARNER.c.guest.is_not(None), LEARNER.c.account_id.is_not(None)))
)
RAISE = update(LEARNER).where(LEARNER.c.id.in_(IDS)).values(version=LEARNER.c.version + 1)


def versions_met(connection: Connection) -> list[tuple[str, str]]:
    """Every question key with each fingerprint of a version that was shown under it, or marked by."""
    shown = select(QUESTION.c.question_key, QUESTION.c.fingerprint)
    is_of = (RESPONSE.c.attempt_id == QUESTION.c.attempt_id) & (RESPONSE.c.slot == QUESTION.c.slot)
    marked = (
        select(QUESTION.c.question_key, MARK.c.fingerprint)
        .join(RESPONSE, is_of)
        .join(MARK, MARK.c.response_id == RESPONSE.c.id)
        .where(MARK.c.fingerprint.is_not(None))
    )
    return [(key, fingerprint) for key, fingerprint in connection.execute(union(shown, marked))]


def attempts_asking(
    connection: Connection, question_keys: Collection[str], since: datetime | None
) -> Iterator[list[StoredAttempt]]:
    """The attempts, begun since then, that asked any of these questions, some at once; a quiz that runs is left out."""
    ids: set[int] = set()
    for keys in _portions(sorted(question_keys)):
        query = (
            select(ATTEMPT.c.id)
            .join(QUESTION, QUESTION.c.attempt_id == ATTEMPT.c.id)
            .where(QUESTION.c.question_key.in_(keys), or_(ATTEMPT.c.kind == "check", ATTEMPT.c.submitted.is_not(None)))
        )
        query = query.where(ATTEMPT.c.started >= since) if since else query
        ids.update(connection.execute(query).scalars())
    for some in _portions(sorted(ids)):
        yield find_attempts(connection, some)


def find_attempts(connection: Connection, ids: Collection[int]) -> list[StoredAttempt]:
    """The attempts of these row ids, in the order of the ids."""
    found: list[StoredAttempt] = []
    for some in _portions(sorted(ids)):
        questions = _by_attempt(connection.execute(QUESTIONS, {"ids": some}))
        answers = _by_attempt(connection.execute(ANSWERS, {"ids": some}))
        rows = connection.execute(ATTEMPTS, {"ids": some})
        found += [whole(row, questions.get(row.id, ()), answers.get(row.id, ())) for row in rows]
    return found


def marked_by_people(connection: Connection, ids: Collection[int]) -> set[int]:
    """The ids of the responses in these attempts that a person ever marked."""
    return {row for some in _portions(sorted(ids)) for row in connection.execute(BY_PEOPLE, {"ids": some}).scalars()}


def people(connection: Connection, ids: Collection[int]) -> dict[int, str]:
    """The names of learners, empty for guests; who is nobody any more is not among them."""
    return {
        row.id: row.name or ""
        for some in _portions(sorted(ids))
        for row in connection.execute(PEOPLE, {"ids": some})
    }  # fmt: skip


def add_marks(
    connection: Connection,
    now: Question,
    marks: Iterable[MarkedResponse],
    reason: str,
    author: int | None,
    at: datetime,
) -> None:
    """Append marks by the version `now` of their question; what a person wrote of a response goes along."""
    rows = [
        {
            "response_id": one.id, "credit": one.credit, "points": one.points,
            "marking_fingerprint": marking_fingerprint(now), "fingerprint": now.fingerprint,
            "by": "regrade", "reason": reason, "author": author, "at": at, "feedback": one.feedback,
            "lines": None if one.lines is None else json.dumps([str(points) for points in one.lines]),
        }
        for one in marks
    ]  # fmt: skip
    connection.execute(ADD_MARK, rows)


def raise_versions(connection: Connection, learners: Collection[int]) -> None:
    """Note that something was changed of what is stored about these learners."""
    for some in _portions(sorted(learners)):
        connection.execute(RAISE, {"ids": some})


def _portions(every: Sequence[Key]) -> Iterator[Sequence[Key]]:
    return (every[start : start + AT_ONCE] for start in range(0, len(every), AT_ONCE))


def _by_attempt(rows: Iterable[Row[Any]]) -> dict[int, list[Row[Any]]]:
    def attempt(row: Row[Any]) -> int:
        return int(row.attempt_id)

    return {key: list(some) for key, some in groupby(sorted(rows, key=attempt), key=attempt)}
