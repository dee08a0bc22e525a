"""The article at the end of what is asked fits some choices only: "… is an" before "oxide" and "salt"."""

import re
from typing import ClassVar

from quizapp.advice.base import Advice, Example, Finding, Findings
from quizapp.advice.items import single_choices_of
from quizapp.advice.sight import Sight
from quizapp.questions.base import Question

ENDS = re.compile(r"\b(an?)(?:[\s:…._]|\.{3})*$", re.IGNORECASE)
FIRST = re.compile(r"\W*([^\W_]+(?:-[^\W_]+)*)")
VOWEL = re.compile(r"(?:hour|honest|hono|heir|[aeio]|u(?!n[iu][^mn]|s[aeu]|t[aei]|r[aeio]|biq|k))", re.IGNORECASE)
CONSONANT_SOUND = re.compile(r"(?:eu|ewe|one\b|once\b|one-|uni(?!n|m))", re.IGNORECASE)
SPELT_WITH_VOWEL = frozenset("aefhilmnorsx")
MAX_SPELT = 5  # letters of what may be spelt: SMTP, XML


class ArticleCue(Advice):
    """What is asked ends with `a` or `an`, and some choices do not go with it."""

    code: ClassVar[str] = "article-cue"
    title: ClassVar[str] = "The article gives choices away"
    message: ClassVar[str] = "Only some of the choices go with the `{article}` at the end of what is asked."
    advice: ClassVar[str] = "Write `a/an`, or put the article into each choice."
    is_english: ClassVar[bool] = True
    example: ClassVar[Example] = Example(
        before="""
## Rust is mostly an {#rust}

- (x) oxide
  > Right: iron with oxygen.
- ( ) salt
  > It may help rust to form.
- ( ) metal
  > Iron is, rust is not.

Iron, water and oxygen make it.
""",
        after="""
## Rust is mostly {#rust}

- (x) an oxide
  > Right: iron with oxygen.
- ( ) a salt
  > It may help rust to form.
- ( ) a metal
  > Iron is, rust is not.

Iron, water and oxygen make it.
""",
    )

    def of_question(self, question: Question, sight: Sight) -> Findings:
        """Of a single choice whose heading or prompt ends with an article."""
        choices = single_choices_of(question)
        for asked in (question.prompt, question.heading) if choices else ():
            found = ENDS.search(asked.text)
            takes = [_takes(choice.content.text) for choice in choices] if found else []
            if found and 0 < sum(one not in ("", found[1].lower()) for one in takes) < len(choices):
                spot = _last(question, asked.markdown, found[1], sight)
                yield Finding(question.path, spot, {"article": found[1]})
                return


def _last(question: Question, asked: str, article: str, sight: Sight) -> tuple[int, int]:
    """Where the article stands, in the last line of what is asked."""
    line = asked.rstrip().rpartition("\n")[2].strip()
    row, column = sight.within(question.path, (question.line, 1), line)
    found = list(re.finditer(rf"\b{article}\b", line))
    return row, column + (found[-1].start() if found else 0)


def _takes(text: str) -> str:
    """Which article the first word of a text goes with; empty where that is not clear."""
    found = FIRST.match(text)
    word = found[1] if found else ""
    if not word or not word.isascii() or not word[0].isalpha() or word.lower() in ("a", "an", "the"):
        return ""
    if len(word) <= MAX_SPELT and word.isupper() and len(word) > 1:
        is_word = any(letter in "AEIOU" for letter in word[1:])  # NATO, or spelt as SMTP
        spelt = "an" if word[0].lower() in SPELT_WITH_VOWEL else "a"
        read = "an" if word[0] in "AEIOU" else "a"
        return "" if is_word and spelt != read else spelt if not is_word else read
    if CONSONANT_SOUND.match(word):
        return "a"
    return "an" if VOWEL.match(word) else "a"
