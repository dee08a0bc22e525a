"""A question without an explanation: after it, nothing is said to those who were right or gave up."""

from collections.abc import Sequence
from typing import ClassVar

from quizapp.advice.base import Advice, Example, Finding, Findings
from quizapp.advice.items import is_marked
from quizapp.advice.no_feedback import AFTER, MANY, RIGHT
from quizapp.advice.sight import Sight
from quizapp.questions.base import Question


class NoExplanation(Advice):
    """Nothing stands after the answers of a question that is marked; of many in a file, told once."""

    code: ClassVar[str] = "no-explanation"
    title: ClassVar[str] = "A question without explanation"
    message: ClassVar[str] = "{what} no explanation, which everybody reads after it, whatever they gave."
    advice: ClassVar[str] = "Write below the answers why the right one is right."
    example: ClassVar[Example] = Example(
        before=f"## Which herb is in pesto? {{#pesto}}\n{RIGHT}- ( ) Thyme\n  > It is too woody to crush.\n",
        after=f"## Which herb is in pesto? {{#pesto}}\n{RIGHT}- ( ) Thyme\n  > It is too woody to crush.\n{AFTER}",
    )

    def of_questions(self, questions: Sequence[Question], sight: Sight) -> Findings:
        """Of all questions of a file."""
        lacking = [question for question in questions if is_marked(question) and not question.explanation]
        loud = [one for one in lacking if not sight.is_quiet(one.path, one.line, self.code)]
        if len(loud) > MANY:
            lacking = [one for one in lacking if one not in loud]
            what = f"{len(loud)} questions of this file have"
            yield Finding(loud[0].path, sight.question(loud[0]), {"what": what})
        for question in lacking:
            yield Finding(question.path, sight.question(question), {"what": "This question has"})
