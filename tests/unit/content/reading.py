"""Content written in a test, read as a file would be."""

from quizapp.content.cache import FragmentCache
from quizapp.content.lessons import PageReader, read_lesson
from quizapp.content.markup import Renderer
from quizapp.content.model import Lesson
from quizapp.errors import Problem
from quizapp.questions.base import Question
from quizapp.source.report import Report
from quizapp.source.text import decode


def lesson_from(source: str) -> tuple[Lesson | None, list[Problem]]:
    """Read a lesson; its module is `m`, its name `l`."""
    report = Report("l.md")
    page = PageReader("p/m", report, Renderer(), FragmentCache(None, "l.md"), lambda html: html)
    lesson = read_lesson("l.md", decode(source.encode())[0], "m", "l", page, {}, report)
    return lesson, report.problems


def served(source: str) -> Lesson:
    """A lesson that is served."""
    lesson, problems = lesson_from(source)
    assert lesson, problems
    return lesson


def question_from(source: str) -> Question:
    """The one question under a `##` heading."""
    lesson, problems = lesson_from("# Check {.check}\n" + source)
    assert lesson, problems
    assert lesson.checks, problems
    [question] = lesson.checks[0].questions
    return question


def codes(source: str) -> list[str]:
    """The codes of the problems of a lesson with one check of the given questions, `no-id` apart."""
    _, problems = lesson_from("# Check {.check}\n" + source)
    return sorted(problem.code for problem in problems if problem.code != "no-id")
