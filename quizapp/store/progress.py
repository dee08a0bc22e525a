"""Which lessons a learner opened and completed."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, select, update

from quizapp.grading.completion import LessonProgress
from quizapp.store.dialect import insert_or_ignore
from quizapp.store.tables import Base

TABLE = Base.metadata.tables["lesson_progress"]
LEARNER = Base.metadata.tables["learner"]


def progress_of(connection: Connection, guest: str) -> tuple[int | None, Mapping[str, LessonProgress]]:
    """The learner id of a guest (None: unknown) and what they opened and completed, by lesson key."""
    query = (
        select(LEARNER.c.id, TABLE.c.lesson_key, TABLE.c.opened, TABLE.c.completed, TABLE.c.fingerprint)
        .outerjoin(TABLE, TABLE.c.learner_id == LEARNER.c.id)
        .where(LEARNER.c.guest == guest)
    )
    rows = connection.execute(query).all()
    progress = {
        row.lesson_key: LessonProgress(row.opened, row.completed, row.fingerprint)
        for row in rows
        if row.lesson_key is not None
    }
    return (rows[0].id if rows else None), progress


def keep_opened(connection: Connection, learner_id: int, lesson_key: str, now: datetime) -> None:
    """Note that a lesson was opened, the first time."""
    row = {"learner_id": learner_id, "lesson_key": lesson_key, "opened": now, "fingerprint": ""}
    insert_or_ignore(connection, TABLE, [row])


def keep_completed(connection: Connection, learner_id: int, lesson_key: str, fingerprint: str, now: datetime) -> None:
    """Note that a lesson was completed; done again, it says which version was seen last and keeps its first time."""
    keep_opened(connection, learner_id, lesson_key, now)
    this = (TABLE.c.learner_id == learner_id) & (TABLE.c.lesson_key == lesson_key)
    connection.execute(update(TABLE).where(this & TABLE.c.completed.is_(None)).values(completed=now))
    connection.execute(update(TABLE).where(this).values(fingerprint=fingerprint))
