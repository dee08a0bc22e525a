"""How much rests on a key: who was asked a question, who took a quiz or check, who learned in a lesson."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, bindparam, func, or_, select, union

from quizapp.store.attempts import ATTEMPT, QUESTION, RESPONSE
from quizapp.store.progress import TABLE as PROGRESS

KEYS: BindParameter[Any] = bindparam("keys", expanding=True)
IS_OF = (RESPONSE.c.attempt_id == QUESTION.c.attempt_id) & (RESPONSE.c.slot == QUESTION.c.slot)
ASKED = (
    select(
        func.count(ATTEMPT.c.learner_id.distinct()),
        func.count(ATTEMPT.c.id.distinct()),
        func.count(RESPONSE.c.id.distinct()),
    )
    .select_from(QUESTION)
    .join(ATTEMPT, ATTEMPT.c.id == QUESTION.c.attempt_id)
    .outerjoin(RESPONSE, IS_OF & ~RESPONSE.c.is_draft)
    .where(QUESTION.c.question_key.in_(KEYS))
)


@dataclass(frozen=True, slots=True)
class Usage:
    """How many learners, attempts and responses (drafts apart) there are."""

    learners: int = 0
    attempts: int = 0
    responses: int = 0


def usage_of_question(connection: Connection, keys: Collection[str]) -> Usage:
    """What was asked and answered under any of these question keys."""
    return Usage(*connection.execute(ASKED, {"keys": sorted(keys)}).one())


def usage_of_content(connection: Connection, keys: Collection[str], prefixes: Collection[str]) -> Usage:
    """What was done under any of these keys of lessons, checks and quizzes, or under one that begins so."""
    taken = _is_one(ATTEMPT.c.content_key, keys, prefixes)
    opened = _is_one(PROGRESS.c.lesson_key, keys, prefixes)
    people = union(select(ATTEMPT.c.learner_id).where(taken), select(PROGRESS.c.learner_id).where(opened)).subquery()
    learners = connection.execute(select(func.count()).select_from(people)).scalar_one()
    attempts = connection.execute(select(func.count()).select_from(ATTEMPT).where(taken)).scalar_one()
    given = select(RESPONSE.c.id).join(ATTEMPT, ATTEMPT.c.id == RESPONSE.c.attempt_id)
    responses = select(func.count()).select_from(given.where(taken, ~RESPONSE.c.is_draft).subquery())
    return Usage(learners, attempts, connection.execute(responses).scalar_one())


def _is_one(column: ColumnElement[str], keys: Collection[str], prefixes: Collection[str]) -> ColumnElement[bool]:
    begins = [column.startswith(prefix, autoescape=True) for prefix in sorted(prefixes)]
    return or_(column.in_(sorted(keys)), *begins)
