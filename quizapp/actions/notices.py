"""What learners are told: look it up, and say that it was read."""

from collections.abc import Sequence
from datetime import datetime

from quizapp.errors import NotFound
from quizapp.store import learners, notices
from quizapp.store.database import Database
from quizapp.store.learners import Learner
from quizapp.store.notices import Notice


def look_up_notices(database: Database, learner: Learner) -> Sequence[Notice]:
    """What a learner has not read yet, newest first."""
    if learner.id is None:
        return ()
    with database.reading() as connection:
        return notices.unread_notices(connection, learner.id)


def dismiss(database: Database, learner: Learner, notice: int, now: datetime) -> None:
    """Note that a learner has read a notice. Raises NotFound for another's or none."""
    with database.writing() as connection:
        learner_id = learners.find_id(connection, learner)
        if learner_id is None or not notices.mark_read(connection, learner_id, notice, now):
            raise NotFound("There is no such notice.")
        learners.keep_learner(connection, learner, now)
