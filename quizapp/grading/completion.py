"""When a lesson, module or path is complete, and how far a learner has come."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Literal

from quizapp.content.model import Catalogue, Lesson, Module, Quiz

State = Literal["new", "opened", "completed", "changed"]


@dataclass(frozen=True, slots=True)
class LessonProgress:
    """What is known of one learner and one lesson; `fingerprint` is that of the lesson when it was completed."""

    opened: datetime | None = None
    completed: datetime | None = None
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class CheckRecord:
    """The best a learner reached in one check, over all attempts."""

    best_score: Fraction
    was_passed: bool


@dataclass(frozen=True, slots=True)
class ModuleProgress:
    """Completed lessons of a module; `next_lesson` is the first one that is not, None when all are.

    `next_quiz` is the first quiz with a pass mark that is not passed: those count for the module too.
    """

    completed: int
    total: int
    has_started: bool
    next_lesson: Lesson | None
    next_quiz: Quiz | None = None

    @property
    def is_complete(self) -> bool:
        """Whether every lesson is completed, and every quiz that can be failed is passed."""
        return self.completed == self.total and self.next_quiz is None


Progress = Mapping[str, LessonProgress]


def lesson_state(lesson: Lesson, progress: Progress) -> State:
    """How a lesson stands: a lesson changed after it was completed stays completed and says so."""
    known = progress.get(lesson.key)
    if known is None:
        return "new"
    if known.completed is None:
        return "opened"
    return "completed" if known.fingerprint == lesson.fingerprint else "changed"


def under_keys_of_now(catalogue: Catalogue, progress: Progress) -> Progress:
    """Progress made under former keys, counted for what the lessons are called now."""
    found: dict[str, LessonProgress] = {}
    for key, known in progress.items():
        now = catalogue.now_called(f"lesson {key}").partition(" ")[2]
        found[now] = _earlier(found[now], known) if now in found else known
    return found


def _earlier(one: LessonProgress, other: LessonProgress) -> LessonProgress:
    """Of two records of one lesson that which was completed first."""
    done = [record for record in (one, other) if record.completed]
    return min(done, key=lambda record: (record.completed is None, record.completed)) if done else one


def best_records(records: Iterable[tuple[str, CheckRecord]]) -> dict[str, CheckRecord]:
    """One record for each check, from several under its keys of now and before."""
    best: dict[str, CheckRecord] = {}
    for key, record in records:
        known = best.get(key, record)
        best[key] = CheckRecord(max(known.best_score, record.best_score), known.was_passed or record.was_passed)
    return best


def is_lesson_complete(lesson: Lesson, records: Mapping[str, CheckRecord]) -> bool:
    """Whether its checks complete a lesson, by its `complete:` rule; `records` are by check key."""
    found = [records.get(check.key) for check in lesson.checks]
    if lesson.complete == "read" or not found or None in found:
        return False
    known = [record for record in found if record is not None]
    if lesson.complete == "attempt":
        return True
    if lesson.complete == "pass":
        mean = sum((record.best_score for record in known), Fraction(0)) / len(known)
        return mean >= lesson.pass_mark
    return all(record.was_passed for record in known)


def is_completed_by_reading(lesson: Lesson) -> bool:
    """Whether **Continue** completes the lesson."""
    return lesson.complete == "read" or not lesson.checks


def module_progress(module: Module, progress: Progress, passed: Mapping[str, bool] | None = None) -> ModuleProgress:
    """How far a learner has come in a module; `passed` says of the quizzes they tried, by key, whether they passed."""
    tried = passed or {}
    done = [lesson_state(lesson, progress) in ("completed", "changed") for lesson in module.lessons]
    waiting = [lesson for lesson, is_done in zip(module.lessons, done, strict=True) if not is_done]
    has_started = any(lesson.key in progress for lesson in module.lessons) or any(
        quiz.key in tried for quiz in module.quizzes
    )
    to_pass = [quiz for quiz in module.quizzes if quiz.settings.pass_mark is not None and not tried.get(quiz.key)]
    return ModuleProgress(
        sum(done), len(done), has_started, waiting[0] if waiting else None, to_pass[0] if to_pass else None
    )


def last_lesson(lessons: Sequence[Lesson], progress: Progress) -> Lesson | None:
    """The lesson a learner did something in last."""

    def when(lesson: Lesson) -> float:
        known = progress[lesson.key]
        return max((at.timestamp() for at in (known.opened, known.completed) if at), default=0.0)

    known = [lesson for lesson in lessons if lesson.key in progress]
    return max(known, key=when) if known else None
