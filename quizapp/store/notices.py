"""What learners are told once, until they have read it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from quizapp.store.tables import Base

TABLE = Base.metadata.tables["notice"]
# Built once: it is asked with every visit of the home page.
UNREAD = (
    select(TABLE.c.id, TABLE.c.kind, TABLE.c.about, TABLE.c.at)
    .where(TABLE.c.learner_id == bindparam("learner"), TABLE.c.read.is_(None))
    .order_by(TABLE.c.id.desc())
)


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell: its `kind`, and what it is `about`, whose names depend on the kind."""

    id: int
    kind: str
    about: Mapping[str, str]
    at: datetime


@dataclass(frozen=True, slots=True)
class NewNotice:
    """Something to tell a learner."""

    learner_id: int
    kind: str
    about: Mapping[str, str]


def add_notices(connection: Connection, notices: Iterable[NewNotice], now: datetime) -> None:
    """Store what is to be told."""
    rows = [
        {
            "learner_id": one.learner_id,
            "kind": one.kind,
            "about": json.dumps(dict(one.about), ensure_ascii=False),
            "at": now,
        }
        for one in notices
    ]
    if rows:
        connection.execute(TABLE.insert(), rows)


def add_once(connection: Connection, notice: NewNotice, now: datetime) -> None:
    """Store what is to be told, unless the very same waits to be read."""
    waiting = unread_notices(connection, notice.learner_id)
    if not any((one.kind, one.about) == (notice.kind, dict(notice.about)) for one in waiting):
        add_notices(connection, [notice], now)


def unread_notices(connection: Connection, learner_id: int) -> list[Notice]:
    """What a learner has not read yet, newest first."""
    rows = connection.execute(UNREAD, {"learner": learner_id})
    return [Notice(row.id, row.kind, json.loads(row.about), row.at) for row in rows]


def mark_read(connection: Connection, learner_id: int, notice: int, now: datetime) -> bool:
    """Note that a learner has read a notice; False where it is none of theirs. The first time counts."""
    own = (TABLE.c.id == notice) & (TABLE.c.learner_id == learner_id)
    connection.execute(update(TABLE).where(own, TABLE.c.read.is_(None)).values(read=now))
    return connection.execute(select(TABLE.c.id).where(own)).first() is not None
