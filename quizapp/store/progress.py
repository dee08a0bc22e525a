"""Which lessons a learner opened and completed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, or_, select

from quizapp.grading.completion import LessonProgress
from quizapp.store.dialect import insert_or_ignore, upsert
from quizapp.store.tables import Base

TABLE = Base.metadata.tables["lesson_progress"]
LEARNER = Base.metadata.tables["learner"]
PROGRESS_OF = select(TABLE.c.lesson_key, TABLE.c.opened, TABLE.c.completed, TABLE.c.fingerprint).where(
    TABLE.c.learner_id == bindparam("learner")
)


def progress_of(connection: Connection, learner_id: int) -> Mapping[str, LessonProgress]:
    """What a learner opened and completed, by lesson key."""
    rows = connection.execute(PROGRESS_OF, {"learner": learner_id})
    return {key: LessonProgress(opened, completed, fingerprint) for key, opened, completed, fingerprint in rows}


def progress_below(connection: Connection, prefixes: Sequence[str]) -> dict[int, dict[str, LessonProgress]]:
    """By learner id the progress in lessons whose keys begin so, of accounts and guests: who was removed is nobody."""
    is_below = or_(*(TABLE.c.lesson_key.startswith(prefix, autoescape=True) for prefix in prefixes))
    is_somebody = or_(LEARNER.c.account_id.is_not(None), LEARNER.c.guest.is_not(None))
    query = (
        select(TABLE.c.learner_id, TABLE.c.lesson_key, TABLE.c.opened, TABLE.c.completed, TABLE.c.fingerprint)
        .join(LEARNER, LEARNER.c.id == TABLE.c.learner_id)
        .where(is_below, is_somebody)
    )
    found: dict[int, dict[str, LessonProgress]] = {}
    for learner, key, opened, completed, fingerprint in connection.execute(query):
        found.setdefault(learner, {})[key] = LessonProgress(opened, completed, fingerprint)
    return found


def keep_opened(connection: Connection, learner_id: int, lesson_key: str, now: datetime) -> None:
    """Note that a lesson was opened, the first time."""
    row = {"learner_id": learner_id, "lesson_key": lesson_key, "opened": now, "fingerprint": ""}
    insert_or_ignore(connection, TABLE, [row])


def keep_completed(connection: Connection, learner_id: int, lesson_key: str, fingerprint: str, now: datetime) -> None:
    """Note that a lesson was completed; done again, it says which version was seen last and keeps its first time."""
    row = {
        "learner_id": learner_id, "lesson_key": lesson_key, "opened": now, "completed": now, "fingerprint": fingerprint,
    }  # fmt: skip
    upsert(connection, TABLE, row, first=["completed"], last=["fingerprint"])
