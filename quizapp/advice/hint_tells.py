"""A hint that says the answer, and leaves nothing to find."""

from typing import ClassVar

from quizapp.advice.answer_in_prompt import LEAST_LETTERS
from quizapp.advice.base import Advice, Example, Finding, Findings
from quizapp.advice.items import choices_of, right_texts
from quizapp.advice.sight import Sight
from quizapp.advice.wording import asked_text, has_run, without_articles, words_of
from quizapp.questions.base import Question

BEFORE = """
## What is the protein called that makes dough stretch? {#stretch}

- = gluten

> [!TIP]
> It is gluten, from the Latin word for glue.

It forms when flour and water meet.
"""


class HintTells(Advice):
    """A hint says the right answer, and no distractor."""

    code: ClassVar[str] = "hint-tells"
    title: ClassVar[str] = "A hint says the answer"
    message: ClassVar[str] = "This hint says “{answer}”, which is the answer."
    advice: ClassVar[str] = "Lead to it instead: ask something, or say where to look."
    example: ClassVar[Example] = Example(BEFORE, BEFORE.replace("It is gluten, from", "Its name comes from"))

    def of_question(self, question: Question, sight: Sight) -> Findings:
        """Of a single choice, and of what is typed."""
        rights = [text for text in right_texts(question) if sum(map(str.isalpha, text)) >= LEAST_LETTERS]
        asked = without_articles(words_of(asked_text(question)))
        wrong = [without_articles(words_of(c.content.text)) for c in choices_of(question) if not c.credit]
        for hint in question.hints if rights else ():
            words = without_articles(words_of(hint.text))
            told = [
                text
                for text in rights
                if has_run(words, plain := without_articles(words_of(text))) and not has_run(asked, plain)
            ]
            if told and not any(has_run(words, one) for one in wrong):
                first = hint.markdown.split("\n", 1)[0]
                spot = sight.within(question.path, (question.line, 1), first, lines=80)
                yield Finding(question.path, spot, {"answer": told[0]})
