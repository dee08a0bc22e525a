"""What is stored of quizzes beside their attempts: who gets more, what was flagged and opened, what is overdue."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import Connection, Update, delete, func, select, update

from quizapp.grading.quizzes import Extra, Past, Terms
from quizapp.store.dialect import upsert
from quizapp.store.tables import Base

ATTEMPT = Base.metadata.tables["attempt"]
QUESTION = Base.metadata.tables["attempt_question"]
RESPONSE = Base.metadata.tables["response"]
MARK = Base.metadata.tables["mark"]
OVERRIDE = Base.metadata.tables["override"]
EVERY_QUIZ = ""  # the content key of what holds for all of them


@dataclass(frozen=True, slots=True)
class QuizAttempt(Past):
    """An attempt at a quiz as a list shows it; `awaits_person` is that some of it is not marked yet."""

    public_id: str = ""
    deadline: datetime | None = None
    awaits_person: bool = False


def attempts_at(connection: Connection, learner_id: int, quiz_keys: Collection[str]) -> list[QuizAttempt]:
    """The attempts of a learner at a quiz that has or had these keys, in the order in which they were begun."""
    query = (
        select(ATTEMPT)
        .where(ATTEMPT.c.learner_id == learner_id, ATTEMPT.c.kind == "quiz", ATTEMPT.c.content_key.in_(list(quiz_keys)))
        .order_by(ATTEMPT.c.id)
    )
    rows = connection.execute(query).all()
    unmarked = _unmarked(connection, [row.id for row in rows if row.submitted])
    return [
        QuizAttempt(
            row.started, row.submitted, row.score, row.passed, row.public_id, row.deadline, row.id in unmarked
        )
        for row in rows
    ]  # fmt: skip


def _unmarked(connection: Connection, attempts: list[int]) -> set[int]:
    """Which of these submitted attempts hold a text that nobody has marked: not the drafts before it."""
    last = (
        select(func.max(RESPONSE.c.id))
        .where(RESPONSE.c.attempt_id.in_(attempts))
        .group_by(RESPONSE.c.attempt_id, RESPONSE.c.slot)
    )
    query = (
        select(RESPONSE.c.attempt_id)
        .outerjoin(MARK, MARK.c.response_id == RESPONSE.c.id)
        .where(RESPONSE.c.id.in_(last), MARK.c.id.is_(None), RESPONSE.c.value != "null")
    )
    return set(connection.execute(query).scalars()) if attempts else set()


def scores_at(connection: Connection, learner_id: int, quiz_keys: Mapping[str, str]) -> dict[str, list[Fraction]]:
    """The scores of the submitted attempts of a learner, in order, by the key of the quiz.

    `quiz_keys` are the keys that quizzes have and had, each with that of now.
    """
    query = (
        select(ATTEMPT.c.content_key, ATTEMPT.c.score)
        .where(ATTEMPT.c.learner_id == learner_id, ATTEMPT.c.kind == "quiz", ATTEMPT.c.submitted.is_not(None))
        .where(ATTEMPT.c.content_key.in_(list(quiz_keys)))
        .order_by(ATTEMPT.c.id)
    )
    found: dict[str, list[Fraction]] = {}
    for key, score in connection.execute(query):
        found.setdefault(quiz_keys[key], []).append(score)
    return found


def scores_of_all(connection: Connection, quiz_keys: Mapping[str, str]) -> dict[int, dict[str, list[Fraction]]]:
    """The scores of all submitted attempts at these quizzes, in order, by learner id and key; see `scores_at`."""
    query = (
        select(ATTEMPT.c.learner_id, ATTEMPT.c.content_key, ATTEMPT.c.score)
        .where(ATTEMPT.c.kind == "quiz", ATTEMPT.c.submitted.is_not(None))
        .where(ATTEMPT.c.content_key.in_(list(quiz_keys)))
        .order_by(ATTEMPT.c.id)
    )
    found: dict[int, dict[str, list[Fraction]]] = {}
    for learner, key, score in connection.execute(query):
        found.setdefault(learner, {}).setdefault(quiz_keys[key], []).append(score)
    return found


def times_seen(connection: Connection, learner_id: int) -> dict[str, int]:
    """How often a learner got each question in attempts at quizzes, by question key."""
    query = (
        select(QUESTION.c.question_key, func.count())
        .join(ATTEMPT, ATTEMPT.c.id == QUESTION.c.attempt_id)
        .where(ATTEMPT.c.learner_id == learner_id, ATTEMPT.c.kind == "quiz")
        .group_by(QUESTION.c.question_key)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def overdue(connection: Connection, before: datetime) -> list[str]:
    """The public ids of running attempts whose deadline is not after that moment."""
    query = select(ATTEMPT.c.public_id).where(ATTEMPT.c.submitted.is_(None), ATTEMPT.c.deadline <= before)
    return list(connection.execute(query).scalars())


def extra_for(connection: Connection, learner_id: int, quiz_keys: Sequence[str]) -> Extra:
    """What a learner gets beyond the settings of a quiz: for it and for all quizzes together.

    Of several keys, that of now first, the first one counts under which something was set.
    """
    holds = OVERRIDE.c.content_key.in_((EVERY_QUIZ, *quiz_keys))
    rows = connection.execute(select(OVERRIDE).where(OVERRIDE.c.learner_id == learner_id, holds))
    found = {row.content_key: Extra(row.minutes, row.percent, row.attempts) for row in rows}
    here = next((found[key] for key in quiz_keys if key in found), Extra())
    return here + found.get(EVERY_QUIZ, Extra())


def extras(connection: Connection) -> list[tuple[int, str, Extra]]:
    """Everything that anybody gets: learner id, content key (empty: all quizzes), what."""
    rows = connection.execute(select(OVERRIDE).order_by(OVERRIDE.c.learner_id, OVERRIDE.c.content_key))
    return [(row.learner_id, row.content_key, Extra(row.minutes, row.percent, row.attempts)) for row in rows]


def set_extra(connection: Connection, learner_id: int, quiz_key: str, extra: Extra) -> None:
    """Set what a learner gets at a quiz, or (with an empty key) at all; nothing more removes it."""
    if extra == Extra():
        this = (OVERRIDE.c.learner_id == learner_id) & (OVERRIDE.c.content_key == quiz_key)
        connection.execute(delete(OVERRIDE).where(this))
        return
    row = {
        "learner_id": learner_id, "content_key": quiz_key,
        "minutes": extra.minutes, "percent": extra.percent, "attempts": extra.attempts,
    }  # fmt: skip
    upsert(connection, OVERRIDE, row, first=[], last=["minutes", "percent", "attempts"])


@dataclass(frozen=True, slots=True)
class Running:
    """An attempt that runs, with what decides when it ends."""

    id: int
    content_key: str
    started: datetime
    terms: Terms


def running_of(connection: Connection, learner_id: int) -> list[Running]:
    """The attempts at quizzes that a learner has not submitted."""
    query = select(ATTEMPT).where(
        ATTEMPT.c.learner_id == learner_id, ATTEMPT.c.kind == "quiz", ATTEMPT.c.submitted.is_(None)
    )
    return [
        Running(row.id, row.content_key, row.started, Terms.from_json(json.loads(row.terms)))
        for row in connection.execute(query)
    ]


def set_deadline(connection: Connection, attempt_id: int, deadline: datetime | None) -> None:
    """Set when an attempt that runs ends by itself."""
    this = (ATTEMPT.c.id == attempt_id) & ATTEMPT.c.submitted.is_(None)
    connection.execute(update(ATTEMPT).where(this).values(deadline=deadline))


def set_position(connection: Connection, attempt_id: int, position: int) -> None:
    """Note the question that a forward-only attempt has come to; it never goes back."""
    this = (ATTEMPT.c.id == attempt_id) & (ATTEMPT.c.position < position)
    connection.execute(update(ATTEMPT).where(this).values(position=position))


def set_flag(connection: Connection, attempt_id: int, slot: int, is_flagged: bool) -> None:
    """Note whether a learner wants to come back to a question."""
    connection.execute(_question(attempt_id, slot).values(flagged=is_flagged))


def open_hints(connection: Connection, attempt_id: int, slot: int, number: int) -> None:
    """Note that so many hints of a question were opened; what was opened stays so."""
    connection.execute(_question(attempt_id, slot).where(QUESTION.c.hints < number).values(hints=number))


def _question(attempt_id: int, slot: int) -> Update:
    return update(QUESTION).where(QUESTION.c.attempt_id == attempt_id, QUESTION.c.slot == slot)
