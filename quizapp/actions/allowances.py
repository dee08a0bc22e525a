"""What single learners get at quizzes beyond the settings: more time, more attempts."""

from dataclasses import dataclass
from datetime import datetime

from quizapp.actions.grading import close_overdue
from quizapp.content.model import Catalogue
from quizapp.errors import NotFound
from quizapp.grading.quizzes import NO_EXTRA, Extra, deadline
from quizapp.store import accounts, learners, quizzes
from quizapp.store.accounts import folded
from quizapp.store.database import Connection, Database
from quizapp.store.learners import Learner


@dataclass(frozen=True, slots=True)
class Allowance:
    """What somebody gets at a quiz; with an empty key at all of them."""

    name: str
    quiz_key: str
    extra: Extra


def look_up_allowances(database: Database, catalogue: Catalogue) -> list[Allowance]:
    """Who gets what, by name, at quizzes by their keys of now; a removed account is nobody any more."""
    with database.reading() as connection:
        names = learners.names_by_id(connection)
        found = quizzes.extras(connection)
    counts = {(learner, _keys(catalogue, key)[0]): extra for learner, key, extra in found}
    counts |= {(learner, key): extra for learner, key, extra in found}  # what was set under a key of now counts
    known = [
        Allowance(names[learner], key, extra)
        for (learner, key), extra in counts.items()
        if learner in names and key == _keys(catalogue, key)[0]
    ]
    return sorted(known, key=lambda one: (folded(one.name), one.quiz_key))


def set_allowance(
    database: Database, catalogue: Catalogue, name: str, quiz_key: str, extra: Extra, by: int | None, now: datetime
) -> str:
    """Set what the account of that name or address gets at a quiz, or (with an empty key) at all; returns its name.

    It replaces what was set there before; nothing more removes it. Attempts that run end when they would have, had it
    been so from their start. Raises NotFound where there is no such account.
    """
    close_overdue(database, now)  # what is over stays over
    with database.writing() as connection:
        account = accounts.find_by_name(connection, name)
        learner_id = learners.find_id(connection, Learner(account=account.id)) if account else None
        if account is None or learner_id is None:
            raise NotFound("There is no such account.")
        learners.raise_version(connection, learner_id)  # first: what begins an attempt holds this row too
        keys = _keys(catalogue, quiz_key)
        before = {key: known for learner, key, known in quizzes.extras(connection) if learner == learner_id}
        if next((before[key] for key in keys if key in before), NO_EXTRA) != extra:
            for former in before.keys() & set(keys[1:]):
                quizzes.set_extra(connection, learner_id, former, NO_EXTRA)
            quizzes.set_extra(connection, learner_id, keys[0], extra)
            accounts.note(connection, by, "changed extra time", account.id, now, _detail(keys[0], extra))
            _move_deadlines(connection, catalogue, learner_id, keys)
    return account.name


def _keys(catalogue: Catalogue, quiz_key: str) -> tuple[str, ...]:
    """The keys of the quiz that has or had a key, that of now first; one that is gone has its own."""
    quiz = catalogue.asking_quiz(quiz_key)
    return quiz.keys if quiz else (quiz_key,)


def _move_deadlines(connection: Connection, catalogue: Catalogue, learner_id: int, keys: tuple[str, ...]) -> None:
    for one in quizzes.running_of(connection, learner_id):
        if quizzes.EVERY_QUIZ in keys or one.content_key in keys:
            extra = quizzes.extra_for(connection, learner_id, _keys(catalogue, one.content_key))
            ends = deadline(one.terms.minutes, one.terms.closes, extra, one.started)
            quizzes.set_deadline(connection, one.id, ends)


def _detail(quiz_key: str, extra: Extra) -> str:
    """What the record says of it: at which quiz, how much of each."""
    return f"{quiz_key or '*'}: +{extra.minutes} min, +{extra.percent} %, +{extra.attempts}"
