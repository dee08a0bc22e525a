"""What people do with a lesson: open it, complete it by reading, look at where they stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from quizapp.content.model import Catalogue, Lesson
from quizapp.grading.completion import LessonProgress, is_completed_by_reading, under_keys_of_now
from quizapp.store import attempts, learners, progress
from quizapp.store.attempts import AttemptNote
from quizapp.store.database import Database


@dataclass(frozen=True, slots=True)
class Opened:
    """What a lesson page knows of its learner: all progress, and the newest attempt at each of its checks."""

    progress: Mapping[str, LessonProgress]
    attempts: Mapping[str, AttemptNote]


def look_up_progress(database: Database, catalogue: Catalogue, guest: str) -> Mapping[str, LessonProgress]:
    """What a guest opened and completed, by lesson key; what was done under a former key counts."""
    with database.reading() as connection:
        return under_keys_of_now(catalogue, progress.progress_of(connection, guest)[1])


def open_lesson(database: Database, catalogue: Catalogue, lesson: Lesson, guest: str, now: datetime) -> Opened:
    """Look up what a lesson page shows; the first time a known learner opens the lesson, that is noted."""
    with database.reading() as connection:
        learner_id, stored = progress.progress_of(connection, guest)
        known = under_keys_of_now(catalogue, stored)
        keys = {key: check.key for check in lesson.checks for key in (*check.former, check.key)}
        found = attempts.latest_attempts(connection, guest, keys) if keys and learner_id else {}
        notes = {keys[key]: found[key] for key in keys if key in found}
    if learner_id is not None and lesson.key not in known:
        with database.writing() as connection:
            progress.keep_opened(connection, learner_id, lesson.key, now)
        known = {**known, lesson.key: LessonProgress(opened=now)}
    return Opened(known, notes)


def finish_reading(database: Database, lesson: Lesson, guest: str, now: datetime) -> None:
    """Complete a lesson that is completed by reading; any other is left as it is."""
    if not is_completed_by_reading(lesson):
        return
    with database.writing() as connection:
        learner_id = learners.keep_learner(connection, guest, now)
        progress.keep_completed(connection, learner_id, lesson.key, lesson.fingerprint, now)
