"""Where learners say that a question is wrong, and what became of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, func, select, update

from quizapp.store.attempts import ATTEMPT, QUESTION
from quizapp.store.dialect import insert_or_ignore
from quizapp.store.tables import Base

TABLE = Base.metadata.tables["dispute"]
State = Literal["open", "accepted", "rejected"]
DISPUTES = (
    select(
        *(TABLE.c.id, TABLE.c.attempt_id, TABLE.c.slot, TABLE.c.text, TABLE.c.at, TABLE.c.state, TABLE.c.answer),
        *(ATTEMPT.c.learner_id, ATTEMPT.c.public_id, ATTEMPT.c.content_key, QUESTION.c.question_key),
    )
    .join(ATTEMPT, ATTEMPT.c.id == TABLE.c.attempt_id)
    .join(QUESTION, (QUESTION.c.attempt_id == TABLE.c.attempt_id) & (QUESTION.c.slot == TABLE.c.slot))
    .order_by(TABLE.c.id)
)


@dataclass(frozen=True, slots=True)
class StoredDispute:
    """What a learner says of a question of an attempt, and what was answered."""

    id: int
    attempt_id: int
    slot: int
    text: str
    at: datetime
    state: State
    answer: str
    learner_id: int
    public_id: str
    content_key: str
    question_key: str


def add_dispute(connection: Connection, attempt_id: int, slot: int, text: str, now: datetime) -> None:
    """Store what is said of a question of an attempt; where something was said before, that stays."""
    row = {"attempt_id": attempt_id, "slot": slot, "text": text, "at": now, "state": "open", "answer": ""}
    insert_or_ignore(connection, TABLE, [row])


def find_dispute(connection: Connection, attempt_id: int, slot: int) -> StoredDispute | None:
    """What was said of a question of an attempt."""
    query = DISPUTES.where(TABLE.c.attempt_id == attempt_id, TABLE.c.slot == slot)
    row = connection.execute(query).one_or_none()
    return None if row is None else _dispute(row)


def open_disputes(connection: Connection) -> list[StoredDispute]:
    """Everything that nobody has decided yet, oldest first."""
    return [_dispute(row) for row in connection.execute(DISPUTES.where(TABLE.c.state == "open"))]


def count_open(connection: Connection) -> int:
    """How many those are."""
    return int(connection.execute(select(func.count()).where(TABLE.c.state == "open")).scalar_one())


def decide_disputes(
    connection: Connection, ids: Collection[int], state: State, answer: str, author: int | None, now: datetime
) -> list[StoredDispute]:
    """Decide those of the disputes that are open, and give them as they are then."""
    values = {"state": state, "answer": answer, "author": author, "decided": now}
    changed = update(TABLE).where(TABLE.c.id.in_(list(ids)), TABLE.c.state == "open").values(values)
    done = list(connection.execute(changed.returning(TABLE.c.id)).scalars())
    return [_dispute(row) for row in connection.execute(DISPUTES.where(TABLE.c.id.in_(done)))]


def _dispute(row: Row[*tuple[Any, ...]]) -> StoredDispute:
    return StoredDispute(**row._mapping)
