"""Two choices of a question say the same but for a little word, an ending or a slip."""

import re
from collections.abc import Sequence
from itertools import combinations
from typing import ClassVar

from quizapp.advice.base import Advice, Example, Finding, Findings
from quizapp.advice.items import choices_of, spot_of
from quizapp.advice.sight import Sight
from quizapp.advice.wording import ARTICLES, stem, words_of
from quizapp.questions.base import Question
from quizapp.questions.vocabulary import is_slip

LITTLE_WORDS = """
that which is are of its their this these just simply actually really very quite also then so it they
"""
# Words that may be there or not without a difference in what is said.
FILLERS = ARTICLES | frozenset(LITTLE_WORDS.split())
LEAST_FOR_SLIPS = 4  # words; in fewer, one letter can be what is asked
MAX_CHOICES, MAX_TEXT = 20, 400
CODE = re.compile(r"<(?:code|pre|math|img)\b")
SIGN = re.compile(r"[^\w\s.,;:!?'’\"“”‘’()\-–—/]")  # of formulas and code, in which a sign is everything


class SimilarChoices(Advice):
    """Two choices differ in case, punctuation, articles, an ending or one slip only."""

    code: ClassVar[str] = "similar-choices"
    title: ClassVar[str] = "Two choices say nearly the same"
    message: ClassVar[str] = "This says nearly the same as “{other}”."
    advice: ClassVar[str] = "Remove one of the two, or make plain what sets them apart."
    example: ClassVar[Example] = Example(
        before="""
## What does yeast make of sugar? {#yeast}

- (x) Carbon dioxide and alcohol
  > Right.
- ( ) A kind of thick syrup
  > Yeast thins it, if anything.
- ( ) A kind of a thick syrup.
  > Yeast thins it, if anything.

The gas lifts the dough.
""",
        after="""
## What does yeast make of sugar? {#yeast}

- (x) Carbon dioxide and alcohol
  > Right.
- ( ) A kind of thick syrup
  > Yeast thins it, if anything.
- ( ) Gluten and starch
  > Both come with the flour.

The gas lifts the dough.
""",
    )

    def of_question(self, question: Question, sight: Sight) -> Findings:
        """Of choices in words."""
        choices = choices_of(question)[:MAX_CHOICES]
        texts = [choice.content.text for choice in choices]
        plain = [
            not CODE.search(choice.content.html) and not SIGN.search(text) and len(text) <= MAX_TEXT
            for choice, text in zip(choices, texts, strict=True)
        ]
        words = [words_of(text) if is_plain else [] for text, is_plain in zip(texts, plain, strict=True)]
        for first, second in combinations(range(len(choices)), 2):
            if _are_alike(words[first], words[second]):
                yield Finding(question.path, spot_of(question, second, sight), {"other": texts[first]})


def _are_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    short, long = sorted((len(one), len(other)))
    if not short or long - short > 3:
        return False
    own, others = ([stem(word) for word in words if word not in FILLERS] for words in (one, other))
    if not own or not others:
        return list(one) == list(other)
    if own == others:
        return len(own) > 1 or one == other or _is_article_apart(one, other)
    return len(own) == len(others) >= LEAST_FOR_SLIPS and _one_slip(own, others)


def _is_article_apart(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether choices of one word differ in articles only, so that the word is the same to the letter."""
    return [word for word in one if word not in FILLERS] == [word for word in other if word not in FILLERS]


def _one_slip(own: Sequence[str], others: Sequence[str]) -> bool:
    pairs = [(one, other) for one, other in zip(own, others, strict=True) if one != other]
    return len(pairs) == 1 and is_slip(*pairs[0])
