"""The right choice stands out by its length: whoever knows nothing takes the longest one."""

from typing import ClassVar

from quizapp.advice.base import Advice, Example, Finding, Findings
from quizapp.advice.items import only_key, single_choices_of, spot_of
from quizapp.advice.sight import Sight
from quizapp.questions.base import Question

LONGER = 1.7  # times the longest distractor
MORE = 20  # characters above it


class LongestChoice(Advice):
    """Of three choices or more, the only right one is much longer than every other."""

    code: ClassVar[str] = "longest-choice"
    title: ClassVar[str] = "The longest choice is the key"
    message: ClassVar[str] = (
        "The right choice is much longer than every other: {key} characters, the next has {others}."
    )
    advice: ClassVar[str] = "Shorten it, move its qualifier into the explanation, or make a distractor as long."
    example: ClassVar[Example] = Example(
        before="""
## Why is dough left to rest? {#rest}

- ( ) So that it cools
  > It warms up, if anything.
- (x) So that the gluten it formed while it was kneaded can relax and let it stretch
  > Right.
- ( ) So that salt dissolves
  > Salt dissolves while you knead.

Rested dough tears less.
""",
        after="""
## Why is dough left to rest? {#rest}

- ( ) So that it cools
  > It warms up, if anything.
- (x) So that gluten relaxes
  > Right.
- ( ) So that salt dissolves
  > Salt dissolves while you knead.

Rested dough tears less.
""",
    )

    def of_question(self, question: Question, sight: Sight) -> Findings:
        """Of a single choice."""
        choices = single_choices_of(question)
        key = only_key(choices)
        if key is None or len(choices) < 3:
            return
        lengths = [len(choice.content.text) for choice in choices]
        others = max(length for place, length in enumerate(lengths) if place != key)
        if others and lengths[key] >= max(LONGER * others, others + MORE):
            yield Finding(question.path, spot_of(question, key, sight), {"key": lengths[key], "others": others})
