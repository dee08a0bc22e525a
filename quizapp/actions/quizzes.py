"""What people do before and after an attempt at a quiz: look at where they stand, begin one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from fractions import Fraction

from quizapp.actions.grading import close_overdue
from quizapp.content.model import Module, Quiz, keys_of_now
from quizapp.errors import QuizappError
from quizapp.grading.draw import draw_order, draw_questions
from quizapp.grading.quizzes import (
    NO_EXTRA,
    Extra,
    Refused,
    attempts_left,
    deadline,
    is_passed,
    kept_score,
    refusal,
    terms_of,
)
from quizapp.store import attempts, learners, quizzes
from quizapp.store.attempts import DrawnQuestion, Result
from quizapp.store.database import Connection, Database
from quizapp.store.learners import Learner
from quizapp.store.quizzes import QuizAttempt


class NotStarted(QuizappError):
    """No attempt may be begun now; `refused` says why."""

    def __init__(self, refused: Refused) -> None:
        super().__init__("No attempt at this quiz can be begun now.")
        self.refused = refused


@dataclass(frozen=True, slots=True)
class QuizStanding:
    """Where a learner stands with a quiz: their attempts in order, and whether they may begin another.

    `left` is None for any number. `score` is the one that counts, None before the first attempt is submitted.
    """

    attempts: tuple[QuizAttempt, ...]
    refused: Refused | None
    left: int | None
    extra: Extra
    score: Fraction | None
    is_passed: bool

    @property
    def running(self) -> QuizAttempt | None:
        """The attempt that is not submitted yet, if there is one."""
        return next((one for one in self.attempts if one.submitted is None), None)

    @property
    def submitted(self) -> tuple[QuizAttempt, ...]:
        """The attempts that are."""
        return tuple(one for one in self.attempts if one.submitted is not None)


def look_up_quiz(database: Database, quiz: Quiz, learner: Learner, zone: tzinfo, now: datetime) -> QuizStanding:
    """Where a learner stands with a quiz; what is overdue is graded first."""
    close_overdue(database, now)
    if learner.id is None:
        return _standing(quiz, [], NO_EXTRA, zone, now)
    with database.reading() as connection:
        made = quizzes.attempts_at(connection, learner.id, quiz.keys)
        extra = quizzes.extra_for(connection, learner.id, quiz.keys)
    return _standing(quiz, made, extra, zone, now)


def look_up_passed(database: Database, modules: Iterable[Module], learner: Learner) -> Mapping[str, bool]:
    """Whether the quizzes of modules are passed that a learner submitted an attempt at, by key."""
    known = [quiz for module in modules for quiz in module.quizzes]
    if learner.id is None or not known:
        return {}
    with database.reading() as connection:
        scores = quizzes.scores_at(connection, learner.id, keys_of_now(known))
    return {quiz.key: _is_passed(quiz, scores[quiz.key]) for quiz in known if quiz.key in scores}


def start_attempt(
    database: Database,
    secret: bytes,
    quiz: Quiz,
    learner: Learner,
    attempt_id: str,
    zone: tzinfo,
    now: datetime,
) -> str:
    """Begin an attempt, and return its public id: that of the one that runs already, if one does.

    Its questions and their order are drawn now and stored. Raises NotStarted where none may be begun.
    """
    close_overdue(database, now)
    with database.writing() as connection:
        learner_id = learners.keep_learner(connection, learner, now)
        attempts.lock_attempt(connection, f"{learner_id} {quiz.key}")  # of two forms at once one begins it
        made = quizzes.attempts_at(connection, learner_id, quiz.keys)
        extra = quizzes.extra_for(connection, learner_id, quiz.keys)
        standing = _standing(quiz, made, extra, zone, now)
        if standing.running:
            return standing.running.public_id
        if standing.refused:
            raise NotStarted(standing.refused)
        _add(connection, secret, quiz, learner_id, attempt_id, extra, zone, now)
    return attempt_id


def _add(
    connection: Connection,
    secret: bytes,
    quiz: Quiz,
    learner_id: int,
    attempt_id: str,
    extra: Extra,
    zone: tzinfo,
    now: datetime,
) -> None:
    seen = quizzes.times_seen(connection, learner_id)
    drawn = [
        DrawnQuestion(
            number,
            question.key,
            question.fingerprint,
            draw_order(secret, attempt_id, number, question),
            question.points,
        )
        for number, question in enumerate(draw_questions(secret, attempt_id, quiz.entries, seen), start=1)
    ]
    terms = terms_of(quiz.settings, zone)
    nothing = Result(Fraction(0), passed=False, submitted=None)
    ends = deadline(terms.minutes, terms.closes, extra, now)
    attempts.add_attempt(connection, attempt_id, learner_id, quiz.key, drawn, nothing, now, terms, ends)


def _standing(quiz: Quiz, made: list[QuizAttempt], extra: Extra, zone: tzinfo, now: datetime) -> QuizStanding:
    scores = [one.score for one in made if one.submitted]
    return QuizStanding(
        attempts=tuple(made),
        refused=refusal(quiz.settings, zone, extra, made, now) if quiz.drawn else Refused("empty"),
        left=attempts_left(quiz.settings, extra, len(made)),
        extra=extra,
        score=kept_score(quiz.settings.keep, scores),
        is_passed=_is_passed(quiz, scores),
    )


def _is_passed(quiz: Quiz, scores: list[Fraction]) -> bool:
    return is_passed(kept_score(quiz.settings.keep, scores), quiz.settings.pass_mark)
