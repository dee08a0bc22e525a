"""How often somebody may try something; counted across all workers, in the database."""

from datetime import datetime, timedelta
from hashlib import sha256

from quizapp.errors import QuizappError
from quizapp.store import throttles
from quizapp.store.database import Connection, Database
from quizapp.store.throttles import Limit

# Five tries at one name from one place cost nothing; the others keep lists of names and many places slow. A class sits
# behind one address: what went well is taken back, and many may sign up.
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
    """Count a try under each key. Raises TooManyTries.

    Where one key holds it back, it counts under none: who is stopped at one place cannot stop a name for all others.
    """
    limits = {_digest(key): limit for key, limit in limited}
    with database.reading() as connection:
        wait = throttles.longest_wait(connection, limits, now)
    if not wait:
        with database.writing() as connection:  # another may have come between
            wait = max([throttles.count_try(connection, key, limit, now) for key, limit in limits.items()])
    if wait:
        raise TooManyTries(wait)


def take_back(connection: Connection, first: str, *others: str, now: datetime) -> None:
    """A try went well: begin to count the first key anew, let this one not count under the others."""
    throttles.forget_tries(connection, _digest(first))
    throttles.take_back(connection, [_digest(key) for key in others])
    throttles.forget_old(connection, now - COUNTS_KEPT)


def _digest(key: str) -> str:
    """Keys name places and what was typed for a name, which may be a password: they are not kept as they are."""
    return sha256(key.encode()).hexdigest()[:32]
