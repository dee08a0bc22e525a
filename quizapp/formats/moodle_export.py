"""Moodle XML, written so that Moodle, and we, read the same questions."""

from collections.abc import Sequence
from html import escape
from typing import ClassVar

from quizapp.formats.contract import IMPORTERS, MOST, Exported, Exporter, Media, Source, Tell, nobody
from quizapp.formats.losses import as_shown, losses_of
from quizapp.formats.moodle.writing import write_question
from quizapp.questions.base import Question


class MoodleExporter(Exporter):
    """Held without a loss, explanation, points, tags, hints and pictures included: single choice where some choice
    earns everything; multiple choice with the rule `net` or `hits`; texts without patterns; numbers, closed ranges and
    one unit; matching without headings and feedback, plain on the right; ordering with the rule `exact` or `lcs`;
    essays without rubric and explanation; blanks without patterns and units, of equal whole points; tries that fall by
    equal steps. What is earned is one of Moodle's shares (`moodle/shares`).

    Texts are written as HTML, with MathML for formulas. What was written is read back, and each difference is told.
    """

    name: ClassVar[str] = "moodle"
    title: ClassVar[str] = "Moodle XML"
    ending: ClassVar[str] = ".xml"

    def write(self, questions: Sequence[Question], title: str, media: Media, tell: Tell = nobody) -> Exported:
        """One document, its questions in a category of that title."""
        written = [write_question(question, media) for question in questions]
        category = title.replace("/", "//")
        head = (
            f'<question type="category"><category><text>$course$/top/{escape(category)}</text></category></question>\n'
        )
        inside = "".join(one.text for one in written if not one.left_out)
        begin = '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n'
        data = f"{begin}{head}{inside}</quiz>\n".encode("utf-8", "replace")
        read = IMPORTERS["moodle"].read(
            Source(f"{begin}{inside}</quiz>\n".encode("utf-8", "replace"), "x.xml", tell=tell, most=MOST)
        )
        return Exported(data, losses_of(written, read.items, as_shown))
