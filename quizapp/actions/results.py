"""Who has done what in a module."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from quizapp.content.model import Catalogue, Module
from quizapp.grading.completion import (
    CheckRecord,
    LessonProgress,
    State,
    best_records,
    lesson_state,
    under_keys_of_now,
)
from quizapp.store import attempts, learners, progress
from quizapp.store.database import Database


@dataclass(frozen=True, slots=True)
class LearnerRow:
    """One learner in a module: how each lesson stands, the best score in each check that was tried, when last."""

    name: str
    states: Mapping[str, State]
    completed: int
    checks: Mapping[str, CheckRecord]
    last: datetime | None


@dataclass(frozen=True, slots=True)
class ModuleResults:
    """Everybody with an account who began a module, by name; guests are only counted, with what they completed."""

    rows: tuple[LearnerRow, ...]
    guests: int
    guests_completed: Mapping[str, int]


def look_up_results(database: Database, catalogue: Catalogue, module: Module) -> ModuleResults:
    """Who began a module and how far they came; what was done under former keys counts."""
    every = [check for lesson in module.lessons for check in lesson.checks]
    checks = {key: check.key for check in every for key in (check.key, *check.former)}
    with database.reading() as connection:
        names = learners.names_by_id(connection)
        found = progress.progress_below(connection, _prefixes(catalogue, module))
        best = attempts.best_of_each(connection, list(checks))
    records: dict[int, list[tuple[str, CheckRecord]]] = {}
    for (learner, key), record in best.items():
        records.setdefault(learner, []).append((checks[key], record))
    rows: list[LearnerRow] = []
    guests: list[LearnerRow] = []
    for learner, (has_account, lessons) in found.items():
        known = under_keys_of_now(catalogue, lessons)
        row = _row(names.get(learner, ""), module, known, best_records(records.get(learner, [])))
        if any(state != "new" for state in row.states.values()):
            (rows if has_account else guests).append(row)
    return ModuleResults(
        rows=tuple(sorted(rows, key=lambda row: row.name.casefold())),
        guests=len(guests),
        guests_completed={key: sum(is_done(row.states[key]) for row in guests) for key in _keys(module)},
    )


def is_done(state: State) -> bool:
    """Whether a lesson counts as completed."""
    return state in ("completed", "changed")


def _row(
    name: str, module: Module, known: Mapping[str, LessonProgress], checks: Mapping[str, CheckRecord]
) -> LearnerRow:
    states = {lesson.key: lesson_state(lesson, known) for lesson in module.lessons}
    times = [at for key in states if key in known for at in (known[key].opened, known[key].completed) if at]
    completed = sum(is_done(state) for state in states.values())
    return LearnerRow(name, states, completed, checks, max(times, default=None))


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
