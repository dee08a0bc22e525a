"""What content is once it is read: immutable values."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from quizapp.errors import NotFound
from quizapp.questions.base import Question


@dataclass(frozen=True, slots=True)
class Check:
    """The questions under one heading of a lesson. `key` is `module/lesson#name`."""

    key: str
    name: str
    title: str
    introduction: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of "In this lesson"."""

    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """One Markdown page. `parts` are HTML with symbolic links, and checks, in reading order."""

    key: str
    module: str
    name: str
    title: str
    summary: str
    minutes: int
    complete: str
    pass_mark: float
    parts: tuple["str | Check", ...]
    headings: tuple[Heading, ...]
    lang: str
    path: str
    fingerprint: str

    @property
    def checks(self) -> tuple[Check, ...]:
        """The knowledge checks, in order."""
        return tuple(part for part in self.parts if isinstance(part, Check))

    def check(self, name: str) -> Check:
        """The check of that name. Raises NotFound."""
        for check in self.checks:
            if check.name == name:
                return check
        raise NotFound(f"{self.key}: there is no knowledge check {name}.")


@dataclass(frozen=True, slots=True)
class Module:
    """Lessons on one subject."""

    key: str
    title: str
    summary: str
    body: str
    objectives: tuple[str, ...]
    prerequisites: tuple[str, ...]
    level: tuple[str, ...]
    lessons: tuple[Lesson, ...]
    path: str

    @property
    def minutes(self) -> int:
        """The minutes of its lessons together."""
        return sum(lesson.minutes for lesson in self.lessons)

    def lesson(self, name: str) -> Lesson:
        """The lesson of that name. Raises NotFound."""
        for lesson in self.lessons:
            if lesson.name == name:
                return lesson
        raise NotFound(f"{self.key}: there is no lesson {name}.")

    def position(self, lesson: Lesson) -> int:
        """Which lesson this is, from 1."""
        return [one.key for one in self.lessons].index(lesson.key) + 1

    def after(self, lesson: Lesson) -> Lesson | None:
        """The lesson that follows, if any."""
        position = self.position(lesson)
        return self.lessons[position] if position < len(self.lessons) else None

    def before(self, lesson: Lesson) -> Lesson | None:
        """The lesson that comes before, if any."""
        position = self.position(lesson)
        return self.lessons[position - 2] if position > 1 else None


@dataclass(frozen=True, slots=True)
class LearningPath:
    """Modules in order, toward one goal."""

    key: str
    title: str
    summary: str
    body: str
    modules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All content as loaded at one moment."""

    title: str = ""
    welcome: str = ""
    paths: tuple[LearningPath, ...] = ()
    modules: Mapping[str, Module] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)  # content path → key of what it became
    media: frozenset[str] = frozenset()  # content paths that a page shows or links
    version: str = ""

    def path(self, key: str) -> LearningPath:
        """The learning path of that key. Raises NotFound."""
        for path in self.paths:
            if path.key == key:
                return path
        raise NotFound(f"There is no learning path {key}.")

    def module(self, key: str) -> Module:
        """The module of that key. Raises NotFound."""
        if key not in self.modules:
            raise NotFound(f"There is no module {key}.")
        return self.modules[key]

    def modules_of(self, path: LearningPath) -> tuple[Module, ...]:
        """The modules of a path, in its order."""
        return tuple(self.modules[key] for key in path.modules)

    @property
    def single_modules(self) -> tuple[Module, ...]:
        """Modules that no path names."""
        named = {key for path in self.paths for key in path.modules}
        return tuple(module for key, module in self.modules.items() if key not in named)

    def questions(self) -> dict[str, Question]:
        """Every question that is served, by key."""
        return {
            question.key: question
            for module in self.modules.values()
            for lesson in module.lessons
            for check in lesson.checks
            for question in check.questions
        }
