"""Whom a change of the content touches; nothing is written."""

from collections.abc import Iterable

from quizapp.content.model import Catalogue
from quizapp.grading.differences import ChangedQuestion, Differences, Lost
from quizapp.grading.rekeying import former_keys
from quizapp.store.database import Connection, Database
from quizapp.store.usage import Usage, usage_of_content, usage_of_question


def effects_of(database: Database, before: Catalogue, found: Differences) -> dict[str, Usage]:
    """How much rests on what differs, by its kind and key of now (`question m#name`); of what is lost, its own."""
    former: dict[str, set[str]] = {}
    for old, question in former_keys(before.questions()):
        former.setdefault(question.key, set()).add(old)
    with database.reading() as connection:
        effects = {
            f"question {one.key}": usage_of_question(connection, {one.before.key, *former.get(one.before.key, ())})
            for one in _questions(found)
        }
        for question in found.held_up:
            effects[f"question {question.key}"] = usage_of_question(connection, {question.key})
        for gone in found.lost:
            effects[f"{gone.kind} {gone.key}"] = _usage_of_lost(connection, gone, former)
        for changed in found.settings:
            if changed.kind == "quiz":
                effects[f"quiz {changed.key}"] = usage_of_content(connection, {changed.key}, ())
    return effects


def _questions(found: Differences) -> Iterable[ChangedQuestion]:
    yield from (*found.keys, *found.texts, *found.renamed, *found.reused)


def _usage_of_lost(connection: Connection, gone: Lost, former: dict[str, set[str]]) -> Usage:
    if gone.kind == "question":
        return usage_of_question(connection, {gone.key, *former.get(gone.key, ())})
    if gone.kind == "module":
        return usage_of_content(connection, (), {f"{gone.key}/"})
    if gone.kind == "lesson":
        return usage_of_content(connection, {gone.key}, {f"{gone.key}#"})
    return usage_of_content(connection, {gone.key} if gone.kind != "path" else (), ())
