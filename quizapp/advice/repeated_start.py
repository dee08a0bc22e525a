"""Every choice begins with the same words, which belong into what is asked."""

from itertools import takewhile
from typing import ClassVar

from quizapp.advice.base import Advice, Example, Finding, Findings
from quizapp.advice.items import choices_of, spot_of
from quizapp.advice.sight import Sight
from quizapp.questions.base import Question

LEAST_WORDS, LEAST_CHOICES = 4, 3
BEFORE = """
## Why does dough rest? {#rest}

- (x) It is done so that the gluten relaxes
  > Right.
- ( ) It is done so that the salt dissolves
  > It dissolves while you knead.
- ( ) It is done so that the flour cools
  > It warms up, if anything.

Rested dough tears less.
"""


class RepeatedStart(Advice):
    """Three choices or more all begin with the same four words."""

    code: ClassVar[str] = "repeated-start"
    title: ClassVar[str] = "Choices that begin alike"
    message: ClassVar[str] = "Every choice begins with “{start}”."
    advice: ClassVar[str] = "Move these words into what is asked, so that each is read once."
    example: ClassVar[Example] = Example(BEFORE, BEFORE.replace("It is done so that the", "The"))

    def of_question(self, question: Question, sight: Sight) -> Findings:
        """Of choices in words."""
        choices = choices_of(question)
        if len(choices) < LEAST_CHOICES or any("<code" in choice.content.html for choice in choices):
            return
        texts = [choice.content.text.split() for choice in choices]
        rows = zip(*texts, strict=False)
        start = [row[0] for row in takewhile(lambda row: len({word.casefold() for word in row}) == 1, rows)]
        if len(start) >= LEAST_WORDS:
            yield Finding(question.path, spot_of(question, 0, sight), {"start": " ".join(start)})
