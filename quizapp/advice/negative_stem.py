"""What is asked turns on a `not` that is easily missed."""

import re
from typing import ClassVar

from quizapp.advice.base import Advice, Example, Finding, Findings
from quizapp.advice.items import choices_of
from quizapp.advice.sight import Sight
from quizapp.questions.base import Question, text_of

STRESSED = re.compile(r"<(strong|em|b|i|u|mark|code)\b.*?</\1>", re.DOTALL)
SENTENCE = re.compile(r"(?<=[.?!:])\s+")
# In the main clause: what stands behind `if`, `that` and their kin is part of what is asked about.
NEGATIVE = re.compile(
    r"^(?:which|what|who)\b(?:(?!\b(?:if|when|that|because|who|whose|while|unless|until|although|so|but|and|where|why|how)\b)"
    r"[^?.,;:])*?\b(?P<word>not|except|isn['’]t|aren['’]t|doesn['’]t|don['’]t|cannot|can['’]t|wasn['’]t|never)\b"
    r"|^(?:all|each|every|any)\b[^?.;]*?\b(?P<but>except)\b",
    re.IGNORECASE,
)


class NegativeStem(Advice):
    """A question asks for what is not so, and nothing stresses the `not`."""

    code: ClassVar[str] = "negative-stem"
    title: ClassVar[str] = "A “not” that is easily missed"
    message: ClassVar[str] = "What is asked turns on `{word}`, which is easily missed."
    advice: ClassVar[str] = "Ask for what is so, or stress it: `**{word}**`."
    is_english: ClassVar[bool] = True
    example: ClassVar[Example] = Example(
        before="""
## Which of these is not a grain? {#grain}

- ( ) Rye
  > It is one.
- ( ) Spelt
  > It is an old wheat.
- (x) Buckwheat
  > Right.

Buckwheat is kin to sorrel.
""",
        after="""
## Which of these is **not** a grain? {#grain}

- ( ) Rye
  > It is one.
- ( ) Spelt
  > It is an old wheat.
- (x) Buckwheat
  > Right.

Buckwheat is kin to sorrel.
""",
    )

    def of_question(self, question: Question, sight: Sight) -> Findings:
        """Of the sentences above choices."""
        for asked in (question.heading, question.prompt) if len(choices_of(question)) > 2 else ():
            text = text_of(STRESSED.sub(" stressed ", asked.html))
            for sentence in SENTENCE.split(text):
                found = NEGATIVE.search(sentence)
                word = (found["word"] or found["but"]) if found else ""
                if word and not word.isupper() and (sentence.endswith(("?", ":", "…")) or asked is question.heading):
                    yield Finding(question.path, _spot(question, asked.markdown, word, sight), {"word": word})
                    return


def _spot(question: Question, asked: str, word: str, sight: Sight) -> tuple[int, int]:
    line = next((line for line in asked.split("\n") if re.search(rf"\b{re.escape(word)}\b", line)), "")
    row, column = sight.within(question.path, (question.line, 1), line.strip())
    found = re.search(rf"\b{re.escape(word)}\b", line.strip())
    return row, column + (found.start() if found else 0)
