"""A sentence of a lesson that nobody reads in one breath."""

from typing import ClassVar

from quizapp.advice.base import Advice, Example, Finding, Findings
from quizapp.advice.reading import VERY_HARD, WORD, sentences_of
from quizapp.advice.sight import Sight
from quizapp.content.model import Lesson

MOST_WORDS = 50
MANY = 3  # sentences of one lesson that are told, the longest first
LONG = "Dough rests because " + "and because ".join("it has been kneaded for a while by somebody " for _ in range(6))
SHORT = "Dough rests. It has been kneaded for a while."


class LongSentence(Advice):
    """A sentence of more than fifty words; languages with words apart only."""

    code: ClassVar[str] = "long-sentence"
    title: ClassVar[str] = "A very long sentence"
    message: ClassVar[str] = "This sentence has {words} words."
    advice: ClassVar[str] = "Divide it, or make a list of it."
    example: ClassVar[Example] = Example(f"# Rest\n\n{LONG}.\n", f"# Rest\n\n{SHORT}\n", "m/1.md")

    def of_lesson(self, lesson: Lesson, sight: Sight) -> Findings:
        """Of its paragraphs and lists."""
        if sight.language_of(lesson.path) not in VERY_HARD:
            return
        sized = [(len(WORD.findall(sentence)), sentence) for sentence in sentences_of(lesson)]
        told = sorted((one for one in sized if one[0] > MOST_WORDS), key=lambda one: -one[0])[:MANY]
        for words, sentence in told:
            begin = " ".join(sentence.split()[:3])
            yield Finding(lesson.path, sight.within(lesson.path, (1, 1), begin, lines=5000), {"words": words})
