"""So many choices that finding one's own is work, and nobody weighs them all."""

from typing import ClassVar

from quizapp.advice.base import Advice, Example, Finding, Findings
from quizapp.advice.items import choices_of, single_choices_of
from quizapp.advice.sight import Sight
from quizapp.questions.base import Question

MOST_SINGLE, MOST_BOXES = 7, 12
WRONG = "".join(f"- ( ) {time}\n  > Its crumb is still wet.\n" for time in ("5 min", "10 min", "15 min", "20 min"))
MORE = "".join(f"- ( ) {time}\n  > It is burnt by then.\n" for time in ("2 h", "3 h", "4 h"))


class ManyChoices(Advice):
    """More than seven choices to take one of, or more than twelve boxes."""

    code: ClassVar[str] = "many-choices"
    title: ClassVar[str] = "Very many choices"
    message: ClassVar[str] = "This question has {choices} choices."
    advice: ClassVar[str] = "Keep those that somebody would take: two or three good distractors do more than ten."
    example: ClassVar[Example] = Example(
        f"## How long does a loaf bake? {{#bake}}\n\n- (x) 50 min\n  > Right.\n{WRONG}{MORE}\nIt sounds hollow.\n",
        f"## How long does a loaf bake? {{#bake}}\n\n- (x) 50 min\n  > Right.\n{WRONG}\nIt sounds hollow.\n",
    )

    def of_question(self, question: Question, sight: Sight) -> Findings:
        """Of choices."""
        choices = choices_of(question)
        if len(choices) > (MOST_SINGLE if single_choices_of(question) else MOST_BOXES):
            yield Finding(question.path, sight.question(question), {"choices": len(choices)})
