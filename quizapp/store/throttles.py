"""How often something was tried; counted in the database, so that every process counts the same."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update

from quizapp.store.dialect import insert_or_ignore
from quizapp.store.tables import Base

TABLE = Base.metadata.tables["throttle"]


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries are free within `within`; after that the wait doubles from `first` to `longest`."""

    free: int
    within: timedelta
    first: timedelta
    longest: timedelta

    def wait(self, count: int) -> timedelta:
        """How long to wait after the try of that number."""
        over = count - self.free
        return timedelta(0) if over < 0 else min(self.longest, self.first * 2 ** min(over, 30))


def count_try(connection: Connection, key: str, limit: Limit, now: datetime) -> timedelta:
    """Count a try, or say how long to wait before the next; a try that has to wait is not counted."""
    insert_or_ignore(connection, TABLE, [{"key": key, "tries": 0, "since": now}])
    row = connection.execute(select(TABLE).where(TABLE.c.key == key).with_for_update()).one()
    if row.until and now < row.until:
        wait: timedelta = row.until - now
        return wait
    count, since = (row.tries + 1, row.since) if now - row.since < limit.within else (1, now)
    wait = limit.wait(count)
    values = {"tries": count, "since": since, "until": now + wait if wait else None}
    connection.execute(update(TABLE).where(TABLE.c.key == key).values(values))
    return timedelta(0)


def longest_wait(connection: Connection, keys: Collection[str], now: datetime) -> timedelta:
    """How long to wait until none of these keys holds anybody back."""
    until = connection.execute(select(TABLE.c.until).where(TABLE.c.key.in_(keys), TABLE.c.until > now)).scalars()
    return max((one - now for one in until), default=timedelta(0))


def take_back(connection: Connection, keys: Collection[str]) -> None:
    """Count one try less under each of these keys."""
    connection.execute(update(TABLE).where(TABLE.c.key.in_(keys), TABLE.c.tries > 0).values(tries=TABLE.c.tries - 1))


def forget_tries(connection: Connection, key: str) -> None:
    """Begin to count anew."""
    connection.execute(delete(TABLE).where(TABLE.c.key == key))


def forget_old(connection: Connection, before: datetime) -> None:
    """Remove counts that began before that and hold nobody back any more."""
    connection.execute(delete(TABLE).where(TABLE.c.since < before, TABLE.c.until.is_(None) | (TABLE.c.until < before)))
