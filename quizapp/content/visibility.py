"""The catalogue as somebody may see it; what is hidden is absent everywhere."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from quizapp.content.links import paths_in
from quizapp.content.model import Bank, Catalogue, Check, Entry, LearningPath, Lesson, Module, Quiz
from quizapp.questions.base import Question, parts_of


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks: the audiences they belong to, whether the site is open to them.

    Staff look into banks and quizzes too; authors see what is hidden.
    """

    belongs_to: frozenset[str] = frozenset()
    is_admitted: bool = True
    is_staff: bool = False
    is_author: bool = False


EVERYBODY = Viewer()


def visible(catalogue: Catalogue, viewer: Viewer, today: date) -> Catalogue:
    """What somebody sees today; modules and paths with nothing to show are left out."""
    view = _View(viewer, today)
    modules = {key: view.module(module) for key, module in catalogue.modules.items() if view.frames(module)}
    modules = {key: module for key, module in modules.items() if module.lessons or module.quizzes}
    paths = [view.path(path, modules.keys()) for path in catalogue.paths if view.frames(path)]
    links = {path: target for path, target in catalogue.links.items() if _is_kept(target, modules, paths)}
    moved = {old: new for old, new in catalogue.moved.items() if _is_kept(new, modules, paths)}
    paths = [path for path in paths if path.modules]
    seen = replace(catalogue, modules=modules, paths=tuple(paths), links=links, moved=moved)
    return replace(seen, media=frozenset().union(*map(paths_in, _pages(seen, viewer))))


def _pages(seen: Catalogue, viewer: Viewer) -> Iterator[str]:
    """All HTML of what somebody sees, questions and their feedback included."""
    yield seen.welcome
    yield from (path.body for path in seen.paths)
    for module in seen.modules.values():
        yield module.body
        for lesson in module.lessons:
            yield from (part if isinstance(part, str) else part.introduction for part in lesson.parts)
            yield from (page for check in lesson.checks for page in _pages_of(check.questions))
        yield from (quiz.introduction for quiz in module.quizzes)  # what an attempt shows is asked of the attempt
        if viewer.is_staff:
            pools = [entry.pool for quiz in module.quizzes for entry in quiz.entries]
            yield from (page for pool in (*pools, *(b.questions for b in module.banks)) for page in _pages_of(pool))


def _pages_of(questions: Sequence[Question]) -> Iterator[str]:
    return (prose.html for question in questions for prose in parts_of(question))


def _is_kept(target: str, modules: dict[str, Module], paths: list[LearningPath]) -> bool:
    kind, _, key = target.partition(" ")
    if kind == "lesson":
        module = modules.get(key.partition("/")[0])
        return module is not None and any(lesson.key == key for lesson in module.lessons)
    if kind == "quiz":
        module = modules.get(key.partition("/")[0])
        return module is not None and any(quiz.key == key for quiz in module.quizzes)
    return key in modules if kind == "module" else any(path.key == key for path in paths)


class _View:
    def __init__(self, viewer: Viewer, today: date) -> None:
        self.viewer, self.today = viewer, today

    def sees(self, thing: Lesson | Bank | Quiz) -> bool:
        return self.admits(thing) and self.frames(thing)

    def frames(self, thing: Module | LearningPath | Lesson | Bank | Quiz) -> bool:
        """Whether it may stand around what is seen in it: a lesson that is public on a closed site has its module."""
        return self.viewer.is_author or thing.visibility.shows_to(self.viewer.belongs_to, self.today)

    def admits(self, thing: Module | LearningPath | Lesson | Bank | Quiz) -> bool:
        """Whether the site is open to who looks, or the thing says itself whom it is for."""
        return self.viewer.is_author or self.viewer.is_admitted or thing.visibility.is_stated

    def asks(self, entry: Entry) -> bool:
        """Whether the questions of an entry are for those who see its lesson."""
        return self.viewer.is_author or entry.visibility.shows_to(self.viewer.belongs_to, self.today)

    def path(self, path: LearningPath, keys: Collection[str]) -> LearningPath:
        found = replace(path, modules=tuple(key for key in path.modules if key in keys))
        return found if self.admits(path) else replace(found, summary="", body="")

    def module(self, module: Module) -> Module:
        lessons = tuple(self.lesson(lesson) for lesson in module.lessons if self.sees(lesson))
        banks = tuple(self.bank(bank) for bank in module.banks if self.sees(bank))
        quizzes = tuple(self.quiz(quiz) for quiz in module.quizzes if self.sees(quiz))
        found = replace(module, lessons=lessons, banks=banks, quizzes=quizzes)
        if self.admits(module):
            return found
        return replace(found, summary="", body="", objectives=(), objective_tags=(), prerequisites=(), level=())

    def bank(self, bank: Bank) -> Bank:
        return replace(bank, questions=self.entry(Entry(bank.questions)).pool)

    def quiz(self, quiz: Quiz) -> Quiz:
        return replace(quiz, entries=self.entries(quiz.entries))

    def lesson(self, lesson: Lesson) -> Lesson:
        parts = tuple(self.check(part) if isinstance(part, Check) else part for part in lesson.parts)
        if parts == lesson.parts:
            return lesson
        return replace(lesson, parts=tuple(p for p in parts if not isinstance(p, Check) or p.entries))

    def check(self, check: Check) -> Check:
        return replace(check, entries=self.entries(check.entries))

    def entries(self, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        asked = [self.entry(entry) for entry in entries if self.asks(entry)]
        return tuple(entry for entry in asked if entry.pool)

    def entry(self, entry: Entry) -> Entry:
        if self.viewer.is_author or not any("draft" in question.words for question in entry.pool):
            return entry
        return replace(entry, pool=tuple(question for question in entry.pool if "draft" not in question.words))
