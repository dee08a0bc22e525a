"""GIFT: written so that Moodle, and we, read the same questions."""

from collections.abc import Sequence
from typing import ClassVar

from quizapp.formats.building import ANY_TEXTS
from quizapp.formats.contract import Exported, Exporter, Media, Tell, nobody
from quizapp.formats.gift.importing import read_questions
from quizapp.formats.gift.reading import read_entries
from quizapp.formats.gift.writing import write
from quizapp.formats.losses import losses_of
from quizapp.questions.base import Question


class GiftExporter(Exporter):
    """Held without a loss, explanation and tags included: single choice where some choice earns everything; multiple
    choice with the rule `net` or `hits`; texts without patterns and options; numbers without units, bounds included;
    matching without headings and feedback, plain on the right; essays without rubric; a text with one blank to type
    into, with more text behind it. Heading and prompt come back as one text, of which the first line is the heading.

    Texts are written as `[markdown]`. What was written is read back, and each difference is told.
    """

    name: ClassVar[str] = "gift"
    title: ClassVar[str] = "GIFT, the text format of Moodle"
    ending: ClassVar[str] = ".gift"

    def write(self, questions: Sequence[Question], title: str, media: Media, tell: Tell = nobody) -> Exported:
        """One block of lines for each question that GIFT can hold."""
        written = [write(question) for question in questions]
        text = "\n".join(one.text for one in written if not one.left_out)
        again, _ = read_questions(read_entries(text), ANY_TEXTS, tell)
        return Exported(text.encode(), losses_of(written, again))
