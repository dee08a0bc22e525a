"""QTI 3.0, as a zip package: an item for each question, and a test that asks them in order."""

from collections.abc import Sequence
from typing import ClassVar

from quizapp.content.model import Quiz
from quizapp.formats.asi.out.package import Package
from quizapp.formats.asi.out.whole import plain_test, quiz_test
from quizapp.formats.contract import Exported, Exporter, Media, Tell, nobody, telling
from quizapp.questions.base import Question


class Qti3(Exporter):
    """Items of QTI 3.0 with rules that earn what the question earns.

    Held without a loss: single and multiple choice under every credit rule, texts and numbers to type, blanks, pairs,
    groups, orders under `credit=exact`, essays with their rubric, surveys; feedback of choices and values, the
    explanation, points, tags, shuffling, names, pictures. Their prose is held where it is text with emphasis, code,
    lists, quotes, tables, links to the web and pictures; each item is read again by the importer `qti`, and what reads
    otherwise is a loss. Lost, and said: hints, `tries=`, `was=`, `.draft`, `.void`, feedback beside lines, headings of
    columns, slips of the hand, credit for nearly right orders, links into the site, formulas. Left out: patterns,
    units, records.
    """

    name: ClassVar[str] = "qti3"
    title: ClassVar[str] = "QTI 3.0 package"
    ending: ClassVar[str] = ".zip"

    def write(self, questions: Sequence[Question], title: str, media: Media, tell: Tell = nobody) -> Exported:
        """The package of some questions."""
        package = Package(media)
        for question in telling(questions, tell):
            package.add(question)
        return Exported(package.zipped(plain_test(title, package.items)), tuple(package.losses))

    def write_quiz(self, quiz: Quiz, media: Media, tell: Tell = nobody) -> Exported:
        """The package of a quiz: its draws are sections that select, and its test has its time and introduction."""
        package = Package(media)
        for question in telling(quiz.questions, tell):
            package.add(question)
        return Exported(package.zipped(quiz_test(quiz, package)), tuple(package.losses))
