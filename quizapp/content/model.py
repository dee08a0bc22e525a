"""What content is once it is read: immutable values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction

from quizapp.content.sources import SourceFile, Used
from quizapp.errors import NotFound
from quizapp.questions.base import Question


@dataclass(frozen=True, slots=True)
class Visibility:
    """Who may see a piece of content: `audiences` are all demanded; nobody but authors sees a draft.

    Where no audience is stated, the site's access decides.
    """

    is_draft: bool = False
    publish: date | None = None
    audiences: frozenset[str] = frozenset()  # signed-in, cohort: NAME
    is_stated: bool = False

    def within(self, outer: "Visibility") -> "Visibility":
        """What remains inside of something else: a draft stays one, the later date counts, all audiences do."""
        dates = [day for day in (self.publish, outer.publish) if day]
        is_draft, is_stated = self.is_draft or outer.is_draft, self.is_stated or outer.is_stated
        return Visibility(is_draft, max(dates, default=None), self.audiences | outer.audiences, is_stated)

    def shows_to(self, belongs_to: frozenset[str], today: date) -> bool:
        """Whether somebody who belongs to these audiences may see it today."""
        return not self.is_draft and (not self.publish or self.publish <= today) and self.audiences <= belongs_to


EVERYBODY = Visibility()


@dataclass(frozen=True, slots=True)
class Entry:
    """What fills a place in a check or quiz: `count` questions of the pool, drawn without replacement."""

    pool: tuple[Question, ...]
    count: int = 1
    visibility: Visibility = EVERYBODY


@dataclass(frozen=True, slots=True)
class Check:
    """The questions under one heading of a lesson. `key` is `module/lesson#name`, `former` are keys it had before.

    `asks_confidence` says whether learners are asked how sure they are.
    """

    key: str
    name: str
    title: str
    introduction: str
    entries: tuple[Entry, ...]
    former: tuple[str, ...] = ()
    asks_confidence: bool = False

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question it may ask."""
        return tuple({question.key: question for entry in self.entries for question in entry.pool}.values())


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of "In this lesson"."""

    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """One Markdown page. `parts` are HTML with symbolic links, and checks, in reading order.

    `anchor` is the id of its title, if the file has a heading.
    """

    key: str
    module: str
    name: str
    title: str
    summary: str
    minutes: int
    complete: str
    pass_mark: Fraction
    parts: tuple["str | Check", ...]
    headings: tuple[Heading, ...]
    lang: str
    path: str
    fingerprint: str
    visibility: Visibility = EVERYBODY
    anchor: str = ""

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
class Bank:
    """Questions to draw from. `key` is `module/name`."""

    key: str
    title: str
    path: str
    questions: tuple[Question, ...]
    visibility: Visibility = EVERYBODY

    def having(self, tags: tuple[str, ...]) -> tuple[Question, ...]:
        """Its questions that have all the tags, drafts apart."""
        wanted = set(tags)
        return tuple(q for q in self.questions if wanted <= set(q.tags) and "draft" not in q.words)


@dataclass(frozen=True, slots=True)
class Reveal:
    """When a learner is shown what: `during`, `after-submit`, `after-close` or `never` for each.

    Marks are how many points and whether it is right, feedback is that of what was given, the key all the rest.
    """

    marks: str
    feedback: str
    explanation: str
    key: str

    @property
    def is_during(self) -> bool:
        """Whether each question is checked by itself while the attempt runs."""
        return "during" in (self.marks, self.feedback, self.explanation, self.key)


@dataclass(frozen=True, slots=True)
class QuizSettings:
    """How a quiz is taken; `pass_mark` is a share of 0 … 1, `attempts` and `minutes` are None where unlimited.

    `delay` lies between two attempts. `opens` and `closes` have no zone: the site's is meant. `pages` is `all` or `one`
    question on a page, `navigation` `free` or `forward`. A hint that is opened takes `hint_cost` (0 … 1) off the points
    of its question. `guessing` is the greatest chance of passing by guesses that its author wants, if they say so.
    """

    preset: str
    pass_mark: Fraction | None
    minutes: int | None
    attempts: int | None
    keep: str
    reveal: Reveal
    has_hints: bool
    delay: timedelta = timedelta(0)
    opens: datetime | None = None
    closes: datetime | None = None
    pages: str = "all"
    navigation: str = "free"
    asks_confidence: bool = False
    hint_cost: Fraction = Fraction(0)
    guessing: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Quiz:
    """A rule for drawing questions, with pass mark, time and attempts. `key` is `module/name`.

    `former` are keys it had before: what was done under them counts for it.
    """

    key: str
    title: str
    summary: str
    introduction: str
    entries: tuple[Entry, ...]
    settings: QuizSettings
    path: str
    visibility: Visibility = EVERYBODY
    former: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The key that it has, then those that it had."""
        return (self.key, *self.former)

    @property
    def name(self) -> str:
        """The part of its key that is its own."""
        return self.key.partition("/")[2]

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question it may ask."""
        return tuple({question.key: question for entry in self.entries for question in entry.pool}.values())

    @property
    def drawn(self) -> int:
        """How many questions an attempt gets."""
        return sum(min(entry.count, len(entry.pool)) for entry in self.entries)


def keys_of_now(quizzes: Iterable[Quiz]) -> dict[str, str]:
    """The keys that quizzes have and had, each with that of now."""
    return {key: quiz.key for quiz in quizzes for key in quiz.keys}


@dataclass(frozen=True, slots=True)
class Module:
    """Lessons on one subject, with banks and quizzes."""

    key: str
    title: str
    summary: str
    body: str
    objectives: tuple[str, ...]
    prerequisites: tuple[str, ...]
    level: tuple[str, ...]
    lessons: tuple[Lesson, ...]
    path: str
    banks: tuple[Bank, ...] = ()
    quizzes: tuple[Quiz, ...] = ()
    visibility: Visibility = EVERYBODY
    index: str = ""  # the content path of its index file, if it has one
    objective_tags: tuple[str, ...] = ()  # of each objective, the tag of the questions that test it; or none

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
    visibility: Visibility = EVERYBODY


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All content as loaded at one moment.

    `links` map a content path to what it became (`lesson m/l`, `quiz m/q`, `module m`, `path p`), `moved` former keys,
    of the same form, to those of now.
    """

    title: str = ""
    welcome: str = ""
    paths: tuple[LearningPath, ...] = ()
    modules: Mapping[str, Module] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)
    media: frozenset[str] = frozenset()  # content paths that pages show or link to; known of what somebody sees
    files: frozenset[str] = frozenset()  # content paths of all that was read
    sources: Mapping[str, SourceFile] = field(default_factory=dict)  # the same files, by content path
    silenced: Used = frozenset()  # what switched advice of the reader off
    uses: Mapping[str, frozenset[str]] = field(default_factory=dict)  # what a file includes, and pictures; by path
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

    def now_called(self, key: str) -> str:
        """The key (`lesson m/l`, `quiz m/q`, `module m`, `path p`) of what had that key before; the same where nothing
        had.
        """
        if key in self.moved:
            return self.moved[key]
        kind, _, name = key.partition(" ")
        module, _, inner = name.partition("/")
        new = self.moved.get(f"module {module}", "").partition(" ")[2]
        return (
            self.now_called(f"{kind} {new}/{inner}") if kind in ("lesson", "quiz") and new not in ("", module) else key
        )

    def path_of(self, module: Module) -> LearningPath | None:
        """The first learning path that names a module, if any."""
        return next((path for path in self.paths if module.key in path.modules), None)

    def modules_of(self, path: LearningPath) -> tuple[Module, ...]:
        """The modules of a path, in its order."""
        return tuple(self.modules[key] for key in path.modules)

    @property
    def single_modules(self) -> tuple[Module, ...]:
        """Modules that no path names."""
        named = {key for path in self.paths for key in path.modules}
        return tuple(module for key, module in self.modules.items() if key not in named)

    def bank(self, key: str) -> Bank:
        """The bank of that key, `module/name`. Raises NotFound."""
        for bank in self.module(key.partition("/")[0]).banks:
            if bank.key == key:
                return bank
        raise NotFound(f"There is no question bank {key}.")

    def quiz(self, key: str) -> Quiz:
        """The quiz of that key, `module/name`. Raises NotFound."""
        for quiz in self.module(key.partition("/")[0]).quizzes:
            if quiz.key == key:
                return quiz
        raise NotFound(f"There is no quiz {key}.")

    def questions_of_quiz(self, key: str) -> tuple[Question, ...]:
        """The questions that the quiz of a key may ask, or that had it; none where it is gone."""
        found = self.asking_quiz(key)
        return tuple(question for entry in found.entries for question in entry.pool) if found else ()

    def asking_quiz(self, content_key: str) -> Quiz | None:
        """The quiz that has that key or had it; None where it is gone."""
        found = self.asking(content_key)
        return found if isinstance(found, Quiz) else None

    def asking(self, content_key: str) -> Lesson | Quiz | None:
        """The lesson of the check, or the quiz, that has that key or had it; None where it is gone.

        Nothing that is there has a key that something else had: such an alias is refused.
        """
        for module in self.modules.values():
            for lesson in module.lessons:
                if any(content_key in (check.key, *check.former) for check in lesson.checks):
                    return lesson
            for quiz in module.quizzes:
                if content_key in quiz.keys:
                    return quiz
        return None

    def questions_in(self, path: str) -> dict[str, Question]:
        """Every question that the lesson, bank or quiz at a content path may ask, by key."""
        modules = self.modules.values()
        lessons = [lesson for module in modules for lesson in module.lessons if lesson.path == path]
        quizzes = [quiz for module in modules for quiz in module.quizzes if quiz.path == path]
        banks = [bank.questions for module in modules for bank in module.banks if bank.path == path]
        checks = [check.questions for lesson in lessons for check in lesson.checks]
        pools = [entry.pool for quiz in quizzes for entry in quiz.entries]
        return {question.key: question for group in (*checks, *pools, *banks) for question in group}

    def questions(self) -> dict[str, Question]:
        """Every question that may be asked or stands in a bank, by key."""
        banks = [bank.questions for module in self.modules.values() for bank in module.banks]
        quizzes = [entry.pool for module in self.modules.values() for quiz in module.quizzes for entry in quiz.entries]
        checks = [
            check.questions for module in self.modules.values() for lesson in module.lessons for check in lesson.checks
        ]
        return {question.key: question for group in (*banks, *quizzes, *checks) for question in group}
