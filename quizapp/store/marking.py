"""Texts that people mark: which of them wait, and what was said of one."""

import json
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, or_, select

from quizapp.questions.essay import Essay
from quizapp.store.tables import Base

ATTEMPT = Base.metadata.tables["attempt"]
QUESTION = Base.metadata.tables["attempt_question"]
RESPONSE = Base.metadata.tables["response"]
MARK = Base.metadata.tables["mark"]
SNAPSHOT = Base.metadata.tables["question_snapshot"]
WORD, UNCOUNTED = f".{Essay.word}", {".survey", ".void"}
LATER = RESPONSE.alias("later")
IS_LAST = ~(
    select(LATER.c.id)
    .where(LATER.c.attempt_id == RESPONSE.c.attempt_id, LATER.c.slot == RESPONSE.c.slot)
    .where(LATER.c.try_number > RESPONSE.c.try_number)
    .exists()
)
IS_UNMARKED = ~select(MARK.c.id).where(MARK.c.response_id == RESPONSE.c.id).exists()
IS_HANDED_IN = or_(ATTEMPT.c.kind == "check", ATTEMPT.c.submitted.is_not(None))


@dataclass(frozen=True, slots=True)
class WrittenText:
    """A text that was handed in: in which slot of which attempt, to which version of which question, and when."""

    response: int
    attempt: str
    slot: int
    question_key: str
    fingerprint: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class PersonMark:
    """A mark as it was given; `author` is the account of who gave it, `lines` are its points by line of the rubric."""

    id: int
    credit: Fraction
    lines: tuple[Fraction, ...] | None
    feedback: str
    by: str
    author: int | None


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text that somebody marked."""

    response: int
    question_key: str
    fingerprint: str
    at: datetime


def waiting_texts(connection: Connection) -> list[WrittenText]:
    """The texts that nobody has marked, the oldest first: of a quiz once its attempt is submitted."""
    query = _texts(connection).where(IS_UNMARKED).order_by(RESPONSE.c.at, RESPONSE.c.id)
    return [_text(row) for row in connection.execute(query)]


def count_waiting(connection: Connection) -> int:
    """How many texts nobody has marked."""
    query = select(func.count()).select_from(_texts(connection).where(IS_UNMARKED).subquery())
    return int(connection.execute(query).scalar_one())


def find_text(connection: Connection, response: int) -> WrittenText | None:
    """The text of that response, whether it is marked or not; None for anything that no person marks."""
    row = connection.execute(_texts(connection).where(RESPONSE.c.id == response)).one_or_none()
    return _text(row) if row else None


def newest_mark(connection: Connection, response: int) -> PersonMark | None:
    """The mark of a response that counts."""
    query = select(MARK).where(MARK.c.response_id == response).order_by(MARK.c.id.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    lines = tuple(map(Fraction, json.loads(row.lines))) if row.lines else None
    return PersonMark(row.id, row.credit, lines, row.feedback, row.by, row.author)


def marked_by(connection: Connection, account: int, number: int) -> list[MarkedText]:
    """The texts that an account marked last, the newest first, each once."""
    newest = func.max(MARK.c.id)
    query = (
        select(RESPONSE.c.id, QUESTION.c.question_key, QUESTION.c.fingerprint, func.max(MARK.c.at).label("marked"))
        .join(RESPONSE, RESPONSE.c.id == MARK.c.response_id)
        .join(QUESTION, and_(QUESTION.c.attempt_id == RESPONSE.c.attempt_id, QUESTION.c.slot == RESPONSE.c.slot))
        .where(MARK.c.author == account, MARK.c.by == "person", RESPONSE.c.value != "null")
        .group_by(RESPONSE.c.id, QUESTION.c.question_key, QUESTION.c.fingerprint)
        .order_by(newest.desc())
        .limit(number)
    )
    return [MarkedText(*row) for row in connection.execute(query)]


def _texts(connection: Connection) -> Select[Any]:
    """Every text to a question that a person marks, as it was handed in: not the drafts before it."""
    versions = _versions(connection)
    has_its_key = QUESTION.c.question_key.in_(set(versions.values()))  # of keys there is an index
    return (
        select(
            *(RESPONSE.c.id, RESPONSE.c.slot, RESPONSE.c.value, RESPONSE.c.at, ATTEMPT.c.public_id),
            *(QUESTION.c.question_key, QUESTION.c.fingerprint),
        )
        .join(ATTEMPT, ATTEMPT.c.id == RESPONSE.c.attempt_id)
        .join(QUESTION, and_(QUESTION.c.attempt_id == RESPONSE.c.attempt_id, QUESTION.c.slot == RESPONSE.c.slot))
        .where(has_its_key, QUESTION.c.fingerprint.in_(versions), RESPONSE.c.value != "null", IS_HANDED_IN, IS_LAST)
    )


def _versions(connection: Connection) -> dict[str, str]:
    """The versions of questions that people mark, with their keys; surveys and what is void are marked by nobody."""
    query = select(SNAPSHOT).where(SNAPSHOT.c.markdown.contains(WORD))
    return {row.fingerprint: row.question_key for row in connection.execute(query) if _is_marked(row.markdown)}


def _is_marked(markdown: str) -> bool:
    """Whether the attributes behind the heading of a question say so."""
    words = markdown.partition("\n")[0].rpartition("{")[2].rstrip("}").split()
    return WORD in words and not UNCOUNTED & set(words)


def _text(row: Row[Any]) -> WrittenText:
    return WrittenText(
        row.id, row.public_id, row.slot, row.question_key, row.fingerprint, row.at, str(json.loads(row.value))
    )
