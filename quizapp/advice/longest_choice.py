"""The right choice stands out by its length: whoever knows nothing takes the longest one."""

from collections.abc import Sequence
from typing import ClassVar

from quizapp.advice.base import Advice, Example, Finding, Findings
from quizapp.advice.sight import Sight
from quizapp.questions.base import Question
from quizapp.questions.choices import Choice
from quizapp.questions.single import SingleChoice

LONGER = 1.6  # times the longest distractor
MORE = 18  # characters above it


class LongestChoice(Advice):
    """Of three choices or more, the only right one is much longer than every other."""

    code: ClassVar[str] = "longest-choice"
    title: ClassVar[str] = "The longest choice is the key"
    message: ClassVar[str] = "The right choice is much longer than every other ({key} characters, {others} at most)."
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
        choices = question.type.choices if isinstance(question.type, SingleChoice) else ()
        key = _only_key(choices)
        if key is None or len(choices) < 3:
            return
        lengths = [len(choice.content.text) for choice in choices]
        others = max(length for place, length in enumerate(lengths) if place != key)
        if lengths[key] >= LONGER * others and lengths[key] >= others + MORE and others:
            spot = sight.choice(question, key + 1, [choice.content.markdown for choice in choices])
            yield Finding(question.path, spot, {"key": lengths[key], "others": others})


def _only_key(choices: Sequence[Choice]) -> int | None:
    """Which choice is the only one that earns all; None where several do."""
    found = [place for place, choice in enumerate(choices) if choice.credit == 1]
    return found[0] if len(found) == 1 else None
