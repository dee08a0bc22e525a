"""What a question asks already says its answer."""

from typing import ClassVar

from quizapp.advice.base import Advice, Example, Finding, Findings
from quizapp.advice.items import choices_of, right_texts
from quizapp.advice.sight import Sight
from quizapp.advice.wording import asked_text, has_run, without_articles, words_of
from quizapp.questions.base import Question

LEAST_LETTERS = 4


class AnswerInPrompt(Advice):
    """The right choice, and no distractor, or what is to be typed, stands in the prompt."""

    code: ClassVar[str] = "answer-in-prompt"
    title: ClassVar[str] = "The prompt says the answer"
    message: ClassVar[str] = "What is asked says “{answer}”, which is the answer."
    advice: ClassVar[str] = "Ask without that word, or name the distractors too."
    example: ClassVar[Example] = Example(
        before="""
## What is the protein gluten called that makes dough stretch? {#stretch}

- = gluten

It forms when flour and water meet.
""",
        after="""
## What is the protein called that makes dough stretch? {#stretch}

- = gluten

It forms when flour and water meet.
""",
    )

    def of_question(self, question: Question, sight: Sight) -> Findings:
        """Of a single choice, and of what is typed."""
        rights = [text for text in right_texts(question) if sum(map(str.isalpha, text)) >= LEAST_LETTERS]
        if not rights:
            return
        asked = without_articles(words_of(asked_text(question)))
        told = [text for text in rights if has_run(asked, without_articles(words_of(text)))]
        offered = choices_of(question)
        wrong = [without_articles(words_of(choice.content.text)) for choice in offered if not choice.credit]
        if told and len(offered) != 2 and not any(has_run(asked, words) for words in wrong):
            spot = sight.within(question.path, sight.question(question), told[0], lines=12)
            yield Finding(question.path, spot, {"answer": told[0]})
