"""A learner says that a question is wrong; those who write and teach decide, and whoever said so is told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from quizapp.actions.standings import standing_of
from quizapp.content.model import Catalogue
from quizapp.errors import CheckChanged, NotFound, NotOffered
from quizapp.grading.rekeying import Present
from quizapp.grading.standing import Slot
from quizapp.questions.base import Question
from quizapp.store import attempts, disputes, learners, notices, regrades
from quizapp.store.attempts import StoredAttempt
from quizapp.store.database import Connection, Database
from quizapp.store.disputes import State, StoredDispute
from quizapp.store.learners import Learner
from quizapp.store.notices import NewNotice

DISPUTE_ANSWERED = "dispute-answered"
MAX_TEXT = 2000  # characters of what a learner or a decision says


@dataclass(frozen=True, slots=True)
class Disputable:
    """A question of an attempt as it was seen and answered; `dispute` is what was said of it before."""

    slot: Slot
    content_key: str
    dispute: StoredDispute | None


@dataclass(frozen=True, slots=True)
class Said:
    """What one learner says of a question, which they saw and answered as `slot` says."""

    dispute: StoredDispute
    slot: Slot


@dataclass(frozen=True, slots=True)
class DisputedQuestion:
    """What is said of one question and not decided; `now` is the question as it is, None where it is gone."""

    key: str
    now: Question | None
    said: tuple[Said, ...]


def look_up_disputable(database: Database, learner: Learner, attempt_id: str, number: int) -> Disputable:
    """A question of a learner's attempt that they may dispute. Raises NotFound for another's, or one without answer."""
    with database.reading() as connection:
        stored, slot = _own(connection, learner, attempt_id, number)
        return Disputable(slot, stored.content_key, disputes.find_dispute(connection, stored.id, number))


def dispute(database: Database, learner: Learner, attempt_id: str, number: int, text: str, now: datetime) -> None:
    """Store that a learner says that a question is wrong; said once, it stays. Raises as `look_up_disputable`.

    Raises NotOffered for no words, or too many.
    """
    words = text.replace("\r\n", "\n").strip()
    if not words or len(words) > MAX_TEXT:
        raise NotOffered("Say in a few words what is wrong with the question.")
    with database.writing() as connection:
        stored, _ = _own(connection, learner, attempt_id, number)
        learners.keep_learner(connection, learner, now)
        disputes.add_dispute(connection, stored.id, number, words, now)


def count_open(database: Database) -> int:
    """How many disputes nobody has decided."""
    with database.reading() as connection:
        return disputes.count_open(connection)


def look_up_disputes(database: Database, catalogue: Catalogue) -> list[DisputedQuestion]:
    """What nobody has decided yet, by question, the oldest first."""
    present = Present(catalogue)
    found: dict[str, tuple[Question | None, list[Said]]] = {}
    with database.reading() as connection:
        listed = disputes.open_disputes(connection)
        stored = {one.id: one for one in regrades.find_attempts(connection, {one.attempt_id for one in listed})}
        for one in listed:
            slot = _slot(connection, stored[one.attempt_id], one.slot)
            now = present.version_of(one.question_key)
            if slot:
                found.setdefault(now.key if now else one.question_key, (now, []))[1].append(Said(one, slot))
    return [DisputedQuestion(key, now, tuple(said)) for key, (now, said) in found.items()]


def decide(
    database: Database,
    catalogue: Catalogue,
    ids: Collection[int],
    state: State,
    answer: str,
    author: int | None,
    now: datetime,
) -> int:
    """Accept or reject disputes and tell who made them; gives how many.

    Raises NotOffered for a rejection that does not say why.
    """
    words = answer.replace("\r\n", "\n").strip()[:MAX_TEXT]
    if state == "rejected" and not words:
        raise NotOffered("Write why the question stays as it is: whoever disputed it reads that.")
    present = Present(catalogue)
    with database.writing() as connection:
        done = disputes.decide_disputes(connection, ids, state, words, author, now)
        told = [NewNotice(one.learner_id, DISPUTE_ANSWERED, _about(one, present)) for one in done]
        notices.add_notices(connection, told, now)
        regrades.raise_versions(connection, {one.learner_id for one in done})
    return len(done)


def _own(connection: Connection, learner: Learner, attempt_id: str, number: int) -> tuple[StoredAttempt, Slot]:
    stored = attempts.find_attempt(connection, attempt_id)
    if stored is None or stored.learner_id != learners.find_id(connection, learner):
        raise NotFound("There is no such attempt.")
    slot = _slot(connection, stored, number)
    is_shown = slot is not None and slot.tries > 0 and (stored.terms is None or stored.submitted is not None)
    if slot is None or not is_shown:
        raise NotFound("There is no such question.")
    return stored, slot


def _slot(connection: Connection, stored: StoredAttempt, number: int) -> Slot | None:
    """A question of an attempt; None where there is none of that number, or it cannot be shown any more."""
    try:
        slots = standing_of(connection, stored, ()).slots
    except CheckChanged:
        return None
    return slots[number - 1] if 0 < number <= len(slots) else None


def _about(one: StoredDispute, present: Present) -> dict[str, str]:
    now = present.version_of(one.question_key)
    return {
        "attempt": one.public_id,
        "content": one.content_key,
        "title": now.title if now else one.question_key,
        "state": one.state,
        "words": one.answer,
    }
