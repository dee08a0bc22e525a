"""Content written in a test, read as a file would be."""

from pathlib import Path

from quizapp.content.assembly import assemble
from quizapp.content.files import FileReader, ReadFile
from quizapp.content.folder import Folder, Kind, kind_of
from quizapp.content.good import GoodVersion
from quizapp.content.markup import Renderer
from quizapp.content.model import Catalogue, Lesson
from quizapp.content.served import Served
from quizapp.errors import Problem
from quizapp.questions.base import Question

NOWHERE = Path("/nonexistent")


def catalogue_from(files: dict[str, bytes]) -> tuple[Catalogue, list[Problem]]:
    """Read files that stand in one module, `m`; pictures and other files are all there."""
    folder = Folder("m")
    for name in files:
        {"lesson": folder.lessons, "bank": folder.banks, "quiz": folder.quizzes}[kind_of(name)].append(name)
    reader = FileReader((NOWHERE,), None, Renderer())

    def read(path: str, kind: Kind, module: str) -> ReadFile:
        return reader.read(path, kind, module, GoodVersion(files[path.removeprefix("m/")]))

    found = assemble(Folder("", folders=[folder]), read, lambda path: True, Served())
    return found.catalogue, sorted(found.problems)


def lesson_from(source: str | bytes) -> tuple[Lesson, list[Problem]]:
    """Read a lesson; its module is `m`, its name `l`."""
    data = source if isinstance(source, bytes) else source.encode()
    catalogue, problems = catalogue_from({"l.md": data})
    return catalogue.module("m").lesson("l"), problems


def served(source: str) -> Lesson:
    """The lesson alone."""
    return lesson_from(source)[0]


def question_from(source: str) -> Question:
    """The one question under a `##` heading."""
    lesson, problems = lesson_from("# Check {.check}\n" + source)
    assert lesson.checks, problems
    [question] = lesson.checks[0].questions
    return question


def codes(source: str) -> list[str]:
    """The codes of the problems of a lesson with one check of the given questions, `no-id` apart."""
    _, problems = lesson_from("# Check {.check}\n" + source)
    return sorted(problem.code for problem in problems if problem.code != "no-id")
