"""How long the sentences and words of a lesson are, in languages that part words with spaces."""

import html
import re
from collections.abc import Iterator
from functools import lru_cache

from quizapp.content.model import Lesson
from quizapp.questions.base import EMPHASIS, text_of

# Languages whose sentences end with a point and whose words stand apart, with the LIX that is very hard in them.
VERY_HARD = {
    "en": 60, "de": 66, "nl": 62, "sv": 62, "da": 62, "nb": 62, "no": 62, "fr": 62, "es": 64, "it": 64, "pt": 64,
}  # fmt: skip
TEXTS = re.compile(r"<(p|li|dd|td)\b[^>]*>(.*?)(?=</?(?:p|li|dd|td|ul|ol|pre|table|blockquote|div)\b)", re.DOTALL)
CODE = re.compile(r"<(code|kbd|samp|math)\b.*?</\1>", re.DOTALL)
END = re.compile(r"(?<=[.!?…:;])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-ZÀ-ÞΑ-ΩА-Я0-9])")
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
LONG_WORD = 6  # letters; longer ones count as long


@lru_cache(maxsize=256)
def sentences_of(lesson: Lesson) -> tuple[str, ...]:
    """The sentences of the paragraphs and lists of a lesson; code in them is one short word."""
    return tuple(sentence for part in lesson.parts if isinstance(part, str) for sentence in _sentences(part))


def _sentences(page: str) -> Iterator[str]:
    for found in TEXTS.finditer(page):
        text = text_of(EMPHASIS.sub("", CODE.sub("it", found[2])))
        yield from (sentence for sentence in END.split(html.unescape(text)) if WORD.search(sentence))


def lix(sentences: tuple[str, ...]) -> float:
    """The readability index LIX (C.-H. Björnsson, 1968): words per sentence, and long words per hundred words.

    0 for no sentences. About 40 is a newspaper, 50 a textbook, 60 and more a law.
    """
    words = [word for sentence in sentences for word in WORD.findall(sentence)]
    if not words:
        return 0.0
    return len(words) / len(sentences) + 100 * sum(len(word) > LONG_WORD for word in words) / len(words)
