"""A lesson that takes longer to read than people read in one go."""

from typing import ClassVar

from quizapp.advice.base import Advice, Example, Finding, Findings
from quizapp.advice.sight import Sight
from quizapp.advice.wording import words_of
from quizapp.content.model import Lesson
from quizapp.questions.base import text_of

MOST_WORDS = 3000  # a quarter of an hour at 200 words a minute
SENTENCE = "Dough rests for a while. It gets soft, and you can roll it.\n\n"


class LongLesson(Advice):
    """The text of a lesson has more than three thousand words, code and tables included."""

    code: ClassVar[str] = "long-lesson"
    title: ClassVar[str] = "A very long lesson"
    message: ClassVar[str] = "This lesson has {words} words, more than a quarter of an hour to read."
    advice: ClassVar[str] = "Divide it into lessons with a check each."
    example: ClassVar[Example] = Example(f"# Dough\n\n{SENTENCE * 300}", f"# Dough\n\n{SENTENCE * 20}", "m/1.md")

    def of_lesson(self, lesson: Lesson, sight: Sight) -> Findings:
        """Of all its text but the questions."""
        words = sum(len(words_of(text_of(part))) for part in lesson.parts if isinstance(part, str))
        if words > MOST_WORDS:
            yield Finding(lesson.path, sight.heading(lesson.path, lesson.title), {"words": words})
