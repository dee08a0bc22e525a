"""What people do with a lesson: open it, complete it by reading, look at where they stand."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from quizapp.content.model import Catalogue, Lesson
from quizapp.grading.completion import (
    CheckRecord,
    LessonProgress,
    best_records,
    is_completed_by_reading,
    is_lesson_complete,
    under_keys_of_now,
)
from quizapp.store import attempts, learners, progress
from quizapp.store.attempts import AttemptNote
from quizapp.store.database import Connection, Database
from quizapp.store.learners import Learner


@dataclass(frozen=True, slots=True)
class Opened:
    """What a lesson page knows of its learner: all progress, and the newest attempt at each of its checks."""

    progress: Mapping[str, LessonProgress]
    attempts: Mapping[str, AttemptNote]


def look_up_progress(database: Database, catalogue: Catalogue, learner: Learner) -> Mapping[str, LessonProgress]:
    """What a learner opened and completed, by lesson key; what was done under a former key counts."""
    if learner.id is None:
        return {}
    with database.reading() as connection:
        return under_keys_of_now(catalogue, progress.progress_of(connection, learner.id))


def open_lesson(database: Database, catalogue: Catalogue, lesson: Lesson, learner: Learner, now: datetime) -> Opened:
    """Look up what a lesson page shows; the first time a known learner opens the lesson, that is noted."""
    if learner.id is None:
        return Opened({}, {})
    with database.reading() as connection:
        known = under_keys_of_now(catalogue, progress.progress_of(connection, learner.id))
        keys = {key: check.key for check in lesson.checks for key in (*check.former, check.key)}
        found = attempts.latest_attempts(connection, learner.id, keys) if keys else {}
        notes = {keys[key]: found[key] for key in keys if key in found}
    if lesson.key not in known:
        with database.writing() as connection:
            progress.keep_opened(connection, learners.keep_learner(connection, learner, now), lesson.key, now)
        known = {**known, lesson.key: LessonProgress(opened=now)}
    return Opened(known, notes)


def finish_reading(database: Database, lesson: Lesson, learner: Learner, now: datetime) -> None:
    """Complete a lesson that is completed by reading; any other is left as it is."""
    if not is_completed_by_reading(lesson):
        return
    with database.writing() as connection:
        learner_id = learners.keep_learner(connection, learner, now)
        progress.keep_completed(connection, learner_id, lesson.key, lesson.fingerprint, now)


def settle_lesson(
    connection: Connection, lesson: Lesson, learner_id: int, reached: Mapping[str, CheckRecord], now: datetime
) -> None:
    """Note a lesson of which checks were answered as opened, or as completed if its checks complete it.

    `reached` is what was reached just now; earlier attempts are asked for where that alone does not complete it.
    """
    if not is_lesson_complete(lesson, reached):
        keys = [key for check in lesson.checks for key in (check.key, *check.former)]
        reached = _records(lesson, attempts.records_of(connection, learner_id, keys))
    if is_lesson_complete(lesson, reached):
        progress.keep_completed(connection, learner_id, lesson.key, lesson.fingerprint, now)
    else:
        progress.keep_opened(connection, learner_id, lesson.key, now)


def settle_lessons(
    connection: Connection, catalogue: Catalogue, learner_id: int, now: datetime, only: Collection[str] | None = None
) -> None:
    """Complete every lesson that all attempts of a learner together complete, and that is not completed yet.

    With `only`, no others than those of these keys.
    """
    found = attempts.records_of(connection, learner_id)
    done = {key for key, known in progress.progress_of(connection, learner_id).items() if known.completed}
    for module in catalogue.modules.values():
        for lesson in module.lessons:
            is_meant = lesson.key not in done and (only is None or lesson.key in only)
            if is_meant and is_lesson_complete(lesson, _records(lesson, found)):
                progress.keep_completed(connection, learner_id, lesson.key, lesson.fingerprint, now)


def _records(lesson: Lesson, found: Mapping[str, CheckRecord]) -> dict[str, CheckRecord]:
    """The records of the checks of a lesson under their keys of now."""
    keys = {key: check.key for check in lesson.checks for key in (check.key, *check.former)}
    return best_records((keys[key], record) for key, record in found.items() if key in keys)
