"""Who learns."""

from datetime import datetime

from sqlalchemy import Connection, select

from quizapp.store.dialect import insert_or_ignore
from quizapp.store.tables import Base

TABLE = Base.metadata.tables["learner"]


def find_learner(connection: Connection, guest: str) -> int | None:
    """The id of the guest of that cookie; None before anything of theirs was stored."""
    return connection.execute(select(TABLE.c.id).where(TABLE.c.guest == guest)).scalar()


def keep_learner(connection: Connection, guest: str, now: datetime) -> int:
    """The id of the guest of that cookie, who is added if unknown."""
    known = find_learner(connection, guest)
    if known is not None:
        return known
    insert_or_ignore(connection, TABLE, [{"guest": guest, "created": now}])
    return int(connection.execute(select(TABLE.c.id).where(TABLE.c.guest == guest)).scalar_one())
