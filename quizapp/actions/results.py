"""Who has done what in a module."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from fractions import Fraction

from quizapp.actions.grading import close_overdue
from quizapp.content.model import Catalogue, Lesson, Module, keys_of_now
from quizapp.grading.completion import (
    CheckRecord,
    LessonProgress,
    State,
    best_records,
    lesson_state,
    under_keys_of_now,
)
from quizapp.grading.quizzes import is_passed, kept_score
from quizapp.store import attempts, learners, progress, quizzes
from quizapp.store.accounts import folded
from quizapp.store.database import Database


@dataclass(frozen=True, slots=True)
class QuizResult:
    """How a learner did in a quiz: the score that counts (0 … 1), whether it is enough, after how many attempts."""

    score: Fraction
    is_passed: bool
    attempts: int


@dataclass(frozen=True, slots=True)
class LearnerRow:
    """One learner in a module: how each lesson stands, the score in those whose checks were tried, when last.

    `quizzes` are the results of the quizzes that they submitted an attempt at, by key.
    """

    name: str
    states: Mapping[str, State]
    completed: int
    scores: Mapping[str, Fraction]
    last: datetime | None
    quizzes: Mapping[str, QuizResult] = field(default_factory=dict)

    @property
    def has_begun(self) -> bool:
        """Whether any lesson was opened, or an attempt at a quiz submitted."""
        return bool(self.quizzes) or any(state != "new" for state in self.states.values())


@dataclass(frozen=True, slots=True)
class ModuleResults:
    """Everybody with an account, by name: who began a module, and who did not.

    Guests are only counted, with what they completed; whose account was removed is nobody any more.
    """

    rows: tuple[LearnerRow, ...]
    not_begun: tuple[LearnerRow, ...]
    guests: int
    guests_completed: Mapping[str, int]


def look_up_results(database: Database, catalogue: Catalogue, module: Module, now: datetime) -> ModuleResults:
    """Who began a module and how far they came; what was done under former keys counts.

    Attempts whose time is over are graded first.
    """
    close_overdue(database, now)
    checks = _checks_by_key(module)
    with database.reading() as connection:
        names = learners.names_by_id(connection)
        found = progress.progress_below(connection, _prefixes(catalogue, module))
        best = attempts.best_of_each(connection, list(checks))
        scores = quizzes.scores_of_all(connection, keys_of_now(module.quizzes))
    records: dict[int, list[tuple[str, CheckRecord]]] = {}
    for (learner, key), record in best.items():
        records.setdefault(learner, []).append((checks[key], record))

    def row(learner: int) -> LearnerRow:
        known = under_keys_of_now(catalogue, found.get(learner, {}))
        done = _row(names.get(learner, ""), module, known, best_records(records.get(learner, [])))
        return replace(done, quizzes=_quizzes(module, scores.get(learner, {})))

    everybody = sorted((row(learner) for learner in names), key=lambda one: folded(one.name))
    guests = [one for one in (row(learner) for learner in found if learner not in names) if one.has_begun]
    return ModuleResults(
        rows=tuple(one for one in everybody if one.has_begun),
        not_begun=tuple(one for one in everybody if not one.has_begun),
        guests=len(guests),
        guests_completed={key: sum(is_done(one.states[key]) for one in guests) for key in _keys(module)},
    )


def is_done(state: State) -> bool:
    """Whether a lesson counts as completed."""
    return state in ("completed", "changed")


def _row(
    name: str, module: Module, known: Mapping[str, LessonProgress], records: Mapping[str, CheckRecord]
) -> LearnerRow:
    states = {lesson.key: lesson_state(lesson, known) for lesson in module.lessons}
    times = [at for key in states if key in known for at in (known[key].opened, known[key].completed) if at]
    completed = sum(is_done(state) for state in states.values())
    scores = {lesson.key: _score(lesson, records) for lesson in module.lessons if _is_tried(lesson, records)}
    return LearnerRow(name, states, completed, scores, max(times, default=None))


def _quizzes(module: Module, scores: Mapping[str, list[Fraction]]) -> dict[str, QuizResult]:
    found = {}
    for quiz in module.quizzes:
        kept = kept_score(quiz.settings.keep, scores.get(quiz.key, []))
        if kept is not None:
            found[quiz.key] = QuizResult(kept, is_passed(kept, quiz.settings.pass_mark), len(scores[quiz.key]))
    return found


def _is_tried(lesson: Lesson, records: Mapping[str, CheckRecord]) -> bool:
    return any(check.key in records for check in lesson.checks)


def _score(lesson: Lesson, records: Mapping[str, CheckRecord]) -> Fraction:
    """The best result in the check of a lesson; of several the mean, as where they have to be passed."""
    best = [records[check.key].best_score if check.key in records else Fraction() for check in lesson.checks]
    return sum(best, Fraction()) / len(best)


def _checks_by_key(module: Module) -> dict[str, str]:
    """The keys that the checks of a module have and had, with those of now."""
    checks = [check for lesson in module.lessons for check in lesson.checks]
    return {key: check.key for check in checks for key in (check.key, *check.former)}


def _keys(module: Module) -> list[str]:
    return [lesson.key for lesson in module.lessons]


def _prefixes(catalogue: Catalogue, module: Module) -> list[str]:
    """How the keys begin of lessons that are in the module, or were under former keys."""
    prefixes = {f"{module.key}/"}
    for old, now in catalogue.moved.items():
        kind, _, key = now.partition(" ")
        if key.partition("/")[0] == module.key:
            former = old.partition(" ")[2]
            prefixes.add(former if kind == "lesson" else f"{former}/")
    return sorted(prefixes)
