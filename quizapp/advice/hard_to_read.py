"""A lesson whose sentences and words are so long that few read it with ease."""

from typing import ClassVar

from quizapp.advice.base import Advice, Example, Finding, Findings
from quizapp.advice.reading import VERY_HARD, WORD, lix, sentences_of
from quizapp.advice.sight import Sight
from quizapp.content.model import Lesson

LEAST_WORDS = 150  # of a text that has a level
HARD = "The administration of organisational infrastructure presupposes comprehensive documentation, systematic "
HARD += "verification procedures and unambiguous responsibilities throughout participating departments, "
HARD += "notwithstanding exceptional circumstances. "
EASY = "Write down what you run. Check it often. Say who does what, and tell all who take part. "


class HardToRead(Advice):
    """The readability index LIX of a lesson is that of a law; languages with words apart only."""

    code: ClassVar[str] = "hard-to-read"
    title: ClassVar[str] = "A lesson that is very hard to read"
    message: ClassVar[str] = "This lesson is very hard to read: its LIX is {lix}, and a textbook has about 50."
    advice: ClassVar[str] = "Divide long sentences, and take short words where there are some."
    example: ClassVar[Example] = Example(f"# Operations\n\n{HARD * 9}\n", f"# Operations\n\n{EASY * 10}\n", "m/1.md")

    def of_lesson(self, lesson: Lesson, sight: Sight) -> Findings:
        """Of its paragraphs and lists."""
        sentences = sentences_of(lesson)
        bound = VERY_HARD.get(sight.language_of(lesson.path))
        words = sum(len(WORD.findall(sentence)) for sentence in sentences) if bound else 0
        level = lix(sentences) if words >= LEAST_WORDS else 0
        if bound and level > bound:
            yield Finding(lesson.path, sight.heading(lesson.path, lesson.title), {"lix": round(level)})
