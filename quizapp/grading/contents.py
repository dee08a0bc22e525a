"""Everything in a catalogue that has a key of its own beside questions, and what it is recognised by."""

from collections.abc import Iterable
from dataclasses import dataclass

from quizapp.content.model import Catalogue, Check, LearningPath, Lesson, Module, Quiz
from quizapp.grading.likeness import Features
from quizapp.questions.base import Question


@dataclass(frozen=True, slots=True)
class Content:
    """A path, module, lesson, quiz or check; `path` is where it lies, `file` where its aliases are written."""

    kind: str
    name: str
    path: str
    file: str
    features: Features

    @property
    def key(self) -> str:
        """Its key with its kind, as in the links of a catalogue: `lesson m/l`."""
        return f"{self.kind} {self.name}"


def contents_of(catalogue: Catalogue) -> dict[str, Content]:
    """All of them, by key with kind."""
    folders = {target: path for path, target in catalogue.links.items() if not path.endswith(".md")}
    found = [_path(path, folders.get(f"path {path.key}", "")) for path in catalogue.paths]
    for module in catalogue.modules.values():
        found += [_module(module), *map(_quiz, module.quizzes)]
        for lesson in module.lessons:
            found += [_lesson(lesson), *(_check(lesson, check) for check in lesson.checks)]
    return {one.key: one for one in found}


def _path(path: LearningPath, folder: str) -> Content:
    features = Features("path", "", path.title, frozenset(path.modules))
    return Content("path", path.key, folder, f"{folder}/index.md", features)


def _module(module: Module) -> Content:
    checks = [check.questions for lesson in module.lessons for check in lesson.checks]
    banks = [bank.questions for bank in module.banks]
    names = {question.name for group in (*checks, *banks) for question in group}
    names |= {lesson.name for lesson in module.lessons} | {quiz.name for quiz in module.quizzes}
    index = f"{module.path}/index.md" if module.path else "index.md"
    return Content("module", module.key, module.path, index, Features("module", "", module.title, frozenset(names)))


def _lesson(lesson: Lesson) -> Content:
    names = _names(question for check in lesson.checks for question in check.questions)
    features = Features("lesson", lesson.fingerprint, lesson.title, names)
    return Content("lesson", lesson.key, lesson.path, lesson.path, features)


def _check(lesson: Lesson, check: Check) -> Content:
    features = Features(f"check {lesson.key}", "", check.title, _names(check.questions))
    return Content("check", check.key, lesson.path, lesson.path, features)


def _quiz(quiz: Quiz) -> Content:
    names = _names(question for entry in quiz.entries for question in entry.pool)
    return Content("quiz", quiz.key, quiz.path, quiz.path, Features("quiz", "", quiz.title, names))


def _names(questions: Iterable[Question]) -> frozenset[str]:
    return frozenset(question.name for question in questions)
