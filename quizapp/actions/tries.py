"""How often somebody may try something; counted across all workers, in the database."""

from datetime import datetime, timedelta
from hashlib import sha256

from quizapp.errors import QuizappError
from quizapp.store import throttles
from quizapp.store.database import Connection, Database
from quizapp.store.throttles import Limit

# Five tries at one name from one place cost nothing; the others keep lists of names and many places slow.
PLACE_AND_NAME = Limit(5, timedelta(hours=1), timedelta(seconds=15), timedelta(minutes=15))
NAME = Limit(60, timedelta(hours=1), timedelta(seconds=5), timedelta(minutes=1))
PLACE = Limit(100, timedelta(hours=1), timedelta(seconds=15), timedelta(minutes=15))
FEW = Limit(10, timedelta(hours=1), timedelta(minutes=1), timedelta(hours=1))
COUNTS_KEPT = timedelta(days=1)


class TooManyTries(QuizappError):
    """Something was tried too often; `wait` is how long it takes no more."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__("Too many tries. Wait, then try again.")
        self.wait = wait


def count(database: Database, now: datetime, *limited: tuple[str, Limit]) -> None:
    """Count a try under each key. Raises TooManyTries."""
    with database.writing() as connection:
        waits = [throttles.count_try(connection, _digest(key), limit, now) for key, limit in limited]
    if max(waits):
        raise TooManyTries(max(waits))


def forget(connection: Connection, key: str, now: datetime) -> None:
    """Begin to count a key anew, and let go of what is long over."""
    throttles.forget_tries(connection, _digest(key))
    throttles.forget_old(connection, now - COUNTS_KEPT)


def _digest(key: str) -> str:
    """Keys name places and what was typed for a name, which may be a password: they are not kept as they are."""
    return sha256(key.encode()).hexdigest()[:32]
