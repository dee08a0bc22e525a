"""A multiple choice in which every box is right: who ticks all of them without reading has it."""

from typing import ClassVar

from quizapp.advice.base import Advice, Example, Finding, Findings
from quizapp.advice.items import choices_of
from quizapp.advice.sight import Sight
from quizapp.questions.base import Question

BEFORE = """
## Which of these are in every bread dough? {#dough}

- [x] Flour
  > Right.
- [x] Water
  > Right.

Salt and yeast can be left out.
"""


class AllRight(Advice):
    """No choice of a question is wrong."""

    code: ClassVar[str] = "all-right"
    title: ClassVar[str] = "Every choice is right"
    message: ClassVar[str] = "Every choice is right, so nothing has to be told apart."
    advice: ClassVar[str] = "Add a distractor: something that learners take for right."
    example: ClassVar[Example] = Example(
        BEFORE, BEFORE.replace("\nSalt and", "- [ ] Sugar\n  > Yeast finds enough in the flour.\n\nSalt and")
    )

    def of_question(self, question: Question, sight: Sight) -> Findings:
        """Of choices."""
        choices = choices_of(question)
        if choices and all(choice.credit == 1 for choice in choices):
            yield Finding(question.path, sight.question(question), {})
