"""A distractor without feedback: who takes it learns that it is wrong, and not why."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from quizapp.advice.base import Advice, Example, Finding, Findings
from quizapp.advice.items import choices_of, distractors_of, spot_of
from quizapp.advice.sight import Sight
from quizapp.questions.base import Question

MANY = 3  # questions; what is told of more is told once
RIGHT = """
- (x) Basil
  > Right: it is crushed with oil.
"""
AFTER = """
The word comes from crushing.
"""


class NoFeedback(Advice):
    """A wrong choice of a question that offers choices has no feedback; of many in a file, told once."""

    code: ClassVar[str] = "no-feedback"
    title: ClassVar[str] = "A wrong choice without feedback"
    message: ClassVar[str] = "{what} no feedback: who takes it is not told why it is wrong."
    advice: ClassVar[str] = "Write it below the choice, indented: `  > …`."
    example: ClassVar[Example] = Example(
        before=f"## Which herb is in pesto? {{#pesto}}\n{RIGHT}- ( ) Thyme\n{AFTER}",
        after=f"## Which herb is in pesto? {{#pesto}}\n{RIGHT}- ( ) Thyme\n  > It is too woody to crush.\n{AFTER}",
    )

    def of_questions(self, questions: Sequence[Question], sight: Sight) -> Findings:
        """Of the choices of all questions of a file."""
        lacking = [(question, places) for question in questions if (places := _lacking(question))]
        loud = [one for one in lacking if not sight.is_quiet(one[0].path, one[0].line, self.code)]
        if len(loud) > MANY:
            lacking = [one for one in lacking if one not in loud]
            question, places = loud[0]
            what = f"In {len(loud)} questions of this file a wrong choice has"
            yield Finding(question.path, spot_of(question, places[0], sight), {"what": what})
        for question, places in lacking:
            yield from _single(question, places, sight)


def _single(question: Question, places: Sequence[int], sight: Sight) -> Iterator[Finding]:
    more = f" and {len(places) - 1} more have" if len(places) > 1 else " has"
    yield Finding(question.path, spot_of(question, places[0], sight), {"what": f"This wrong choice{more}"})


def _lacking(question: Question) -> list[int]:
    choices = choices_of(question)
    return [place for place in distractors_of(choices) if not choices[place].feedback]
